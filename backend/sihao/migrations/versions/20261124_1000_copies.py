"""Signed texts have fingerprints

Revises: 20261124_0955
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY

from sihao.migrations import rls

revision = "20261124_1000"
down_revision = "20261124_0955"
branch_labels = None
depends_on = None

ALIKE = """
-- What passages are like: of the own unit in the year before, of other units in the same year.
-- Of passages outside the caller's scope it tells how much is alike, and not which they are.
CREATE FUNCTION alike_passages(asked jsonb, like_kind text, own uuid, year_id uuid)
  RETURNS TABLE (n int, passage_id uuid, is_own boolean, percent int)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT a.n,
         CASE WHEN sihao_all() OR p.unit_id = ANY (sihao_units()) THEN p.id END,
         p.unit_id = own,
         100 * s.shared / cardinality(a.grams)
    FROM jsonb_to_recordset(asked) AS a (n int, grams bigint[], bands bigint[])
    JOIN passage p ON p.bands && a.bands
    JOIN text_print t ON t.id = p.print_id AND t.kind = like_kind
    JOIN campaign c ON c.id = t.campaign_id
    JOIN campaign y ON y.id = year_id
   CROSS JOIN LATERAL (
         SELECT count(*)::int AS shared
           FROM (SELECT unnest(p.grams) INTERSECT SELECT unnest(a.grams)) AS both_have) s
   WHERE ((p.unit_id = own AND c.year = y.year - 1) OR (p.unit_id <> own AND c.id = y.id))
     AND 5 * s.shared >= 2 * (cardinality(p.grams) + cardinality(a.grams) - s.shared)
$$
"""
SAME = """
-- Whether the same bytes were handed in by the own unit the year before, by others this year.
-- It answers for files that the unit itself has handed in.
CREATE FUNCTION same_files(own uuid, year_id uuid)
  RETURNS TABLE (file_id uuid, is_own boolean, is_others boolean)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT f.id, bool_or(o.unit_id = own), bool_or(o.unit_id <> own)
    FROM evidence_file f
    JOIN evidence e ON e.id = f.evidence_id AND e.unit_id = own AND e.campaign_id = year_id
    JOIN campaign y ON y.id = year_id
    JOIN evidence_file o ON o.sha256 = f.sha256 AND o.replaced_at IS NULL
    JOIN evidence oe ON oe.id = o.evidence_id
    JOIN campaign c ON c.id = oe.campaign_id
   WHERE f.replaced_at IS NULL
     AND (sihao_all() OR own = ANY (sihao_units()))
     AND ((o.unit_id = own AND c.year = y.year - 1) OR (o.unit_id <> own AND c.id = y.id))
   GROUP BY f.id
$$
"""
FUNCTIONS = ("alike_passages(jsonb, text, uuid, uuid)", "same_files(uuid, uuid)")


def upgrade() -> None:
    op.create_table(
        "text_print",
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name="fk_text_print_unit_id"),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name="fk_text_print_campaign_id"),
        sa.PrimaryKeyConstraint("id", name="pk_text_print"),
        sa.UniqueConstraint("unit_id", "id", name="uq_text_print_unit_id_id"),
        sa.UniqueConstraint("subject_id", name="uq_text_print_subject_id"),
        sa.CheckConstraint("kind IN ('plan', 'self_report')", name=op.f("ck_text_print_copykind")),
    )
    op.create_index("ix_text_print_unit_id", "text_print", ["unit_id"])
    op.create_index("ix_text_print_campaign_id", "text_print", ["campaign_id"])
    op.create_table(
        "passage",
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.String(length=20), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("grams", ARRAY(sa.BigInteger()), nullable=False),
        sa.Column("bands", ARRAY(sa.BigInteger()), nullable=False),
        sa.Column("print_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name="fk_passage_unit_id"),
        sa.ForeignKeyConstraint(
            ["unit_id", "print_id"],
            ["text_print.unit_id", "text_print.id"],
            name="fk_passage_unit_id_print_id",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_passage"),
    )
    op.create_index("ix_passage_unit_id", "passage", ["unit_id"])
    op.create_index("ix_passage_print_id", "passage", ["print_id"])
    op.create_index("ix_passage_bands", "passage", ["bands"], postgresql_using="gin")
    for table in ("text_print", "passage"):
        op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO {rls.APP}")
        op.execute(f"CREATE POLICY {table}_owner ON {table} TO CURRENT_USER USING (true)")
        for statement in rls.protect(table):
            op.execute(statement)
    for function, name in zip((ALIKE, SAME), FUNCTIONS, strict=True):
        op.execute(function)
        op.execute(f"REVOKE ALL ON FUNCTION {name} FROM public")
        op.execute(f"GRANT EXECUTE ON FUNCTION {name} TO {rls.APP}")


def downgrade() -> None:
    for name in FUNCTIONS:
        op.execute(f"DROP FUNCTION {name}")
    op.drop_table("passage")
    op.drop_table("text_print")
