"""Records of interviews by themselves, files of referrals, later looks, rectifications of any origin

Revises: 20261124_1135
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from sihao.migrations import rls

revision = "20261124_1140"
down_revision = "20261124_1135"
branch_labels = None
depends_on = None


def _add_text(table: str, name: str, length: int) -> None:
    """Add a text column that is empty in the rows there are."""
    text = sa.Column(name, sa.String(length=length), nullable=False, server_default="")
    op.add_column(table, text)
    op.alter_column(table, name, server_default=None)


def _check(table: str, name: str, condition: str) -> None:
    op.drop_constraint(op.f(f"ck_{table}_{name}"), table, type_="check")
    op.create_check_constraint(op.f(f"ck_{table}_{name}"), table, condition)


def upgrade() -> None:
    op.create_table(
        "interview_record",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.String(length=200), nullable=False),
        sa.Column("interview_id", sa.Uuid(), nullable=False),
        sa.Column("readers", sa.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("taken_by", sa.String(length=200), nullable=False),
        sa.Column("attendees", sa.String(length=2000), nullable=False),
        sa.Column("attendance", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("text", sa.String(length=20000), nullable=False),
        sa.ForeignKeyConstraint(
            ["unit_id", "interview_id"],
            ["interview.unit_id", "interview.id"],
            name=op.f("fk_interview_record_unit_id_interview_id"),
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_interview_record_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interview_record")),
        sa.UniqueConstraint("interview_id", name=op.f("uq_interview_record_interview_id")),
    )
    op.create_index(
        op.f("ix_interview_record_unit_id"), "interview_record", ["unit_id"], unique=False
    )
    op.create_table(
        "referral_file",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("referral_id", sa.Uuid(), nullable=False),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("added_by", sa.String(length=200), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["sha256"], ["blob.sha256"], name=op.f("fk_referral_file_sha256")),
        sa.ForeignKeyConstraint(
            ["unit_id", "referral_id"],
            ["referral.unit_id", "referral.id"],
            name=op.f("fk_referral_file_unit_id_referral_id"),
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_referral_file_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referral_file")),
        sa.UniqueConstraint("unit_id", "id", name=op.f("uq_referral_file_unit_id_id")),
    )
    op.create_index(
        op.f("ix_referral_file_referral_id"), "referral_file", ["referral_id"], unique=False
    )
    op.create_index(op.f("ix_referral_file_sha256"), "referral_file", ["sha256"], unique=False)
    op.create_index(op.f("ix_referral_file_unit_id"), "referral_file", ["unit_id"], unique=False)
    op.create_table(
        "referral_ticket",
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("file_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["unit_id", "file_id"],
            ["referral_file.unit_id", "referral_file.id"],
            name=op.f("fk_referral_ticket_unit_id_file_id"),
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_referral_ticket_unit_id")),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_referral_ticket")),
    )
    op.create_index(
        op.f("ix_referral_ticket_expires_at"), "referral_ticket", ["expires_at"], unique=False
    )
    op.create_index(
        op.f("ix_referral_ticket_file_id"), "referral_ticket", ["file_id"], unique=False
    )
    op.create_index(
        op.f("ix_referral_ticket_unit_id"), "referral_ticket", ["unit_id"], unique=False
    )
    op.add_column("evidence_link", sa.Column("rectification_id", sa.Uuid(), nullable=True))
    op.drop_constraint(op.f("uq_evidence_link_target"), "evidence_link", type_="unique")
    op.create_unique_constraint(
        "uq_evidence_link_target",
        "evidence_link",
        [
            "evidence_id",
            "criterion_id",
            "measure_id",
            "entry_id",
            "finding_id",
            "self_report_id",
            "co_assessment_id",
            "rectification_id",
        ],
        postgresql_nulls_not_distinct=True,
    )
    op.create_index(
        op.f("ix_evidence_link_rectification_id"),
        "evidence_link",
        ["rectification_id"],
        unique=False,
    )
    op.create_foreign_key(
        op.f("fk_evidence_link_unit_id_rectification_id"),
        "evidence_link",
        "rectification",
        ["unit_id", "rectification_id"],
        ["unit_id", "id"],
    )
    op.add_column("interview", sa.Column("recheck_on", sa.Date(), nullable=True))
    _add_text("interview", "recheck", 2000)
    _add_text("interview", "rechecked_by", 200)
    op.add_column("interview", sa.Column("verified_by_id", sa.Uuid(), nullable=True))
    op.add_column("interview", sa.Column("rechecked_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("rectification", sa.Column("recheck_on", sa.Date(), nullable=True))
    _add_text("rectification", "rechecked_by", 200)
    op.add_column("rectification", sa.Column("handler_id", sa.Uuid(), nullable=True))
    op.add_column("rectification", sa.Column("problem_id", sa.Uuid(), nullable=True))
    op.add_column("rectification", sa.Column("entry_id", sa.Uuid(), nullable=True))
    op.add_column("rectification", sa.Column("carried_from_id", sa.Uuid(), nullable=True))
    _add_text("rectification", "assigned_by", 200)
    op.add_column("rectification", sa.Column("verified_by_id", sa.Uuid(), nullable=True))
    op.add_column(
        "rectification",
        sa.Column(
            "recheck_result",
            sa.Enum(
                "holds",
                "relapsed",
                name="recheckresult",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
    )
    op.create_index(
        op.f("ix_rectification_carried_from_id"), "rectification", ["carried_from_id"], unique=False
    )
    op.create_index(op.f("ix_rectification_entry_id"), "rectification", ["entry_id"], unique=False)
    op.create_index(
        op.f("ix_rectification_handler_id"), "rectification", ["handler_id"], unique=False
    )
    op.create_index(
        op.f("ix_rectification_problem_id"), "rectification", ["problem_id"], unique=False
    )
    op.create_foreign_key(
        op.f("fk_rectification_handler_id"), "rectification", "person", ["handler_id"], ["id"]
    )
    op.create_foreign_key(
        op.f("fk_rectification_unit_id_problem_id"),
        "rectification",
        "problem",
        ["unit_id", "problem_id"],
        ["unit_id", "id"],
    )
    op.create_foreign_key(
        op.f("fk_rectification_unit_id_entry_id"),
        "rectification",
        "ledger_entry",
        ["unit_id", "entry_id"],
        ["unit_id", "id"],
    )
    op.create_foreign_key(
        op.f("fk_rectification_unit_id_carried_from_id"),
        "rectification",
        "rectification",
        ["unit_id", "carried_from_id"],
        ["unit_id", "id"],
    )
    states = "'assigned', 'reported', 'returned', 'verified'"
    _check("rectification", "rectificationstate", f"state IN ({states}, 'carried_over')")
    _check(
        "rectification",
        "one_origin",
        "num_nonnulls(finding_id, interview_id, problem_id, entry_id) = 1",
    )
    _check(
        "evidence_link",
        "one_target",
        "num_nonnulls(criterion_id, measure_id, entry_id, finding_id, self_report_id,"
        " co_assessment_id, rectification_id) = 1",
    )
    op.execute("SELECT open_system_context()")
    tables = "interview_record, referral_file, referral_ticket"
    op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {tables} TO {rls.APP}")
    op.execute(
        "INSERT INTO interview_record (id, unit_id, version, created_at, updated_at, updated_by,"
        " interview_id, readers, taken_by, attendees, attendance, text)"
        " SELECT gen_random_uuid(), unit_id, 1, updated_at, updated_at, updated_by, id, '{}',"
        " updated_by, attendees, '[]', record FROM interview WHERE held_on IS NOT NULL"
    )
    op.drop_column("interview", "attendees")
    op.drop_column("interview", "record")
    for statement in (
        *rls.protect_records(),
        *rls.protect("referral_file"),
        *rls.protect("referral_ticket"),
    ):
        op.execute(statement)


def downgrade() -> None:
    op.execute("SELECT open_system_context()")
    for table in ("interview_record", "referral_file", "referral_ticket"):
        op.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
    op.execute("DELETE FROM evidence_link WHERE rectification_id IS NOT NULL")
    op.execute("UPDATE rectification SET carried_from_id = NULL")
    op.execute("DELETE FROM rectification WHERE num_nonnulls(finding_id, interview_id) = 0")
    op.execute("UPDATE rectification SET state = 'returned' WHERE state = 'carried_over'")
    states = "'assigned', 'reported', 'returned', 'verified'"
    _check("rectification", "rectificationstate", f"state IN ({states})")
    _check("rectification", "one_origin", "num_nonnulls(finding_id, interview_id) = 1")
    _check(
        "evidence_link",
        "one_target",
        "num_nonnulls(criterion_id, measure_id, entry_id, finding_id, self_report_id,"
        " co_assessment_id) = 1",
    )
    op.drop_constraint(
        op.f("fk_rectification_unit_id_carried_from_id"), "rectification", type_="foreignkey"
    )
    op.drop_constraint(
        op.f("fk_rectification_unit_id_entry_id"), "rectification", type_="foreignkey"
    )
    op.drop_constraint(
        op.f("fk_rectification_unit_id_problem_id"), "rectification", type_="foreignkey"
    )
    op.drop_constraint(op.f("fk_rectification_handler_id"), "rectification", type_="foreignkey")
    op.drop_index(op.f("ix_rectification_problem_id"), table_name="rectification")
    op.drop_index(op.f("ix_rectification_handler_id"), table_name="rectification")
    op.drop_index(op.f("ix_rectification_entry_id"), table_name="rectification")
    op.drop_index(op.f("ix_rectification_carried_from_id"), table_name="rectification")
    op.drop_column("rectification", "recheck_result")
    op.drop_column("rectification", "verified_by_id")
    op.drop_column("rectification", "assigned_by")
    op.drop_column("rectification", "carried_from_id")
    op.drop_column("rectification", "entry_id")
    op.drop_column("rectification", "problem_id")
    op.drop_column("rectification", "handler_id")
    op.drop_column("rectification", "rechecked_by")
    op.drop_column("rectification", "recheck_on")
    _add_text("interview", "record", 20_000)
    _add_text("interview", "attendees", 2000)
    op.execute(
        "UPDATE interview i SET record = r.text, attendees = r.attendees"
        " FROM interview_record r WHERE r.interview_id = i.id"
    )
    op.drop_column("interview", "rechecked_at")
    op.drop_column("interview", "verified_by_id")
    op.drop_column("interview", "rechecked_by")
    op.drop_column("interview", "recheck")
    op.drop_column("interview", "recheck_on")
    op.drop_constraint(
        op.f("fk_evidence_link_unit_id_rectification_id"), "evidence_link", type_="foreignkey"
    )
    op.drop_index(op.f("ix_evidence_link_rectification_id"), table_name="evidence_link")
    op.drop_constraint("uq_evidence_link_target", "evidence_link", type_="unique")
    op.create_unique_constraint(
        op.f("uq_evidence_link_target"),
        "evidence_link",
        [
            "evidence_id",
            "criterion_id",
            "measure_id",
            "entry_id",
            "finding_id",
            "self_report_id",
            "co_assessment_id",
        ],
        postgresql_nulls_not_distinct=True,
    )
    op.drop_column("evidence_link", "rectification_id")
    op.drop_index(op.f("ix_referral_ticket_unit_id"), table_name="referral_ticket")
    op.drop_index(op.f("ix_referral_ticket_file_id"), table_name="referral_ticket")
    op.drop_index(op.f("ix_referral_ticket_expires_at"), table_name="referral_ticket")
    op.drop_table("referral_ticket")
    op.drop_index(op.f("ix_referral_file_unit_id"), table_name="referral_file")
    op.drop_index(op.f("ix_referral_file_sha256"), table_name="referral_file")
    op.drop_index(op.f("ix_referral_file_referral_id"), table_name="referral_file")
    op.drop_table("referral_file")
    op.drop_index(op.f("ix_interview_record_unit_id"), table_name="interview_record")
    op.drop_table("interview_record")
