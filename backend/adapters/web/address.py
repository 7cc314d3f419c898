"""An address as somebody typed it -> scheme, host, port and target, or a refusal.

Strict on purpose: two readers of one address may take it for two hosts, and then one is checked and the other reached.
What a browser would quietly repair is refused here, and what is left means the same to everybody.
"""

import re
from ipaddress import AddressValueError, IPv4Address, IPv6Address
from typing import Final, NamedTuple
from urllib.parse import quote

import idna

from backend.adapters.web.refusals import INSTEAD, AddressRefused

MAX_ADDRESS: Final = 2_000
"""Characters."""
_PORTS: Final = {"http": 80, "https": 443}
_ADDRESS = re.compile(r"(https?)://([^/?#]*)([^#]*)(?:#.*)?", re.IGNORECASE)
_V6 = re.compile(r"\[([0-9a-fA-F:.]+)\](?::([1-9]\d{0,4}))?")
_NAMED = re.compile(r"([^:\[\]%]+)(?::([1-9]\d{0,4}))?")
_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")
# What some readers take for a number, and so for an address: 0x7f, 017, 2130706433.
_NUMERIC = re.compile(r"\d+|0x[0-9a-f]*")
_FORBIDDEN = re.compile(r"[\x00-\x20\x7f-\xa0\\\ud800-\udfff<>\"]")
_INNER_NAMES = (
    ".localhost",
    ".local",
    ".localdomain",
    ".internal",
    ".intranet",
    ".lan",
    ".home.arpa",
    ".onion",
    ".test",
)
_KEPT = "/?:@!$&'()*+,;=-._~%[]"


class WebAddress(NamedTuple):
    """`host` is an ASCII name in lower case, or an IP address without brackets; `target` the path and the query."""

    scheme: str
    host: str
    port: int
    target: str

    @property
    def authority(self) -> str:
        """The host as it stands in an address and in a Host header."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"

    def __str__(self) -> str:
        return f"{self.scheme}://{self.authority}{self.target}"


def parsed_address(text: str, ports: frozenset[int] = frozenset(_PORTS.values())) -> WebAddress:
    """Raises AddressRefused, with what is wrong."""
    text = text.strip(" \r\n\t")
    if len(text) > MAX_ADDRESS:
        raise _refused(f"it is longer than {MAX_ADDRESS:,} characters")
    if _FORBIDDEN.search(text):
        raise _refused("it holds a character that no address has, such as a space or a backslash")
    match = _ADDRESS.fullmatch(text)
    if match is None:
        raise _refused("only addresses that begin with http:// or https:// are")
    scheme, authority = match[1].lower(), match[2]
    if "@" in authority:
        raise _refused("it holds a name or a password before an @")
    host, port_written = _host_and_port(authority)
    port = int(port_written) if port_written else _PORTS[scheme]
    if port not in ports:
        raise _refused("only the ports 80 and 443 are")
    target = quote(match[3], safe=_KEPT)
    return WebAddress(scheme, host, port, target if target.startswith("/") else f"/{target}")


def _host_and_port(authority: str) -> tuple[str, str | None]:
    if match := _V6.fullmatch(authority):
        try:
            return str(IPv6Address(match[1])), match[2]
        except AddressValueError:
            raise _refused("its host is no IPv6 address") from None
    match = _NAMED.fullmatch(authority)
    if match is None:
        raise _refused("its host cannot be read")
    return _name(match[1]), match[2]


def _name(written: str) -> str:
    host = written.lower()
    if not host.isascii():
        try:
            # As registered, without the mappings that make "１２７" or "ⓛocalhost" something else; one kind of dot.
            host = idna.encode(host, strict=True, std3_rules=True).decode("ascii")
        except idna.IDNAError:
            raise _refused("its host is no internationalised name") from None
    host = host.removesuffix(".")
    labels = host.split(".")
    if len(host) > 253 or not all(_LABEL.fullmatch(label) for label in labels):
        raise _refused("its host is no name")
    if _NUMERIC.fullmatch(labels[-1]):
        try:
            return str(IPv4Address(host))  # four decimal numbers without leading zeros
        except AddressValueError:
            raise _refused("its host is a number in a form that is easily mistaken") from None
    if len(labels) < 2 or f".{host}".endswith(_INNER_NAMES):
        raise _refused("its host is a name of an inner network")
    return host


def _refused(why: str) -> AddressRefused:
    return AddressRefused(f"The address was not fetched: {why}. {INSTEAD}")
