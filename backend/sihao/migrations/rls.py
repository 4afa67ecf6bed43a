"""Row-level security, the second net: functions and policies that migrations put in place.

The context is four transaction-local settings: `sihao.all` ('on' for roles that read every unit),
`sihao.units`, `sihao.person`, `sihao.roles`. Without a context there are no rows. After a
`SET LOCAL` ends a setting is '' and not NULL, so both mean nothing.
"""

APP = "sihao_app"

_ANSWER = """
  RETURNS TABLE (name text, roles text[], unit_id uuid, member_id uuid, assigned uuid[],
                 scopes text[], opened_at timestamptz)
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_column
"""

PERSON = f"""
-- A person's context by the grants of this moment; no row for one who is disabled. Why the person
-- may come in is for the caller to check, who has opened everything.
CREATE OR REPLACE FUNCTION open_person_context(subject uuid) {_ANSWER}
BEGIN
  opened_at := now();
  scopes := '{{}}';
  assigned := '{{}}';
  SELECT p.display_name,
         (SELECT array_agg(DISTINCT g.role) FROM role_grant g WHERE g.person_id = p.id),
         (SELECT g.unit_id FROM role_grant g
           WHERE g.person_id = p.id AND g.unit_id IS NOT NULL LIMIT 1),
         (SELECT m.id FROM member m WHERE m.person_id = p.id LIMIT 1)
    INTO name, roles, unit_id, member_id
    FROM person p WHERE p.id = subject AND p.disabled_at IS NULL;
  IF name IS NULL THEN
    PERFORM set_sihao(false, NULL, NULL, NULL);
    RETURN;
  END IF;
  IF 'committee.inspector' = ANY (roles) THEN
    SELECT coalesce(array_agg(i.unit_id), '{{}}') INTO assigned
      FROM group_member m JOIN inspection i ON i.group_id = m.group_id
      JOIN campaign c ON c.id = i.campaign_id
     WHERE m.person_id = subject AND c.state <> 'closed'
       AND NOT EXISTS (SELECT FROM standing_aside a
                        WHERE a.person_id = subject AND a.unit_id = i.unit_id);
  END IF;
  PERFORM set_sihao(
    coalesce(roles && ARRAY['committee.officer', 'committee.leader', 'leadership'], false),
    assigned || unit_id, subject, roles);
  RETURN NEXT;
END $$
"""  # noqa: S608 - ours

OPEN = f"""
-- The statement that opens a request's transaction: session -> person -> grants -> context; without
-- a session it is another system. No row when session, person or account is no longer good.
CREATE OR REPLACE FUNCTION open_context(subject uuid, session uuid) {_ANSWER}
BEGIN
  PERFORM set_sihao(true, NULL, NULL, NULL);
  IF session IS NOT NULL THEN
    IF EXISTS (SELECT FROM login_session s
                WHERE s.id = session AND s.person_id = subject AND s.revoked_at IS NULL
                  AND s.expires_at > now()) THEN
      RETURN QUERY SELECT * FROM open_person_context(subject);
    ELSE
      PERFORM set_sihao(false, NULL, NULL, NULL);
    END IF;
    RETURN;
  END IF;
  opened_at := now();
  roles := '{{}}';
  assigned := '{{}}';
  SELECT a.name, a.scopes, a.unit_id INTO name, scopes, unit_id FROM service_account a
   WHERE a.id = subject AND a.disabled_at IS NULL
     AND (a.expires_at IS NULL OR a.expires_at > opened_at);
  IF name IS NULL THEN
    PERFORM set_sihao(false, NULL, NULL, NULL);
    RETURN;
  END IF;
  PERFORM set_sihao(unit_id IS NULL, ARRAY[unit_id], subject, roles);
  RETURN NEXT;
END $$
"""  # noqa: S608 - ours

