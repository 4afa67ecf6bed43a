"""Evidence that something judged or signed names stays, whoever asks and whoever is first."""

from alembic import op

from sihao.migrations import rls

revision = "20261124_1300"
down_revision = "20261124_1252"
branch_labels = None
depends_on = None

VIEW = """
-- What is judged or signed and names a piece of evidence. `link_id` is the link that it rests on,
-- `told` whether the piece's own unit may know of it yet. A reader finds what the tables underneath
-- show him; a unit's own rows are all shown to it, so nothing that names its evidence is missed.
CREATE VIEW evidence_named WITH (security_invoker = true) AS
SELECT l.evidence_id, l.unit_id, l.id AS link_id, 'self_report' AS kind, '' AS label, true AS told
  FROM evidence_link l WHERE l.locked_at IS NOT NULL
UNION ALL
SELECT l.evidence_id, l.unit_id, l.id, 'verdict', coalesce(c.code, ''), true
  FROM evidence_link l LEFT JOIN criterion c ON c.id = l.criterion_id
 WHERE l.verdict = 'accepted'
UNION ALL
SELECT l.evidence_id, l.unit_id, l.id, 'rectification', '', true
  FROM evidence_link l JOIN rectification r
    ON r.id = l.rectification_id OR r.finding_id = l.finding_id
 WHERE r.state IN ('reported', 'verified')
UNION ALL
SELECT l.evidence_id, l.unit_id, l.id, 'co_assessment', a.code, r.released_at IS NOT NULL
  FROM evidence_link l
  JOIN co_assessment_result r
    ON r.co_assessment_id = l.co_assessment_id AND r.unit_id = l.unit_id
  JOIN co_assessment a ON a.id = r.co_assessment_id
UNION ALL
SELECT d.evidence_id, d.unit_id, NULL, 'deduction', '', false
  FROM deduction d WHERE d.evidence_id IS NOT NULL
UNION ALL
SELECT (one ->> 'evidence_id')::uuid, d.unit_id, NULL, 'decision', c.code,
       i.state IN ('feedback', 'finalized')
  FROM item_decision d
  JOIN inspection i ON i.id = d.inspection_id
  JOIN criterion c ON c.id = d.criterion_id,
       jsonb_array_elements(d.deductions) AS one
 WHERE one ->> 'evidence_id' IS NOT NULL
UNION ALL
SELECT o.evidence_id, o.unit_id, NULL, 'objection', c.code, true
  FROM objection o JOIN criterion c ON c.id = o.criterion_id WHERE o.evidence_id IS NOT NULL
UNION ALL
SELECT e.evidence_id, e.unit_id, NULL, 'extra', e.code, e.state <> 'raised'
  FROM extra e
 WHERE e.evidence_id IS NOT NULL AND e.state IN ('raised', 'noticed', 'effective')
UNION ALL
SELECT n.evidence_id, n.unit_id, NULL, 'notice_objection', '', true
  FROM notice_objection n WHERE n.evidence_id IS NOT NULL
UNION ALL
SELECT named[1]::uuid, r.unit_id, NULL, 'result', '', r.state = 'published'
  FROM annual_result r, regexp_matches(r.inputs, '"evidence_id":"([0-9a-f-]{36})"', 'g') AS named
UNION ALL
SELECT named[1]::uuid, r.unit_id, NULL, 'correction', '', r.state = 'published'
  FROM result_correction r,
       regexp_matches(
         r.inputs || r.before_inputs, '"evidence_id":"([0-9a-f-]{36})"', 'g') AS named
 WHERE r.state <> 'dismissed'
"""

FUNCTIONS = (
    """
-- Whoever names evidence holds it, so that it is taken back before or not at all. Locks are taken
-- in one order: what names first, then the pieces by id, then their links.
CREATE FUNCTION hold_evidence(wanted uuid[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM FROM evidence e WHERE e.id = ANY (wanted) ORDER BY e.id FOR SHARE;
  IF EXISTS (SELECT FROM evidence e WHERE e.id = ANY (wanted) AND e.state = 'withdrawn') THEN
    RAISE EXCEPTION 'evidence has been withdrawn' USING ERRCODE = 'restrict_violation';
  END IF;
END $$
""",
    """
CREATE FUNCTION name_evidence() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM hold_evidence(ARRAY[NEW.evidence_id]);
  RETURN NEW;
END $$
""",
    """
-- Only what this write names anew: a decision keeps the copies that it had.
CREATE FUNCTION name_decided_evidence() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM hold_evidence(ARRAY(
    SELECT (one ->> 'evidence_id')::uuid FROM jsonb_array_elements(NEW.deductions) AS one
     WHERE one ->> 'evidence_id' IS NOT NULL
    EXCEPT
    SELECT (one ->> 'evidence_id')::uuid
      FROM jsonb_array_elements(CASE TG_OP WHEN 'UPDATE' THEN OLD.deductions ELSE '[]' END) AS one
  ));
  RETURN NEW;
END $$
""",
    """
CREATE FUNCTION keep_named_evidence() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM evidence_named n
              WHERE n.evidence_id = NEW.id AND n.unit_id = NEW.unit_id) THEN
    RAISE EXCEPTION 'evidence is named' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$
""",
)

NAMING = ("deduction", "objection", "extra", "notice_objection")


def upgrade() -> None:
    """The view is one list for the sentence that refuses and for the triggers behind it."""
    op.execute(VIEW)
    op.execute(f"GRANT SELECT ON evidence_named TO {rls.APP}")
    for function in FUNCTIONS:
        op.execute(function)
    for table in NAMING:
        op.execute(
            f"CREATE TRIGGER name_evidence BEFORE INSERT OR UPDATE OF evidence_id ON {table}"
            " FOR EACH ROW WHEN (NEW.evidence_id IS NOT NULL) EXECUTE FUNCTION name_evidence()"
        )
    op.execute(
        "CREATE TRIGGER name_evidence BEFORE UPDATE OF verdict ON evidence_link"
        " FOR EACH ROW WHEN (NEW.verdict = 'accepted' AND OLD.verdict <> 'accepted')"
        " EXECUTE FUNCTION name_evidence()"
    )
    op.execute(
        "CREATE TRIGGER name_evidence BEFORE INSERT OR UPDATE OF deductions ON item_decision"
        " FOR EACH ROW EXECUTE FUNCTION name_decided_evidence()"
    )
    op.execute(
        "CREATE TRIGGER keep_named BEFORE UPDATE OF state ON evidence"
        " FOR EACH ROW WHEN (NEW.state = 'withdrawn' AND OLD.state <> 'withdrawn')"
        " EXECUTE FUNCTION keep_named_evidence()"
    )


def downgrade() -> None:
    """Only a signed self-report keeps evidence."""
    op.execute("DROP TRIGGER keep_named ON evidence")
    for table in (*NAMING, "evidence_link", "item_decision"):
        op.execute(f"DROP TRIGGER name_evidence ON {table}")
    for function in ("keep_named_evidence", "name_decided_evidence", "name_evidence"):
        op.execute(f"DROP FUNCTION {function}()")
    op.execute("DROP FUNCTION hold_evidence(uuid[])")
    op.execute("DROP VIEW evidence_named")
