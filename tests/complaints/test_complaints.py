from sqlmodel import select

from sihao.complaints.models import Complaint
from sihao.complaints.schemas import ComplaintPublic
from sihao.core.context import Role
from sihao.core.events import Audience, Event
from sihao.core.paging import Page
from tests.factories import make_unit

URL = "/api/v1/complaints"


def write(**fields):
    return {"kind": "complaint", "text": "同一份材料要求报送三次。", **fields}


async def test_somebody_complains_and_finds_the_answer(as_, world):
    author, officer = await as_.unit(await make_unit(world)), await as_.officer()

    made = await author.post(URL, json=write())
    assert made.status_code == 201, made.text
    shown = (await officer.get(f"{URL}/{made.json()['id']}")).json()
    assert (bool(shown["author"]), shown["mine"]) == (True, False)
    url = f"{URL}/{shown['id']}"
    assert (await officer.move(shown, url, "answer")).status_code == 422
    assert (await author.move(shown, url, "answer", "x")).status_code == 403
    answered = (await officer.move(shown, url, "answer", "已合并为一次报送。")).json()

    page = Page[ComplaintPublic].model_validate_json((await author.get(f"{URL}?mine=true")).content)
    assert [(one.answer, one.state, one.mine) for one in page.items] == [
        ("已合并为一次报送。", "answered", True)
    ]
    assert (await officer.move(answered, url, "answer", "再答")).status_code == 409


async def test_without_a_name_nothing_tells_who_wrote(as_, world):
    author, leader = await as_.unit(await make_unit(world)), await as_.leader()

    made = (await author.post(URL, json=write(named=False))).json()

    shown = (await leader.get(f"{URL}/{made['id']}")).json()
    assert (shown["author"], shown["mine"]) == (None, False)
    listed = await leader.get(URL)
    (event,) = await world.all(select(Event))
    (row,) = await world.all(select(Complaint))
    assert str(author.person_id) not in listed.text + (await leader.get(f"{URL}/{made['id']}")).text
    assert (event.actor, event.actor_id, event.unit_id) == ("匿名", None, None)
    assert event.audience is Audience.COMMITTEE
    assert row.updated_by == "匿名"
    assert (await author.get(URL)).json()["items"][0]["mine"] is True


async def test_everybody_logged_in_may_write_and_reads_the_own_only(as_, world):
    unit = await make_unit(world)
    people = [
        await as_.unit(unit, Role.UNIT_MEMBER),
        await as_.inspector(),
        await as_.leadership(),
        await as_.role(Role.RECEIVER),
        await as_.role(Role.ADMIN_AUDIT),
    ]

    for person in people:
        assert (await person.post(URL, json=write(kind="suggestion"))).status_code == 201
    for person in people:
        assert len((await person.get(URL)).json()["items"]) == 1
    officer = await as_.officer()
    assert len((await officer.get(URL)).json()["items"]) == len(people)
    foreign = (await officer.get(URL)).json()["items"][0]["id"]
    stranger = await as_.unit(unit)
    assert (await stranger.get(f"{URL}/{foreign}")).status_code == 404


async def test_another_system_does_not_complain_and_nobody_answers_himself(as_, world):
    service, officer = await as_.service("ledger:write"), await as_.officer()

    refused = await service.post(URL, json=write())
    own = (await officer.post(URL, json=write())).json()
    answer = await officer.move(own, f"{URL}/{own['id']}", "answer", "自答")

    assert refused.status_code == 403
    assert own["actions"][0]["blocked"] == "本人提出的意见由其他同志答复。"
    assert answer.status_code == 409
