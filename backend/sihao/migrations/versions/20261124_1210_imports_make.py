"""An import knows the one thing that its file became

Revises: 20261124_1205
"""

import sqlalchemy as sa
from alembic import op

revision = "20261124_1210"
down_revision = "20261124_1205"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("import_job", sa.Column("made_id", sa.Uuid(), nullable=True))
    op.add_column("import_job", sa.Column("made_name", sa.String(200), nullable=True))


def downgrade() -> None:
    op.drop_column("import_job", "made_name")
    op.drop_column("import_job", "made_id")
