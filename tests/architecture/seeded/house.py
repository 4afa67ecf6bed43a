"""What the architecture tests of code, routes and documents must refuse."""

from tests.architecture.seeded.kinds import Defect, Tree

ROUTES = "tests/architecture/test_routes.py"
CODE = "tests/architecture/test_code.py"
DOCS = "tests/architecture/test_docs.py"
BARE = "# noqa" + ": F401"
"""An exception without a reason, which in one piece would be one of this file."""


def code(rule: str, file: str, new: str, test: str, red: str = "") -> Defect:
    place = f"backend/sihao/{file}"
    return Defect(rule, place, "", new, red or file, f"{CODE}::{test}")


def route(rule: str, new: str, test: str, red: str) -> Defect:
    return Defect(rule, "backend/sihao/complaints/api.py", "", new, red, f"{ROUTES}::{test}")


HOUSE = Tree(
    "house",
    first=("-m", "sihao", "openapi"),
    defects=(
        code(
            "state is assigned by the lifecycle",
            "units/actions.py",
            "\n\ndef shove(row: object) -> None:\n    row.state = 'moved'\n",
            "test_state_is_assigned_in_one_place",
        ),
        code(
            "state is updated by the lifecycle",
            "units/queries.py",
            "\n\ndef shove(table: object) -> object:\n    return table.values(state='moved')\n",
            "test_state_is_assigned_in_one_place",
        ),
        code(
            "one commit",
            "units/actions.py",
            "\n\nasync def done(ctx: Context) -> None:\n    await ctx.db.commit()\n",
            "test_nothing_commits_but_the_transaction",
        ),
        code(
            "nothing streams from a session",
            "units/queries.py",
            "\n\nasync def stream(ctx: Context) -> object:\n    return await ctx.db.stream(1)\n",
            "test_nothing_streams_from_a_session",
        ),
        code(
            "nothing blocks the loop",
            "units/actions.py",
            "\n\nasync def hash_it(hash_now: object) -> str:\n    return hash_now('x')\n",
            "test_nothing_blocks_the_loop",
        ),
        code(
            "no long files",
            "units/long.py",
            "#\n" * 401,
            "test_no_file_is_longer_than_a_reader_holds",
        ),
        code(
            "names say what a thing is",
            "units/policy.py",
            "\n\nclass UnitManager:\n    pass\n",
            "test_names_say_what_a_thing_is",
        ),
        code(
            "an exception has its reason",
            "units/schemas.py",
            f"\nimport os  {BARE}\n",
            "test_every_exception_from_a_rule_has_its_reason",
        ),
        Defect(
            "a rule that is off has its reason",
            "pyproject.toml",
            '"A002",    # routes',
            '"A002",\n  # routes',
            "['A002']",
            f"{CODE}::test_every_rule_that_is_off_has_its_reason",
        ),
        code(
            "tables are on the list",
            "units/shadow.py",
            "\nfrom sqlmodel import SQLModel\n\n\nclass Shadow(SQLModel, table=True):\n    pass\n",
            "test_every_table_is_on_the_list_of_slices",
            "sihao.units.shadow",
        ),
        code(
            "jobs are on the list",
            "units/jobs.py",
            '\nfrom sihao.core.jobs import job\n\n\n@job("units.lost")\nasync def lose(): ...\n',
            "test_every_job_is_on_the_list_of_slices",
            "sihao.units.jobs",
        ),
        code(
            "lifecycles are on the list",
            "units/later.py",
            '\nLATER = Lifecycle(subject="later")\n',
            "test_every_lifecycle_is_on_the_list_of_slices",
            "later",
        ),
        code(
            "routers are on the list",
            "units/hidden.py",
            '\nrouter = Router(prefix="/hidden", tag="hidden")\n',
            "test_every_router_is_on_the_list_of_slices",
            "sihao.units.hidden",
        ),
        Defect(
            "every state is reachable",
            "backend/sihao/complaints/lifecycle.py",
            '    ANSWERED = "answered"\n',
            '    ANSWERED = "answered"\n    LOST = "lost"\n',
            "ComplaintState.LOST",
            f"{CODE}::test_every_state_can_be_reached[complaint]",
        ),
        Defect(
            "the office signs nothing",
            "backend/sihao/self_reports/lifecycle.py",
            "",
            "\nobject.__setattr__(SELF_REPORT.transition('sign'), 'by', {Role.UNIT_OFFICE})\n",
            "self_report.sign (R3)",
            f"{CODE}::test_the_office_signs_nothing[self_report]",
        ),
        route(
            "strangers stay outside",
            '\n\n@router.get("/open/door", operation_id="complaint_open")\n'
            'async def open_door() -> None:\n    """Let anybody in."""\n',
            "test_strangers_are_turned_away[GET /api/v1/complaints/open/door]",
            "AssertionError: null",
        ),
        route(
            "operations are named",
            '\n\n@router.get("/un/named")\nasync def unnamed(ctx: Ctx) -> None:\n    """Hide."""\n',
            "test_every_operation_is_named_by_hand",
            "un/named",
        ),
        route(
            "operations are documented and named resource_verb",
            '\n\n@router.get("/un/told", operation_id="Told")\n'
            "async def told(ctx: Ctx) -> None: ...\n",
            "test_every_operation_is_named_resource_verb_and_documented"
            "[GET /api/v1/complaints/un/told]",
            "assert None",
        ),
        route(
            "changes ask for the version",
            '\n\n@router.patch("/{id}/x", operation_id="complaint_x")\n'
            'async def change(ctx: Ctx, id: UUID) -> None:\n    """Change blindly."""\n',
            "test_a_write_to_an_existing_thing_asks_for_its_version"
            "[PATCH /api/v1/complaints/{id}/x]",
            "/complaints/{id}/x",
        ),
        route(
            "bodies refuse what they do not know",
            "\n\nfrom pydantic import BaseModel\n\n\nclass Loose(BaseModel):\n    a: str\n"
            '\n\n@router.post("/loose", operation_id="complaint_loosen")\n'
            'async def loosen(ctx: Ctx, body: Loose) -> None:\n    """Take anything."""\n',
            "test_bodies_refuse_what_they_do_not_know[POST /api/v1/complaints/loose]",
            "schemas/Loose",
        ),
        route(
            "every POST is repeatable",
            "\n\nfrom fastapi import APIRouter\n\nplain = APIRouter()\n"
            '\n\n@plain.post("/twice", operation_id="complaint_double")\n'
            'async def twice(ctx: Ctx) -> None:\n    """Count."""\n\n\n'
            "router.include_router(plain)\n",
            "test_every_post_is_answered_from_the_record_when_it_is_repeated",
            "twice",
        ),
        route(
            "what a request opens is closed before its answer",
            "\n\nfrom fastapi import Depends\n\n\nasync def leaky():\n    yield 1\n"
            '\n\n@router.get("/le/ak", operation_id="complaint_leak")\n'
            "async def leak(ctx: Ctx, x: Annotated[int, Depends(leaky)]) -> None:\n"
            '    """Leak."""\n',
            "test_what_a_request_opens_is_closed_before_its_answer_goes_out",
            "leaky",
        ),
        route(
            "tables are never answers",
            "\n\nfrom sihao.complaints.models import Complaint\n"
            '\n\n@router.get("/ra/w", operation_id="complaint_raw", response_model=Complaint)\n'
            'async def raw(ctx: Ctx) -> None:\n    """Show all."""\n',
            "test_tables_are_never_bodies_nor_answers",
            "shows the table Complaint",
        ),
        Defect(
            "every setting is in the table",
            "README.md",
            "| `SIHAO_PORT` |",
            "| SIHAO_PORT |",
            "SIHAO_PORT",
            f"{DOCS}::test_settings_tables_name_exactly_the_settings_there_are[README.md]",
        ),
        Defect(
            "links lead somewhere",
            "CONTRIBUTING.md",
            "(ARCHITECTURE.md)",
            "(NOWHERE.md)",
            "NOWHERE.md",
            f"{DOCS}::test_links_lead_somewhere[CONTRIBUTING.md]",
        ),
        Defect(
            "the glossary has every word",
            "docs/glossary.md",
            "| `complaint` |",
            "| `grumble` |",
            "'lost'",
            f"{DOCS}::test_the_glossary_has_every_state_and_button[complaint]",
        ),
        Defect(
            "warnings are errors",
            "tests/core/test_old.py",
            "",
            "import warnings\n\n\ndef test_old():\n    warnings.warn('it is old')\n",
            "UserWarning: it is old",
            "tests/core/test_old.py::test_old",
        ),
    ),
)
