"""the one-time code that makes the first account

Revises: 20261124_0400
"""

import sqlalchemy as sa
from alembic import op

from sihao.migrations import rls

revision = "20261124_0800"
down_revision = "20261124_0400"
branch_labels = None
depends_on = None

SYSTEM = "(SELECT sihao_has('system'))"


def upgrade() -> None:
    op.create_table(
        "bootstrap_code",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bootstrap_code")),
    )
    for statement in (
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON bootstrap_code TO {rls.APP}",
        "ALTER TABLE bootstrap_code ENABLE ROW LEVEL SECURITY",
        "ALTER TABLE bootstrap_code FORCE ROW LEVEL SECURITY",
        f"CREATE POLICY bootstrap_code_system ON bootstrap_code USING ({SYSTEM})",
    ):
        op.execute(statement)


def downgrade() -> None:
    op.drop_table("bootstrap_code")