FUNCTIONS = (
    """
CREATE FUNCTION sihao_all() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT coalesce(current_setting('sihao.all', true), '') = 'on' $$
""",
    """
CREATE FUNCTION sihao_units() RETURNS uuid[] LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT coalesce(nullif(current_setting('sihao.units', true), '')::uuid[], '{}') $$
""",
    """
CREATE FUNCTION sihao_person() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT nullif(current_setting('sihao.person', true), '')::uuid $$
""",
    """
CREATE FUNCTION sihao_has(role text) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT role = ANY (string_to_array(current_setting('sihao.roles', true), ',')) IS TRUE $$
""",
    """
CREATE FUNCTION set_sihao(everything boolean, units uuid[], person uuid, roles text[])
  RETURNS void LANGUAGE sql AS $$
  SELECT set_config('sihao.all', CASE WHEN everything THEN 'on' ELSE '' END, true),
         set_config('sihao.units', coalesce(units, '{}')::text, true),
         set_config('sihao.person', coalesce(person::text, ''), true),
         set_config('sihao.roles', coalesce(array_to_string(roles, ','), ''), true)
$$
""",
    """
CREATE FUNCTION open_system_context() RETURNS timestamptz LANGUAGE plpgsql AS $$
BEGIN
  PERFORM set_sihao(true, NULL, NULL, ARRAY['system']);
  RETURN now();
END $$
""",
    PERSON,
    OPEN,
    """
REVOKE ALL ON FUNCTION open_context, open_person_context FROM public
""",
)

ASKER = f"""
-- The context of whoever asked for a job, without a session: logging out ends no work, being
-- disabled does.
CREATE OR REPLACE FUNCTION open_asker_context(subject uuid) {_ANSWER}
BEGIN
  PERFORM set_sihao(true, NULL, NULL, NULL);
  IF EXISTS (SELECT FROM person p WHERE p.id = subject) THEN
    RETURN QUERY SELECT * FROM open_person_context(subject);
  ELSE
    RETURN QUERY SELECT * FROM open_context(subject, NULL);
  END IF;
END $$
"""  # noqa: S608 - ours

SERVICE = f"""
-- The context of another system, as open_context, for whoever comes from one of its networks. Its
-- last use is noted once a minute, and never waited for.
CREATE FUNCTION open_service_context(subject uuid, address text) {_ANSWER}
BEGIN
  PERFORM set_sihao(true, NULL, NULL, NULL);
  IF EXISTS (SELECT FROM service_account a
              WHERE a.id = subject AND a.addresses <> '{{}}'
                AND NOT address::inet <<= ANY (a.addresses::inet[])) THEN
    PERFORM set_sihao(false, NULL, NULL, NULL);
    RETURN;
  END IF;
  IF EXISTS (SELECT FROM service_account a WHERE a.id = subject
                AND (a.used_at IS NULL OR a.used_at < now() - interval '1 minute')) THEN
    UPDATE service_account SET used_at = now(), used_from = address
     WHERE id = (SELECT a.id FROM service_account a
                  WHERE a.id = subject AND a.disabled_at IS NULL
                    AND (a.expires_at IS NULL OR a.expires_at > now())
                    FOR NO KEY UPDATE SKIP LOCKED);
  END IF;
  RETURN QUERY SELECT * FROM open_context(subject, NULL);
END $$
"""  # noqa: S608 - ours

PROVISIONING = """
-- Opens accounts to a directory for the rest of its transaction: the scope is looked up here again.
CREATE FUNCTION open_provisioning() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM service_account a
                  WHERE a.id = sihao_person() AND a.unit_id IS NULL
                    AND 'scim' = ANY (a.scopes)) THEN
    RAISE insufficient_privilege;
  END IF;
  PERFORM set_config('sihao.roles', 'admin.security', true);
END $$
"""

_LEFT = "{day} + interval '3 years' > (now() AT TIME ZONE interval '8 hours')::date"
_BACK = "({day} + interval '3 years')::date"
STANDING_ASIDE = f"""
-- 回避: who must not judge which unit, why, and until which day (null: as long as it holds). The
-- own unit; a former one within three years; what was declared and not withdrawn. A reader finds
-- what the tables underneath show him, no more.
CREATE VIEW standing_aside WITH (security_invoker = true) AS
SELECT g.person_id, g.unit_id, 'own' AS why, NULL::date AS until
  FROM role_grant g WHERE g.unit_id IS NOT NULL
UNION
SELECT e.person_id, e.unit_id, 'former', {_BACK.format(day="e.left_on")}
  FROM earlier_unit e WHERE {_LEFT.format(day="e.left_on")}
UNION
SELECT m.person_id, m.unit_id, CASE WHEN t.ended_on IS NULL THEN 'own' ELSE 'former' END,
       {_BACK.format(day="t.ended_on")}
  FROM member m JOIN term t ON t.unit_id = m.unit_id AND t.member_id = m.id
 WHERE m.person_id IS NOT NULL AND (t.ended_on IS NULL OR {_LEFT.format(day="t.ended_on")})
UNION
SELECT r.person_id, r.unit_id, r.kind, {_BACK.format(day="r.left_on")}
  FROM recusal r
 WHERE r.withdrawn_at IS NULL AND (r.left_on IS NULL OR {_LEFT.format(day="r.left_on")})
"""  # noqa: S608 - ours

