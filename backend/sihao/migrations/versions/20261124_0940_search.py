"""Texts are found by pairs of characters

Revises: 20261124_0930
"""

from alembic import op

from sihao.migrations import rls

revision = "20261124_0940"
down_revision = "20261124_0930"
branch_labels = None
depends_on = None

FOLDED = """
-- What counts when texts are compared: full and half width, capitals and small letters are one.
CREATE FUNCTION folded(given text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
  RETURN lower(normalize(given, NFKC))
"""
PAIRS = r"""
-- All pairs of neighbouring characters: first those from odd places, then those from even ones.
CREATE FUNCTION pairs(given text) RETURNS text[] LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
  RETURN string_to_array(
           regexp_replace(folded(given), '(..)', '\1' || chr(31), 'g'), chr(31))
      || string_to_array(
           regexp_replace(substr(folded(given), 2), '(..)', '\1' || chr(31), 'g'), chr(31))
"""
REPORT_TEXT = """
CREATE FUNCTION report_text(frozen jsonb) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
  RETURN jsonb_path_query_array(frozen, '$.sections[*].text')::text
"""
BODIES = {
    "plan": "basis || ' ' || goals || ' ' || content",
    "problem": "text",
    "measure": "text || ' ' || expected_output",
    "ledger_entry": "title",
    "evidence": "title || ' ' || note",
    "evidence_file": "file_name || ' ' || text",
    "self_report": "report_text(frozen)",
    "self_report_section": "text",
    "finding": "text || ' ' || root_cause",
    "rectification": "text || ' ' || cause || ' ' || action",
}


def upgrade() -> None:
    for function in (FOLDED, PAIRS, REPORT_TEXT):
        op.execute(function)
    for table, body in BODIES.items():
        op.execute(f"CREATE INDEX words_of_{table} ON {table} USING gin (pairs({body}))")
        for statement in rls.open_to_search(table, body):
            op.execute(statement)


def downgrade() -> None:
    for table in BODIES:
        op.execute(f"DROP VIEW search_{table}")
        op.execute(f"DROP POLICY {table}_owner ON {table}")
        op.execute(f"DROP INDEX words_of_{table}")
    for function in ("report_text(jsonb)", "pairs(text)", "folded(text)"):
        op.execute(f"DROP FUNCTION {function}")
