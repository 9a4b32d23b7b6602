"""Whose a connection is: the address it comes from, or the one that a trusted proxy names in X-Forwarded-For."""

from collections.abc import Iterable, Sequence
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
    ip_network,
)
from typing import NamedTuple

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network
_ONE_CLIENT_IPV6 = 64
"""Bits. A provider gives each customer a network of this size: every address in it is the customer's."""


class Origins(NamedTuple):
    """Where connections come from that are not just anybody's.

    `telegram` sends updates. What `proxies` say of their clients is believed; nobody else's word is.
    """

    telegram: tuple[Network, ...] = ()
    proxies: tuple[Network, ...] = ()


ANYBODY = Origins()
"""No connection is more than just anybody's."""


def address_of(host: str) -> Address:
    """Read an address; an IPv4 address in the form ::ffff:192.0.2.1 is IPv4. Raises ValueError."""
    address = ip_address(host)
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return mapped or address


def within(address: Address, networks: Iterable[Network]) -> bool:
    """Tell whether an address is of one of these networks."""
    return any(address in network for network in networks)


def one_client(address: Address) -> Address | Network:
    """Return what all addresses of one client have in common."""
    if isinstance(address, IPv4Address):
        return address
    return ip_network((int(address), _ONE_CLIENT_IPV6), strict=False)


def client_of(peer: Address, forwarded: Sequence[str], proxies: Sequence[Network]) -> Address:
    """Return for whom a connection speaks.

    `forwarded` are the values of X-Forwarded-For in the order of the request. Each proxy adds whom it was asked by
    at the end, so the last address that is no trusted proxy is the client; what stands before it, the client may
    have made up. The proxy itself is returned where nobody is named.
    """
    client = peer
    for hop in reversed(",".join(forwarded).split(",")):
        if not within(client, proxies):
            break
        named = _hop(hop)
        if named is None:
            break
        client = named
    return client


def _hop(written: str) -> Address | None:
    """Read one address of X-Forwarded-For, which may have a port; None for what is no address."""
    host = written.strip()
    if host.startswith("["):
        host = host[1:].partition("]")[0]
    elif host.count(":") == 1:
        host = host.partition(":")[0]
    try:
        return address_of(host)
    except ValueError:
        return None
