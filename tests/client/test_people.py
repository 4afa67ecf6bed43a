"""A nightly list of people, as a city without a directory keeps it, and the script for it."""

import os
import subprocess
import sys

import pytest
from sqlmodel import select

from sihao.accounts.models import Person, RoleGrant, ServiceAccount
from sihao.accounts.passwords import hash_now
from sihao.core.context import Role
from tests.conftest import ROOT
from tests.factories import STAMPS, make_committee, make_person, make_unit
from tests.process import place_of_its_own

SECRET = "the-secret-of-a-night"
NIGHTLY = 'sihao people "$1" --json || exit $?'


@pytest.fixture
async def night(tmp_path):
    """Give what the script of a night does with a list, in a served city."""
    async with place_of_its_own() as place:
        await make_committee(place.world)
        unit = await make_unit(place.world)
        await place.world.add(
            ServiceAccount(
                name="人事",
                client_id="hr",
                secret_hash=hash_now(SECRET),
                scopes=["scim"],
                **STAMPS,
            )
        )
        await place.start()
        command = tmp_path / "sihao"
        command.write_text(f'#!/bin/sh\nexec {sys.executable} -m sihao "$@"\n')
        command.chmod(0o700)
        kept = {k: v for k, v in os.environ.items() if not k.startswith("SIHAO_")}
        kept |= {"PATH": f"{tmp_path}:{os.environ['PATH']}", "PYTHONPATH": str(ROOT / "backend")}
        kept |= {"SIHAO_URL": place.url, "SIHAO_CLIENT_ID": "hr", "SIHAO_CLIENT_SECRET": SECRET}
        kept |= {"LANG": "zh_CN.UTF-8", "XDG_CONFIG_HOME": str(tmp_path)}

        def send(*lines: str) -> tuple[int, str]:
            file = tmp_path / "people.csv"
            file.write_text("\n".join(["登录名,姓名,在岗,组", *lines]), encoding="gb18030")
            run = ["/bin/sh", "-c", NIGHTLY, "night", str(file)]
            done = subprocess.run(
                run, env=kept, capture_output=True, text=True, timeout=120, check=False
            )
            return done.returncode, done.stdout + done.stderr

        yield place.world, unit, send


async def state(world):
    people = await world.all(select(Person).order_by(Person.name))
    held = await world.all(select(RoleGrant))
    roles = {one.id: sorted(g.role for g in held if g.person_id == one.id) for one in people}
    return {one.name: (one.display_name, one.disabled_at is None, roles[one.id]) for one in people}


async def test_a_nights_list_makes_changes_and_ends_accounts(night):
    world, unit, send = night
    by_hand, _ = await make_person(world, Role.OFFICER)
    office = f"unit.office@{unit.code}"

    first = send(f"wangfang,王芳,是,{office}", f"lilei,李雷,是,{office}；羽毛球队", "zhao,赵一,是,")
    again = send(f"wangfang,王芳,是,{office}", f"lilei,李雷,是,{office}；羽毛球队", "zhao,赵一,是,")
    later = send(f"wangfang,王方,是,unit.deputy@{unit.code}", "lilei,李雷,否,")

    assert first[0] == again[0] == later[0] == 0, (first, again, later)
    assert '"created": 3' in first[1]
    assert '{"created": 0, "changed": 0, "shut_out": 0, "groups": 0, "refused": []}' in again[1]
    assert '"changed": 1, "shut_out": 2' in later[1]
    assert await state(world) == {
        "wangfang": ("王方", True, [Role.UNIT_DEPUTY]),
        "lilei": ("李雷", False, []),
        "zhao": ("赵一", False, []),
        by_hand.name: (by_hand.display_name, True, [Role.OFFICER]),
    }


async def test_whoever_goes_to_another_unit_leaves_the_old_one_first(night):
    world, unit, send = night
    other = await make_unit(world)
    here, there = sorted((f"unit.office@{unit.code}", f"unit.office@{other.code}"))
    send(f"a-a,甲,是,{there}", f"b-b,乙,是,{there}", f"c-c,丙,是,{here}")

    moved = send(f"a-a,甲,是,{here}", f"b-b,乙,是,{there}", f"c-c,丙,是,{here}")

    assert moved[0] == 0, moved
    assert '"groups": 2' in moved[1]
    held = {one.name: one.id for one in await world.all(select(Person))}
    grants = {one.person_id: one.unit_id for one in await world.all(select(RoleGrant))}
    assert grants[held["a-a"]] == grants[held["c-c"]] != grants[held["b-b"]]


async def test_what_a_list_may_not_do_is_said_and_the_rest_is_done(night):
    world, unit, send = night

    code, said = send("wangfang,王芳,是,committee.leader", f"lilei,李雷,是,unit.lead@{unit.code}")
    empty = send()

    assert code == 1
    assert "工委领导由安全管理员在系统内办理" in said
    assert (await state(world))["lilei"] == ("李雷", True, [Role.UNIT_LEAD])
    assert (await state(world))["wangfang"] == ("王芳", True, [])
    assert empty[0] == 2
    assert "名单是空的" in empty[1]
