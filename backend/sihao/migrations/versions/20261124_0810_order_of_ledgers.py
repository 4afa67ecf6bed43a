"""the order in which ledgers are listed has indexes

Revises: 20261124_0802
"""

from alembic import op

revision = "20261124_0810"
down_revision = "20261124_0802"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_ledger_entry_happened_on", "ledger_entry", ["happened_on", "id"])
    op.create_index(
        "ix_ledger_entry_unit_happened_on", "ledger_entry", ["unit_id", "happened_on", "id"]
    )


def downgrade() -> None:
    op.drop_index("ix_ledger_entry_unit_happened_on", table_name="ledger_entry")
    op.drop_index("ix_ledger_entry_happened_on", table_name="ledger_entry")
