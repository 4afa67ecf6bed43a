"""OpenID Connect: people sign in at a provider, which vouches for them by a signed token.

Authorisation code with PKCE, state and nonce. What is checked here is all that stands between a
forged token and somebody's account, so everything that is not expected is refused.
"""

import json
import secrets
import time
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256
from hmac import compare_digest
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

from jose import JWTError, jwk, jwt
from jose.exceptions import JOSEError

from sihao.accounts.elsewhere import Identity, ask, exchanges, return_address, unreachable
from sihao.core.errors import Forbidden, NotFound, Problem
from sihao.core.settings import is_private, settings

if TYPE_CHECKING:
    import httpx

_KINDS = {"RS256": "RSA", "ES256": "EC"}
"""The only algorithms, and the kind of key that goes with each."""
_HEADER = frozenset({"alg", "kid", "typ", "x5t", "x5t#S256"})
"""What a token's header may carry; nothing in it is fetched or believed."""
_REQUIRED = ("iss", "aud", "exp", "iat", "sub", "nonce")
_LEEWAY = 30
_LONGEST = 16384
_FRESH = 600
"""Seconds for which the provider's description and keys are believed: what it withdraws, ends."""
_REFETCH = 30
"""Seconds between two looks for a key nobody knows: forged tokens must not make us ask for ever."""
_WEAKEST = 2048
_OK = 200


@dataclass(frozen=True, slots=True)
class Begun:
    """A sign-in under way; the browser keeps it, sealed."""

    state: str
    nonce: str
    verifier: str


@dataclass(slots=True)
class Provider:
    """One OpenID provider as this installation is registered there."""

    issuer: str
    client_id: str
    secret: str | None
    _about: Mapping[str, Any] = field(default_factory=dict)
    _about_at: float = 0
    _keys: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    _keys_at: float = float("-inf")

    async def begin(self, *, anew: bool) -> tuple[str, Begun]:
        """Give the provider's address to go to; `anew` makes it ask for his proof again."""
        begun = Begun(*(secrets.token_urlsafe(32) for _ in range(3)))
        challenge = urlsafe_b64encode(sha256(begun.verifier.encode()).digest()).rstrip(b"=")
        asked = {
            "response_type": "code",
            "client_id": self.client_id,
            "redirect_uri": return_address("oidc"),
            "scope": settings().oidc_scope,
            "state": begun.state,
            "nonce": begun.nonce,
            "code_challenge": challenge.decode(),
            "code_challenge_method": "S256",
        }
        if anew:
            asked |= {"prompt": "login", "max_age": "0"}
        async with exchanges() as http:
            address = (await self._describe(http))["authorization_endpoint"]
        return f"{address}{'&' if '?' in address else '?'}{urlencode(asked)}", begun

    async def finish(self, begun: Begun, code: str, said_issuer: str | None) -> Identity:
        """Trade the code for a token, check it, and say whom it names.

        Raises `Forbidden` with a code `auth.oidc.…` for whatever is not as it must be.
        """
        async with exchanges() as http:
            about = await self._describe(http)
            must_say = about.get("authorization_response_iss_parameter_supported") is True
            if said_issuer != self.issuer and (must_say or said_issuer is not None):
                raise refused("issuer", "another issuer answered")
            given = await self._trade(http, about, begun, code)
            token, access = given.get("id_token"), given.get("access_token")
            if not isinstance(token, str) or not isinstance(access, str):
                raise refused("exchange", "no token came")
            claims = await self._read(http, token, access, begun.nonce)
            wanted = settings().oidc_claim
            if wanted not in claims and "userinfo_endpoint" in about:
                claims = {**await _look_up(http, about, access, claims["sub"]), **claims}
        return _identity(claims)

    async def _describe(self, http: "httpx.AsyncClient") -> Mapping[str, Any]:
        if not self._about or time.monotonic() - self._about_at > _FRESH:
            address = f"{self.issuer.rstrip('/')}/.well-known/openid-configuration"
            about = await _fetch(http, address)
            if about.get("issuer") != self.issuer:
                raise unreachable(f"it calls itself {about.get('issuer')}")
            for one in ("authorization_endpoint", "token_endpoint", "jwks_uri"):
                if not isinstance(about.get(one), str) or not is_private(about[one]):
                    raise unreachable(f"its {one} cannot be used")
            self._about, self._about_at = about, time.monotonic()
        return self._about

    async def _trade(
        self, http: "httpx.AsyncClient", about: Mapping[str, Any], begun: Begun, code: str
    ) -> Mapping[str, Any]:
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": return_address("oidc"),
            "code_verifier": begun.verifier,
        }
        said: dict[str, Any] = {}
        ways = about.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
        if self.secret and "client_secret_basic" in ways:
            said["auth"] = (quote(self.client_id, safe=""), quote(self.secret, safe=""))
        else:
            form |= {"client_id": self.client_id}
            form |= {"client_secret": self.secret} if self.secret else {}
        status, body, _ = await ask(http, "POST", about["token_endpoint"], data=form, **said)
        given = _parsed(body)
        if status != _OK:
            raise refused("exchange", f"the code was refused: {given.get('error', status)}")
        return given

    async def _read(
        self, http: "httpx.AsyncClient", token: str, access: str, nonce: str
    ) -> Mapping[str, Any]:
        """Verify an ID token; python-jose would ignore `crit` and take keys for other kinds."""
        if len(token) > _LONGEST:
            raise refused("header", "the token is too long")
        try:
            header = jwt.get_unverified_header(token)
        except JWTError as error:
            raise refused("header", "it is no token") from error
        algorithm, kid = header.get("alg"), header.get("kid")
        if algorithm not in _KINDS or not set(header) <= _HEADER or not isinstance(kid, str):
            raise refused("header", "its header is not acceptable")
        if header.get("typ", "JWT") != "JWT":
            raise refused("header", "it is another kind of token")
        key = await self._find_key(http, kid, algorithm)
        try:
            claims: dict[str, Any] = jwt.decode(
                token,
                jwk.construct(dict(key), algorithm),
                algorithms=[algorithm],
                audience=self.client_id,
                issuer=self.issuer,
                access_token=access,
                options={**{f"require_{one}": True for one in _REQUIRED[:-1]}, "leeway": _LEEWAY},
            )
        except JOSEError as error:
            signed = "Signature verification failed" not in str(error)
            raise refused("claims" if signed else "signature", str(error)) from error
        self._check_claims(claims, nonce)
        return claims

    def _check_claims(self, claims: Mapping[str, Any], nonce: str) -> None:
        said = claims.get("nonce")
        if not isinstance(said, str) or not compare_digest(said.encode(), nonce.encode()):
            raise refused("nonce", "it answers another question")
        party = claims.get("azp")
        several = isinstance(claims["aud"], list) and len(claims["aud"]) > 1
        if (several or party is not None) and party != self.client_id:
            raise refused("claims", "it was issued to another party")
        if claims["iat"] > time.time() + _LEEWAY:
            raise refused("claims", "it comes from the future")

    async def _find_key(
        self, http: "httpx.AsyncClient", kid: str, algorithm: str
    ) -> Mapping[str, Any]:
        age = time.monotonic() - self._keys_at
        if age > (_FRESH if kid in self._keys else _REFETCH):
            self._keys_at = time.monotonic()
            known = (await _fetch(http, self._about["jwks_uri"])).get("keys")
            listed = known if isinstance(known, list) else []
            self._keys = {one["kid"]: one for one in listed if "kid" in one}
        key = self._keys.get(kid)
        if key is None or not _fits(key, algorithm):
            raise refused("key", "no key of the provider fits")
        return key


