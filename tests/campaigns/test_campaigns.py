from datetime import UTC, date, datetime

from sqlmodel import select

from sihao.campaigns.lifecycle import CampaignState, StandardState
from sihao.campaigns.models import Campaign
from sihao.campaigns.schemas import CampaignPublic
from sihao.core.context import Role
from sihao.core.events import Audience, Event
from sihao.core.paging import Page
from sihao.inspections.lifecycle import InspectionState
from sihao.results.lifecycle import ResultState
from tests.factories import make_unit
from tests.factories_campaigns import make_campaign, make_standard
from tests.factories_inspections import make_inspection
from tests.factories_results import make_result

URL = "/api/v1/campaigns"
BASIS = {
    "basis_authority": "市委",
    "basis_number": "市委发〔2026〕12号",
    "basis_valid_from": "2027-01-01",
    "basis_valid_until": "2028-12-31",
}
STAGES = ("planning", "self_report", "inspection", "feedback", "rectification")


def windows(*stages: str) -> dict:
    month = {stage: at * 2 + 1 for at, stage in enumerate(STAGES)}
    return {
        "windows": [
            {
                "stage": stage,
                "opens_at": f"2027-{month[stage]:02}-01T09:00:00+08:00",
                "closes_at": f"2027-{month[stage] + 1:02}-20T18:00:00+08:00",
            }
            for stage in stages
        ]
    }


async def begin(officer, **fields) -> dict:
    answer = await officer.post(URL, json={"year": 2027, "name": "2027年度创建活动", **fields})
    assert answer.status_code == 201, answer.text
    return answer.json()


async def put(client, thing: dict, url: str, body: dict):
    return await client.put(url, json=body, headers={"If-Match": f'"{thing["version"]}"'})


async def test_a_year_is_prepared_and_goes_through_its_stages(as_, world):
    standard = await make_standard(world, year=2027)
    officer, leader = await as_.officer(), await as_.leader()
    year = await begin(officer, standard_id=str(standard.id), **BASIS)
    url = f"{URL}/{year['id']}"
    set_ = await put(officer, year, f"{url}/windows", windows(*STAGES))
    assert set_.status_code == 200, set_.text
    assert "由另一位同志办理" in set_.json()["actions"][0]["blocked"]

    opened = await leader.move(set_.json(), url, "open")
    assert opened.status_code == 200, opened.text
    inspecting = await officer.move(opened.json(), url, "start_inspection")
    settling = await officer.move(inspecting.json(), url, "settle")
    refused = await officer.move(settling.json(), url, "close")
    closed = await leader.move(settling.json(), url, "close", "按期完成")

    assert refused.status_code == 403
    assert closed.json()["state"] == "closed"
    names = [event.name for event in await world.all(select(Event).order_by(Event.seq))]
    assert names == [
        "campaign.created",
        "campaign.windows_set",
        "campaign.open",
        "campaign.start_inspection",
        "campaign.settle",
        "campaign.close",
    ]


def blocked(year: dict, name: str) -> str | None:
    return next(one["blocked"] for one in year["actions"] if one["name"] == name)


async def test_a_year_is_settled_once_every_unit_is_inspected(as_, world):
    year = await make_campaign(world, state=CampaignState.INSPECTING)
    units = [await make_unit(world, name, sort_order=at) for at, name in enumerate("甲乙丙丁")]
    await make_unit(world, "撤销单位", active=False)
    await make_inspection(world, year, units[0], state=InspectionState.FINALIZED)
    for unit in units[1:3]:
        await make_inspection(world, year, unit, state=InspectionState.FEEDBACK)
    officer, url = await as_.officer(), f"{URL}/{year.id}"
    found = (await officer.get(url)).json()
    why = "还有 3 个单位（乙、丙、丁）的检查考核没有定稿，不能进入结果审定。"
    assert blocked(found, "settle") == why

    refused = await officer.move(found, url, "settle")

    assert (refused.status_code, refused.json()["detail"]) == (409, why)


