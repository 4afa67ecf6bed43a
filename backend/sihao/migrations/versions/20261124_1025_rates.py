"""Log-ins, jobs, uploads and searches are counted by the minute

Revises: 20261124_1015
"""

import sqlalchemy as sa
from alembic import op

from sihao.migrations import rls

revision = "20261124_1025"
down_revision = "20261124_1015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "rate_count",
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_rate_count")),
        prefixes=["UNLOGGED"],
    )
    op.create_index(op.f("ix_rate_count_began_at"), "rate_count", ["began_at"])
    op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON rate_count TO {rls.APP}")


def downgrade() -> None:
    op.drop_table("rate_count")
