"""What a unit is asked for, once for all who ask."""

from hypothesis import given
from hypothesis import strategies as st

from sihao.evidence.lifecycle import EvidenceState
from sihao.evidence.models import Verdict
from sihao.inspections.lifecycle import InspectionState
from sihao.inspections.materials import Ask, ask_once, papers_in
from sihao.ledgers.models import LedgerKind
from tests.factories import make_unit
from tests.factories_evidence import make_evidence, make_link
from tests.factories_inspections import make_co_assessment, make_visit
from tests.factories_ledgers import make_entry
from tests.inspections.acting import url_of

WORDS = st.text("会议纪要方案", min_size=1, max_size=4)
ASKS = st.lists(
    st.builds(
        Ask,
        askers=st.lists(st.sampled_from("ABCD"), min_size=1, max_size=3, unique=True).map(tuple),
        papers=st.lists(WORDS, max_size=4, unique=True).map(tuple),
    ),
    max_size=8,
)


def test_a_wording_is_parted_into_papers_with_brackets_whole():
    assert papers_in("责任清单、专题会议纪要（签到、记录）/年度报告") == (
        "责任清单",
        "专题会议纪要（签到、记录）",
        "年度报告",
    )
    assert papers_in("") == ()


@given(ASKS)
def test_every_paper_is_there_once_with_exactly_those_who_ask_for_it(asks):
    merged = ask_once(asks)

    for paper, askers in merged.items():
        expected = {one for ask in asks if paper in ask.papers for one in ask.askers}
        assert set(askers) == expected
        assert len(askers) == len(expected)
    assert set(merged) == {paper for ask in asks for paper in ask.papers}


async def test_a_unit_is_asked_once_for_items_and_assessments_and_sees_what_is_open(as_, world):
    inspector = await as_.inspector()
    visit = await make_visit(world, inspector.person_id, state=InspectionState.PLANNED)
    await make_co_assessment(world, visit.campaign, "X3")
    shared = {"suggested_evidence": "会议纪要、责任书", "ledgers": ["T13", "X3"]}
    for code, changes in (("A1", shared), ("D1", {**shared, "suggested_evidence": "会议纪要"})):
        visit.items[code].sqlmodel_update(changes)
        await world.add(visit.items[code])
    paper = await make_evidence(world, visit.unit, visit.campaign, title="3 月会议纪要")
    await make_link(world, paper, criterion_id=visit.items["A1"].id)
    bad = await make_evidence(world, visit.unit, visit.campaign, title="空白页")
    rejected = {"verdict": Verdict.REJECTED, "reason": "空白"}
    await make_link(world, bad, criterion_id=visit.items["D1"].id, **rejected)
    gone = await make_evidence(world, visit.unit, visit.campaign, state=EvidenceState.WITHDRAWN)
    await make_link(world, gone, criterion_id=visit.items["D1"].id)
    await make_entry(world, visit.unit, visit.campaign, LedgerKind.T13)
    office = await as_.unit(visit.unit)

    told = (await office.get(url_of(visit, "/materials"))).json()

    lines = {line["name"]: line for line in told["lines"]}
    minutes = lines["会议纪要"]
    assert minutes["asked_by"] == ["A1", "X3", "D1"]
    assert [one["title"] for one in minutes["held"]] == ["3 月会议纪要"]
    assert minutes["open"] == ["X3", "D1"]
    assert lines["责任书"]["asked_by"] == ["A1", "X3"]
    assert (lines["T13"]["rows"], lines["T13"]["open"]) == (1, [])
    assert told["asked"] > len(told["lines"])
    assert (await inspector.get(url_of(visit, "/materials"))).json() == told
    stranger = await as_.unit(await make_unit(world))
    assert (await stranger.get(url_of(visit, "/materials"))).status_code == 404
