"""What a ledger row says in its details is found too

Revises: 20261124_1210
"""

from alembic import op

revision = "20261124_1211"
down_revision = "20261124_1210"
branch_labels = None
depends_on = None

ENTRY_TEXT = """
-- The title and what people wrote into the details; codes, dates and numbers are no words.
CREATE FUNCTION entry_text(title text, details jsonb) RETURNS text
  LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
  RETURN title || coalesce((
    SELECT string_agg(' ' || (said #>> '{}'), '')
    FROM jsonb_path_query(details, 'strict $.** ? (@.type() == "string")') said
    WHERE (said #>> '{}') !~ '^[a-z0-9_.:+-]*$'), '')
"""
SAID = "entry_text(title, details)"
VIEW = """
DO $$
DECLARE had text := pg_get_viewdef('search_ledger_entry');
        made text := replace(had, '{was} AS body', '{becomes} AS body');
BEGIN
  ASSERT made <> had, 'the view has no such body';
  DROP VIEW search_ledger_entry;
  EXECUTE 'CREATE VIEW search_ledger_entry AS ' || made;
  GRANT SELECT ON search_ledger_entry TO sihao_app;
END $$
"""


def upgrade() -> None:
    op.execute(ENTRY_TEXT)
    op.execute("DROP INDEX words_of_ledger_entry")
    op.execute(f"CREATE INDEX words_of_ledger_entry ON ledger_entry USING gin (pairs({SAID}))")
    op.execute(VIEW.format(was="title", becomes=SAID))


def downgrade() -> None:
    op.execute(VIEW.format(was="entry_text((title)::text, details)", becomes="title"))
    op.execute("DROP INDEX words_of_ledger_entry")
    op.execute("CREATE INDEX words_of_ledger_entry ON ledger_entry USING gin (pairs(title))")
    op.execute("DROP FUNCTION entry_text(text, jsonb)")
