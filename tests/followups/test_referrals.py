from sqlmodel import select

from sihao.campaigns.lifecycle import CampaignState
from sihao.core.context import Role
from sihao.core.events import Audience, Event
from sihao.core.paging import Page
from sihao.followups.lifecycle import InterviewState, ReferralState
from sihao.followups.schemas.referrals import ReferralRow
from tests.factories import make_unit
from tests.factories_campaigns import make_campaign
from tests.factories_followups import make_interview, make_referral

URL = "/api/v1/referrals"


async def setting(world):
    campaign = await make_campaign(world, state=CampaignState.SETTLING)
    return campaign, await make_unit(world, "市水务局")


def ask(campaign, unit, receiver, **fields):
    return {
        "unit_id": str(unit.id),
        "campaign_id": str(campaign.id),
        "receiver_id": str(receiver.person_id),
        "department": "市委组织部",
        "request": "adjustment",
        "reason": "连续两年得分较低",
        **fields,
    }


async def test_a_department_gets_its_one_case_and_answers(as_, world):
    campaign, unit = await setting(world)
    case = await make_interview(world, campaign, unit, state=InterviewState.RECORDED)
    officer, leader, receiver = (
        await as_.officer(),
        await as_.leader(),
        await as_.role(Role.RECEIVER),
    )

    made = await officer.post(URL, json=ask(campaign, unit, receiver, interview_id=str(case.id)))
    assert made.status_code == 201, made.text
    shown, url = made.json(), f"{URL}/{made.json()['id']}"
    shown = (await leader.move(shown, url, "approve", "同意")).json()
    assert (await receiver.get(url)).status_code == 404
    shown = (await officer.move(shown, url, "send")).json()
    seen = (await receiver.get(url)).json()
    assert (seen["unit_name"], seen["grounds"]["total"]) == ("市水务局", "73.50")
    assert (seen["interview_id"], seen["history"]) == (None, [])
    assert [one["name"] for one in seen["actions"]] == ["acknowledge"]
    seen = (await receiver.move(seen, url, "acknowledge")).json()
    assert (await receiver.move(seen, url, "conclude", outcome="help")).status_code == 422
    seen = (await receiver.move(seen, url, "conclude", "派员帮扶一年", outcome="help")).json()

    assert (seen["state"], seen["outcome"], seen["outcome_text"]) == (
        "concluded",
        "help",
        "派员帮扶一年",
    )
    history = (await officer.get(url)).json()["history"]
    assert [one["name"] for one in history] == [
        "created",
        "approve",
        "send",
        "acknowledge",
        "conclude",
    ]
    events = await world.all(select(Event).where(Event.name.startswith("referral.")))
    assert {one.audience for one in events} == {Audience.COMMITTEE}


async def test_a_receiver_sees_nobody_elses_case_and_the_unit_none(as_, world):
    campaign, unit = await setting(world)
    theirs = await make_referral(world, campaign, unit, state=ReferralState.SENT)
    drafted = await make_referral(world, campaign, unit)
    strangers = [
        await as_.role(Role.RECEIVER),
        await as_.lead(unit),
        await as_.unit(unit),
        await as_.inspector(),
    ]

    for client in strangers:
        assert (await client.get(URL)).json()["items"] == []
        assert (await client.get(f"{URL}/{theirs.id}")).status_code == 404
    seen = Page[ReferralRow].model_validate_json((await (await as_.leadership()).get(URL)).content)
    assert [one.id for one in seen.items] == [theirs.id]
    everything = (await (await as_.officer()).get(URL)).json()["items"]
    assert {one["id"] for one in everything} == {str(theirs.id), str(drafted.id)}


async def test_whoever_wrote_the_draft_last_does_not_approve_it(as_, world):
    campaign, unit = await setting(world)
    leader = await as_.leader()
    draft = await make_referral(world, campaign, unit, drafted_by_id=leader.person_id)
    officer, url = await as_.officer(), f"{URL}/{draft.id}"
    shown = (await leader.get(url)).json()

    assert (await leader.move(shown, url, "approve")).status_code == 409
    assert (await leader.edit(shown, url, reason="x")).status_code == 403
    shown = (await officer.edit(shown, url, reason="理由补充完整")).json()
    shown = (await leader.move(shown, url, "approve")).json()
    late = await officer.edit(shown, url, reason="改写")

    assert shown["state"] == "approved"
    assert (late.status_code, late.json()["code"]) == (409, "referral.not_drafted")
    assert (await leader.move(shown, url, "send")).status_code == 403


async def test_what_does_not_fit_is_refused_at_its_place(as_, world):
    campaign, unit = await setting(world)
    foreign = await make_interview(
        world, campaign, await make_unit(world), state=InterviewState.HELD
    )
    officer, receiver = await as_.officer(), await as_.role(Role.RECEIVER)

    for wrong, pointer in (
        ({"unit_id": str(campaign.id)}, "/body/unit_id"),
        ({"campaign_id": str(unit.id)}, "/body/campaign_id"),
        ({"receiver_id": str(officer.person_id)}, "/body/receiver_id"),
        ({"interview_id": str(unit.id)}, "/body/interview_id"),
        ({"interview_id": str(foreign.id)}, "/body/interview_id"),
    ):
        answer = await officer.post(URL, json=ask(campaign, unit, receiver, **wrong))
        assert answer.status_code == 422, answer.text
        assert answer.json()["errors"][0]["pointer"] == pointer
    assert (await receiver.post(URL, json=ask(campaign, unit, receiver))).status_code == 403


