"""What a lying provider, or somebody between, may say: none of it lets anybody in."""

import json
import time
from base64 import urlsafe_b64encode

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from jose import jwt
from sqlmodel import select

from sihao.accounts.models import LoginSession
from tests.accounts.providers import (
    EC,
    PUBLIC,
    RSA,
    Liar,
    configured,
    free_port,
    listed,
    private_pem,
    public_pem,
    served,
)
from tests.factories import make_person

BEGIN, FINISH = "/api/v1/auth/oidc/begin", "/api/v1/auth/oidc/finish"


@pytest.fixture
def liar():
    port = free_port()
    liar = Liar(f"http://127.0.0.1:{port}")
    with (
        served(liar.answer, port),
        configured(public_url=PUBLIC, oidc_issuer=liar.issuer),
    ):
        yield liar


@pytest.fixture
async def zhang(world):
    person, _ = await make_person(world)
    person.name = "zhang"
    await world.add(person)
    return person


async def come(client, liar, **brought):
    begun = await client.post(BEGIN, json={})
    assert begun.status_code == 200, begun.text
    asked = liar.sees(begun.json()["address"])
    return await client.post(FINISH, json={"state": asked["state"], "code": "good"} | brought)


def signed(key, algorithm, kid, **header):
    def sign(claims):
        headers = {"kid": kid, **header}
        return jwt.encode(claims, private_pem(key), algorithm=algorithm, headers=headers)

    return sign


def by_hand(header, signature=""):
    def sign(claims):
        parts = [json.dumps(part).encode() for part in (header, claims)]
        told = [urlsafe_b64encode(part).rstrip(b"=").decode() for part in parts]
        return ".".join([*told, signature])

    return sign


def with_public_key_as_secret(claims):
    """The old trick: the public key, which everybody knows, as the secret of HS256."""
    import hmac  # noqa: PLC0415 - python-jose refuses to make such a token

    parts = [json.dumps(one).encode() for one in ({"alg": "HS256", "kid": "1"}, claims)]
    told = b".".join(urlsafe_b64encode(part).rstrip(b"=") for part in parts)
    mac = hmac.new(public_pem(RSA).encode(), told, "sha256").digest()
    return f"{told.decode()}.{urlsafe_b64encode(mac).rstrip(b'=').decode()}"


def tampered(claims):
    head, _, signature = signed(RSA, "RS256", "1")(claims).split(".")
    body = urlsafe_b64encode(json.dumps(claims | {"preferred_username": "root"}).encode())
    return f"{head}.{body.rstrip(b'=').decode()}.{signature}"


FORGER = rsa.generate_private_key(65537, 2048)
TOKENS = {
    "signed by somebody else": (signed(FORGER, "RS256", "1"), "auth.oidc.signature"),
    "changed after signing": (tampered, "auth.oidc.signature"),
    "HS256 with the public key": (with_public_key_as_secret, "auth.oidc.header"),
    "alg none": (by_hand({"alg": "none", "kid": "1"}), "auth.oidc.header"),
    "alg None in capitals": (by_hand({"alg": "NONE", "kid": "1"}), "auth.oidc.header"),
    "RS384": (signed(RSA, "RS384", "1"), "auth.oidc.header"),
    "a key nobody knows": (signed(FORGER, "RS256", "9"), "auth.oidc.key"),
    "ES256 with the name of an RSA key": (signed(EC, "ES256", "1"), "auth.oidc.key"),
    "RS256 with the name of an EC key": (signed(RSA, "RS256", "2"), "auth.oidc.key"),
    "without a key's name": (by_hand({"alg": "RS256"}), "auth.oidc.header"),
    "crit": (signed(RSA, "RS256", "1", crit=["x"], x=1), "auth.oidc.header"),
    "a key of its own": (
        signed(FORGER, "RS256", "1", jwk=listed(FORGER, "RS256", "1")),
        "auth.oidc.header",
    ),
    "keys from elsewhere": (signed(RSA, "RS256", "1", jku="http://evil.test"), "auth.oidc.header"),
    "an access token": (signed(RSA, "RS256", "1", typ="at+jwt"), "auth.oidc.header"),
    "no token at all": (lambda _: "nonsense", "auth.oidc.header"),
    "endless": (lambda _: "a" * 20_000, "auth.oidc.header"),
}
HOUR = 3600
CLAIMS = {
    "expired": ({"exp": lambda: int(time.time()) - 31}, "auth.oidc.claims"),
    "from the future": ({"iat": lambda: int(time.time()) + HOUR}, "auth.oidc.claims"),
    "not yet": ({"nbf": lambda: int(time.time()) + HOUR}, "auth.oidc.claims"),
    "for somebody else": ({"aud": "other"}, "auth.oidc.claims"),
    "for several without a word for whom": ({"aud": ["sihao", "other"]}, "auth.oidc.claims"),
    "for several, issued to another": (
        {"aud": ["sihao", "other"], "azp": "other"},
        "auth.oidc.claims",
    ),
    "issued to another": ({"azp": "other"}, "auth.oidc.claims"),
    "of another issuer": ({"iss": "https://evil.test"}, "auth.oidc.claims"),
    "with another nonce": ({"nonce": "evil"}, "auth.oidc.nonce"),
    "without nonce": ({"nonce": None}, "auth.oidc.nonce"),
    "without exp": ({"exp": None}, "auth.oidc.claims"),
    "without iat": ({"iat": None}, "auth.oidc.claims"),
    "without aud": ({"aud": None}, "auth.oidc.claims"),
    "without iss": ({"iss": None}, "auth.oidc.claims"),
    "without sub": ({"sub": None}, "auth.oidc.claims"),
    "with words for exp": ({"exp": "soon"}, "auth.oidc.claims"),
    "with words for iat": ({"iat": "now"}, "auth.oidc.claims"),
    "for another access token": ({"at_hash": "AAAA"}, "auth.oidc.claims"),
    "name told by a userinfo of somebody else": (
        {"preferred_username": None},
        "auth.oidc.claims",
    ),
    "a name that is none": ({"preferred_username": 7}, "auth.oidc.name"),
}


