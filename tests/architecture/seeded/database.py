"""What the catalogue of a migrated database must give away."""

from tests.architecture.seeded.kinds import Defect, Tree

SCHEMA = "tests/architecture/test_schema.py"
MIGRATION = "backend/sihao/migrations/versions/20261124_0400_first_tables.py"
TABLES = Tree(
    "schema",
    own_server=True,
    defects=(
        Defect(
            "models = migrations",
            "backend/sihao/complaints/models.py",
            "    named: bool = True\n",
            "    named: bool = True\n    urgent: bool = False\n",
            "urgent",
            f"{SCHEMA}::test_models_and_migrations_agree",
        ),
        Defect(
            "choices = checks",
            "backend/sihao/plans/models.py",
            '    SELF = "self"\n',
            '    SELF = "self"\n    RUMOUR = "rumour"\n',
            "problem.source: rumour",
            f"{SCHEMA}::test_choices_match_their_check[problem]",
        ),
        Defect(
            "a unit's table has a policy",
            MIGRATION,
            "statements += rls.protect(table)",
            'statements += [] if table == "finding" else rls.protect(table)',
            "(False, False) == (True, True)",
            f"{SCHEMA}::test_row_level_security_is_forced_and_has_a_policy[finding]",
        ),
        Defect(
            "a policy holds for the owner too",
            "backend/sihao/migrations/rls.py",
            '        *_force("unit"),\n',
            '        "ALTER TABLE unit ENABLE ROW LEVEL SECURITY",\n',
            "(True, False) == (True, True)",
            f"{SCHEMA}::test_row_level_security_is_forced_and_has_a_policy[unit]",
        ),
        Defect(
            "a child points within its unit",
            "backend/sihao/plans/models.py",
            "",
            "\n\nclass Stray(UnitOwned, Identified, table=True):\n"
            '    plan_id: UUID = Field(foreign_key="plan.id")\n',
            "stray -> plan could cross units",
            f"{SCHEMA}::test_a_child_of_a_unit_points_within_the_unit[stray]",
        ),
        Defect(
            "foreign keys are indexed",
            MIGRATION,
            '    op.create_index(op.f("ix_role_grant_unit_id"), "role_grant", ["unit_id"],'
            " unique=False)\n",
            "",
            "role_grant.unit_id",
            f"{SCHEMA}::test_every_foreign_key_is_indexed[role_grant]",
        ),
        Defect(
            "events are append-only",
            "backend/sihao/migrations/rls.py",
            "REVOKE UPDATE, DELETE, TRUNCATE ON event",
            "REVOKE TRUNCATE ON event",
            "UPDATE",
            f"{SCHEMA}::test_events_are_append_only_for_the_app",
        ),
    ),
)
