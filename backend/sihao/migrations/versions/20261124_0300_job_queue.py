"""the job queue, as pgqueuer 1.6.0 makes it

Revises: nothing
"""

import re
from pathlib import Path

from alembic import op

from sihao.migrations import rls

revision = "20261124_0300"
down_revision = None
branch_labels = None
depends_on = None

TABLES = ("pgqueuer", "pgqueuer_log", "pgqueuer_schedules", "pgqueuer_statistics")


def upgrade() -> None:
    statements = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
    for statement in re.split(r"\n\n(?=CREATE )", statements):
        op.get_bind().exec_driver_sql(statement)
    for table in TABLES:
        op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO {rls.APP}")
        op.execute(f"GRANT USAGE ON SEQUENCE {table}_id_seq TO {rls.APP}")


def downgrade() -> None:
    op.execute(f"DROP TABLE {', '.join(TABLES)}")
    op.execute("DROP FUNCTION fn_pgqueuer_changed()")
    op.execute("DROP TYPE pgqueuer_status")
