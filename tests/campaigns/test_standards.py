from sqlmodel import select

from sihao.campaigns.actions import standards as actions
from sihao.campaigns.lifecycle import StandardState
from sihao.campaigns.schemas import StandardSummary
from sihao.campaigns.standard_document import built_in
from sihao.core.context import Role
from sihao.core.events import Event
from sihao.core.paging import Page
from tests.factories import make_unit
from tests.factories_campaigns import make_campaign, make_standard

URL = "/api/v1/standards"
ITEM = {"code": "A3", "title": "贯彻基本方略", "kind": "qualitative", "ledgers": ["T17"]}


async def begin(officer, **fields):
    answer = await officer.post(URL, json={"name": "创建标准", "year": 2027, **fields})
    assert answer.status_code == 201, answer.text
    return answer.json()


async def test_the_committee_writes_a_standard_and_publishes_it(as_, world):
    officer = await as_.officer()
    draft = await begin(officer)
    assert draft["actions"][0]["blocked"] == "标准还没有条目，不能发布。"

    named = await officer.put(
        f"{URL}/{draft['id']}/dimensions",
        json={"dimensions": [{"code": "A", "title": "政治坚定好"}]},
        headers={"If-Match": '"1"'},
    )
    assert named.status_code == 200, named.text
    added = await officer.post(
        f"{URL}/{draft['id']}/criteria", json=ITEM, headers={"If-Match": named.headers["etag"]}
    )
    assert added.status_code == 201, added.text
    read = (await officer.get(f"{URL}/{draft['id']}")).json()
    assert read["criteria_count"] == 1
    assert [one["code"] for one in read["dimensions"]] == ["A"]

    published = await officer.move(read, f"{URL}/{draft['id']}", "publish")

    assert published.status_code == 200, published.text
    assert published.json()["state"] == "published"
    assert published.json()["actions"] == []
    assert [event.name for event in await world.all(select(Event).order_by(Event.seq))] == [
        "standard.created",
        "standard.updated",
        "standard.criterion_added",
        "standard.publish",
    ]


async def test_a_dimension_without_items_blocks_publication(as_, world):
    officer = await as_.officer()
    draft = await begin(officer)
    both = [{"code": "A", "title": "政治坚定好"}, {"code": "B", "title": "学习创新好"}]
    await officer.put(
        f"{URL}/{draft['id']}/dimensions", json={"dimensions": both}, headers={"If-Match": '"1"'}
    )
    await officer.post(f"{URL}/{draft['id']}/criteria", json=ITEM, headers={"If-Match": '"2"'})
    read = (await officer.get(f"{URL}/{draft['id']}")).json()
    assert read["actions"][0]["blocked"] == "“学习创新好”还没有条目，不能发布。"

    answer = await officer.move(read, f"{URL}/{draft['id']}", "publish")

    assert answer.status_code == 409
    assert answer.json()["code"] == "standard.publish.blocked"


async def test_a_published_standard_does_not_change(as_, world):
    standard = await make_standard(world)
    officer = await as_.officer()
    headers = {"If-Match": '"1"'}

    answers = [
        await officer.patch(f"{URL}/{standard.id}", json={"name": "x"}, headers=headers),
        await officer.post(f"{URL}/{standard.id}/criteria", json=ITEM, headers=headers),
        await officer.patch(
            f"{URL}/{standard.id}/criteria/A1", json={"title": "x"}, headers=headers
        ),
        await officer.delete(f"{URL}/{standard.id}/criteria/A1", headers=headers),
        await officer.delete(f"{URL}/{standard.id}", headers=headers),
    ]

    assert {one.status_code for one in answers} == {409}
    assert {one.json()["code"] for one in answers} == {"standard.published"}


async def test_items_of_a_draft_change_and_go(as_, world):
    draft = await make_standard(world, state=StandardState.DRAFT)
    officer = await as_.officer()

    changed = await officer.patch(
        f"{URL}/{draft.id}/criteria/A1",
        json={"code": "A9", "title": "新题"},
        headers={"If-Match": '"1"'},
    )
    stale = await officer.delete(f"{URL}/{draft.id}/criteria/A2", headers={"If-Match": '"1"'})
    gone = await officer.delete(f"{URL}/{draft.id}/criteria/A2", headers={"If-Match": '"2"'})
    missing = await officer.delete(f"{URL}/{draft.id}/criteria/A2", headers={"If-Match": '"3"'})
    stray = await officer.post(
        f"{URL}/{draft.id}/criteria", json={**ITEM, "code": "E1"}, headers={"If-Match": '"3"'}
    )

    assert changed.status_code == 200, changed.text
    assert changed.headers["etag"] == '"2"'
    assert changed.json()["title"] == "新题"
    assert (stale.status_code, gone.status_code, missing.status_code) == (412, 204, 404)
    assert stray.status_code == 422
    assert stray.json()["errors"][0]["pointer"] == "/body/code"
    listed = (await officer.get(f"{URL}/{draft.id}/criteria")).json()
    assert [one["code"] for one in listed] == ["A9", "B12", "C6", "D1"]


async def test_a_dimension_with_items_stays(as_, world):
    draft = await make_standard(world, state=StandardState.DRAFT)
    officer = await as_.officer()

    answer = await officer.put(
        f"{URL}/{draft.id}/dimensions",
        json={"dimensions": [{"code": "A", "title": "政治坚定好"}]},
        headers={"If-Match": '"1"'},
    )

    assert answer.status_code == 409
    assert answer.json()["code"] == "dimension.in_use"


