"""Whose a connection is: proxies that are trusted say it, and nobody else."""

from ipaddress import ip_network

import pytest

from bot.delivery.web.clients import Address, address_of, client_of, one_client

PROXIES = (ip_network("127.0.0.0/8"), ip_network("10.1.0.0/16"), ip_network("::1"))


@pytest.mark.parametrize(
    ("peer", "forwarded", "client"),
    [
        ("127.0.0.1", [], "127.0.0.1"),
        ("127.0.0.1", ["203.0.113.7"], "203.0.113.7"),
        ("127.0.0.1", ["149.154.160.9, 203.0.113.7"], "203.0.113.7"),
        ("127.0.0.1", ["149.154.160.9", "203.0.113.7"], "203.0.113.7"),
        ("127.0.0.1", ["203.0.113.7,10.1.0.2"], "203.0.113.7"),
        ("127.0.0.1", ["149.154.160.9, 203.0.113.7, 10.1.0.2 , 127.0.0.9"], "203.0.113.7"),
        ("127.0.0.1", ["10.1.0.3, 10.1.0.2"], "10.1.0.3"),
        ("127.0.0.1", ["203.0.113.7:4711"], "203.0.113.7"),
        ("127.0.0.1", ["[2001:db8::7]:4711"], "2001:db8::7"),
        ("127.0.0.1", ["[2001:db8::7]"], "2001:db8::7"),
        ("127.0.0.1", ["2001:db8::7"], "2001:db8::7"),
        ("::1", ["::ffff:203.0.113.7"], "203.0.113.7"),
        ("127.0.0.1", ["149.154.160.9, unknown"], "127.0.0.1"),
        ("127.0.0.1", ["149.154.160.9,"], "127.0.0.1"),
        ("127.0.0.1", ["149.154.160.9, _hidden, 10.1.0.2"], "10.1.0.2"),
        ("203.0.113.7", ["149.154.160.9"], "203.0.113.7"),
        ("::ffff:203.0.113.7", ["149.154.160.9"], "203.0.113.7"),
        ("203.0.113.7", ["127.0.0.1"], "203.0.113.7"),
    ],
)
def test_a_proxy_names_its_client_and_nobody_else_is_believed(
    peer: str, forwarded: list[str], client: str
) -> None:
    assert client_of(address_of(peer), forwarded, PROXIES) == address_of(client)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("203.0.113.7", "203.0.113.7", True),
        ("203.0.113.7", "203.0.113.8", False),
        ("203.0.113.7", "::ffff:203.0.113.7", True),
        ("2001:db8:0:1::7", "2001:db8:0:1:ffff::8", True),
        ("2001:db8:0:1::7", "2001:db8:0:2::7", False),
        ("fe80::1%2", "fe80::2", True),
    ],
)
def test_a_network_that_one_client_has_is_one(one: str, other: str, same: bool) -> None:
    def whose(host: str) -> object:
        address: Address = address_of(host)
        return one_client(address)

    assert (whose(one) == whose(other)) is same
