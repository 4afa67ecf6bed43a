"""A decision knows the words it rests on

Revises: 20261124_1158
"""

import sqlalchemy as sa
from alembic import op

revision = "20261124_1205"
down_revision = "20261124_1158"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("item_decision", sa.Column("rests_on", sa.Integer(), nullable=True))


def downgrade() -> None:
    op.drop_column("item_decision", "rests_on")
