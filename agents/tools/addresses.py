"""Where the web may be reached: which spellings of an address are taken, and which addresses are public.

One spelling, one meaning: whatever two programs could understand differently is refused before anybody resolves it,
and what a name resolves to is judged again. A person may allow servers of their own, `host:port`, by a setting.
"""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote, urljoin, urlsplit

from core.errors import ResearchError
from core.redaction import redact

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

USUAL_PORTS: Final = frozenset({80, 443, 8080, 8443})
LONGEST_URL: Final = 4_000
_LONGEST_SHOWN: Final = 200
_LONGEST_HOST: Final = 253
_LONGEST_LABEL: Final = 63
_HIGHEST_PORT: Final = 65_535
_DEFAULT_PORT: Final = {"http": 80, "https": 443}
_UNWANTED: Final = re.compile(r"[\x00-\x20\x7f-\xa0\u2028\u2029\\]")
_LABEL: Final = re.compile(r"[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?")
_NUMBER: Final = re.compile(r"[0-9]+|0x[0-9a-f]*")
"""A last label like this is read as a number by resolvers: `2130706433`, `0x7f.1`, `0177.1`."""
_LOCAL_NAMES: Final = frozenset(
    {
        *("localhost", "localdomain", "local", "internal", "intranet", "lan", "home", "corp", "private", "arpa"),
        *("onion", "invalid", "test", "host", "domain"),
    }
)
"""Last labels nobody serves in public; some of them are answered by the network one is in."""

_NEVER_V4: Final = tuple(
    ipaddress.IPv4Network(network)
    for network in (
        *("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12"),
        *("192.0.0.0/24", "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16"),
        *("192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4"),
        "168.63.129.16/32",  # looks public; answers the inside of a cloud
    )
)
_PUBLIC_V6: Final = ipaddress.IPv6Network("2000::/3")
_NEVER_V6: Final = tuple(
    ipaddress.IPv6Network(network)
    for network in ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20", "3ffe::/16", "2620:4f:8000::/48")
)
"""Teredo and 6to4 among them: they carry an address of the other kind, and nothing public is served there."""
_NAT64: Final = ipaddress.IPv6Network("64:ff9b::/96")
_ISATAP: Final = frozenset({0x00005EFE, 0x02005EFE})


def is_public(address: Address) -> bool:
    """Whether an address is one of the public internet, also the one that is written inside another."""
    if isinstance(address, ipaddress.IPv4Address):
        return address.is_global and not any(address in network for network in _NEVER_V4)
    if address.scope_id is not None:
        return False
    if address.ipv4_mapped is not None:
        return is_public(address.ipv4_mapped)
    low = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    if address in _NAT64:
        return is_public(low)
    if (int(address) >> 32) & 0xFFFFFFFF in _ISATAP and not is_public(low):
        return False
    return address in _PUBLIC_V6 and address.is_global and not any(address in network for network in _NEVER_V6)


@dataclass(frozen=True, slots=True)
class Target:
    """A web address in its one spelling."""

    scheme: str
    host: str
    """Lower case, ASCII; an IPv6 address without its brackets."""
    port: int
    path: str
    """With its question, never empty."""

    @property
    def place(self) -> str:
        """`host:port`, the way a person allows it; an IPv6 address in brackets."""
        return f"{_bracketed(self.host)}:{self.port}"

    @property
    def origin(self) -> str:
        """Scheme, host and port: what requests with a key may not leave."""
        port = "" if self.port == _DEFAULT_PORT[self.scheme] else f":{self.port}"
        return f"{self.scheme}://{_bracketed(self.host)}{port}"

    @property
    def url(self) -> str:
        """The whole address."""
        return self.origin + self.path

    @property
    def literal(self) -> Address | None:
        """The address it names, None where it is a name."""
        return _literal(self.host)


class Guard:
    """Decides where the door may go. Raises `ResearchError` with the fault `refused`."""

    def __init__(self, allowed: frozenset[str] = frozenset()) -> None:
        self._allowed = frozenset(place for entry in allowed for place in _places(entry))

    def target(self, url: str) -> Target:
        """Read an address; refuse what is no plain public web address or has more than one reading."""
        target = _parsed(url)
        if self.allows(target.host, target.port):
            return target
        if target.port not in USUAL_PORTS:
            raise _refused(url, f":{target.port}")
        address = target.literal
        if address is not None:
            if not is_public(address):
                raise _refused(url, str(address))
        elif "." not in target.host or target.host.rsplit(".", 1)[1] in _LOCAL_NAMES:
            raise _refused(url, target.host)
        return target

    def allows(self, host: str, port: int) -> bool:
        """Whether a person allowed this very server."""
        return f"{_bracketed(host)}:{port}" in self._allowed

    def check(self, url: str, host: str, port: int, addresses: list[str]) -> list[str]:
        """Judge what a name resolved to; one address that is not public spoils all."""
        if not self.allows(host, port):
            for address in addresses:
                if not is_public(ipaddress.ip_address(address)):
                    raise _refused(url, f"{host} = {address}")
        return addresses


