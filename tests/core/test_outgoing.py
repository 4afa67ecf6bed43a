"""The way out: a real listening socket sees nobody who was not meant to come."""

import asyncio
import socket
from contextlib import asynccontextmanager
from ipaddress import ip_address

import pytest

from sihao.core import outgoing, settings, targets
from sihao.core.allowed import AllowList
from sihao.core.errors import Invalid

ANSWER = b"HTTP/1.1 %s\r\nContent-Length: %d\r\n%s\r\n%s"


class Listener:
    """Accepts on every address of this machine, counts, keeps what was said, answers."""

    def __init__(self):
        self.heard = []
        self.answer = ANSWER % (b"200 OK", 2, b"", b"ok")

    async def serve(self, reader, writer):
        self.heard.append("connected")
        self.heard.append(await reader.readuntil(b"\r\n\r\n"))
        writer.write(self.answer)
        await writer.drain()
        writer.close()
        await writer.wait_closed()


@pytest.fixture
async def listener():
    made = Listener()
    with socket.create_server(("::", 0), family=socket.AF_INET6, dualstack_ipv6=True) as opened:
        made.port = opened.getsockname()[1]
        async with await asyncio.start_server(made.serve, sock=opened):
            yield made


@pytest.fixture
def allow(monkeypatch):
    def set_list(written):
        monkeypatch.setenv("SIHAO_OUTGOING_ALLOW", written)
        settings.settings.cache_clear()

    yield set_list
    monkeypatch.undo()
    settings.settings.cache_clear()


def answering(*addresses):
    """A resolver that gives one answer after another, the last one for good."""
    left = [[ip_address(one) for one in each.split()] for each in addresses]

    async def lookup(host, port):
        return left.pop(0) if len(left) > 1 else left[0]

    return lookup


async def send(url, **options):
    async with outgoing.outside(url, **options) as way:
        return await way.send("POST", content=b"{}")


_LOOPBACKS = [
    "127.0.0.1",
    "127.1",
    "127.0.1",
    "2130706433",
    "017700000001",
    "0177.0.0.1",
    "0x7f000001",
    "0x7f.0.0.1",
    "0x7f.1",
    "127.0.0.1.",
    "127.000.000.001",
    "127.0.0.2",
    "127.255.255.254",
    "0",
    "0.0.0.0",  # noqa: S104 - a target
    "0x0",
    "00",
    "localhost",
    "LOCALHOST",
    "localhost.",
    "localhost.localdomain",
    "ip6-localhost",
    "[::1]",
    "[::]",
    "[0:0:0:0:0:0:0:1]",
    "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]",
    "[0:0:0:0:0:ffff:7f00:0001]",
    "[::127.0.0.1]",
    "[64:ff9b::7f00:1]",
    "[2002:7f00:1::]",
    "[fe80::1%25eth0]",
    "①②⑦.⓪.⓪.①",
    "127。0。0。1",
    "１２７.0.0.1",
    "ⓛⓞⓒⓐⓛⓗⓞⓢⓣ",
    "loc\u00adalhost",
    "127.0.0.1%00.good.example",
    "127.0.0.1%2f.good.example",
    "127.0.0.1\\.good.example",
]
_OTHERS = [
    "10.0.0.1",
    "10.255.255.255",
    "100.64.0.1",
    "100.100.100.200",
    "168.63.129.16",
    "169.254.169.254",
    "169.254.170.2",
    "172.16.0.1",
    "172.31.255.255",
    "192.0.0.192",
    "192.168.0.1",
    "192.88.99.1",
    "198.18.0.1",
    "203.0.113.5",
    "224.0.0.1",
    "239.255.255.250",
    "240.0.0.1",
    "255.255.255.255",
    "2852039166",
    "0xa9fea9fe",
    "0251.0376.0251.0376",
    "169.254.43518",
    "metadata",
    "metadata.google.internal",
    "[fd00:ec2::254]",
    "[fd00::1]",
    "[fe80::1]",
    "[fec0::1]",
    "[ff02::1]",
    "[::ffff:169.254.169.254]",
    "[::ffff:10.0.0.1]",
    "[2001:0:7f00:1::]",
    "good.example.evil.example",
    "notgood.example",
    "good.example@127.0.0.1",
    "good.example:pw@127.0.0.1",
    "good.example%40127.0.0.1",
    "sub.good.example",
    "good.exampl\u0435",
    "góod.example",
    "xn--god-lna.example",
    "good..example",
    ".good.example",
    "good.example.",
    "*.good.example",
    "",
]
_SCHEMES = ["file", "gopher", "ftp", "dict", "ldap", "tftp", "ws", "wss", "jar", "data", "unix"]


