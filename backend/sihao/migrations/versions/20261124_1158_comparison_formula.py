"""The formula of a comparison, and its places for each class of units."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "20261124_1158"
down_revision = "20261124_1155"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """What there is goes on as the mean of all."""
    for name in ("formula", "quotas"):
        column = sa.Column(
            name, postgresql.JSONB(astext_type=sa.Text()), nullable=False, server_default="{}"
        )
        op.add_column("comparison", column)
        op.alter_column("comparison", name, server_default=None)


def downgrade() -> None:
    """Compare as before."""
    op.drop_column("comparison", "quotas")
    op.drop_column("comparison", "formula")
