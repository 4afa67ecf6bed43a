"""Files with many rows come in as jobs

Revises: 20261124_0820
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from sihao.migrations import rls

revision = "20261124_0910"
down_revision = "20261124_0820"
branch_labels = None
depends_on = None
_STATES = "'received', 'checking', 'checked', 'writing', 'done', 'refused', 'failed'"


def upgrade() -> None:
    op.create_table(
        "import_job",
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.String(length=200), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("asked_by", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=True),
        sa.Column("mode", sa.String(length=32), nullable=False),
        sa.Column("dry_run", sa.Boolean(), nullable=False),
        sa.Column("format", sa.String(length=32), nullable=False),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=True),
        sa.Column("state", sa.String(length=32), nullable=False),
        *(
            sa.Column(name, sa.Integer(), nullable=False)
            for name in ("total", "created", "updated", "unchanged", "refused")
        ),
        sa.Column("causes", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("errors", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_import_job_unit_id")),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaign.id"], name=op.f("fk_import_job_campaign_id")
        ),
        sa.ForeignKeyConstraint(["sha256"], ["blob.sha256"], name=op.f("fk_import_job_sha256")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_job")),
        sa.CheckConstraint("mode IN ('atomic', 'partial')", name=op.f("ck_import_job_importmode")),
        sa.CheckConstraint(
            "format IN ('xlsx', 'csv', 'ndjson', 'json')", name=op.f("ck_import_job_importformat")
        ),
        sa.CheckConstraint(f"state IN ({_STATES})", name=op.f("ck_import_job_importstate")),
    )
    for column in ("unit_id", "person_id", "campaign_id", "sha256"):
        op.create_index(op.f(f"ix_import_job_{column}"), "import_job", [column])
    op.create_table(
        "job_progress",
        sa.Column("job_id", sa.Uuid(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("phase", sa.String(length=20), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("job_id", name=op.f("pk_job_progress")),
    )
    op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON import_job, job_progress TO {rls.APP}")
    op.execute(rls.ASKER)
    op.execute("REVOKE ALL ON FUNCTION open_asker_context FROM public")
    op.execute(f"GRANT EXECUTE ON FUNCTION open_asker_context TO {rls.APP}")
    for statement in rls.protect("import_job"):
        op.execute(statement)


def downgrade() -> None:
    op.execute("DROP FUNCTION open_asker_context")
    op.drop_table("job_progress")
    op.drop_table("import_job")
