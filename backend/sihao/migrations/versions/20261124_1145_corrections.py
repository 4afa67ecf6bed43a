"""Corrections of published results."""

import sqlalchemy as sa
from alembic import op

from sihao.migrations import rls

revision = "20261124_1145"
down_revision = "20261124_1140"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add versions of results."""
    op.add_column(
        "annual_result", sa.Column("revision", sa.Integer(), nullable=False, server_default="1")
    )
    op.alter_column("annual_result", "revision", server_default=None)
    op.create_table(
        "result_correction",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.String(length=200), nullable=False),
        sa.Column("result_id", sa.Uuid(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "drafted",
                "published",
                "dismissed",
                name="correctionstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("reason", sa.String(length=4000), nullable=False),
        *(
            column
            for when in ("", "before_")
            for column in (
                sa.Column(f"{when}total", sa.Numeric(9, 4), nullable=False),
                sa.Column(f"{when}grade", sa.String(length=20), nullable=False),
                sa.Column(f"{when}inputs", sa.String(), nullable=False),
                sa.Column(f"{when}inputs_hash", sa.String(length=64), nullable=False),
                sa.Column(f"{when}outcome", sa.String(), nullable=False),
                sa.Column(f"{when}outcome_hash", sa.String(length=64), nullable=False),
            )
        ),
        sa.Column("drafted_by", sa.String(length=200), nullable=False),
        sa.Column("drafted_by_id", sa.Uuid(), nullable=True),
        sa.Column("published_by", sa.String(length=200), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["unit_id", "result_id"],
            ["annual_result.unit_id", "annual_result.id"],
            name=op.f("fk_result_correction_unit_id_result_id"),
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["unit.id"], name=op.f("fk_result_correction_unit_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_result_correction")),
        sa.UniqueConstraint(
            "result_id", "revision", name=op.f("uq_result_correction_result_id_revision")
        ),
        sa.UniqueConstraint("unit_id", "id", name=op.f("uq_result_correction_unit_id_id")),
    )
    for column in ("result_id", "unit_id"):
        op.create_index(
            op.f(f"ix_result_correction_{column}"), "result_correction", [column], unique=False
        )
    op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON result_correction TO {rls.APP}")
    for statement in rls.protect("result_correction"):
        op.execute(statement)


def downgrade() -> None:
    """Forget every version but the one in force."""
    op.drop_table("result_correction")
    op.drop_column("annual_result", "revision")
