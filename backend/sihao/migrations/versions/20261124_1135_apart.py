"""Inspectors stand aside and apart; visits, specialists, working days and results have a history

Revises: 20261124_1110
"""

import sqlalchemy as sa
from alembic import op

from sihao.migrations import rls, rls_apart

revision = "20261124_1135"
down_revision = "20261124_1110"
branch_labels = None
depends_on = None

_TABLES = (
    "judgement_change",
    "earlier_unit",
    "item_allocation",
    "co_result_change",
    "calendar_day",
    "visit_ticket",
)


def upgrade() -> None:
    _tables()
    _recusals()
    op.add_column("finding", sa.Column("found_by_id", sa.Uuid(), nullable=True))
    op.add_column("inspection", sa.Column("visit_half", sa.String(length=32), nullable=True))
    op.create_check_constraint(
        op.f("ck_inspection_halfday"), "inspection", "visit_half IN ('morning', 'afternoon')"
    )
    _add_text("inspection", "visit_place", 100)
    op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {', '.join(_TABLES)} TO {rls.APP}")
    statements = [
        *rls.protect("earlier_unit"),
        *rls.protect("co_result_change"),
        *rls.protect("judgement_change"),
        *rls.protect_own("visit_ticket"),
        "DROP POLICY recusal_scope ON recusal",
        *rls.protect("recusal"),
        "DROP POLICY unit_read ON unit",
        "DROP POLICY unit_write ON unit",
        *rls.protect_units(),
        rls.STANDING_ASIDE,
        f"GRANT SELECT ON standing_aside TO {rls.APP}",
        rls.PERSON,
        rls_apart.SCORING,
        *rls_apart.keep_scorers_apart(),
    ]
    for statement in statements:
        op.execute(statement)


def _tables() -> None:
    op.create_table(
        "earlier_unit",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("left_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_earlier_unit_person_id")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_earlier_unit_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_earlier_unit")),
        sa.UniqueConstraint("person_id", "unit_id", name=op.f("uq_earlier_unit_person_id_unit_id")),
    )
    op.create_index(op.f("ix_earlier_unit_person_id"), "earlier_unit", ["person_id"])
    op.create_index(op.f("ix_earlier_unit_unit_id"), "earlier_unit", ["unit_id"])
    op.create_table(
        "judgement_change",
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("judgement_id", sa.Uuid(), nullable=False),
        sa.Column("before", sa.Numeric(precision=9, scale=4), nullable=True),
        sa.Column("lost", sa.Numeric(precision=9, scale=4), nullable=False),
        sa.Column("note", sa.String(length=2000), nullable=False),
        sa.Column("changed_by_id", sa.Uuid(), nullable=True),
        sa.Column("changed_by", sa.String(length=200), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_judgement_change_unit_id")),
        sa.ForeignKeyConstraint(
            ["unit_id", "judgement_id"],
            ["judgement.unit_id", "judgement.id"],
            name=op.f("fk_judgement_change_unit_id_judgement_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_judgement_change")),
    )
    for column in ("judgement_id", "unit_id"):
        op.create_index(op.f(f"ix_judgement_change_{column}"), "judgement_change", [column])
    op.create_table(
        "item_allocation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("criterion_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id"], ["inspection_group.id"], name=op.f("fk_item_allocation_group_id")
        ),
        sa.ForeignKeyConstraint(
            ["criterion_id"], ["criterion.id"], name=op.f("fk_item_allocation_criterion_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_item_allocation_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_item_allocation")),
        sa.UniqueConstraint(
            "group_id",
            "criterion_id",
            "person_id",
            name=op.f("uq_item_allocation_group_id_criterion_id_person_id"),
        ),
    )
    for column in ("group_id", "criterion_id", "person_id"):
        op.create_index(op.f(f"ix_item_allocation_{column}"), "item_allocation", [column])
    op.create_table(
        "co_result_change",
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("co_assessment_id", sa.Uuid(), nullable=False),
        sa.Column("score", sa.Numeric(precision=7, scale=4), nullable=False),
        sa.Column("grade", sa.String(length=20), nullable=False),
        sa.Column("note", sa.String(length=1000), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("way", sa.String(length=32), nullable=False),
        sa.Column("changed_by", sa.String(length=200), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "way IN ('form', 'bulk', 'system')", name=op.f("ck_co_result_change_resultway")
        ),
        sa.ForeignKeyConstraint(
            ["co_assessment_id"],
            ["co_assessment.id"],
            name=op.f("fk_co_result_change_co_assessment_id"),
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_co_result_change_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_co_result_change")),
    )
    for column in ("co_assessment_id", "unit_id"):
        op.create_index(op.f(f"ix_co_result_change_{column}"), "co_result_change", [column])
    op.create_table(
        "calendar_day",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.String(length=200), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("working", sa.Boolean(), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_calendar_day")),
    )
    op.create_table(
        "visit_ticket",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_visit_ticket")),
    )
    for column in ("person_id", "expires_at"):
        op.create_index(op.f(f"ix_visit_ticket_{column}"), "visit_ticket", [column])


def _recusals() -> None:
    op.add_column(
        "recusal",
        sa.Column("kind", sa.String(length=32), nullable=False, server_default="other"),
    )
    op.alter_column("recusal", "kind", server_default=None)
    op.create_check_constraint(
        op.f("ck_recusal_recusalkind"), "recusal", "kind IN ('relative', 'worked_there', 'other')"
    )
    for name in ("declared_at", "withdrawn_at"):
        op.add_column("recusal", sa.Column(name, sa.DateTime(timezone=True), nullable=True))
    op.add_column("recusal", sa.Column("left_on", sa.Date(), nullable=True))
    op.add_column("recusal", sa.Column("declared_by_id", sa.Uuid(), nullable=True))
    for name, length in (("declared_by", 200), ("withdrawn_by", 200), ("withdrawal", 300)):
        _add_text("recusal", name, length)
    op.drop_constraint(op.f("uq_recusal_person_id_unit_id"), "recusal")
    op.create_index(
        "uq_recusal_standing",
        "recusal",
        ["person_id", "unit_id"],
        unique=True,
        postgresql_where=sa.text("withdrawn_at IS NULL"),
    )


def _add_text(table: str, name: str, length: int) -> None:
    """Add a text that old rows have empty."""
    column = sa.Column(name, sa.String(length=length), nullable=False, server_default="")
    op.add_column(table, column)
    op.alter_column(table, name, server_default=None)


def downgrade() -> None:
    """Declarations that were withdrawn and changes of results would be lost: not taken back."""
