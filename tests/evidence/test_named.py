"""What something judged or signed names is not taken back, whoever is first (V5, B5)."""

import asyncio
from datetime import UTC, datetime
from decimal import Decimal
from types import SimpleNamespace

import pytest
from sqlalchemy.exc import DBAPIError
from sqlmodel import select

from sihao.core.context import Role
from sihao.evidence.lifecycle import EvidenceState
from sihao.evidence.models import Evidence, Verdict
from sihao.extras.lifecycle import ExtraState
from sihao.followups.lifecycle import RectificationState
from sihao.inspections.lifecycle import InspectionState
from sihao.inspections.models import Deduction, Objection
from tests.factories import STAMPS, make_person
from tests.factories_evidence import make_evidence, make_link
from tests.factories_extras import make_extra
from tests.factories_followups import make_rectification
from tests.factories_inspections import (
    make_co_assessment,
    make_co_result,
    make_decision,
    make_finding,
    make_judgement,
    make_visit,
)
from tests.factories_results import make_result
from tests.process import place_of_its_own

URL = "/api/v1/evidence"
LINKS = "/api/v1/evidence-links"
BEFORE, AFTER = InspectionState.IN_PROGRESS, InspectionState.FEEDBACK


async def visited(world, state=BEFORE) -> SimpleNamespace:
    """Have a unit inspected that has handed in one piece."""
    person, token = await make_person(world, Role.INSPECTOR)
    visit = await make_visit(world, person.id, state=state)
    piece = await make_evidence(world, visit.unit, visit.campaign)
    return SimpleNamespace(**vars(visit), piece=piece, token=token)


async def by_deduction(world, visit):
    judgement = await make_judgement(world, visit.sheets[0], visit.items["A1"])
    await world.add(a_deduction(judgement, visit.piece))


def a_deduction(judgement, piece) -> Deduction:
    return Deduction(
        unit_id=judgement.unit_id,
        judgement_id=judgement.id,
        evidence_id=piece.id,
        inspector="甲评分员",
        clause="部分落实的",
        fact="没有研讨记录。",
        points=Decimal(1),
    )


async def by_decision(world, visit):
    decision = await make_decision(world, visit.inspection, visit.items["A1"], "1")
    decision.deductions = [{**decision.deductions[0], "evidence_id": str(visit.piece.id)}]
    await world.add(decision)


async def by_objection(world, visit):
    about = {"inspection_id": visit.inspection.id, "criterion_id": visit.items["A1"].id}
    said = {"grounds": "记录在此。", "filed_by": "单位", "evidence_id": visit.piece.id}
    await world.add(Objection(unit_id=visit.unit.id, **about, **said, **STAMPS))


def by_extra(state):
    async def name(world, visit):
        await make_extra(
            world, visit.campaign, visit.unit, state=state, evidence_id=visit.piece.id, absence=""
        )

    return name


def by_verdict(verdict):
    async def name(world, visit):
        item = visit.items["A1"].id
        await make_link(world, visit.piece, criterion_id=item, verdict=verdict)

    return name


def by_rectification(state):
    async def name(world, visit):
        finding = await make_finding(world, visit.inspection, visit.items["A1"])
        work = await make_rectification(
            world, visit.campaign, visit.unit, finding=finding, state=state
        )
        await make_link(world, visit.piece, rectification_id=work.id)

    return name


async def by_finding(world, visit):
    finding = await make_finding(world, visit.inspection, visit.items["A1"])
    state = RectificationState.VERIFIED
    await make_rectification(world, visit.campaign, visit.unit, finding=finding, state=state)
    await make_link(world, visit.piece, finding_id=finding.id)


def by_merged_result(**fields):
    async def name(world, visit):
        parent = await make_co_assessment(world, visit.campaign, code="X1")
        await make_co_result(world, parent, visit.unit, "80", **fields)
        await make_link(world, visit.piece, co_assessment_id=parent.id)

    return name


async def by_result(world, visit):
    inputs = f'{{"deductions":[{{"evidence_id":"{visit.piece.id}"}}]}}'
    result = await make_result(world, visit.campaign, visit.unit)
    result.inputs = inputs
    await world.add(result)


