"""Official documents: drafts, numbers, recipients with receipts, templates."""

import sqlalchemy as sa
from alembic import op

from sihao.migrations import rls

revision = "20261124_1620"
down_revision = "20261124_1610"
branch_labels = None
depends_on = None

READERS = (
    "(SELECT sihao_all()) OR (state <> 'draft' AND ("
    "EXISTS (SELECT FROM document_recipient r WHERE r.document_id = document.id)"
    " OR (kind = 'referral_letter' AND EXISTS (SELECT FROM referral r"
    " WHERE r.id = subject_id AND r.receiver_id = (SELECT sihao_person())))))"
)
"""Not the unit that a document concerns reads it, but whom it was issued to, and never a draft."""


def upgrade() -> None:
    op.create_table(
        "document_series",
        sa.Column("name", sa.String(length=20), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name", "year", name=op.f("pk_document_series")),
    )
    op.create_table(
        "document_template",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.String(length=200), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "annual_plan",
                "self_report",
                "inspection_notice",
                "feedback_letter",
                "result_circular",
                "commendation",
                "interview_notice",
                "interview_record",
                "rectification_notice",
                "referral_letter",
                "receipt",
                "meeting_material",
                name="documentkind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("in_use", sa.Boolean(), nullable=False),
        sa.Column("uploaded_by", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document_template")),
        sa.UniqueConstraint("kind", "number", name=op.f("uq_document_template_kind_number")),
    )
    op.create_index(
        "uq_document_template_used",
        "document_template",
        ["kind"],
        unique=True,
        postgresql_where=sa.text("in_use"),
    )
    op.create_table(
        "document_ticket",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("format", sa.String(length=8), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("template_id", sa.Uuid(), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["template_id"], ["document_template.id"], name=op.f("fk_document_ticket_template_id")
        ),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_document_ticket")),
    )
    op.create_index(
        op.f("ix_document_ticket_expires_at"), "document_ticket", ["expires_at"], unique=False
    )
    op.create_index(
        op.f("ix_document_ticket_person_id"), "document_ticket", ["person_id"], unique=False
    )
    op.create_index(
        op.f("ix_document_ticket_template_id"), "document_ticket", ["template_id"], unique=False
    )
    op.create_table(
        "document",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.String(length=200), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("addressee", sa.String(length=300), nullable=False),
        sa.Column("series", sa.String(length=20), nullable=False),
        sa.Column("receipt_days", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "annual_plan",
                "self_report",
                "inspection_notice",
                "feedback_letter",
                "result_circular",
                "commendation",
                "interview_notice",
                "interview_record",
                "rectification_notice",
                "referral_letter",
                "receipt",
                "meeting_material",
                name="documentkind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "issued",
                "withdrawn",
                name="documentstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("copies_to", sa.ARRAY(sa.String(length=100)), nullable=False),
        sa.Column("opening", sa.String(length=4000), nullable=True),
        sa.Column("closing", sa.String(length=4000), nullable=True),
        sa.Column("recipient_ids", sa.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("drafted_by", sa.String(length=200), nullable=False),
        sa.Column("drafted_by_id", sa.Uuid(), nullable=True),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("ordinal", sa.Integer(), nullable=True),
        sa.Column("number", sa.String(length=60), nullable=True),
        sa.Column("issued_on", sa.Date(), nullable=True),
        sa.Column("issued_by", sa.String(length=200), nullable=False),
        sa.Column("frozen", sa.Text(), nullable=True),
        sa.Column("frozen_hash", sa.String(length=64), nullable=True),
        sa.Column("withdrawn_reason", sa.String(length=4000), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaign.id"], name=op.f("fk_document_campaign_id")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_document_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document")),
        sa.UniqueConstraint(
            "series", "year", "ordinal", name=op.f("uq_document_series_year_ordinal")
        ),
        sa.UniqueConstraint("unit_id", "id", name=op.f("uq_document_unit_id_id")),
    )
    op.create_index(op.f("ix_document_campaign_id"), "document", ["campaign_id"], unique=False)
    op.create_index(op.f("ix_document_subject_id"), "document", ["subject_id"], unique=False)
    op.create_index(op.f("ix_document_unit_id"), "document", ["unit_id"], unique=False)
    op.create_index(
        "uq_document_living",
        "document",
        ["kind", "subject_id"],
        unique=True,
        postgresql_where=sa.text("state <> 'withdrawn'"),
    )
    op.create_table(
        "document_recipient",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("document_id", sa.Uuid(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("received_by", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_document_recipient_document_id")
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["unit.id"], name=op.f("fk_document_recipient_unit_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document_recipient")),
        sa.UniqueConstraint(
            "document_id", "unit_id", name=op.f("uq_document_recipient_document_id_unit_id")
        ),
    )
    op.create_index(
        op.f("ix_document_recipient_document_id"),
        "document_recipient",
        ["document_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_document_recipient_unit_id"), "document_recipient", ["unit_id"], unique=False
    )

    tables = "document, document_recipient, document_series, document_template, document_ticket"
    op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {tables} TO {rls.APP}")
    for statement in rls.protect("document_recipient"):
        op.execute(statement)
    force_rows()


def force_rows() -> None:
    everything = "(SELECT sihao_all())"
    mine = f"{everything} OR person_id = (SELECT sihao_person())"
    for table, read, write in (
        ("document", READERS, everything),
        ("document_ticket", mine, mine),
    ):
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY {table}_read ON {table} FOR SELECT USING ({read})")
        op.execute(f"CREATE POLICY {table}_write ON {table} USING ({write}) WITH CHECK ({write})")


def downgrade() -> None:
    for table in (
        "document_recipient",
        "document",
        "document_ticket",
        "document_template",
        "document_series",
    ):
        op.drop_table(table)
