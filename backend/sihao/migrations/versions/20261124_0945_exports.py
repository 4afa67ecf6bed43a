"""Lists are made into files by jobs

Revises: 20261124_0940
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from sihao.migrations import rls

revision = "20261124_0945"
down_revision = "20261124_0940"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "export_job",
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.String(length=200), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("asked_by", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("filters", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("format", sa.String(length=32), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("left_out", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=True),
        sa.Column("sha256", sa.String(length=64), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_export_job_unit_id")),
        sa.ForeignKeyConstraint(["sha256"], ["blob.sha256"], name=op.f("fk_export_job_sha256")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_export_job")),
        sa.UniqueConstraint("unit_id", "id", name=op.f("uq_export_job_unit_id_id")),
        sa.CheckConstraint(
            "format IN ('xlsx', 'csv', 'zip')", name=op.f("ck_export_job_exportformat")
        ),
        sa.CheckConstraint(
            "state IN ('waiting', 'running', 'done', 'failed', 'expired')",
            name=op.f("ck_export_job_exportstate"),
        ),
    )
    for column in ("unit_id", "person_id", "sha256"):
        op.create_index(op.f(f"ix_export_job_{column}"), "export_job", [column])
    op.create_table(
        "export_ticket",
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("export_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_export_ticket_unit_id")),
        sa.ForeignKeyConstraint(
            ["unit_id", "export_id"],
            ["export_job.unit_id", "export_job.id"],
            name=op.f("fk_export_ticket_unit_id_export_id"),
        ),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_export_ticket")),
    )
    for column in ("unit_id", "export_id", "expires_at"):
        op.create_index(op.f(f"ix_export_ticket_{column}"), "export_ticket", [column])
    op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON export_job, export_ticket TO {rls.APP}")
    for table in ("export_job", "export_ticket"):
        for statement in rls.protect(table):
            op.execute(statement)


def downgrade() -> None:
    op.drop_table("export_ticket")
    op.drop_table("export_job")
