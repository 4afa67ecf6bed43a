"""Units, members, accounts, measures and results of merged assessments from files."""

import pytest
from sqlalchemy import event
from sqlmodel import select

from sihao.accounts.models import Person, RoleGrant
from sihao.core.context import Role
from sihao.core.events import Event
from sihao.core.jobs import HANDLERS
from sihao.inspections.models import CoAssessment, CoAssessmentResult, CoResultChange
from sihao.plans.models import Measure
from sihao.units.models import Member, Term, Unit
from tests.factories import STAMPS, make_committee, make_member, make_unit
from tests.factories_campaigns import make_campaign
from tests.factories_plans import make_plan
from tests.imports.sending import Sender


@pytest.fixture(autouse=True)
async def committee(world):
    return await make_committee(world)


def lines(*rows):
    return "\n".join(rows).encode()


def causes(told):
    return {(one["column"], one["code"]) for one in told["causes"]}


async def names(world, pattern):
    rows = select(Event.name).where(Event.name.like(pattern)).order_by(Event.seq)
    return await world.all(rows)


async def test_units_are_added_and_changed_by_code(as_, world):
    officer, sender = await as_.officer(), Sender(world, kind="units")
    sent = lines(
        "单位编码,单位名称,简称,单位类别,排序",
        "JYJ,市教育局,教育局,政府部门,10",
        "CZJ,市财政局,财政局,政府部门,20",
    )
    done = await sender.send(officer, sent, "text/csv")
    assert (done["state"], done["created"]) == ("done", 2), done
    again = await sender.send(officer, sent.replace(b",20", b",30"), "text/csv")
    assert (again["updated"], again["unchanged"]) == (1, 1)

    stored = await world.all(select(Unit).where(Unit.code == "CZJ"))
    assert (stored[0].sort_order, stored[0].version) == (30, 2)
    assert await names(world, "unit.%") == ["unit.created", "unit.created", "unit.updated"]
    own = lines(sent.decode().splitlines()[0], "committee,a,b,c,1")
    taken = await sender.send(officer, own, "text/csv")
    assert causes(taken) == {("单位编码", "unit.committee")}


async def test_only_the_committee_imports_units(as_, world):
    office = await as_.unit()
    answer = await Sender(world, kind="units").try_(office, b"x", "text/csv")
    assert answer.status_code == 403


async def test_members_come_with_their_terms(as_, world):
    unit = await make_unit(world)
    office, sender = await as_.unit(unit), Sender(world, kind="members")
    sent = lines(
        "姓名,职务,排名,任职时间",
        "张明,局长,1,2019-01-01至2020-12-31、2022-03-01至今",
        "王红,副局长,2,2021-05-01至今",
    )
    done = await sender.send(office, sent, "text/csv")
    assert (done["state"], done["created"]) == ("done", 2), done
    assert len(await world.all(select(Term))) == 3
    same = await sender.send(office, sent, "text/csv")
    assert same["unchanged"] == 2
    ended = sent.decode().replace("2021-05-01至今", "2021-05-01至2026-03-01").encode()
    changed = await sender.send(office, ended, "text/csv")
    assert changed["updated"] == 1
    (told,) = await world.all(select(Event).where(Event.name == "member.updated"))
    assert told.data["fields"] == ["terms"]
    assert len(await world.all(select(Term))) == 3


async def test_a_unit_writes_only_its_own_team(as_, world):
    unit, other = await make_unit(world), await make_unit(world)
    foreign = await make_member(world, other, "李外")
    office, sender = await as_.unit(unit), Sender(world, kind="members")
    sent = lines(
        "系统编号,单位,姓名,职务,任职时间",
        f",{other.code},张明,局长,2022-03-01至今",
        f"{foreign.id},,李外,局长,2022-03-01至今",
        ",,陈三,局长,2022-03-01至2021-01-01",
    )
    told = await sender.send(office, sent, "text/csv")
    assert causes(told) == {
        ("单位", "unit.unknown"),
        ("系统编号", "member.unknown"),
        ("任职时间", "member.terms"),
    }
    assert len(await world.all(select(Member))) == 1


