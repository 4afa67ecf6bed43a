"""Requests that arrive: tokens are renewed, cuts and full servers waited for."""

import random
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from http import HTTPStatus
from typing import Any, Self
from uuid import uuid4

import httpx

from sihao.client import credentials as kept
from sihao.client.credentials import Credentials
from sihao.client.saying import CouldNot, Refused, is_english

BASE = "/api/v1"
SCIM = "/scim/v2"
TRIES = 8
LONGEST_WAIT = 60.0
"""Seconds between two tries, unless the server asks for more."""
EARLY = 30
"""Seconds before its end at which a token is renewed."""
_WAITING = frozenset(
    {
        HTTPStatus.TOO_MANY_REQUESTS,
        HTTPStatus.BAD_GATEWAY,
        HTTPStatus.SERVICE_UNAVAILABLE,
        HTTPStatus.GATEWAY_TIMEOUT,
    }
)
_RUNNING = "idempotency.in_flight"


class Connection:
    """The API as one principal; many threads may use it at once."""

    def __init__(
        self, credentials: Credentials, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        self._credentials, self._sleep = credentials, sleep
        self._keeps = kept.from_environment() is None
        self._renewing = threading.Lock()
        language = "en" if is_english() else "zh-CN"
        self._http = httpx.Client(
            base_url=credentials.url.rstrip("/"),
            headers={"Accept-Language": language, "User-Agent": "sihao-client"},
            timeout=httpx.Timeout(120, connect=15),
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._http.close()

    def get(self, path: str, **params: Any) -> dict[str, Any]:
        """Read something as JSON."""
        asked = {name: value for name, value in params.items() if value is not None}
        answer: dict[str, Any] = self.request("GET", path, params=asked).json()
        return answer

    def post(self, path: str, **request: Any) -> dict[str, Any]:
        """Do something once, however often it has to be sent."""
        answer: dict[str, Any] = self.request("POST", path, **request).json()
        return answer

    def pages(self, path: str, **params: Any) -> list[dict[str, Any]]:
        """Read a list to its end."""
        found: list[dict[str, Any]] = []
        cursor = None
        while True:
            page = self.get(path, limit=200, cursor=cursor, **params)
            found += page["items"]
            cursor = page["next_cursor"]
            if cursor is None:
                return found

    def request(
        self, method: str, path: str, headers: dict[str, str] | None = None, **request: Any
    ) -> httpx.Response:
        """Send until it is answered; raise `Refused` for a refusal and `CouldNot` for silence.

        A POST carries one key through all tries, so that it has one effect.
        """
        sent = dict(headers or {})
        if method == "POST":
            sent.setdefault("Idempotency-Key", str(uuid4()))
        renewed = False
        for attempt in range(TRIES):
            token = self._token()
            sent["Authorization"] = f"Bearer {token}"
            try:
                answer = self._http.request(method, self._url(path), headers=sent, **request)
            except httpx.TransportError as error:
                if method == "PATCH" or attempt == TRIES - 1:
                    raise self._unreachable() from error
                self._wait(attempt)
                continue
            if answer.status_code == HTTPStatus.UNAUTHORIZED and not renewed:
                renewed = True
                if self._renew(token):
                    continue
            if self._may_try_again(answer) and attempt < TRIES - 1:
                self._wait(attempt, answer.headers.get("Retry-After", ""))
                continue
            return _checked(answer)
        raise self._unreachable()

    def download(self, url: str, write: Callable[[bytes], object]) -> None:
        """Stream a file from a one-time address."""
        try:
            with self._http.stream("GET", url) as answer:
                if answer.is_error:
                    answer.read()
                _checked(answer)
                for chunk in answer.iter_bytes():
                    write(chunk)
        except httpx.TransportError as error:
            raise self._unreachable() from error

    def _url(self, path: str) -> str:
        return path if path.startswith((BASE, SCIM)) else BASE + path

    def _unreachable(self) -> CouldNot:
        url = self._credentials.url
        return CouldNot(f"连接不上 {url}，请检查网址和网络。", f"{url} cannot be reached.")

    @staticmethod
    def _may_try_again(answer: httpx.Response) -> bool:
        if answer.status_code in _WAITING:
            return True
        return answer.status_code == HTTPStatus.CONFLICT and _RUNNING in answer.text

    def _wait(self, attempt: int, asked: str = "") -> None:
        """Wait as long as the server asks, and not in step with others."""
        drawn = random.uniform(0.5, 1) * min(2**attempt, LONGEST_WAIT)  # noqa: S311 - no secret
        wanted = float(asked) if asked.isdigit() else 0.0
        self._sleep(max(drawn, wanted + random.uniform(0, 1)) if wanted else drawn)  # noqa: S311 - no secret

    def _token(self) -> str:
        known = self._credentials
        is_old = 0 < known.expires_at < time.time() + EARLY
        if not known.token or is_old:
            self._renew(known.token)
        return self._credentials.token

    def _renew(self, old: str) -> bool:
        """Get a new token unless another thread has; False where there is no way to."""
        with self._renewing:
            if self._credentials.token != old:
                return True
            form = _grant(self._credentials)
            if form is None:
                return False
            self._credentials = ask_for_token(self._http, self._credentials, form, self._wait)
            if self._keeps:
                kept.write(self._credentials)
            return True


def _grant(known: Credentials) -> dict[str, str] | None:
    if known.client_id:
        return {
            "grant_type": "client_credentials",
            "client_id": known.client_id,
            "client_secret": known.client_secret,
        }
    if known.refresh_token:
        return {"grant_type": "refresh_token", "refresh_token": known.refresh_token}
    return None


def log_in(url: str, form: dict[str, str]) -> Credentials:
    """Prove somebody's password or a service account's secret, and give what to keep."""
    known = Credentials(
        url,
        client_id=form.get("client_id", ""),
        client_secret=form.get("client_secret", ""),
    )
    with httpx.Client(base_url=url.rstrip("/"), timeout=60) as http:
        return ask_for_token(http, known, form, None)


def ask_for_token(
    http: httpx.Client,
    known: Credentials,
    form: dict[str, str],
    wait: Callable[[int, str], None] | None,
) -> Credentials:
    """Ask the token endpoint; with `wait`, as often as it says that there are too many."""
    attempt = 0
    while True:
        try:
            answer = http.post(f"{BASE}/auth/token", data=form)
        except httpx.TransportError as error:
            url = known.url
            raise CouldNot(f"连接不上 {url}，请检查网址和网络。", f"{url} is silent.") from error
        attempt += 1
        if wait is None or answer.status_code not in _WAITING or attempt == TRIES:
            break
        wait(attempt, answer.headers.get("Retry-After", ""))
    issued = _checked(answer).json()
    return replace(
        known,
        token=issued["access_token"],
        expires_at=time.time() + issued["expires_in"],
        refresh_token=issued.get("refresh_token", ""),
    )


def _checked(answer: httpx.Response) -> httpx.Response:
    if not answer.is_error:
        return answer
    try:
        body = answer.json()
    except ValueError:
        body = {"detail": f"HTTP {answer.status_code}"}
    raise Refused(answer.status_code, body if isinstance(body, dict) else {})
