"""A unit's words are looked up among its own rows

Revises: 20261124_1000
"""

from alembic import op

revision = "20261124_1005"
down_revision = "20261124_1000"
branch_labels = None
depends_on = None
TABLES = (
    *("plan", "problem", "measure", "ledger_entry", "evidence", "evidence_file"),
    *("self_report", "self_report_section", "finding", "rectification"),
)
WITH_UNIT = """
DO $$ BEGIN
  EXECUTE 'CREATE OR REPLACE VIEW search_{table} AS '
       || regexp_replace(pg_get_viewdef('search_{table}'), '\\s+FROM ', ', unit_id FROM ');
END $$
"""


def upgrade() -> None:
    for table in TABLES:
        op.execute(WITH_UNIT.format(table=table))


def downgrade() -> None:
    """The column does no harm."""
