"""Service accounts have networks, two secrets for a while, and a last use

Revises: 20261124_0945
"""

import sqlalchemy as sa
from alembic import op

from sihao.migrations import rls

revision = "20261124_0955"
down_revision = "20261124_0945"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("service_account", sa.Column("previous_hash", sa.String(200), nullable=True))
    op.add_column(
        "service_account", sa.Column("previous_until", sa.DateTime(timezone=True), nullable=True)
    )
    op.add_column(
        "service_account",
        sa.Column("addresses", sa.ARRAY(sa.String(43)), nullable=False, server_default="{}"),
    )
    op.add_column("service_account", sa.Column("used_from", sa.String(64), nullable=True))
    op.execute(rls.SERVICE)
    op.execute("REVOKE ALL ON FUNCTION open_service_context FROM public")
    op.execute(f"GRANT EXECUTE ON FUNCTION open_service_context TO {rls.APP}")


def downgrade() -> None:
    op.execute("DROP FUNCTION open_service_context")
    for column in ("used_from", "addresses", "previous_until", "previous_hash"):
        op.drop_column("service_account", column)
