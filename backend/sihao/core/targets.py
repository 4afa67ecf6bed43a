"""Addresses outside as they are written: what can never be reached is refused before a look-up.

Apart from `core/outgoing.py`, which sends, so that a process which sends nothing loads no client.
"""

import re
from dataclasses import dataclass

from sihao.core.allowed import AllowList, literal
from sihao.core.errors import Invalid
from sihao.core.settings import settings

_URL = re.compile(
    r"(?P<scheme>https?)://(?P<host>\[[0-9a-f:.]+\]|[a-z0-9_.-]+)(?::(?P<port>\d{1,5}))?"
    r"(?P<path>/[!$&-;=@-\[\]_a-z~%?\x27()*+,]*)?",
    re.IGNORECASE,
)
"""Only what is unmistakable: no user, no fragment, no backslash, no blank, no other alphabet."""
_NUMBER = re.compile(r"0x[0-9a-f]*|\d+", re.IGNORECASE)
_PORTS = 65536


@dataclass(frozen=True, slots=True)
class Target:
    """Where to: scheme, host without brackets, port."""

    scheme: str
    host: str
    port: int


def refused(host: str) -> Invalid:
    """Give the refusal of a target that the operator has not named."""
    return Invalid(
        "outgoing.refused",
        f"不允许向 {host} 发送。请联系运维人员在 SIHAO_OUTGOING_ALLOW 中登记该地址。",
        "This target is not on the list of places that may be reached.",
        pointer="/body/url",
    )


def check_url(url: str) -> None:
    """Raise `Invalid` for what can never be sent to; nothing is looked up yet."""
    target_of(url)


def target_of(url: str) -> Target:
    """Read an address. Raises `Invalid` (`outgoing.url`, `outgoing.refused`)."""
    found = _URL.fullmatch(url)
    host = found["host"].lower().strip("[]") if found else ""
    numeric = literal(host)
    last = host.rpartition(".")[2]
    if found is None or not (numeric or (last and not _NUMBER.fullmatch(last) and ":" not in host)):
        raise Invalid(
            "outgoing.url",
            "网址无效：须以 https:// 开头，主机名用英文字母书写，不带用户名、片段和空格。",
            "Write https://host/path, without a user, a fragment or blanks.",
            pointer="/body/url",
        )
    scheme = found["scheme"].lower()
    port = int(found["port"] or (443 if scheme == "https" else 80))
    allowed = AllowList(settings().outgoing_allow)
    possible = (
        allowed.permits(scheme, host, numeric, port) if numeric else allowed.may_name(host, port)
    )
    if not 0 < port < _PORTS or not possible:
        raise refused(host)
    return Target(scheme, host, port)