async def test_accounts_get_no_password_that_anybody_knows(as_, world):
    unit = await make_unit(world)
    security, sender = await as_.role(Role.ADMIN_SECURITY), Sender(world, kind="people")
    sent = lines(
        "登录名,姓名,角色,单位",
        f"jyj.office,张明,单位经办人,{unit.code}",
        "gw.li,李四,检查人员、工委经办人,",
    )
    done = await sender.send(security, sent, "text/csv")
    assert (done["state"], done["created"]) == ("done", 2), done
    (person,) = await world.all(select(Person).where(Person.name == "gw.li"))
    held = await world.all(select(RoleGrant.role).where(RoleGrant.person_id == person.id))
    assert set(held) == {Role.INSPECTOR, Role.OFFICER}
    again = await sender.send(security, sent, "text/csv")
    assert again["unchanged"] == 2
    wrong = sent.replace("检查人员、工委经办人".encode(), "审计管理员、工委经办人".encode())
    assert causes(await sender.send(security, wrong, "text/csv")) == {("角色", "grant.separation")}
    more = sent.replace("检查人员、工委经办人".encode(), "检查人员".encode())
    assert causes(await sender.send(security, more, "text/csv")) == {("角色", "person.roles")}


async def test_measures_join_the_draft(as_, world):
    unit, campaign = await make_unit(world), await make_campaign(world)
    await make_member(world, unit, "张明")
    plan = await make_plan(world, unit, campaign)
    office, sender = await as_.unit(unit), Sender(world, campaign, kind="measures")
    sent = lines(
        "措施,责任人,完成时限,配合人员",
        "每季度专题研讨,张明,2026-09-30,机关党委、办公室",
        "修订议事规则,,,",
    )
    done = await sender.send(office, sent, "text/csv")
    assert (done["state"], done["created"]) == ("done", 2), done
    first, second = await world.all(select(Measure).order_by(Measure.number))
    assert (first.plan_id, first.number, second.number) == (plan.id, 1, 2)
    assert first.co_owners == ["机关党委", "办公室"]
    assert await names(world, "plan.measures%") == ["plan.measures_added"]
    changed = lines("系统编号,措施", f"{second.id},修订党组议事规则")
    assert (await sender.send(office, changed, "text/csv"))["updated"] == 1
    wrong = lines("问题序号,措施,责任人", "9,做,李外")
    assert causes(await sender.send(office, wrong, "text/csv")) == {
        ("问题序号", "problem.unknown"),
        ("责任人", "member.unknown"),
    }


async def test_results_come_from_the_assessments_owner_alone(as_, world):
    unit, campaign = await make_unit(world), await make_campaign(world)
    owner, stranger = await as_.role(Role.COASSESSOR), await as_.role(Role.COASSESSOR)
    await world.add(
        CoAssessment(
            campaign_id=campaign.id, code="X1", title="党建", owner_id=owner.person_id, **STAMPS
        )
    )
    sender = Sender(world, campaign, kind="co-assessment-results")
    sent = lines("考核编号,单位,得分,等次", f"X1,{unit.code},92.5,良好")
    assert (await sender.send(stranger, sent, "text/csv"))["state"] == "refused"
    done = await sender.send(owner, sent, "text/csv")
    assert (done["state"], done["created"]) == ("done", 1), done
    (result,) = await world.all(select(CoAssessmentResult))
    assert (str(result.score), result.grade) == ("92.5000", "良好")
    assert (await sender.send(owner, sent, "text/csv"))["unchanged"] == 1
    changes = await world.all(select(CoResultChange))
    assert [(one.way, str(one.score)) for one in changes] == [("bulk", "92.5000")]
    wrong = sent.replace(b"92.5", b"101")
    assert causes(await sender.send(owner, wrong, "text/csv")) == {("得分", "less_than_equal")}


async def test_references_are_resolved_in_bulk(as_, world, connection):
    unit = await make_unit(world)
    office, sender = await as_.unit(unit), Sender(world, kind="members")

    async def statements(count, start):
        rows = (f"成员甲{n},副局长,3,2022-03-01至今" for n in range(start, start + count))
        job = await sender.post(office, lines("姓名,职务,排名,任职时间", *rows), "text/csv")
        await world.act(HANDLERS["imports.begin"], job["id"])
        seen = await counted(connection, lambda: world.act(HANDLERS["imports.work"], job["id"]))
        assert (await office.get(f"/api/v1/imports/{job['id']}")).json()["created"] == count
        return seen

    few, many = await statements(5, 0), await statements(200, 100)
    assert many <= few + 3


async def counted(connection, act):
    seen = []

    def note(*_):
        seen.append(1)

    event.listen(connection.sync_connection, "before_cursor_execute", note)
    try:
        await act()
    finally:
        event.remove(connection.sync_connection, "before_cursor_execute", note)
    return len(seen)