def next_target(guard: Guard, target: Target, location: str) -> Target:
    """Read where a redirect leads, from a page's own address; what was encrypted stays encrypted."""
    try:
        url = urljoin(target.url, location.strip(" "))
    except ValueError:
        raise _refused(location, "URL") from None
    following = guard.target(url)
    if target.scheme == "https" and following.scheme == "http":
        raise _refused(url, "https -> http")
    return following


def shown(url: str) -> str:
    """An address as texts may show it: without what is asked, without user info, nothing invisible, not too long."""
    plain = "".join(char if char.isprintable() else f"\\u{ord(char):04x}" for char in url[:LONGEST_URL])
    plain = re.sub(r"(//)[^/?#]*@", r"\1", plain)
    head, mark, _ = plain.partition("?")
    cut = head.partition("#")[0] + ("?..." if mark else "")
    return redact(cut if len(cut) <= _LONGEST_SHOWN else cut[:_LONGEST_SHOWN] + "...")


def _refused(url: str, detail: str) -> ResearchError:
    return ResearchError("refused", url=shown(url), detail=detail)


def _parsed(url: str) -> Target:
    if len(url) > LONGEST_URL or _UNWANTED.search(url.replace(" ", "")):
        raise _refused(url, "URL")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise _refused(url, "URL") from None
    scheme = parts.scheme.lower()
    if scheme not in _DEFAULT_PORT:
        raise _refused(url, f"{scheme[:20]}:")
    if "@" in parts.netloc:
        raise _refused(url, "@")
    host, written = _split_place(parts.netloc)
    if written and not (written.isascii() and written.isdigit()):
        raise _refused(url, "URL")
    host = _host(host)
    if not host or port == 0:
        raise _refused(url, "URL")
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    asked = f"?{quote(parts.query, safe='/%:@!$&()*+,;=~-._?')}" if parts.query else ""
    return Target(scheme, host, port or _DEFAULT_PORT[scheme], path + asked)


def _split_place(place: str) -> tuple[str, str]:
    """Host and port of `host:port`; the brackets of an IPv6 address stay."""
    if place.startswith("["):
        host, _, port = place.rpartition("]")
        return f"{host}]", port.removeprefix(":") if port.startswith(":") or not port else "?"
    host, _, port = place.partition(":")
    return host, port


def _host(host: str) -> str:
    """The one spelling of a host, empty where it has none or is written in an odd way."""
    if host.startswith("["):
        inside = host[1:-1]
        try:
            address = ipaddress.IPv6Address(inside)
        except ValueError:
            return ""
        return "" if address.scope_id is not None else address.compressed
    name = _ascii(host).removesuffix(".")
    labels = name.split(".")
    if len(name) > _LONGEST_HOST or not all(
        _LABEL.fullmatch(label) and len(label) <= _LONGEST_LABEL for label in labels
    ):
        return ""
    if _NUMBER.fullmatch(labels[-1]):  # an address, then: in the one usual way of writing it, or not at all
        return name if host == name and isinstance(_literal(name), ipaddress.IPv4Address) else ""
    return name


def _ascii(host: str) -> str:
    if host.isascii():
        return host.lower()
    import idna  # noqa: PLC0415 - names in other scripts are few

    try:
        return idna.encode(host, uts46=True).decode("ascii").lower()
    except (idna.IDNAError, UnicodeError):
        return ""


def _literal(host: str) -> Address | None:
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _places(entry: str) -> list[str]:
    """What an entry of the list of allowed servers means: one port, or the usual ones where it names none."""
    host, port = _split_place(entry.strip())
    name = _host(host)
    if not name or (port and not (port.isascii() and port.isdigit() and 0 < int(port) <= _HIGHEST_PORT)):
        return []
    return [f"{_bracketed(name)}:{number}" for number in ([int(port)] if port else sorted(USUAL_PORTS))]


__all__ = ["Address", "Guard", "Target", "is_public", "next_target", "shown"]