async def test_a_year_ends_once_every_result_is_published(as_, world):
    year = await make_campaign(world, state=CampaignState.SETTLING)
    units = [await make_unit(world, name, sort_order=at) for at, name in enumerate("甲乙丙丁戊")]
    for unit in units:
        await make_inspection(world, year, unit, state=InspectionState.FINALIZED)
    await make_result(world, year, units[0], state=ResultState.PUBLISHED)
    await make_result(world, year, units[1], state=ResultState.APPROVED)
    leader, url = await as_.leader(), f"{URL}/{year.id}"
    found = (await leader.get(url)).json()
    why = "还有 4 个单位（乙、丙、丁等）的年度结果没有公布，不能结束年度。"
    assert blocked(found, "close") == why

    refused = await leader.move(found, url, "close")

    assert (refused.status_code, refused.json()["detail"]) == (409, why)


async def test_opening_says_all_that_is_missing(as_):
    officer = await as_.officer()
    year = await begin(officer)

    answer = await officer.move(year, f"{URL}/{year['id']}", "open")

    assert answer.status_code == 409
    assert answer.json()["code"] == "campaign.open.blocked"
    assert answer.json()["detail"] == (
        "启动前还须：填写批准机关；填写批准文号；填写批准的有效期；选定创建标准；"
        "设定计划、自查、检查、反馈、整改的起止时间。"
    )
    assert year["actions"][0]["blocked"] == answer.json()["detail"]


async def test_opening_needs_validity_for_the_whole_year_and_a_published_standard(as_, world):
    draft = await make_standard(world, year=2027, state=StandardState.DRAFT)
    officer = await as_.officer()
    short = {**BASIS, "basis_valid_from": "2027-02-01"}
    year = await begin(officer, standard_id=str(draft.id), **short)
    year = (await put(officer, year, f"{URL}/{year['id']}/windows", windows(*STAGES))).json()

    answer = await officer.move(year, f"{URL}/{year['id']}", "open")

    assert answer.status_code == 409
    assert answer.json()["detail"] == (
        "启动前还须：核对批准的有效期，须覆盖 2027 年全年；发布所选的创建标准。"
    )


async def test_a_standard_that_grew_asks_for_a_new_scheme(as_, world):
    draft = await make_standard(world, year=2027, state=StandardState.DRAFT)
    officer = await as_.officer()
    year = await begin(officer, standard_id=str(draft.id), **BASIS)
    url = f"{URL}/{year['id']}"
    await officer.post(
        f"/api/v1/standards/{draft.id}/criteria",
        json={"code": "A3", "title": "新条目", "kind": "yes_no"},
        headers={"If-Match": '"1"'},
    )
    assert "重新制定计分方案" in (await officer.get(url)).json()["actions"][0]["blocked"]

    reset = await officer.post(f"{url}/scheme/reset", headers={"If-Match": '"1"'})

    assert reset.status_code == 200, reset.text
    assert reset.json()["rules"]["items"]["A3"]["points"] == "8.33"
    assert "重新制定计分方案" not in (await officer.get(url)).json()["actions"][0]["blocked"]


async def test_units_see_years_that_are_open_and_no_drafts(as_, world):
    open_year = await make_campaign(world, year=2026)
    drafted = await make_campaign(world, year=2027, state=CampaignState.DRAFTED)
    readers = [
        await as_.unit(await make_unit(world)),
        await as_.leadership(),
        await as_.inspector(),
        await as_.service("plan:read"),
    ]

    for reader in readers:
        page = Page[CampaignPublic].model_validate_json((await reader.get(URL)).text)
        assert [row.id for row in page.items] == [open_year.id]
        assert page.items[0].standard_name == "“四好班子”创建标准"
        assert len(page.items[0].windows) == 5
        assert page.items[0].actions == []
        read = await reader.get(f"{URL}/{open_year.id}")
        assert CampaignPublic.model_validate(read.json()) == page.items[0]
        for part in ("", "/windows", "/scheme"):
            assert (await reader.get(f"{URL}/{open_year.id}{part}")).status_code == 200
            answer = await reader.get(f"{URL}/{drafted.id}{part}")
            assert answer.status_code == 404
            assert answer.json()["code"] in {"campaign.unknown", "scheme.unknown"}
    admin = await as_.role(Role.ADMIN_AUDIT)
    assert (await admin.get(URL)).json()["items"] == []
    officer = await as_.officer()
    page = Page[CampaignPublic].model_validate_json((await officer.get(URL)).text)
    assert [row.year for row in page.items] == [2027, 2026]
    assert [one.name for one in page.items[0].actions] == ["open"]