async def test_dimensions_in_another_order_reorder_the_items(as_, world):
    draft = await make_standard(world, state=StandardState.DRAFT, codes=("A1", "B12", "C6"))
    officer = await as_.officer()
    titles = [{"code": code, "title": code} for code in "CBA"]

    answer = await officer.put(
        f"{URL}/{draft.id}/dimensions", json={"dimensions": titles}, headers={"If-Match": '"1"'}
    )

    assert answer.status_code == 200, answer.text
    listed = (await officer.get(f"{URL}/{draft.id}/criteria")).json()
    assert [one["code"] for one in listed] == ["C6", "B12", "A1"]


async def test_drafts_are_the_committees_own(as_, world):
    draft = await make_standard(world, state=StandardState.DRAFT, year=2027)
    published = await make_standard(world, year=2026)
    readers = [
        await as_.lead(await make_unit(world)),
        await as_.leadership(),
        await as_.inspector(),
        await as_.role(Role.COASSESSOR),
        await as_.service("plan:read"),
    ]

    for reader in readers:
        page = Page[StandardSummary].model_validate_json((await reader.get(URL)).text)
        assert [row.id for row in page.items] == [published.id]
        assert page.items[0].criteria_count == 5
        assert page.items[0].actions == []
        for part in ("", "/criteria", "/mappings", "/export"):
            answer = await reader.get(f"{URL}/{draft.id}{part}")
            assert (answer.status_code, answer.json()["code"]) == (404, "standard.unknown")
    admin = await as_.role(Role.ADMIN_SYSTEM)
    assert (await admin.get(URL)).json()["items"] == []
    officer = await as_.officer()
    page = Page[StandardSummary].model_validate_json((await officer.get(URL)).text)
    assert [row.id for row in page.items] == [draft.id, published.id]
    assert [one.name for one in page.items[0].actions] == ["publish"]


async def test_only_an_officer_writes_standards(as_, world):
    draft = await make_standard(world, state=StandardState.DRAFT)
    lead, leader = await as_.lead(await make_unit(world)), await as_.leader()
    headers = {"If-Match": '"1"'}

    for person in (lead, leader):
        answer = await person.post(URL, json={"name": "标准", "year": 2027})
        assert (answer.status_code, answer.json()["code"]) == (403, "role.required")
    refused = await leader.patch(f"{URL}/{draft.id}", json={"year": 2028}, headers=headers)
    assert refused.status_code == 403


async def test_a_copy_maps_every_item_to_its_original(as_, world):
    old = await make_standard(world, year=2026)
    officer = await as_.officer()

    copy = await begin(officer, copy_of=str(old.id))

    pairs = (await officer.get(f"{URL}/{copy['id']}/mappings")).json()
    assert [(one["old_code"], one["new_code"]) for one in pairs] == [
        (code, code) for code in ("A1", "A2", "B12", "C6", "D1")
    ]
    unknown = await officer.post(
        URL, json={"name": "标准", "year": 2028, "copy_of": "00000000-0000-4000-8000-000000000000"}
    )
    assert unknown.status_code == 422
    assert unknown.json()["errors"][0]["pointer"] == "/body/copy_of"


async def test_mappings_are_replaced_one_old_standard_at_a_time(as_, world):
    old, new = await make_standard(world, year=2026), await make_standard(world, year=2027)
    officer = await as_.officer()
    body = {
        "old_standard_id": str(old.id),
        "pairs": [{"old_code": "A1", "new_code": "A2", "note": "脱贫攻坚 → 乡村振兴"}],
    }
    url = f"{URL}/{new.id}/mappings"

    first = await officer.put(url, json=body, headers={"If-Match": '"1"'})
    body["pairs"] = [{"old_code": "C6", "new_code": "C6"}]
    second = await officer.put(url, json=body, headers={"If-Match": '"2"'})
    body["pairs"] = [{"old_code": "C99", "new_code": "C6"}]
    wrong = await officer.put(url, json=body, headers={"If-Match": '"3"'})

    assert first.json()[0]["note"] == "脱贫攻坚 → 乡村振兴"
    assert [one["old_code"] for one in second.json()] == ["C6"]
    assert wrong.status_code == 422
    assert wrong.json()["errors"][0]["pointer"] == "/body/pairs/0/old_code"


async def test_a_draft_that_nobody_chose_can_be_thrown_away(as_, world):
    officer = await as_.officer()
    old = await make_standard(world, year=2026)
    draft = await begin(officer, copy_of=str(old.id))
    chosen = await make_standard(world, year=2030, state=StandardState.DRAFT)
    await make_campaign(world, year=2030, standard=chosen)

    gone = await officer.delete(f"{URL}/{draft['id']}", headers={"If-Match": '"1"'})
    kept = await officer.delete(f"{URL}/{chosen.id}", headers={"If-Match": '"1"'})

    assert gone.status_code == 204, gone.text
    assert (await officer.get(f"{URL}/{draft['id']}")).status_code == 404
    assert (kept.status_code, kept.json()["code"]) == (409, "standard.in_use")


async def test_the_system_loads_the_built_in_standard(world):
    standard = await world.act(actions.import_standard, built_in(2026))

    assert standard.name == "“四好班子”创建标准"
    assert standard.state is StandardState.DRAFT
