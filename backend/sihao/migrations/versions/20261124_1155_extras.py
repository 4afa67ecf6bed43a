"""Bonuses, penalties and vetoes

Revises: 20261124_1150
"""

import sqlalchemy as sa
from alembic import op

from sihao.migrations import rls

revision = "20261124_1155"
down_revision = "20261124_1150"
branch_labels = None
depends_on = None

_STATES = "'raised', 'noticed', 'effective', 'dismissed', 'lifted', 'withdrawn'"


def upgrade() -> None:
    op.create_table(
        "extra",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.String(length=200), nullable=False),
        sa.Column("code", sa.String(length=8), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("fact", sa.String(length=2000), nullable=False),
        sa.Column("evidence_id", sa.Uuid(), nullable=True),
        sa.Column("absence", sa.String(length=300), nullable=False),
        sa.Column("document", sa.String(length=100), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("clause", sa.String(length=300), nullable=False),
        sa.Column("points", sa.Numeric(precision=12, scale=4), nullable=False),
        sa.Column("grade", sa.String(length=20), nullable=False),
        sa.Column("co_assessment_id", sa.Uuid(), nullable=True),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("origin", sa.String(length=32), nullable=False),
        *_person("raised", moment=False, ident=True),
        *_person("noticed", moment=True, ident=True),
        sa.Column("notice_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("view", sa.String(length=4000), nullable=False),
        *_person("viewed", moment=True, ident=False),
        sa.Column("answer", sa.String(length=4000), nullable=False),
        *_person("answered", moment=True, ident=False),
        sa.Column("decision", sa.String(length=4000), nullable=False),
        *_person("decided", moment=True, ident=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_extra")),
        sa.UniqueConstraint("unit_id", "id", name=op.f("uq_extra_unit_id_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_extra_unit_id")),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaign.id"], name=op.f("fk_extra_campaign_id")
        ),
        sa.ForeignKeyConstraint(
            ["co_assessment_id"], ["co_assessment.id"], name=op.f("fk_extra_co_assessment_id")
        ),
        sa.ForeignKeyConstraint(
            ["unit_id", "evidence_id"],
            ["evidence.unit_id", "evidence.id"],
            name=op.f("fk_extra_unit_id_evidence_id"),
        ),
        sa.CheckConstraint(
            "evidence_id IS NOT NULL OR absence <> ''", name=op.f("ck_extra_evidence_or_absence")
        ),
        sa.CheckConstraint("times > 0 AND points >= 0", name=op.f("ck_extra_counts")),
        sa.CheckConstraint("(kind = 'veto') = (grade <> '')", name=op.f("ck_extra_veto_has_grade")),
        sa.CheckConstraint(
            "kind IN ('bonus', 'penalty', 'veto')", name=op.f("ck_extra_matterkind")
        ),
        sa.CheckConstraint(f"state IN ({_STATES})", name=op.f("ck_extra_extrastate")),
        sa.CheckConstraint(
            "origin IN ('unit', 'committee', 'department')", name=op.f("ck_extra_extraorigin")
        ),
    )
    for column in ("unit_id", "campaign_id", "evidence_id", "co_assessment_id"):
        op.create_index(op.f(f"ix_extra_{column}"), "extra", [column], unique=False)
    op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON extra TO {rls.APP}")
    for statement in rls.protect("extra"):
        op.execute(statement)


def _person(verb: str, *, moment: bool, ident: bool) -> list[sa.Column]:
    columns = [sa.Column(f"{verb}_by", sa.String(length=200), nullable=False)]
    if ident:
        columns.append(sa.Column(f"{verb}_by_id", sa.Uuid(), nullable=True))
    if moment:
        columns.append(sa.Column(f"{verb}_at", sa.DateTime(timezone=True), nullable=True))
    return columns


def downgrade() -> None:
    op.drop_table("extra")
