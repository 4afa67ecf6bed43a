"""The public notice of a comparison: its days, its list, objections, withdrawals."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from sihao.migrations import rls

revision = "20261124_1240"
down_revision = "20261124_1215"
branch_labels = None
depends_on = None

_STATES = "'filed', 'upheld', 'dismissed'"


def upgrade() -> None:
    """Add the notice; comparisons that were announced keep an empty one."""
    _add("comparison", sa.Column("notice_days", sa.Integer(), nullable=False, server_default="5"))
    op.add_column("comparison", sa.Column("notice_until", sa.DateTime(timezone=True)))
    noticed = postgresql.JSONB(astext_type=sa.Text())
    _add("comparison", sa.Column("noticed", noticed, nullable=False, server_default="[]"))
    reason, by = sa.String(length=4000), sa.String(length=200)
    _add("commendation", sa.Column("withdrawn_reason", reason, nullable=False, server_default=""))
    _add("commendation", sa.Column("withdrawn_by", by, nullable=False, server_default=""))
    op.add_column("commendation", sa.Column("withdrawn_at", sa.DateTime(timezone=True)))
    op.create_table(
        "notice_objection",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.String(length=200), nullable=False),
        sa.Column("comparison_id", sa.Uuid(), nullable=False),
        sa.Column("about_id", sa.Uuid(), nullable=True),
        sa.Column("text", sa.String(length=4000), nullable=False),
        sa.Column("evidence_id", sa.Uuid(), nullable=True),
        sa.Column("unit_id", sa.Uuid(), nullable=True),
        sa.Column("sender", sa.String(length=100), nullable=False),
        sa.Column("about_name", sa.String(length=100), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("filed_by", sa.String(length=200), nullable=False),
        sa.Column("filed_by_id", sa.Uuid(), nullable=True),
        sa.Column("answer", sa.String(length=4000), nullable=False),
        sa.Column("answered_by", sa.String(length=200), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice_objection")),
        sa.UniqueConstraint("unit_id", "id", name=op.f("uq_notice_objection_unit_id_id")),
        sa.ForeignKeyConstraint(
            ["comparison_id"], ["comparison.id"], name=op.f("fk_notice_objection_comparison_id")
        ),
        sa.ForeignKeyConstraint(
            ["about_id"], ["unit.id"], name=op.f("fk_notice_objection_about_id")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_notice_objection_unit_id")),
        sa.ForeignKeyConstraint(
            ["unit_id", "evidence_id"],
            ["evidence.unit_id", "evidence.id"],
            name=op.f("fk_notice_objection_unit_id_evidence_id"),
        ),
        sa.CheckConstraint(
            f"state IN ({_STATES})", name=op.f("ck_notice_objection_noticeobjectionstate")
        ),
    )
    for column in ("comparison_id", "about_id", "unit_id", "evidence_id"):
        op.create_index(
            op.f(f"ix_notice_objection_{column}"), "notice_objection", [column], unique=False
        )
    op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON notice_objection TO {rls.APP}")
    for statement in rls.protect("notice_objection"):
        op.execute(statement)


def _add(table: str, column: sa.Column) -> None:
    op.add_column(table, column)
    op.alter_column(table, column.name, server_default=None)


def downgrade() -> None:
    """Compare without a public notice."""
    op.drop_table("notice_objection")
    for name in ("withdrawn_at", "withdrawn_by", "withdrawn_reason"):
        op.drop_column("commendation", name)
    for name in ("noticed", "notice_until", "notice_days"):
        op.drop_column("comparison", name)