def _urls(port):
    for host in _LOOPBACKS:
        yield f"http://{host}:{port}/"
        yield f"https://{host}:{port}/hook"
    for host in _OTHERS:
        yield f"https://{host}/"
        yield f"https://{host}:{port}/"
    for scheme in _SCHEMES:
        yield f"{scheme}://127.0.0.1:{port}/"
    for path in ("/\r\nHost: evil", "/ a", "/\t", "/\x00", "\\@good.example", "#@good.example"):
        yield f"http://127.0.0.1:{port}{path}"
        yield f"https://good.example{path}\r\nX: 1"
    for wrong in (22, 25, 0, 65536, 99999, 5432, 6379, -1):
        yield f"https://good.example:{wrong}/"
    yield f"//127.0.0.1:{port}/"
    yield f"http:127.0.0.1:{port}"
    yield f"http:/127.0.0.1:{port}/"
    yield f"http:///127.0.0.1:{port}/"
    yield f" http://127.0.0.1:{port}/"
    yield f"http://127.0.0.1:{port}@good.example/"
    yield f"http://good.example#@127.0.0.1:{port}/"
    yield f"http://good.example?@127.0.0.1:{port}/"


async def test_forbidden_targets_get_no_connection(listener, allow):
    allow("good.example, other.example:8443, 203.0.114.0/24")
    urls = list(_urls(listener.port))
    assert len(urls) >= 150
    let_in = []
    for url in urls:
        try:
            await send(url, lookup=answering("127.0.0.1"))
        except Invalid:
            continue
        let_in.append(url)
    assert let_in == []
    assert listener.heard == []


async def test_nothing_is_sent_anywhere_until_the_operator_names_a_place(listener, allow):
    allow("")
    with pytest.raises(Invalid, match=r"outgoing\.refused"):
        await send(f"http://127.0.0.1:{listener.port}/")
    with pytest.raises(Invalid, match=r"outgoing\.refused"):
        targets.check_url("https://example.com/")
    assert listener.heard == []


async def test_an_allowed_target_is_reached_under_its_own_name(listener, allow):
    allow(f"127.0.0.0/8:{listener.port}")
    url = f"http://hooks.example:{listener.port}/in?a=1"
    answer = await send(url, lookup=answering("127.0.0.1"))
    assert (answer.status, answer.text) == (200, "ok")
    assert b"POST /in?a=1 HTTP/1.1" in listener.heard[1]
    assert f"Host: hooks.example:{listener.port}".encode() in listener.heard[1]


async def test_a_name_that_changes_its_address_is_looked_up_once_only(listener, allow):
    allow(f"127.0.0.1/32:{listener.port}")
    url = f"http://rebind.example:{listener.port}/"
    async with outgoing.outside(url, lookup=answering("127.0.0.1", "127.0.0.9")) as way:
        await way.send("POST")
        await way.send("POST")
    assert listener.heard.count("connected") == 2
    with pytest.raises(Invalid):
        await send(url, lookup=answering("127.0.0.9"))
    assert listener.heard.count("connected") == 2


async def test_one_forbidden_address_among_several_closes_the_way(listener, allow):
    allow(f"127.0.0.1/32:{listener.port}")
    url = f"http://many.example:{listener.port}/"
    with pytest.raises(Invalid):
        await send(url, lookup=answering("127.0.0.1 10.0.0.1"))
    assert listener.heard == []


