"""Ballots: codes by their hashes, sealed papers in urns, hand counts, records

Revises: 20261124_1145
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from sihao.migrations import rls

revision = "20261124_1150"
down_revision = "20261124_1145"
branch_labels = None
depends_on = None

_PARTS = ("ballot_code", "ballot_urn", "hand_count", "ballot_record")


def _of_ballot(table: str) -> list[sa.Constraint]:
    return [
        sa.ForeignKeyConstraint(
            ["unit_id", "ballot_id"],
            ["ballot.unit_id", "ballot.id"],
            name=op.f(f"fk_{table}_unit_id_ballot_id"),
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f(f"fk_{table}_unit_id")),
    ]


def upgrade() -> None:
    op.create_table(
        "ballot",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.String(length=200), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("opens_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("questions", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("groups", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("issued_by", sa.Uuid(), nullable=True),
        sa.Column("public_key", sa.LargeBinary(), nullable=True),
        sa.Column("result", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("record_hash", sa.String(length=64), nullable=False),
        sa.Column("tags", postgresql.ARRAY(sa.String(length=14)), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_ballot_unit_id")),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaign.id"], name=op.f("fk_ballot_campaign_id")
        ),
        sa.ForeignKeyConstraint(["issued_by"], ["person.id"], name=op.f("fk_ballot_issued_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ballot")),
        sa.UniqueConstraint("unit_id", "id", name=op.f("uq_ballot_unit_id_id")),
        sa.UniqueConstraint("campaign_id", "unit_id", name=op.f("uq_ballot_campaign_id_unit_id")),
        sa.CheckConstraint("closes_at > opens_at", name=op.f("ck_ballot_window_order")),
        sa.CheckConstraint(
            "state IN ('drafted', 'issued', 'open', 'closed', 'counted', 'locked')",
            name=op.f("ck_ballot_ballotstate"),
        ),
    )
    for column in ("unit_id", "campaign_id", "issued_by"):
        op.create_index(op.f(f"ix_ballot_{column}"), "ballot", [column])
    op.create_table(
        "ballot_code",
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("ballot_id", sa.Uuid(), nullable=False),
        sa.Column("group_code", sa.String(length=16), nullable=False),
        sa.Column("spent", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("code_hash", name=op.f("pk_ballot_code")),
        *_of_ballot("ballot_code"),
    )
    op.create_index(op.f("ix_ballot_code_ballot_id"), "ballot_code", ["ballot_id"])
    op.create_table(
        "ballot_urn",
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("ballot_id", sa.Uuid(), nullable=False),
        sa.Column("group_code", sa.String(length=16), nullable=False),
        sa.Column("papers", postgresql.ARRAY(sa.LargeBinary()), nullable=False),
        sa.PrimaryKeyConstraint("ballot_id", "group_code", name=op.f("pk_ballot_urn")),
        *_of_ballot("ballot_urn"),
    )
    op.create_table(
        "hand_count",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("ballot_id", sa.Uuid(), nullable=False),
        sa.Column("group_code", sa.String(length=16), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("entered_by", sa.String(length=200), nullable=False),
        sa.Column("figures", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hand_count")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_hand_count_person_id")),
        sa.UniqueConstraint(
            "ballot_id",
            "group_code",
            "round",
            "person_id",
            name=op.f("uq_hand_count_ballot_id_group_code_round_person_id"),
        ),
        *_of_ballot("hand_count"),
    )
    op.create_index(op.f("ix_hand_count_ballot_id"), "hand_count", ["ballot_id"])
    op.create_index(op.f("ix_hand_count_person_id"), "hand_count", ["person_id"])
    op.create_table(
        "ballot_record",
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("ballot_id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("ballot_id", name=op.f("pk_ballot_record")),
        *_of_ballot("ballot_record"),
    )
    for table in _PARTS:
        op.create_index(op.f(f"ix_{table}_unit_id"), table, ["unit_id"])
    tables = ", ".join(("ballot", *_PARTS))
    op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {tables} TO {rls.APP}")
    for statement in rls.protect_ballots():
        op.execute(statement)


def downgrade() -> None:
    for table in (*_PARTS, "ballot"):
        op.drop_table(table)
