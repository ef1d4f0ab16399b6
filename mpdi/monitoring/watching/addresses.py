"""Which addresses may be asked, and on which machine: looked up once, so that what was checked is what is reached."""

import ipaddress
import socket
from dataclasses import dataclass
from urllib.parse import SplitResult, quote, urlsplit

from mpdi.monitoring.watching.errors import AddressRefusedError, UnreachableError

_PORTS = {"http": 80, "https": 443}
_LONGEST = 2_000
_AS_THEY_ARE = "%/:=&?~#+!$,;'@()*[]"
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
"""RFC 6052: an IPv4 address in the last 32 bits."""

IpAddress = ipaddress.IPv4Address | ipaddress.IPv6Address


@dataclass(frozen=True, slots=True)
class Place:
    """An address taken apart; `target` is what is asked of the server."""

    address: str
    is_secure: bool
    host: str
    port: int
    target: str


def parsed(address: str) -> Place:
    """Take an address apart. Raises `AddressRefusedError` for all but http and https without a password."""
    if len(address) > _LONGEST or not address.isprintable() or " " in address:
        raise AddressRefusedError(f"{address[:80]}: no address on the web.")
    try:
        parts = urlsplit(address)
        port = parts.port
        host = (parts.hostname or "").encode("idna").decode("ascii") if parts.hostname else ""
    except (ValueError, UnicodeError) as error:
        raise AddressRefusedError(f"{address[:80]}: no address on the web.") from error
    if parts.scheme not in _PORTS or not host:
        raise AddressRefusedError(f"{address[:80]}: begin with https:// or http:// and a host.")
    if parts.username is not None or parts.password is not None:
        # It would be shown on pages and kept with every notice.
        raise AddressRefusedError(f"{host}: an address with a user or a password in it is not asked.")
    return Place(address, parts.scheme == "https", host, port or _PORTS[parts.scheme], _target(parts))


def _target(parts: SplitResult) -> str:
    """Path and question; what is not ASCII as its bytes in UTF-8, escaped, what is escaped already as it is."""
    wanted = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return quote(wanted, safe=_AS_THEY_ARE)


def machines(place: Place, is_private_allowed: bool) -> list[str]:
    """Return the numbers of the machines that answer for a place.

    Raises `UnreachableError` where the name is unknown, `AddressRefusedError` where one of them stands in a network of
    one's own: a name on the web may lead there.
    """
    try:
        found = socket.getaddrinfo(place.host, place.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise UnreachableError(f"{place.host}: this name is not known ({error}).") from error
    numbers = list(dict.fromkeys(str(each[4][0]) for each in found))
    if not is_private_allowed and not all(_is_public(ipaddress.ip_address(each.partition("%")[0])) for each in numbers):
        raise AddressRefusedError(
            f"{place.host}: leads to a machine of a private network. Set MPDI_WATCH_PRIVATE=1 where that is meant."
        )
    return numbers


def _is_public(number: IpAddress) -> bool:
    if isinstance(number, ipaddress.IPv6Address):
        inner = number.ipv4_mapped or number.sixtofour
        if number in _NAT64:
            inner = ipaddress.IPv4Address(int(number) & 0xFFFFFFFF)
        if number.teredo is not None:
            return False
        if inner is not None:
            return _is_public(inner)
    return number.is_global and not number.is_multicast
