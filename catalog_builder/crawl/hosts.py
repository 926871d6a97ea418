"""Which hosts may be asked for what references lead to.

A host is asked only if the configuration names it. Whoever may set where a name leads could lead it
to this machine, or to what a cloud tells its machines: a name is not asked where it leads there.
"""

import ipaddress
import socket
from collections.abc import Collection
from urllib.parse import urlsplit

_PORTS = {"https": 443, "http": 80}


def is_allowed(address: str, hosts: Collection[str]) -> bool:
    """Whether an address is one of these hosts, which have their ports where unusual.

    >>> is_allowed("https://a.example/x", ["a.example"])
    True
    >>> is_allowed("https://a.example:8443/x", ["a.example"]), is_allowed("https://b.example/", [])
    (False, False)
    """
    try:
        parts = urlsplit(address)
        usual = _PORTS[parts.scheme]
        port = parts.port or usual
    except (KeyError, ValueError):
        return False
    name = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname
    known = {f"{name}:{port}", name} if port == usual else {f"{name}:{port}"}
    return parts.username is None and not known.isdisjoint(hosts)


def leads_inward(address: str) -> bool:
    """Whether the name of the host leads to this machine, or to one that only machines know.

    False of hosts that are not named but numbered, and of `localhost`: who allows those means them.
    """
    name = urlsplit(address).hostname or ""
    if name == "localhost" or _number(name):
        return False
    try:
        found = {str(each[4][0]) for each in socket.getaddrinfo(name, None)}
    except (OSError, UnicodeError):
        return False  # to ask it fails as well, or a proxy knows it
    return any(map(_is_inward, found))


def _is_inward(number: str) -> bool:
    address = _number(number.partition("%")[0])
    if address is None:
        return True
    mapped = getattr(address, "ipv4_mapped", None) or address
    return bool(
        mapped.is_loopback
        or mapped.is_link_local
        or mapped.is_unspecified
        or mapped.is_multicast
        or mapped.is_reserved
    )


def _number(name: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(name)
    except ValueError:
        return None
