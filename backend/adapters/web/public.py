"""Which IP addresses are of the open internet."""

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import Final

# Beyond what Python's own tables say (they differ from release to release): the IANA registries of special addresses.
_NOT_PUBLIC_4: Final = tuple(
    IPv4Network(block)
    for block in (
        "0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24 "
        "192.31.196.0/24 192.52.193.0/24 192.88.99.0/24 192.168.0.0/16 192.175.48.0/24 198.18.0.0/15 198.51.100.0/24 "
        # and one that looks public, at which a cloud gives its machines their secrets
        "203.0.113.0/24 224.0.0.0/4 240.0.0.0/4 168.63.129.16/32"
    ).split()
)
_GLOBAL_6: Final = IPv6Network("2000::/3")
_TRANSLATED: Final = IPv6Network("64:ff9b::/96")
# Protocol assignments (Teredo among them), documentation, and 6to4, in which any IPv4 address can be written.
_NOT_PUBLIC_6: Final = tuple(
    IPv6Network(block) for block in ("2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20")
)


def is_public(address: str) -> bool:
    """Whether a numeric address is one of the open internet. Of addresses that carry another inside, only those of NAT64
    with a public one are: a machine with IPv6 alone reaches every IPv4 site by them."""
    try:
        ip = ip_address(address)
    except ValueError:
        return False
    if isinstance(ip, IPv4Address):
        return ip.is_global and not ip.is_multicast and not any(ip in block for block in _NOT_PUBLIC_4)
    if ip.scope_id is not None:
        return False
    if ip in _TRANSLATED:
        return is_public(str(IPv4Address(int(ip) & 0xFFFFFFFF)))
    return _is_public_6(ip)


def _is_public_6(ip: IPv6Address) -> bool:
    return ip in _GLOBAL_6 and ip.is_global and not any(ip in block for block in _NOT_PUBLIC_6)
