"""What must hold for every table, present and future, asked of the catalogue itself."""

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Enum, inspect, text
from sqlmodel import SQLModel

import sihao.slices  # noqa: F401 - completes the metadata
from sihao.core.embedded import APP
from tests.conftest import ROOT

TABLES = sorted(SQLModel.metadata.tables)
OWNED = [name for name in TABLES if "unit_id" in SQLModel.metadata.tables[name].columns]
PERSONAL = ["person", "login_session", "idempotency_key", "complaint", "unit"]


@pytest.fixture
async def ask(connection):
    async def run(question):
        return await connection.run_sync(question)

    return run


async def test_models_and_migrations_agree(ask):
    def check(connection: Connection) -> None:
        config = Config(ROOT / "alembic.ini")
        config.attributes["connection"] = connection
        command.check(config)

    await ask(check)


@pytest.mark.parametrize("table", TABLES)
async def test_every_foreign_key_is_indexed(ask, table):
    def found(connection: Connection) -> set[str]:
        catalogue = inspect(connection)
        leading = {index["column_names"][0] for index in catalogue.get_indexes(table)}
        uniques = catalogue.get_unique_constraints(table)
        leading |= {one["column_names"][0] for one in uniques}
        return leading | {catalogue.get_pk_constraint(table)["constrained_columns"][0]}

    indexed = await ask(found)
    for key in SQLModel.metadata.tables[table].foreign_key_constraints:
        names = [name for name in key.column_keys if name != "unit_id"] or ["unit_id"]
        assert names[0] in indexed, f"{table}.{names[0]}"


@pytest.mark.parametrize("table", TABLES)
async def test_choices_match_their_check(ask, table):
    def checks(connection: Connection) -> str:
        return " ".join(one["sqltext"] for one in inspect(connection).get_check_constraints(table))

    written = await ask(checks)
    for column in SQLModel.metadata.tables[table].columns:
        if isinstance(column.type, Enum):
            assert not column.type.native_enum
            for value in column.type.enums:
                assert f"'{value}'" in written, f"{table}.{column.name}: {value}"


@pytest.mark.parametrize("table", [*OWNED, *PERSONAL])
async def test_row_level_security_is_forced_and_has_a_policy(connection, table):
    rows = text("SELECT relrowsecurity, relforcerowsecurity FROM pg_class WHERE relname = :table")
    assert tuple((await connection.execute(rows, {"table": table})).one()) == (True, True)
    policies = text("SELECT count(*) FROM pg_policies WHERE tablename = :table")
    assert (await connection.execute(policies, {"table": table})).scalar_one() >= 1


# A document goes to other units than the one it concerns; its own policy looks at those.
@pytest.mark.parametrize("table", OWNED)
def test_a_child_of_a_unit_points_within_the_unit(table):
    for key in SQLModel.metadata.tables[table].foreign_key_constraints:
        parent = key.referred_table.name
        if parent in OWNED and parent not in {"role_grant", "service_account", "document"}:
            assert key.column_keys[0] == "unit_id", f"{table} -> {parent} could cross units"


async def test_the_app_owns_nothing_and_bypasses_nothing(connection):
    role = text("SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user")
    assert tuple((await connection.execute(role)).one()) == (False, False)
    owned = text("SELECT count(*) FROM pg_tables WHERE tableowner = current_user")
    assert (await connection.execute(owned)).scalar_one() == 0
    assert (await connection.execute(text("SELECT current_user"))).scalar_one() == APP


async def test_events_are_append_only_for_the_app(connection):
    for right in ("UPDATE", "DELETE", "TRUNCATE"):
        asked = text("SELECT has_table_privilege(current_user, 'event', :right)")
        assert not (await connection.execute(asked, {"right": right})).scalar_one(), right


@pytest.mark.parametrize("table", OWNED)
async def test_without_a_context_there_are_no_rows(connection, world, table):
    await connection.execute(text("SELECT set_sihao(false, NULL, NULL, NULL)"))
    assert (await connection.execute(text(f'SELECT count(*) FROM "{table}"'))).scalar_one() == 0  # noqa: S608 - a table of ours