async def test_receivers_are_listed_for_the_committee(as_, world):
    receiver, officer = await as_.role(Role.RECEIVER), await as_.officer()

    listed = (await officer.get(f"{URL}/receivers")).json()

    assert str(receiver.person_id) in {one["id"] for one in listed}
    assert str(officer.person_id) not in {one["id"] for one in listed}
    assert (await receiver.get(f"{URL}/receivers")).status_code == 403


async def test_the_leadership_gives_its_opinion_which_stays_inside(as_, world):
    campaign, unit = await setting(world)
    receiver = await as_.role(Role.RECEIVER)
    case = await make_referral(
        world, campaign, unit, state=ReferralState.SENT, receiver_id=receiver.person_id
    )
    leadership, url = await as_.leadership(), f"{URL}/{case.id}"
    shown = (await leadership.get(url)).json()
    assert [one["name"] for one in shown["actions"]] == ["advise"]

    advised = (await leadership.move(shown, url, "advise", "请组织部门重点研究")).json()

    assert (advised["state"], advised["leadership_opinion"]) == ("sent", "请组织部门重点研究")
    assert advised["history"][-1]["opinion"] == "请组织部门重点研究"
    assert (await (await as_.officer()).get(url)).json()["leadership_by"] == advised[
        "leadership_by"
    ]
    seen = (await receiver.get(url)).json()
    assert (seen["leadership_opinion"], seen["leadership_at"], seen["history"]) == ("", None, [])
    assert (await receiver.move(seen, url, "advise", "我也说")).status_code == 403


async def attach(client, shown, url, content, name="核查情况.txt"):
    headers = {"If-Match": f'"{shown["version"]}"'}
    params = {"file_name": name}
    return await client.put(f"{url}/files", params=params, content=content, headers=headers)


async def test_a_file_goes_along_through_the_guard_and_out_by_ticket_alone(as_, world):
    campaign, unit = await setting(world)
    officer, leader = await as_.officer(), await as_.leader()
    receiver, other = await as_.role(Role.RECEIVER), await as_.role(Role.RECEIVER)
    made = await officer.post(URL, json=ask(campaign, unit, receiver))
    shown, url = made.json(), f"{URL}/{made.json()['id']}"
    content = "核查情况如下。".encode()

    secret = await attach(officer, shown, url, "附件\n机密★10年".encode())
    empty = await attach(officer, shown, url, b"")
    shown = (await attach(officer, shown, url, content)).json()
    (file,) = shown["files"]
    ticket_url = f"{url}/files/{file['id']}/ticket"
    unsent = await receiver.post(ticket_url)
    own = await leader.move(shown, url, "approve")
    shown = (await officer.move(own.json(), url, "send")).json()
    late = await attach(officer, shown, url, content)
    (seen,) = (await receiver.get(url)).json()["files"]
    ticket = (await receiver.post(ticket_url)).json()
    fetched = await receiver.get(ticket["url"])
    again = await receiver.get(ticket["url"])

    assert secret.json()["code"] == "file.secret"
    assert empty.status_code == 422
    assert unsent.status_code == 404
    assert (late.status_code, late.json()["code"]) == (409, "referral.not_drafted")
    assert (seen["file_name"], seen["size"]) == ("核查情况.txt", len(content))
    assert fetched.content == content
    assert fetched.headers["content-disposition"].startswith("attachment")
    assert again.status_code == 410
    for stranger in (other, await as_.lead(unit), await as_.unit(unit), await as_.inspector()):
        assert (await stranger.post(ticket_url)).status_code in {403, 404}
    opened = await world.all(select(Event).where(Event.name == "referral.file_opened"))
    assert [one.actor_id for one in opened] == [receiver.person_id]


async def test_a_file_is_taken_out_while_it_is_a_draft_and_whoever_did_so_wrote_it(as_, world):
    campaign, unit = await setting(world)
    receiver, officer = await as_.role(Role.RECEIVER), await as_.officer()
    leader = await as_.role(Role.LEADER, Role.OFFICER)
    made = await officer.post(URL, json=ask(campaign, unit, receiver))
    shown, url = made.json(), f"{URL}/{made.json()['id']}"
    shown = (await attach(officer, shown, url, b"one")).json()
    place = f"{url}/files/{shown['files'][0]['id']}"
    await officer.post(f"{place}/ticket")

    stale = await leader.delete(place, headers={"If-Match": '"1"'})
    gone = await leader.delete(place, headers={"If-Match": f'"{shown["version"]}"'})

    assert stale.status_code == 412
    assert gone.json()["files"] == []
    assert (await leader.move(gone.json(), url, "approve")).status_code == 409