async def test_redirects_are_answers_and_not_followed(listener, allow):
    allow(f"127.0.0.1/32:{listener.port}")
    place = f"Location: http://127.0.0.1:{listener.port}/inner\r\n".encode()
    listener.answer = ANSWER % (b"302 Found", 0, place, b"")
    assert (await send(f"http://127.0.0.1:{listener.port}/")).status == 302
    assert listener.heard.count("connected") == 1


async def test_no_more_of_an_answer_is_read_than_64_kib(listener, allow):
    allow(f"127.0.0.1/32:{listener.port}")
    body = b"x" * 10_000_000
    listener.answer = ANSWER % (b"200 OK", len(body), b"", body)
    server_gone = ConnectionResetError, BrokenPipeError
    try:
        answer = await send(f"http://127.0.0.1:{listener.port}/")
    except server_gone:
        pytest.fail("the client waits for what it reads")
    assert len(answer.text) == outgoing.LARGEST_ANSWER


@asynccontextmanager
async def presenting(certificate_for, folder):
    from datetime import UTC, datetime, timedelta  # noqa: PLC0415 - for this only
    from ssl import PROTOCOL_TLS_SERVER, SSLContext  # noqa: PLC0415 - the same

    from cryptography import x509  # noqa: PLC0415 - the same
    from cryptography.hazmat.primitives import hashes, serialization  # noqa: PLC0415 - the same
    from cryptography.hazmat.primitives.asymmetric import ec  # noqa: PLC0415 - the same

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, certificate_for)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    pem = folder / "server.pem"
    pem.write_bytes(
        made.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    context = SSLContext(PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    asked = []
    context.sni_callback = lambda _, name, __: asked.append(name)
    heard = Listener()
    async with await asyncio.start_server(heard.serve, "127.0.0.1", 0, ssl=context) as server:
        yield server.sockets[0].getsockname()[1], asked, heard


async def test_a_certificate_nobody_vouches_for_is_refused_under_the_targets_name(allow, tmp_path):
    import httpx  # noqa: PLC0415 - for its error only

    async with presenting("hooks.example", tmp_path) as (port, asked, heard):
        allow(f"127.0.0.1/32:{port}")
        with pytest.raises(httpx.ConnectError, match="CERTIFICATE_VERIFY_FAILED"):
            await send(f"https://hooks.example:{port}/", lookup=answering("127.0.0.1"))
    assert asked == ["hooks.example"]
    assert heard.heard == []


@pytest.mark.parametrize(
    ("scheme", "host", "address", "port", "expected"),
    [
        ("https", "good.example", "93.184.216.34", 443, True),
        ("http", "good.example", "93.184.216.34", 80, False),
        ("https", "good.example", "93.184.216.34", 8443, False),
        ("https", "good.example", "10.1.0.5", 443, True),
        ("http", "good.example", "10.1.0.5", 80, True),
        ("https", "good.example", "10.2.0.5", 443, False),
        ("https", "a.wide.example", "93.184.216.34", 8443, True),
        ("https", "wide.example", "93.184.216.34", 8443, False),
        ("https", "x", "fd00:1::5", 8080, True),
        ("https", "x", "169.254.169.254", 443, False),
        ("https", "x", "::ffff:10.1.0.5", 443, True),
    ],
)
def test_a_name_opens_public_addresses_and_a_network_the_others(
    scheme, host, address, port, expected
):
    allowed = AllowList(
        "good.example, *.wide.example:8443, 10.1.0.0/16, [fd00:1::/32]:8080, 169.254.0.0/16"
    )
    assert allowed.permits(scheme, host, ip_address(address), port) is expected


@pytest.mark.parametrize("written", ["10.0.0.1/8", "a b", "http://x", "*", "x:y", "1.2.3", "[x"])
def test_a_list_that_says_nothing_is_refused_at_the_start(written, monkeypatch):
    with pytest.raises(ValueError, match="neither a host name nor a network"):
        AllowList(written)