@pytest.mark.parametrize(
    ("name", "state", "said"),
    [
        (by_deduction, BEFORE, "考核工作"),
        (by_decision, BEFORE, "考核工作"),
        (by_decision, AFTER, "检查扣分（A1）"),
        (by_objection, AFTER, "陈述申辩（A1）"),
        (by_extra(ExtraState.RAISED), BEFORE, "考核工作"),
        (by_extra(ExtraState.NOTICED), BEFORE, "加减分事项（K1）"),
        (by_verdict(Verdict.ACCEPTED), BEFORE, "采信意见（A1）"),
        (by_rectification(RectificationState.REPORTED), AFTER, "已报送的整改"),
        (by_finding, AFTER, "已报送的整改"),
        (by_merged_result(), BEFORE, "考核工作"),
        (by_merged_result(released_at=datetime.now(UTC)), BEFORE, "并入考核结果（X1）"),
        (by_result, AFTER, "年度结果"),
    ],
)
async def test_what_is_judged_or_signed_keeps_its_evidence(as_, world, name, state, said):
    visit = await visited(world, state)
    office = await as_.unit(visit.unit)
    await name(world, visit)

    answer = await office.move({"version": 1}, f"{URL}/{visit.piece.id}", "withdraw")
    read = (await office.get(f"{URL}/{visit.piece.id}")).json()

    assert answer.status_code == 409, answer.text
    assert answer.json()["detail"] == f"{said}正在引用，不能撤回。"
    assert [one["blocked"] for one in read["actions"]] == [answer.json()["detail"]]
    for use in read["uses"]:
        url = f"{LINKS}/{use['id']}"
        kept = await office.delete(url, headers={"If-Match": '"1"'})
        assert kept.json()["detail"] == f"{said}正在引用，不能取消。"


@pytest.mark.parametrize(
    "name",
    [
        *(by_extra(ExtraState.DISMISSED), by_extra(ExtraState.LIFTED)),
        *(by_verdict(Verdict.REJECTED), by_verdict(Verdict.UNREVIEWED)),
        by_rectification(RectificationState.ASSIGNED),
    ],
)
async def test_what_does_not_stand_keeps_nothing(as_, world, name):
    visit = await visited(world, AFTER)
    await name(world, visit)

    answer = await (await as_.unit(visit.unit)).move(
        {"version": 1}, f"{URL}/{visit.piece.id}", "withdraw"
    )

    assert answer.status_code == 200, answer.text


async def test_several_that_name_it_are_told_once_each(as_, world):
    visit = await visited(world, AFTER)
    await by_objection(world, visit)
    await by_deduction(world, visit)
    for code in ("C6", "A1"):
        item = visit.items[code].id
        await make_link(world, visit.piece, criterion_id=item, verdict=Verdict.ACCEPTED)

    answer = await (await as_.unit(visit.unit)).move(
        {"version": 1}, f"{URL}/{visit.piece.id}", "withdraw"
    )

    assert set(answer.json()["detail"].removesuffix("正在引用，不能撤回。").split("、")) == {
        "采信意见（A1",
        "C6）",
        "考核工作",
        "陈述申辩（A1）",
    }


@pytest.mark.parametrize("name", [by_deduction, by_decision, by_objection])
async def test_the_database_itself_takes_no_name_of_what_was_taken_back(world, name):
    visit = await visited(world)
    visit.piece.state = EvidenceState.WITHDRAWN
    await world.add(visit.piece)

    with pytest.raises(DBAPIError, match="withdrawn"):
        await name(world, visit)


async def test_the_database_itself_keeps_what_is_named(world):
    visit = await visited(world)
    await by_deduction(world, visit)
    visit.piece.state = EvidenceState.WITHDRAWN

    with pytest.raises(DBAPIError, match="named"):
        await world.add(visit.piece)


async def test_naming_and_taking_back_at_once_never_both_succeed():
    async with place_of_its_own() as place:
        world = place.world
        visit = await visited(world)
        _, office = await make_person(world, Role.UNIT_OFFICE, unit=visit.unit)
        pieces = [await make_evidence(world, visit.unit, visit.campaign) for _ in range(12)]
        await place.start()
        codes = list(visit.items)[: len(pieces)]
        async with place.client(visit.token) as inspector, place.client(office) as unit:
            inspector.timeout = unit.timeout = 60

            async def judge(code, piece):
                said = {"clause": "部分落实的", "fact": "没有研讨记录。", "points": "0.5"}
                body = {"deductions": [{**said, "evidence_id": str(piece.id)}]}
                where = f"/api/v1/sheets/{visit.sheets[0].id}/judgements/{visit.items[code].id}"
                return await inspector.put(where, json=body, headers={"If-Match": '"0"'})

            async def withdraw(piece):
                where = f"{URL}/{piece.id}/withdraw"
                return await unit.post(where, json={}, headers={"If-Match": '"1"'})

            pairs = list(zip(codes, pieces, strict=False))
            answers = await asyncio.gather(
                *(one for code, piece in pairs for one in (judge(code, piece), withdraw(piece)))
            )

        told = list(zip(answers[::2], answers[1::2], strict=True))
        assert {judged.status_code for judged, _ in told} <= {200, 422}
        assert {gone.status_code for _, gone in told} <= {200, 409}
        assert all(
            (judged.status_code == 200) is (gone.status_code == 409) for judged, gone in told
        )
        named = {one.evidence_id for one in await world.all(select(Deduction))}
        gone = Evidence.state == EvidenceState.WITHDRAWN
        withdrawn = {one.id for one in await world.all(select(Evidence).where(gone))}
        assert not named & withdrawn
        assert len(named) + len(withdrawn) == len(pairs)
