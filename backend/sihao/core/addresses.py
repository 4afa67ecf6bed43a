"""Where a request comes from.

The server believes `X-Forwarded-For` only from proxies it is told to trust (uvicorn's
`FORWARDED_ALLOW_IPS`); what it then calls the client is what counts here.
"""

from collections.abc import Iterable
from ipaddress import IPv6Address, ip_address, ip_network

from fastapi import Request

UNKNOWN = "::"
"""Where something comes from that has no address: a socket file, a proxy that hides it."""


def address_of(request: Request) -> str:
    """Give the client's address; an IPv4 address in IPv6 clothes counts as what it is."""
    try:
        address = ip_address(request.client.host if request.client else UNKNOWN)
    except ValueError:
        return UNKNOWN
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return str(mapped or address)


def is_within(address: str, networks: Iterable[str]) -> bool:
    """Tell whether an address lies in one of the networks (CIDR); without any, all do."""
    named = [ip_network(one) for one in networks]
    return not named or any(ip_address(address) in one for one in named)


def network_of(given: str) -> str:
    """Write an address or an address range (CIDR) as it is stored; raise `ValueError`."""
    try:
        return str(ip_network(given))
    except ValueError as error:
        try:
            meant = ip_network(given, strict=False)
        except ValueError:
            zh = "不是有效的地址范围，应写作 10.1.0.0/16 或 10.1.2.3。"
            raise ValueError(zh) from error
        raise ValueError(f"地址范围应从网段的第一个地址写起：{meant}。") from error
