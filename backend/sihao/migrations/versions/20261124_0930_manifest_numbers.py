"""a manifest's number is drawn last; one index by unit is enough

Revises: 20261124_0920
"""

import sqlalchemy as sa
from alembic import op

revision = "20261124_0930"
down_revision = "20261124_0920"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.alter_column("evidence_manifest", "number", existing_type=sa.INTEGER(), nullable=True)
    unchanged = sa.Column("unchanged", sa.Integer(), nullable=False, server_default="0")
    op.add_column("evidence_manifest", unchanged)
    op.alter_column("evidence_manifest", "unchanged", server_default=None)
    op.drop_index(op.f("ix_evidence_file_path"), table_name="evidence_file")
    op.create_index("ix_evidence_file_unit_id_path", "evidence_file", ["unit_id", "path"])
    for table in ("evidence", "evidence_file"):
        op.drop_index(op.f(f"ix_{table}_unit_id"), table_name=table)


def downgrade() -> None:
    for table in ("evidence", "evidence_file"):
        op.create_index(op.f(f"ix_{table}_unit_id"), table, ["unit_id"])
    op.drop_index("ix_evidence_file_unit_id_path", table_name="evidence_file")
    op.create_index(op.f("ix_evidence_file_path"), "evidence_file", ["path"])
    op.drop_column("evidence_manifest", "unchanged")
    op.alter_column("evidence_manifest", "number", existing_type=sa.INTEGER(), nullable=False)