NAMES = (
    "open_context",
    "open_person_context",
    "open_system_context",
    "set_sihao",
    "sihao_has",
    "sihao_person",
    "sihao_units",
    "sihao_all",
)

_IN_SCOPE = "(SELECT sihao_all()) OR {column} = ANY ((SELECT sihao_units())::uuid[])"
_OWNS_ASSESSMENT = (
    "EXISTS (SELECT FROM co_assessment a"
    " WHERE a.id = co_assessment_id AND a.owner_id = (SELECT sihao_person()))"
)
_EXTRA = {
    "service_account": "(SELECT sihao_has('admin.security'))",
    "ledger_entry": "kind = 'T20' AND (SELECT sihao_has('coassessor'))",
    "co_assessment_result": _OWNS_ASSESSMENT,
    "co_result_change": _OWNS_ASSESSMENT,
    "extra": _OWNS_ASSESSMENT,
    "recusal": "person_id = (SELECT sihao_person())",
    "earlier_unit": "person_id = (SELECT sihao_person()) OR (SELECT sihao_has('admin.security'))",
    "import_job": "person_id = (SELECT sihao_person())",
    "export_job": "person_id = (SELECT sihao_person())",
    "export_ticket": "person_id = (SELECT sihao_person())",
    "referral_file": "EXISTS (SELECT FROM referral r WHERE r.id = referral_id)",
    "referral_ticket": "person_id = (SELECT sihao_person())",
    "referral": (
        "receiver_id = (SELECT sihao_person()) AND state IN ('sent', 'acknowledged', 'concluded')"
    ),
}
_OWN = {
    "login_session": "person_id = (SELECT sihao_person()) OR (SELECT sihao_has('admin.security'))",
    "idempotency_key": "principal_id = (SELECT sihao_person())",
    "complaint": "author_id = (SELECT sihao_person())",
    "visit_ticket": "person_id = (SELECT sihao_person())",
    "calendar_address": "person_id = (SELECT sihao_person())",
}


def protect(table: str) -> list[str]:
    """Give the statements that put a table with `unit_id` under row-level security."""
    rule = _rule(table)
    return [
        *_force(table),
        f"CREATE POLICY {table}_scope ON {table} USING ({rule}) WITH CHECK ({rule})",
    ]


def open_to_search(table: str, body: str) -> list[str]:
    """Give the statements that let an index of words be used on a table with `unit_id`.

    Under row-level security no index serves a condition that could tell on rows: containment of
    arrays is not leakproof. So the words are looked up through a view of the owner's, which keeps
    the same scope itself; who reads its `id`s joins the table, under that table's own policy.
    The array around the `id` keeps PostgreSQL 18 from making one scan, and one policy, of the two.
    """
    words = f"SELECT (ARRAY[id])[1] AS id, {body} AS body FROM {table} WHERE {_rule(table)}"  # noqa: S608 - ours
    return [
        f"CREATE POLICY {table}_owner ON {table} TO CURRENT_USER USING (true)",
        f"CREATE VIEW search_{table} AS {words}",
        f"GRANT SELECT ON search_{table} TO {APP}",
    ]


def _rule(table: str) -> str:
    rule = _IN_SCOPE.format(column="unit_id")
    return f"{rule} OR ({_EXTRA[table]})" if table in _EXTRA else rule


def protect_records() -> list[str]:
    """A record of an interview is its named readers' alone: no role that reads every unit helps.

    The committee's leaders and the unit's own lead are named by their roles; somebody of an office
    is no reader, even if named.
    """
    named = "(SELECT sihao_person()) = ANY (readers) AND NOT (SELECT sihao_has('unit.office'))"
    lead = (
        "EXISTS (SELECT FROM role_grant g WHERE g.person_id = (SELECT sihao_person())"
        " AND g.role = 'unit.lead' AND g.unit_id = interview_record.unit_id)"
    )
    all_records = "(SELECT sihao_has('committee.leader') OR sihao_has('system'))"
    rule = f"{all_records} OR ({named}) OR {lead}"
    policy = f"CREATE POLICY interview_record_readers ON interview_record USING ({rule})"
    return [*_force("interview_record"), f"{policy} WITH CHECK ({rule})"]


