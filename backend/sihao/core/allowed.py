"""The operator's list of places outside that may be reached, and what no list may open.

Written as `oa.example.gov.cn, *.example.gov.cn:8443, 10.1.0.0/16, [fd00:1::/32]:8080`: names, and
networks for addresses that are not public. Without a port the usual two, 80 and 443, are meant.
"""

import re
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

NEVER: tuple[Network, ...] = tuple(
    ip_network(one)
    for one in (
        "0.0.0.0/8",
        "100.100.100.200/32",  # metadata at Alibaba
        "168.63.129.16/32",  # the host at Azure
        "169.254.0.0/16",  # link-local, and metadata nearly everywhere
        "192.0.0.0/24",
        "224.0.0.0/4",
        "255.255.255.255/32",
        "::/128",
        "64:ff9b::/96",  # the rest are other addresses in disguise
        "64:ff9b:1::/48",
        "2001::/32",
        "2002::/16",
        "fd00:ec2::254/128",
        "fe80::/10",
        "ff00::/8",
    )
)
"""Networks that nothing may be sent to, whatever the list says."""
USUAL_PORTS = frozenset({80, 443})

_ENTRY = re.compile(
    r"(?:\[(?P<inner>[^\]]+)\]|(?P<outer>[^:\[\]]+|[0-9a-fA-F:.]*::?[0-9a-fA-F:./]*))"
    r"(?::(?P<port>\d{1,5}))?"
)
_NAME = re.compile(r"(?:\*\.)?[a-z0-9_-]+(?:\.[a-z0-9_-]+)*")


@dataclass(frozen=True, slots=True)
class _Place:
    """One entry: a name (`*.` for everything below it) or a network, and a port if one is named."""

    where: str | Network
    port: int | None

    def takes(self, port: int) -> bool:
        return port in USUAL_PORTS if self.port is None else port == self.port

    def names(self, host: str) -> bool:
        if not isinstance(self.where, str):
            return False
        if self.where.startswith("*."):
            return host.endswith(self.where[1:]) and len(host) > len(self.where) - 1
        return host == self.where

    def holds(self, address: Address) -> bool:
        return not isinstance(self.where, str) and address in self.where


class AllowList:
    """What may be reached. Raises `ValueError` for an entry that says nothing."""

    def __init__(self, written: str) -> None:
        entries = [one.strip() for one in written.split(",")]
        self._places = [_read(one) for one in entries if one]

    def may_name(self, host: str, port: int) -> bool:
        """Tell whether a host could be allowed: by its name, or by an address it turns out to have.

        Before anything is looked up, this is all that can be said.
        """
        by_address = any(one.takes(port) and not isinstance(one.where, str) for one in self._places)
        return by_address or any(one.takes(port) and one.names(host) for one in self._places)

    def permits(self, scheme: str, host: str, address: Address, port: int) -> bool:
        """Tell whether this address may be connected to under this name.

        A name opens public addresses only, and only over TLS; any other address, and plain HTTP,
        needs a network.
        """
        address = plain(address)
        if any(address in one for one in NEVER if one.version == address.version):
            return False
        if any(one.takes(port) and one.holds(address) for one in self._places):
            return True
        named = any(one.takes(port) and one.names(host) for one in self._places)
        return named and scheme == "https" and address.is_global


def plain(address: Address) -> Address:
    """Take an IPv4 address out of IPv6 clothes."""
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return mapped or address


def literal(host: str) -> Address | None:
    """Read a host that is written as an address; None for a name."""
    try:
        return ip_address(host)
    except ValueError:
        return None


def _read(entry: str) -> _Place:
    found = _ENTRY.fullmatch(entry)
    where = (found["inner"] or found["outer"]).lower() if found else ""
    port = int(found["port"]) if found and found["port"] else None
    try:
        return _Place(ip_network(where), port)
    except ValueError as error:
        if not _NAME.fullmatch(where) or where.rpartition(".")[2].isdecimal():
            raise ValueError(f"{entry!r} is neither a host name nor a network") from error
        return _Place(where, port)