async def test_only_an_officer_prepares_a_year(as_, world):
    drafted = await make_campaign(world, year=2027, state=CampaignState.DRAFTED)
    url, match = f"{URL}/{drafted.id}", {"If-Match": '"1"'}

    leader = await as_.leader()
    answers = [
        await leader.post(URL, json={"year": 2028, "name": "x"}),
        await leader.patch(url, json={"name": "x"}, headers=match),
        await leader.put(f"{url}/windows", json=windows(*STAGES), headers=match),
        await leader.post(f"{url}/scheme/reset", headers=match),
    ]
    lead = await as_.lead(await make_unit(world))
    foreign = await lead.patch(url, json={"name": "x"}, headers=match)

    assert {one.status_code for one in answers} == {403}
    assert foreign.status_code == 403


async def test_a_year_is_edited_while_drafted_only(as_, world):
    drafted = await make_campaign(world, year=2027, state=CampaignState.DRAFTED)
    running = await make_campaign(world, year=2026)
    officer = await as_.officer()
    match = {"If-Match": '"1"'}

    changed = await officer.patch(
        f"{URL}/{drafted.id}",
        json={"nature": "appraisal", "basis_valid_until": None},
        headers=match,
    )
    stale = await officer.patch(f"{URL}/{drafted.id}", json={"name": "x"}, headers=match)
    frozen = await officer.patch(f"{URL}/{running.id}", json={"name": "x"}, headers=match)

    assert changed.status_code == 200, changed.text
    assert changed.json()["nature"] == "appraisal"
    assert changed.json()["basis_valid_until"] is None
    assert stale.status_code == 412
    assert (frozen.status_code, frozen.json()["code"]) == (409, "campaign.phase")


async def test_bad_input_is_pointed_at(as_, world):
    await make_campaign(world, year=2027, state=CampaignState.DRAFTED)
    officer = await as_.officer()
    body = {"year": 2028, "name": "2028年度"}
    wrong_order = {"basis_valid_from": "2028-02-01", "basis_valid_until": "2028-01-01"}
    nobody = {"standard_id": "00000000-0000-4000-8000-000000000000"}

    backwards = await officer.post(URL, json={**body, **wrong_order})
    unknown = await officer.post(URL, json={**body, **nobody})
    twice = await officer.post(URL, json={**body, "year": 2027})

    assert backwards.status_code == 422
    assert backwards.json()["errors"][0]["pointer"] == "/body/basis_valid_until"
    assert unknown.status_code == 422
    assert unknown.json()["code"] == "standard.unknown"
    assert unknown.json()["errors"][0]["pointer"] == "/body/standard_id"
    assert twice.status_code == 409
    assert await world.all(select(Campaign).where(Campaign.year == 2028)) == []


async def test_another_standard_brings_its_own_scheme(as_, world):
    officer = await as_.officer()
    small = await make_standard(world, year=2027)
    whole = await make_standard(world, year=2028, codes=None)
    year = await begin(officer, standard_id=str(small.id))
    url = f"{URL}/{year['id']}"

    changed = await officer.edit(year, url, standard_id=str(whole.id))
    scheme = (await officer.get(f"{url}/scheme")).json()
    none = await officer.edit(changed.json(), url, standard_id=None)

    assert len(scheme["rules"]["items"]) == 52
    assert scheme["rules"]["dimensions"] == dict.fromkeys("ABCD", "25.00")
    assert none.json()["standard_name"] is None
    assert (await officer.get(f"{url}/scheme")).json()["code"] == "scheme.unknown"