def protect_ballots() -> list[str]:
    """A unit reads its ballot once it is counted; codes, papers and records no unit ever."""
    counted = f"({_IN_SCOPE.format(column='unit_id')}) AND state IN ('counted', 'locked')"
    everything = "(SELECT sihao_all())"
    rules = {"ballot": f"{everything} OR ({counted})"}
    rules |= dict.fromkeys(("ballot_code", "ballot_urn", "hand_count", "ballot_record"), everything)
    return [
        statement
        for table, rule in rules.items()
        for statement in (
            *_force(table),
            f"CREATE POLICY {table}_scope ON {table} USING ({rule}) WITH CHECK ({rule})",
        )
    ]


def protect_own(table: str) -> list[str]:
    """Give the statements for a table whose rows belong to a person."""
    rule = f"(SELECT sihao_all()) OR {_OWN[table]}"
    return [
        *_force(table),
        f"CREATE POLICY {table}_own ON {table} USING ({rule}) WITH CHECK ({rule})",
    ]


def protect_grants() -> list[str]:
    """Who reads a unit reads its grants; only security administrators and the system write them.

    The committee's people are known to everybody by name.
    """
    contacts = "unit_id IS NULL AND role LIKE 'committee.%'"
    own = "person_id = (SELECT sihao_person())"
    read = f"{_IN_SCOPE.format(column='unit_id')} OR {own} OR ({contacts})"
    write = "(SELECT sihao_has('admin.security') OR sihao_has('system'))"
    return [
        *_force("role_grant"),
        f"CREATE POLICY role_grant_read ON role_grant FOR SELECT USING ({read} OR {write})",
        f"CREATE POLICY role_grant_write ON role_grant USING ({write}) WITH CHECK ({write})",
    ]


def protect_units() -> list[str]:
    """The committee is known to all; other units only to themselves and to who needs every name.

    An inspector declares for any unit why he stands aside; an administrator says which unit an
    address outside hears of.
    """
    needs = ("coassessor", "admin.security", "admin.system", "committee.inspector")
    asked = " OR ".join(f"sihao_has('{role}')" for role in needs)
    named = f"kind = 'committee' OR (SELECT {asked})"
    rule = f"{_IN_SCOPE.format(column='id')} OR {named}"
    return [
        *_force("unit"),
        f"CREATE POLICY unit_read ON unit FOR SELECT USING ({rule})",
        "CREATE POLICY unit_write ON unit USING (sihao_all()) WITH CHECK (sihao_all())",
    ]


def protect_people() -> list[str]:
    """A unit sees its own people and the committee's; the security administrator all."""
    mine = "id = (SELECT sihao_person()) OR (SELECT sihao_has('admin.security'))"
    granted = "EXISTS (SELECT FROM role_grant g WHERE g.person_id = person.id)"
    write = f"(SELECT sihao_has('system')) OR {mine}"
    read = f"(SELECT sihao_all()) OR {mine} OR {granted}"
    return [
        *_force("person"),
        f"CREATE POLICY person_read ON person FOR SELECT USING ({read})",
        f"CREATE POLICY person_write ON person USING ({write}) WITH CHECK ({write})",
    ]


def protect_directory(table: str) -> list[str]:
    """What a directory says of accounts is for those who keep accounts."""
    rule = "(SELECT sihao_has('system') OR sihao_has('admin.security'))"
    return [
        *_force(table),
        f"CREATE POLICY {table}_keepers ON {table} USING ({rule}) WITH CHECK ({rule})",
    ]


def protect_operation(table: str) -> list[str]:
    """What is sent to other systems is for those who run this one."""
    rule = "(SELECT sihao_has('system') OR sihao_has('admin.system'))"
    return [
        *_force(table),
        f"CREATE POLICY {table}_operators ON {table} USING ({rule}) WITH CHECK ({rule})",
    ]


def protect_events() -> list[str]:
    """Anybody's act is recorded; nobody's record is changed; auditors read all."""
    rule = (
        f"{_IN_SCOPE.format(column='unit_id')} OR (unit_id IS NULL AND audience = 'unit')"
        " OR actor_id = (SELECT sihao_person()) OR (SELECT sihao_has('admin.audit'))"
        " OR (audience = 'admin' AND (SELECT sihao_has('admin.security')))"
    )
    return [
        *_force("event"),
        f"CREATE POLICY event_read ON event FOR SELECT USING ({rule})",
        "CREATE POLICY event_write ON event FOR INSERT WITH CHECK (true)",
        f"REVOKE UPDATE, DELETE, TRUNCATE ON event FROM {APP}",
    ]


def _force(table: str) -> list[str]:
    return [
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
        f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
    ]
