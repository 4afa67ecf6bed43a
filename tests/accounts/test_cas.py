"""Signing in at a CAS 3 server."""

from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from sqlmodel import select

from sihao.accounts.models import LoginSession, Way
from sihao.core.context import Role
from tests.accounts.providers import PUBLIC, configured, free_port, served
from tests.factories import make_person

BEGIN, FINISH = "/api/v1/auth/cas/begin", "/api/v1/auth/cas/finish"
SUCCESS = (
    '<cas:serviceResponse xmlns:cas="http://www.yale.edu/tp/cas">'
    "<cas:authenticationSuccess><cas:user>{}</cas:user>"
    "<cas:attributes><cas:displayName>张三</cas:displayName></cas:attributes>"
    "</cas:authenticationSuccess></cas:serviceResponse>"
)
FAILURE = (
    '<cas:serviceResponse xmlns:cas="http://www.yale.edu/tp/cas">'
    '<cas:authenticationFailure code="INVALID_TICKET">no</cas:authenticationFailure>'
    "</cas:serviceResponse>"
)


class Server:
    """A CAS server: each ticket is good once, and only for the service it was made for."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.tickets = {"ST-1": "nobody"}
        self.renewed: list[bool] = []
        self.raw: str | None = None

    def answer(self, path, _):
        asked = {name: one[0] for name, one in parse_qs(urlsplit(path).query).items()}
        assert urlsplit(path).path == "/cas/p3/serviceValidate"
        self.renewed.append("renew" in asked)
        if self.raw is not None:
            return 200, self.raw
        name = self.tickets.pop(asked["ticket"], None)
        fits = asked["service"] == f"{PUBLIC}/login/cas"
        return 200, SUCCESS.format(name) if name and fits else FAILURE


@pytest.fixture
def server():
    port = free_port()
    server = Server(f"http://127.0.0.1:{port}/cas")
    with served(server.answer, port), configured(public_url=PUBLIC, cas_url=server.url):
        yield server


async def come(client, ticket="ST-1"):
    begun = await client.post(BEGIN, json={"next": "/u/plan"})
    assert begun.status_code == 200, begun.text
    return await client.post(FINISH, json={"ticket": ticket})


async def test_a_person_signs_in_by_a_ticket_that_is_good_once(client, world, server):
    person, _ = await make_person(world, Role.OFFICER)
    server.tickets = {"ST-1": person.name}

    begun = await client.post(BEGIN, json={"next": "/c"})
    address = httpx.URL(begun.json()["address"])
    answer = await client.post(FINISH, json={"ticket": "ST-1"})
    again = await come(client)

    assert str(address).startswith(f"{server.url}/login?")
    assert dict(address.params) == {"service": f"{PUBLIC}/login/cas"}
    assert answer.status_code == 200, answer.text
    assert answer.json()["next"] == "/c"
    assert (await client.post("/api/v1/auth/refresh")).status_code == 200
    assert [one.way for one in await world.all(select(LoginSession))].count(Way.CAS) == 1
    assert (again.status_code, again.json()["code"]) == (403, "auth.cas.ticket")


async def test_a_ticket_lets_nobody_in_whose_browser_has_not_begun(client, world, server):
    person, _ = await make_person(world)
    server.tickets = {"ST-1": person.name}
    answer = await client.post(FINISH, json={"ticket": "ST-1"})
    assert (answer.status_code, answer.json()["code"]) == (403, "auth.state")
    assert server.renewed == []


async def test_a_ticket_of_somebody_without_an_account_makes_none(client, server):
    with configured(oidc_create="true"):
        answer = await come(client)
    assert (answer.status_code, answer.json()["code"]) == (403, "auth.unknown")


ENTITY = '<!DOCTYPE x [<!ENTITY who SYSTEM "file:///etc/passwd">]>' + SUCCESS.format("&who;")
INNER = '<!DOCTYPE x [<!ENTITY who "person">]>' + SUCCESS.format("&who;")
BOMB = (
    "<!DOCTYPE x ["
    '<!ENTITY a0 "aaaaaaaaaa">'
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    + "]>"
    + SUCCESS.format("&a9;")
)
ANSWERS = {
    "an entity of a file": (ENTITY, "auth.provider"),
    "an entity of its own": (INNER, "auth.provider"),
    "entities without end": (BOMB, "auth.provider"),
    "no XML": ("yes\nzhang\n", "auth.provider"),
    "HTML": ("<html><body>zhang</body></html>", "auth.provider"),
    "another namespace": (SUCCESS.format("zhang").replace("yale", "evil"), "auth.provider"),
    "a failure that names somebody": (
        FAILURE.replace("no<", "<cas:user>zhang</cas:user><"),
        "auth.cas.ticket",
    ),
    "success of nobody": (SUCCESS.format(""), "auth.cas.ticket"),
    "too much": (SUCCESS.format("z" * 2_000_000), "auth.provider"),
}


@pytest.mark.parametrize("case", ANSWERS)
async def test_an_answer_that_is_not_as_it_must_be_lets_nobody_in(client, world, server, case):
    person, _ = await make_person(world)
    person.name = "zhang"
    await world.add(person)
    server.raw, code = ANSWERS[case]

    answer = await come(client)

    assert answer.json()["code"] == code, answer.text
    assert answer.status_code in {403, 503}
    assert len(await world.all(select(LoginSession))) == 1


async def test_a_proof_anew_is_asked_of_the_server_itself(client, world, server):
    person, _ = await make_person(world, Role.ADMIN_SECURITY)
    server.tickets = {"ST-1": person.name, "ST-2": person.name, "ST-3": "other"}
    told = {"Authorization": f"Bearer {(await come(client)).json()['access_token']}"}

    begun = await client.post("/api/v1/auth/step-up/cas", headers=told)
    proved = await client.post(FINISH, json={"ticket": "ST-2"})
    await client.post("/api/v1/auth/step-up/cas", headers=told)
    other = await client.post(FINISH, json={"ticket": "ST-3"})

    assert httpx.URL(begun.json()["address"]).params["renew"] == "true"
    assert proved.status_code == 200, proved.text
    assert server.renewed == [False, True, True]
    assert other.json()["code"] == "auth.other"


async def test_a_ticket_with_words_of_its_own_is_no_ticket(client, server):
    for ticket in ("", "ST 1", "ST\n1", "票"):
        assert (await come(client, ticket)).status_code == 422


def test_settings_that_leave_no_way_in_or_an_open_one_do_not_start():
    from sihao.core.settings import Settings  # noqa: PLC0415 - after the environment

    for wrong in (
        {"password_off_for": "unit"},
        {"oidc_issuer": "https://sso.test"},
        {"oidc_issuer": "http://sso.test", "public_url": PUBLIC},
        {"cas_url": "http://sso.test/cas", "public_url": PUBLIC},
        {"oidc_issuer": "sso.test", "public_url": PUBLIC},
        {"step_up": "sometimes"},
    ):
        with pytest.raises(ValueError, match="validation error"):
            Settings(**wrong)
    Settings(oidc_issuer="https://sso.test", public_url=PUBLIC, password_off_for="unit")