async def test_windows_move_after_opening_and_the_units_learn_it(as_, world):
    campaign = await make_campaign(world, year=2027)
    officer = await as_.officer()
    url, match = f"{URL}/{campaign.id}/windows", {"If-Match": '"1"'}

    lacking = await officer.put(url, json=windows(*STAGES[:4]), headers=match)
    moved = await officer.put(url, json=windows(*STAGES), headers=match)

    assert (lacking.status_code, lacking.json()["code"]) == (422, "window.missing")
    assert moved.status_code == 200, moved.text
    opens = datetime.fromisoformat(moved.json()["windows"][0]["opens_at"])
    assert opens == datetime(2027, 1, 1, 1, tzinfo=UTC)
    (event,) = await world.all(select(Event))
    assert (event.name, event.audience) == ("campaign.windows_set", Audience.UNIT)


async def test_a_window_closes_after_it_opens_and_comes_once(as_, world):
    campaign = await make_campaign(world, year=2027, state=CampaignState.DRAFTED)
    officer = await as_.officer()
    url, match = f"{URL}/{campaign.id}/windows", {"If-Match": '"1"'}
    backwards = windows("planning")
    backwards["windows"][0]["closes_at"] = "2026-01-01T00:00:00+08:00"
    naive = windows("planning")
    naive["windows"][0]["closes_at"] = "2028-01-01T00:00:00"

    answers = [
        await officer.put(url, json=body, headers=match)
        for body in (backwards, windows("planning", "planning"), naive)
    ]

    assert [one.status_code for one in answers] == [422, 422, 422]
    assert [one.json()["errors"][0]["pointer"] for one in answers] == [
        "/body/windows/0/closes_at",
        "/body/windows/1/stage",
        "/body/windows/0/closes_at",
    ]


async def test_a_scheme_gives_points_to_exactly_the_standards_items(as_, world):
    campaign = await make_campaign(world, year=2027, state=CampaignState.DRAFTED)
    officer = await as_.officer()
    url, match = f"{URL}/{campaign.id}/scheme", {"If-Match": '"1"'}
    rules = (await officer.get(url)).json()["rules"]
    rules["items"]["A1"]["points"], rules["items"]["A2"]["points"] = "20.00", "5.00"

    kept = await officer.put(url, json={"rules": rules}, headers=match)
    stale = await officer.put(url, json={"rules": rules}, headers=match)
    rules["items"]["A1"]["points"] = "19.00"
    uneven = await officer.put(url, json={"rules": rules}, headers={"If-Match": '"2"'})
    rules["items"]["A1"]["points"] = "20.00"
    rules["items"]["A7"] = {"points": "0", "clauses": []}
    stray = await officer.put(url, json={"rules": rules}, headers={"If-Match": '"2"'})

    assert kept.status_code == 200, kept.text
    assert kept.json()["rules"]["items"]["A1"]["points"] == "20.00"
    assert kept.json()["frozen"] is False
    assert stale.status_code == 412
    assert uneven.status_code == 422
    assert uneven.json()["errors"][0]["detail"] == ("A 方面各条目分值之和为 24.00，应为 25.00。")
    assert (stray.status_code, stray.json()["code"]) == (422, "scheme.items")


async def test_an_open_years_scheme_is_frozen(as_, world):
    campaign = await make_campaign(world, year=2027)
    officer = await as_.officer()
    url, match = f"{URL}/{campaign.id}/scheme", {"If-Match": '"1"'}
    scheme = (await officer.get(url)).json()

    set_ = await officer.put(url, json={"rules": scheme["rules"]}, headers=match)
    reset = await officer.post(f"{url}/reset", headers=match)

    assert scheme["frozen"] is True
    assert (set_.status_code, set_.json()["code"]) == (409, "campaign.phase")
    assert (reset.status_code, reset.json()["code"]) == (409, "campaign.phase")


async def test_a_year_opens_once(as_, world):
    campaign = await make_campaign(world, year=2027, basis_valid_from=date(2027, 1, 1))
    officer = await as_.officer()

    answer = await officer.move({"version": 1}, f"{URL}/{campaign.id}", "open")

    assert (answer.status_code, answer.json()["code"]) == (409, "campaign.open.state")
