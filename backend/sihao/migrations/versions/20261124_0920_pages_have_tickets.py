"""pages have tickets

Revises: 20261124_0910
"""

import sqlalchemy as sa
from alembic import op

revision = "20261124_0920"
down_revision = "20261124_0910"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("download_ticket", sa.Column("page", sa.Integer(), nullable=True))
    op.add_column("download_ticket", sa.Column("stamp", sa.String(length=500), nullable=True))


def downgrade() -> None:
    op.drop_column("download_ticket", "stamp")
    op.drop_column("download_ticket", "page")
