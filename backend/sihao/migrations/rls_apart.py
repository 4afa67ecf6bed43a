"""Row-level security that keeps those who score the same unit apart (F32)."""

from sihao.migrations.rls import APP

SCORING = """
-- The inspections for which this person's own sheet is open: others' words on them are kept back.
CREATE FUNCTION sihao_scoring() RETURNS uuid[] LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT coalesce(array_agg(s.inspection_id), '{}') FROM score_sheet s
   WHERE s.inspector_id = sihao_person() AND s.state = 'open'
$$
"""


def keep_scorers_apart() -> list[str]:
    """Give the statements that hide others' words from whoever still scores the same unit (F32).

    They come on top of a table's scope: judgements with their deductions and changes, findings, and
    the events that tell of them. The owner's view of words keeps its index; what it finds is read
    under the table's own policies.
    """
    scoring = "((SELECT sihao_scoring())::uuid[])"
    others = (
        f"SELECT s.id FROM score_sheet s WHERE s.inspection_id = ANY ({scoring})"  # noqa: S608 - ours
        " AND s.inspector_id <> sihao_person()"
    )
    told = "name NOT IN ('judgement.saved', 'finding.created')"
    mine = "{} IS NOT DISTINCT FROM (SELECT sihao_person())"
    rules = {
        "judgement": f"sheet_id <> ALL (ARRAY({others}))",
        "deduction": "EXISTS (SELECT FROM judgement j WHERE j.id = judgement_id)",
        "judgement_change": "EXISTS (SELECT FROM judgement j WHERE j.id = judgement_id)",
        "finding": f"{mine.format('found_by_id')} OR inspection_id <> ALL ({scoring})",
        "event": (
            f"{told} OR {mine.format('actor_id')}"
            f" OR coalesce(data ->> 'inspection_id', '') <> ALL ({scoring}::text[])"
        ),
    }
    return [
        f"CREATE POLICY {table}_apart ON {table} AS RESTRICTIVE FOR SELECT TO {APP} USING ({rule})"
        for table, rule in rules.items()
    ]
