"""The committee asks for material

Revises: 20261124_1005
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from sihao.migrations import rls

revision = "20261124_1010"
down_revision = "20261124_1005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "material_collection",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.String(length=200), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("basis", sa.String(length=300), nullable=False),
        sa.Column("note", sa.String(length=2000), nullable=False),
        sa.Column("codes", postgresql.ARRAY(sa.String(length=8)), nullable=False),
        sa.Column("ledgers", postgresql.ARRAY(sa.String(length=8)), nullable=False),
        sa.Column("covers_from", sa.Date(), nullable=False),
        sa.Column("covers_until", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("reasons", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaign.id"], name="fk_material_collection_campaign_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_material_collection"),
        sa.CheckConstraint(
            "covers_until >= covers_from", name=op.f("ck_material_collection_period_order")
        ),
        sa.CheckConstraint(
            "state IN ('drafted', 'sent', 'closed')",
            name=op.f("ck_material_collection_collectionstate"),
        ),
    )
    op.create_index("ix_material_collection_campaign_id", "material_collection", ["campaign_id"])
    op.create_table(
        "material_request",
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("collection_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name="fk_material_request_unit_id"),
        sa.ForeignKeyConstraint(
            ["collection_id"],
            ["material_collection.id"],
            name="fk_material_request_collection_id",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_material_request"),
        sa.UniqueConstraint(
            "collection_id", "unit_id", name="uq_material_request_collection_id_unit_id"
        ),
    )
    op.create_index("ix_material_request_unit_id", "material_request", ["unit_id"])
    op.create_index("ix_material_request_collection_id", "material_request", ["collection_id"])
    tables = "material_collection, material_request"
    op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {tables} TO {rls.APP}")
    for statement in rls.protect("material_request"):
        op.execute(statement)


def downgrade() -> None:
    op.drop_table("material_request")
    op.drop_table("material_collection")