def _fits(key: Mapping[str, Any], algorithm: str) -> bool:
    """Tell whether a key may verify this algorithm: kind, use, curve and length."""
    if key.get("kty") != _KINDS[algorithm] or key.get("use", "sig") != "sig":
        return False
    if key.get("alg", algorithm) != algorithm:
        return False
    if algorithm == "ES256":
        return key.get("crv") == "P-256"
    modulus = key.get("n")
    return isinstance(modulus, str) and len(modulus) * 6 >= _WEAKEST


async def _look_up(
    http: "httpx.AsyncClient", about: Mapping[str, Any], access: str, subject: str
) -> Mapping[str, Any]:
    """Ask for what the token does not carry; the answer must be about the same person."""
    told = await _fetch(
        http, about["userinfo_endpoint"], headers={"Authorization": f"Bearer {access}"}
    )
    if told.get("sub") != subject:
        raise refused("claims", "the provider speaks of somebody else")
    return told


def _identity(claims: Mapping[str, Any]) -> Identity:
    wanted = settings().oidc_claim
    name = claims.get(wanted)
    unverified = wanted == "email" and claims.get("email_verified") is not True
    if not isinstance(name, str) or not name.strip() or unverified:
        raise refused("name", f"it does not say {wanted}")
    shown = claims.get("name")
    proved = claims.get("auth_time")
    return Identity(
        name=name.strip(),
        display_name=shown if isinstance(shown, str) and shown.strip() else name,
        proved_at=proved if isinstance(proved, int) else None,
    )


async def _fetch(http: "httpx.AsyncClient", url: str, **said: Any) -> dict[str, Any]:
    status, body, _ = await ask(http, "GET", url, **said)
    if status != _OK:
        raise unreachable(f"{url} answered {status}")
    return _parsed(body)


def _parsed(body: bytes) -> dict[str, Any]:
    try:
        found = json.loads(body)
    except ValueError as error:
        raise unreachable("its answer is not JSON") from error
    if not isinstance(found, dict):
        raise unreachable("its answer is no object")
    return found


def refused(reason: str, why: str) -> Problem:
    """Make the problem of a proof that is not good."""
    zh = "统一身份认证平台给出的凭证没有通过核验，未能登录。请重试；仍不行，请联系系统管理员。"
    return Forbidden(f"auth.oidc.{reason}", zh, f"The provider's proof is not good: {why}.")


def provider() -> Provider:
    """Return the installation's provider; raise `NotFound` where there is none."""
    at = settings()
    if at.oidc_issuer is None:
        zh = "没有接入统一身份认证，请用密码登录。"
        raise NotFound("auth.oidc.off", zh, "There is no OpenID provider.")
    secret = at.oidc_client_secret
    return _made(at.oidc_issuer, at.oidc_client_id, secret.get_secret_value() if secret else None)


@lru_cache(1)
def _made(issuer: str, client_id: str, secret: str | None) -> Provider:
    return Provider(issuer, client_id, secret)
