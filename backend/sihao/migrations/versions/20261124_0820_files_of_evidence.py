"""files of evidence

Revises: 20261124_0810
"""

import sqlalchemy as sa
from alembic import op

from sihao.migrations import rls

revision = "20261124_0820"
down_revision = "20261124_0810"
branch_labels = None
depends_on = None

OWNED = ("evidence_file", "evidence_manifest", "evidence_manifest_line", "upload")
MOVE = """
INSERT INTO evidence_file (id, unit_id, evidence_id, position, file_name, sha256, size, media_type,
                           text, promised_at, received_at, late, uploaded_by)
SELECT gen_random_uuid(), unit_id, id, 1, file_name, sha256, size, media_type,
       '', created_at, CASE WHEN sha256 IS NULL THEN NULL ELSE received_at END, false, uploaded_by
  FROM evidence
"""
MOVE_BACK = """
UPDATE evidence e SET file_name = f.file_name, sha256 = f.sha256, size = f.size,
                      media_type = f.media_type
  FROM (SELECT DISTINCT ON (evidence_id) * FROM evidence_file WHERE replaced_at IS NULL
         ORDER BY evidence_id, position) f
 WHERE f.evidence_id = e.id
"""


def upgrade() -> None:
    op.create_table(
        "evidence_manifest",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("lines", sa.Integer(), nullable=False),
        sa.Column("total_size", sa.BigInteger(), nullable=False),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.Column("made_by", sa.String(length=200), nullable=False),
        sa.Column("made_by_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaign.id"], name=op.f("fk_evidence_manifest_campaign_id")
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["unit.id"], name=op.f("fk_evidence_manifest_unit_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence_manifest")),
        sa.UniqueConstraint(
            "campaign_id", "number", name=op.f("uq_evidence_manifest_campaign_id_number")
        ),
        sa.UniqueConstraint("unit_id", "id", name=op.f("uq_evidence_manifest_unit_id_id")),
    )
    op.create_index(
        op.f("ix_evidence_manifest_campaign_id"), "evidence_manifest", ["campaign_id"], unique=False
    )
    op.create_index(
        op.f("ix_evidence_manifest_unit_id"), "evidence_manifest", ["unit_id"], unique=False
    )
    op.create_table(
        "manifest_counter",
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaign.id"], name=op.f("fk_manifest_counter_campaign_id")
        ),
        sa.PrimaryKeyConstraint("campaign_id", name=op.f("pk_manifest_counter")),
    )
    op.create_table(
        "evidence_file",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("evidence_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("path", sa.String(length=500), nullable=True),
        sa.Column("declared_sha256", sa.String(length=64), nullable=True),
        sa.Column("declared_size", sa.BigInteger(), nullable=True),
        sa.Column("sha256", sa.String(length=64), nullable=True),
        sa.Column("size", sa.BigInteger(), nullable=True),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("promised_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.Column("uploaded_by", sa.String(length=200), nullable=False),
        sa.Column("replaced_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("replaces_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "(declared_sha256 IS NULL) = (declared_size IS NULL)",
            name=op.f("ck_evidence_file_declared_whole"),
        ),
        sa.CheckConstraint(
            "(sha256 IS NULL) = (received_at IS NULL) AND (sha256 IS NULL) = (size IS NULL)",
            name=op.f("ck_evidence_file_has_bytes"),
        ),
        sa.ForeignKeyConstraint(["sha256"], ["blob.sha256"], name=op.f("fk_evidence_file_sha256")),
        sa.ForeignKeyConstraint(
            ["unit_id", "evidence_id"],
            ["evidence.unit_id", "evidence.id"],
            name=op.f("fk_evidence_file_unit_id_evidence_id"),
        ),
        sa.ForeignKeyConstraint(
            ["unit_id", "replaces_id"],
            ["evidence_file.unit_id", "evidence_file.id"],
            name=op.f("fk_evidence_file_unit_id_replaces_id"),
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_evidence_file_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence_file")),
        sa.UniqueConstraint("unit_id", "id", name=op.f("uq_evidence_file_unit_id_id")),
    )
    op.create_index(
        op.f("ix_evidence_file_declared_sha256"), "evidence_file", ["declared_sha256"], unique=False
    )
    op.create_index(
        op.f("ix_evidence_file_evidence_id"), "evidence_file", ["evidence_id"], unique=False
    )
    op.create_index(op.f("ix_evidence_file_path"), "evidence_file", ["path"], unique=False)
    op.create_index(
        op.f("ix_evidence_file_replaces_id"), "evidence_file", ["replaces_id"], unique=False
    )
    op.create_index(op.f("ix_evidence_file_sha256"), "evidence_file", ["sha256"], unique=False)
    op.create_index(op.f("ix_evidence_file_unit_id"), "evidence_file", ["unit_id"], unique=False)
    op.create_table(
        "evidence_manifest_line",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("manifest_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("path", sa.String(length=500), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("codes", sa.ARRAY(sa.String(length=8)), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "meeting",
                "document",
                "report",
                "study",
                "record",
                "picture",
                "press",
                "award",
                "figures",
                "other",
                name="evidencekind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("covers_from", sa.Date(), nullable=True),
        sa.Column("covers_until", sa.Date(), nullable=True),
        sa.Column("file_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["unit_id", "file_id"],
            ["evidence_file.unit_id", "evidence_file.id"],
            name=op.f("fk_evidence_manifest_line_unit_id_file_id"),
        ),
        sa.ForeignKeyConstraint(
            ["unit_id", "manifest_id"],
            ["evidence_manifest.unit_id", "evidence_manifest.id"],
            name=op.f("fk_evidence_manifest_line_unit_id_manifest_id"),
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["unit.id"], name=op.f("fk_evidence_manifest_line_unit_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence_manifest_line")),
        sa.UniqueConstraint(
            "manifest_id", "position", name=op.f("uq_evidence_manifest_line_manifest_id_position")
        ),
    )
    op.create_index(
        op.f("ix_evidence_manifest_line_file_id"),
        "evidence_manifest_line",
        ["file_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_evidence_manifest_line_manifest_id"),
        "evidence_manifest_line",
        ["manifest_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_evidence_manifest_line_unit_id"),
        "evidence_manifest_line",
        ["unit_id"],
        unique=False,
    )
    op.create_table(
        "upload",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("file_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("length", sa.BigInteger(), nullable=False),
        sa.Column("offset_bytes", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=True),
        sa.Column("meta", sa.String(length=4000), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["unit_id", "file_id"],
            ["evidence_file.unit_id", "evidence_file.id"],
            name=op.f("fk_upload_unit_id_file_id"),
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_upload_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_upload")),
    )
    op.create_index(op.f("ix_upload_expires_at"), "upload", ["expires_at"], unique=False)
    op.create_index(op.f("ix_upload_file_id"), "upload", ["file_id"], unique=False)
    op.create_index(op.f("ix_upload_person_id"), "upload", ["person_id"], unique=False)
    op.create_index(op.f("ix_upload_unit_id"), "upload", ["unit_id"], unique=False)
    for table in OWNED:
        for statement in rls.protect(table):
            op.execute(statement)
    for table in (*OWNED, "manifest_counter"):
        op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO {rls.APP}")
    op.execute("SELECT open_system_context()")
    op.execute(MOVE)
    op.execute("DELETE FROM download_ticket")
    hours = sa.Column("evidence_grace_hours", sa.Integer(), nullable=False, server_default="72")
    op.add_column("campaign", hours)
    op.alter_column("campaign", "evidence_grace_hours", server_default=None)
    op.add_column("download_ticket", sa.Column("file_id", sa.Uuid(), nullable=False))
    op.drop_index(op.f("ix_download_ticket_evidence_id"), table_name="download_ticket")
    op.create_index(
        op.f("ix_download_ticket_file_id"), "download_ticket", ["file_id"], unique=False
    )
    op.drop_constraint(
        op.f("fk_download_ticket_unit_id_evidence_id"), "download_ticket", type_="foreignkey"
    )
    op.create_foreign_key(
        op.f("fk_download_ticket_unit_id_file_id"),
        "download_ticket",
        "evidence_file",
        ["unit_id", "file_id"],
        ["unit_id", "id"],
    )
    op.drop_column("download_ticket", "evidence_id")
    op.add_column(
        "evidence",
        sa.Column(
            "kind",
            sa.Enum(
                "meeting",
                "document",
                "report",
                "study",
                "record",
                "picture",
                "press",
                "award",
                "figures",
                "other",
                name="evidencekind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
            server_default="other",
        ),
    )
    op.alter_column("evidence", "kind", server_default=None)
    op.add_column("evidence", sa.Column("reused_from_id", sa.Uuid(), nullable=True))
    op.drop_index(op.f("ix_evidence_sha256"), table_name="evidence")
    op.create_index(
        op.f("ix_evidence_reused_from_id"), "evidence", ["reused_from_id"], unique=False
    )
    op.drop_constraint(op.f("fk_evidence_sha256"), "evidence", type_="foreignkey")
    op.create_foreign_key(
        op.f("fk_evidence_unit_id_reused_from_id"),
        "evidence",
        "evidence",
        ["unit_id", "reused_from_id"],
        ["unit_id", "id"],
    )
    op.drop_constraint(op.f("ck_evidence_available_has_bytes"), "evidence", type_="check")
    op.create_check_constraint(
        op.f("ck_evidence_is_received"),
        "evidence",
        "state <> 'available' OR received_at IS NOT NULL",
    )
    op.drop_column("evidence", "file_name")
    op.drop_column("evidence", "media_type")
    op.drop_column("evidence", "size")
    op.drop_column("evidence", "sha256")
    op.add_column("evidence_link", sa.Column("self_report_id", sa.Uuid(), nullable=True))
    op.add_column("evidence_link", sa.Column("co_assessment_id", sa.Uuid(), nullable=True))
    op.drop_constraint(op.f("ck_evidence_link_one_target"), "evidence_link", type_="check")
    op.create_check_constraint(
        op.f("ck_evidence_link_one_target"),
        "evidence_link",
        "num_nonnulls(criterion_id, measure_id, entry_id, finding_id, self_report_id,"
        " co_assessment_id) = 1",
    )
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
        ],
        postgresql_nulls_not_distinct=True,
    )
    op.create_index(
        op.f("ix_evidence_link_co_assessment_id"),
        "evidence_link",
        ["co_assessment_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_evidence_link_self_report_id"), "evidence_link", ["self_report_id"], unique=False
    )
    op.create_foreign_key(
        op.f("fk_evidence_link_unit_id_self_report_id"),
        "evidence_link",
        "self_report",
        ["unit_id", "self_report_id"],
        ["unit_id", "id"],
    )
    op.create_foreign_key(
        op.f("fk_evidence_link_co_assessment_id"),
        "evidence_link",
        "co_assessment",
        ["co_assessment_id"],
        ["id"],
    )


def downgrade() -> None:
    op.execute("SELECT open_system_context()")
    op.execute("DELETE FROM download_ticket")
    op.execute("DELETE FROM evidence_link WHERE self_report_id IS NOT NULL")
    op.execute("DELETE FROM evidence_link WHERE co_assessment_id IS NOT NULL")
    op.drop_constraint(op.f("ck_evidence_link_one_target"), "evidence_link", type_="check")
    op.create_check_constraint(
        op.f("ck_evidence_link_one_target"),
        "evidence_link",
        "num_nonnulls(criterion_id, measure_id, entry_id, finding_id) = 1",
    )
    op.drop_constraint(
        op.f("fk_evidence_link_co_assessment_id"), "evidence_link", type_="foreignkey"
    )
    op.drop_constraint(
        op.f("fk_evidence_link_unit_id_self_report_id"), "evidence_link", type_="foreignkey"
    )
    op.drop_index(op.f("ix_evidence_link_self_report_id"), table_name="evidence_link")
    op.drop_index(op.f("ix_evidence_link_co_assessment_id"), table_name="evidence_link")
    op.drop_constraint("uq_evidence_link_target", "evidence_link", type_="unique")
    op.create_unique_constraint(
        op.f("uq_evidence_link_target"),
        "evidence_link",
        ["evidence_id", "criterion_id", "measure_id", "entry_id", "finding_id"],
        postgresql_nulls_not_distinct=True,
    )
    op.drop_column("evidence_link", "co_assessment_id")
    op.drop_column("evidence_link", "self_report_id")
    op.add_column(
        "evidence", sa.Column("sha256", sa.VARCHAR(length=64), autoincrement=False, nullable=True)
    )
    op.add_column("evidence", sa.Column("size", sa.BIGINT(), autoincrement=False, nullable=True))
    op.add_column(
        "evidence",
        sa.Column(
            "media_type",
            sa.VARCHAR(length=100),
            nullable=False,
            server_default="application/octet-stream",
        ),
    )
    op.add_column(
        "evidence",
        sa.Column("file_name", sa.VARCHAR(length=200), nullable=False, server_default=""),
    )
    op.execute(MOVE_BACK)
    op.alter_column("evidence", "media_type", server_default=None)
    op.alter_column("evidence", "file_name", server_default=None)
    op.drop_constraint(op.f("ck_evidence_is_received"), "evidence", type_="check")
    op.create_check_constraint(
        op.f("ck_evidence_available_has_bytes"),
        "evidence",
        "state <> 'available' OR (sha256 IS NOT NULL AND received_at IS NOT NULL)",
    )
    op.drop_constraint(op.f("fk_evidence_unit_id_reused_from_id"), "evidence", type_="foreignkey")
    op.create_foreign_key(op.f("fk_evidence_sha256"), "evidence", "blob", ["sha256"], ["sha256"])
    op.drop_index(op.f("ix_evidence_reused_from_id"), table_name="evidence")
    op.create_index(op.f("ix_evidence_sha256"), "evidence", ["sha256"], unique=False)
    op.drop_column("evidence", "reused_from_id")
    op.drop_column("evidence", "kind")
    op.add_column(
        "download_ticket", sa.Column("evidence_id", sa.UUID(), autoincrement=False, nullable=False)
    )
    op.drop_constraint(
        op.f("fk_download_ticket_unit_id_file_id"), "download_ticket", type_="foreignkey"
    )
    op.create_foreign_key(
        op.f("fk_download_ticket_unit_id_evidence_id"),
        "download_ticket",
        "evidence",
        ["unit_id", "evidence_id"],
        ["unit_id", "id"],
    )
    op.drop_index(op.f("ix_download_ticket_file_id"), table_name="download_ticket")
    op.create_index(
        op.f("ix_download_ticket_evidence_id"), "download_ticket", ["evidence_id"], unique=False
    )
    op.drop_column("download_ticket", "file_id")
    op.drop_column("campaign", "evidence_grace_hours")
    op.drop_index(op.f("ix_upload_unit_id"), table_name="upload")
    op.drop_index(op.f("ix_upload_person_id"), table_name="upload")
    op.drop_index(op.f("ix_upload_file_id"), table_name="upload")
    op.drop_index(op.f("ix_upload_expires_at"), table_name="upload")
    op.drop_table("upload")
    op.drop_index(op.f("ix_evidence_manifest_line_unit_id"), table_name="evidence_manifest_line")
    op.drop_index(
        op.f("ix_evidence_manifest_line_manifest_id"), table_name="evidence_manifest_line"
    )
    op.drop_index(op.f("ix_evidence_manifest_line_file_id"), table_name="evidence_manifest_line")
    op.drop_table("evidence_manifest_line")
    op.drop_index(op.f("ix_evidence_file_unit_id"), table_name="evidence_file")
    op.drop_index(op.f("ix_evidence_file_sha256"), table_name="evidence_file")
    op.drop_index(op.f("ix_evidence_file_replaces_id"), table_name="evidence_file")
    op.drop_index(op.f("ix_evidence_file_path"), table_name="evidence_file")
    op.drop_index(op.f("ix_evidence_file_evidence_id"), table_name="evidence_file")
    op.drop_index(op.f("ix_evidence_file_declared_sha256"), table_name="evidence_file")
    op.drop_table("evidence_file")
    op.drop_table("manifest_counter")
    op.drop_index(op.f("ix_evidence_manifest_unit_id"), table_name="evidence_manifest")
    op.drop_index(op.f("ix_evidence_manifest_campaign_id"), table_name="evidence_manifest")
    op.drop_table("evidence_manifest")
