"""CAS 3: people sign in at a CAS server, which says for a ticket who came."""

from typing import Any
from urllib.parse import urlencode

from sihao.accounts.elsewhere import Identity, ask, exchanges, return_address, unreachable
from sihao.core.errors import Forbidden, NotFound
from sihao.core.settings import settings

_YALE = "{http://www.yale.edu/tp/cas}"
_OK = 200


def log_in_address(*, anew: bool) -> str:
    """Give the server's address to go to; `anew` makes it ask for the proof again."""
    asked = {"service": return_address("cas"), **({"renew": "true"} if anew else {})}
    return f"{_server()}/login?{urlencode(asked)}"


async def validate(ticket: str, *, anew: bool) -> Identity:
    """Have a ticket validated, once; raise `Forbidden` when it is not good."""
    asked = {
        "service": return_address("cas"),
        "ticket": ticket,
        "format": "XML",
        **({"renew": "true"} if anew else {}),
    }
    async with exchanges() as http:
        address = f"{_server()}/p3/serviceValidate"
        status, body, _ = await ask(http, "GET", address, params=asked)
    if status != _OK:
        raise unreachable(f"it answered {status}")
    return _read(body)


def _read(body: bytes) -> Identity:
    """Read the answer; no document type, no entity, nothing from outside is looked at."""
    from lxml import etree  # only an installation with CAS needs it

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=False
    )
    try:
        root: Any = etree.fromstring(body, parser)
    except etree.XMLSyntaxError as error:
        raise unreachable("its answer is not XML") from error
    if root.getroottree().docinfo.doctype or root.tag != f"{_YALE}serviceResponse":
        raise unreachable("its answer is another document")
    success = root.find(f"{_YALE}authenticationSuccess")
    name = (success.findtext(f"{_YALE}user") or "").strip() if success is not None else ""
    if not name:
        zh = "统一身份认证平台没有认可这次登录，请重新登录。"
        raise Forbidden("auth.cas.ticket", zh, "The ticket is not good.")
    shown = success.findtext(f"{_YALE}attributes/{_YALE}displayName") or ""
    return Identity(name=name, display_name=shown.strip() or name)


def _server() -> str:
    url = settings().cas_url
    if url is None:
        zh = "没有接入统一身份认证（CAS），请用密码登录。"
        raise NotFound("auth.cas.off", zh, "There is no CAS server.")
    return url.rstrip("/")