async def test_the_truth_lets_him_in(client, liar, zhang):
    answer = await come(client, liar)
    assert answer.status_code == 200, answer.text


async def test_within_the_leeway_a_clock_may_be_wrong(client, liar, zhang):
    now = int(time.time())
    liar.claims = lambda claims: claims | {"exp": now - 15, "iat": now + 15}
    assert (await come(client, liar)).status_code == 200


@pytest.mark.parametrize("case", TOKENS)
async def test_a_token_that_is_not_the_providers_lets_nobody_in(client, liar, zhang, world, case):
    liar.sign, code = TOKENS[case]

    answer = await come(client, liar)

    assert (answer.status_code, answer.json()["code"]) == (403, code), answer.text
    assert len(await world.all(select(LoginSession))) == 1


@pytest.mark.parametrize("case", CLAIMS)
async def test_a_token_that_says_the_wrong_thing_lets_nobody_in(client, liar, zhang, world, case):
    changes, code = CLAIMS[case]
    told = {name: one() if callable(one) else one for name, one in changes.items()}
    liar.claims = lambda claims: claims | told

    answer = await come(client, liar)

    assert (answer.status_code, answer.json()["code"]) == (403, code), answer.text
    assert len(await world.all(select(LoginSession))) == 1


async def test_unsuitable_keys_are_not_used(client, liar, zhang):
    weak = rsa.generate_private_key(65537, 1024)  # noqa: S505 - it is to be refused
    liar.keys = [listed(weak, "RS256", "1")]
    liar.sign = signed(weak, "RS256", "1")
    assert (await come(client, liar)).json()["code"] == "auth.oidc.key"


async def test_a_key_to_encrypt_verifies_nothing(client, liar, zhang):
    liar.keys = [listed(RSA, "RS256", "1") | {"use": "enc"}]
    assert (await come(client, liar)).json()["code"] == "auth.oidc.key"


async def test_a_new_key_is_fetched_and_unknown_ones_do_not_make_us_ask_for_ever(
    client, liar, zhang, monkeypatch
):
    assert (await come(client, liar)).status_code == 200
    newer = rsa.generate_private_key(65537, 2048)
    liar.keys = [listed(newer, "RS256", "3")]
    liar.sign = signed(newer, "RS256", "3")
    for _ in range(3):
        liar.codes = {"good"}
        assert (await come(client, liar)).json()["code"] == "auth.oidc.key"
    assert liar.asked.count("/jwks") == 1

    monkeypatch.setattr("sihao.accounts.oidc._REFETCH", 0)
    liar.codes = {"good"}
    assert (await come(client, liar)).status_code == 200
    assert liar.asked.count("/jwks") == 2


async def test_a_key_that_the_provider_withdrew_is_not_believed_for_long(
    client, liar, zhang, monkeypatch
):
    assert (await come(client, liar)).status_code == 200
    liar.keys, liar.codes = [], {"good"}
    monkeypatch.setattr("sihao.accounts.oidc._FRESH", 0)
    assert (await come(client, liar)).json()["code"] == "auth.oidc.key"


async def test_another_answer_than_was_asked_for_is_refused(client, liar, zhang):
    assert (await come(client, liar, state="evil")).json()["code"] == "auth.state"
    assert (await come(client, liar, iss="https://evil.test")).json()["code"] == "auth.oidc.issuer"
    assert (await come(client, liar, code="bad")).json()["code"] == "auth.oidc.exchange"
    denied = await come(client, liar, code="", error="access_denied")
    assert denied.json()["code"] == "auth.oidc.denied"


async def test_a_provider_under_another_name_is_not_used(client, liar):
    liar.about = {"issuer": "https://evil.test"}
    assert (await client.post(BEGIN, json={})).json()["code"] == "auth.provider"
    liar.about = {"token_endpoint": "http://evil.test/token"}
    assert (await client.post(BEGIN, json={})).json()["code"] == "auth.provider"


async def test_a_cookie_that_is_not_ours_or_old_begins_nothing(client, liar, zhang, monkeypatch):
    begun = await client.post(BEGIN, json={})
    asked = liar.sees(begun.json()["address"])
    sealed = client.cookies.get("sihao-sign-in")
    client.cookies.clear()
    brought = {"state": asked["state"], "code": "good"}
    for cookie in ("", "AAAA", "é".encode().hex(), sealed[:-4] + "AAAA"):
        told = {"Cookie": f"sihao-sign-in={cookie}"}
        answer = await client.post(FINISH, json=brought, headers=told)
        assert answer.json()["code"] == "auth.state", cookie
    from datetime import timedelta  # noqa: PLC0415 - here alone

    monkeypatch.setattr("sihao.accounts.actions.sign_in.VALID", timedelta(seconds=-1))
    told = {"Cookie": f"sihao-sign-in={sealed}"}
    assert (await client.post(FINISH, json=brought, headers=told)).json()["code"] == "auth.state"
