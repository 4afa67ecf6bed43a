"""Every saved state of a scheme stays on record."""

from uuid import uuid4

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from sihao.core.canonical import canonical, digest
from sihao.migrations import rls

revision = "20261124_1215"
down_revision = "20261124_1211"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Keep what stands now as the first state."""
    json = postgresql.JSONB(astext_type=sa.Text())
    table = op.create_table(
        "scheme_version",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("rules", json, nullable=False),
        sa.Column("rules_hash", sa.String(length=64), nullable=False),
        sa.Column("origin", sa.String(length=60), nullable=False),
        sa.Column("changes", json, nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("saved_by", sa.String(length=200), nullable=False),
        sa.Column("saved_by_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaign.id"], name=op.f("fk_scheme_version_campaign_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scheme_version")),
        sa.UniqueConstraint(
            "campaign_id", "number", name=op.f("uq_scheme_version_campaign_id_number")
        ),
    )
    op.create_index(
        op.f("ix_scheme_version_campaign_id"), "scheme_version", ["campaign_id"], unique=False
    )
    op.execute(f"GRANT SELECT, INSERT ON scheme_version TO {rls.APP}")
    columns = "campaign_id, rules, updated_at, updated_by"
    for row in op.get_bind().execute(sa.text(f"SELECT {columns} FROM scheme")).mappings().all():  # noqa: S608 - ours
        first = {
            "id": uuid4(),
            "campaign_id": row["campaign_id"],
            "number": 1,
            "rules": row["rules"],
            "rules_hash": digest(canonical(row["rules"])),
            "origin": "修改",
            "changes": [],
            "saved_at": row["updated_at"],
            "saved_by": row["updated_by"],
            "saved_by_id": None,
        }
        op.bulk_insert(table, [first])


def downgrade() -> None:
    """Forget the earlier states."""
    op.drop_table("scheme_version")
