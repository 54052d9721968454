"""Requests to the outside reach nothing of our own, and stay within bytes, seconds and their own server."""

from __future__ import annotations

import ipaddress

import pytest

from bot.guarded_addresses import Allowed, is_open
from bot.guarded_client import GuardedClient, Limits, OutgoingFailed, OutgoingRefused
from tests.bot.nps.sources.server import Answers, Asked, serving


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",  # noqa: S104 an address to refuse
        "224.0.0.1",
        "255.255.255.255",
        "::1",
        "fe80::1",
        "fd00::1",
        "ff02::1",
        "::ffff:127.0.0.1",
        "64:ff9b::a9fe:a9fe",
        "2002:7f00:0001::",
    ],
)
def test_our_own_and_nobodys_addresses_are_not_the_open_internet(address: str) -> None:
    assert not is_open(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", ["1.1.1.1", "2606:4700:4700::1111", "64:ff9b::101:101"])
def test_other_peoples_addresses_are(address: str) -> None:
    assert is_open(ipaddress.ip_address(address))


def test_an_operator_lets_places_and_networks_through() -> None:
    allowed = Allowed.of(["survey.internal:8080", " 10.0.0.0/8 ", "other", ""])
    assert allowed.place("Survey.Internal", 8080)
    assert not allowed.place("survey.internal", 443)
    assert allowed.place("other", 1)
    assert allowed.address(ipaddress.ip_address("10.9.9.9"))
    assert not allowed.address(ipaddress.ip_address("192.168.0.1"))
    with pytest.raises(ValueError, match="host:port"):
        Allowed.of(["host:99999"])


async def test_a_private_address_is_refused_by_name_and_by_number() -> None:
    async with GuardedClient() as client:
        for url in ("https://localhost/", "https://127.0.0.1/", "https://[::1]/", "https://169.254.169.254/"):
            with pytest.raises(OutgoingRefused, match="open internet"):
                await client.get(url)


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("http://example.com/", "without encryption"),
        ("https://me:secret@example.com/", "name and a password"),
        ("ftp://example.com/", "no address"),
        ("file:///etc/passwd", "no address"),
        ("https://[::1", "no address"),
        ("https://ä..example/", "no address"),
    ],
)
async def test_what_is_no_plain_https_address_is_refused(url: str, why: str) -> None:
    async with GuardedClient() as client:
        with pytest.raises(OutgoingRefused, match=why):
            await client.get(url)


async def test_a_place_that_is_let_through_answers() -> None:
    def handler(asked: Asked) -> Answers:
        return Answers(body={"path": asked.path, "query": asked.query, "agent": asked.headers["user-agent"]})

    async with serving(handler) as server, GuardedClient(Allowed.of([server.place])) as client:
        reply = await client.get(f"{server.url}/a", params={"q": "1"})
        assert reply.json() == {"path": "/a", "query": {"q": "1"}, "agent": "Firsthand"}
        assert (await client.post(f"{server.url}/b", body={})).status == 200


async def test_redirects_stay_on_the_server() -> None:
    def handler(asked: Asked) -> Answers:
        where = {
            "/here": "/there",
            "/away": "https://example.com/",
            "/round": "/round",
            "/bad": "http://a:x/",
        }
        if asked.path in where:
            return Answers(status=302, headers={"location": where[asked.path]})
        return Answers(body={"key": asked.headers.get("x-key")})

    async with serving(handler) as server, GuardedClient(Allowed.of([server.place])) as client:
        reply = await client.get(f"{server.url}/here", headers={"x-key": "k"})
        assert reply.json() == {"key": "k"}
        with pytest.raises(OutgoingRefused, match="key must not go"):
            await client.get(f"{server.url}/away", headers={"x-key": "k"})
        with pytest.raises(OutgoingFailed, match="broke off"):
            await client.get(f"{server.url}/bad")
        with pytest.raises(OutgoingRefused, match="circle"):
            await client.get(f"{server.url}/round")
        with pytest.raises(OutgoingRefused, match="does not follow"):
            await client.post(f"{server.url}/here", body={})


async def test_names_and_keys_that_cannot_be_are_refused_in_words() -> None:
    async with GuardedClient() as client:
        for host in ("a..example", f"{'a' * 64}.example"):
            with pytest.raises(OutgoingFailed, match="cannot be reached"):
                await client.get(f"https://{host}/")
        with pytest.raises(OutgoingRefused, match="copy it anew"):
            await client.get("https://example.com/", headers={"authorization": "Bearer schlüssel"})


async def test_answers_are_bounded_and_trouble_is_said_in_words() -> None:
    def handler(asked: Asked) -> Answers:
        if asked.path == "/large":
            return Answers(body=b"x" * 3_000_000)
        return Answers(body=b"no json, and cut off", dropped=asked.path == "/dropped")

    limits = Limits(most_bytes=2_000_000)
    async with serving(handler) as server, GuardedClient(Allowed.of([server.place]), limits) as client:
        with pytest.raises(OutgoingRefused, match="larger than 2 MB"):
            await client.get(f"{server.url}/large")
        with pytest.raises(OutgoingFailed, match="broke off"):
            await client.get(f"{server.url}/dropped")
        with pytest.raises(OutgoingFailed, match="no JSON"):
            (await client.get(f"{server.url}/plain")).json()
    async with GuardedClient(Allowed.of([server.place])) as client:
        with pytest.raises(OutgoingFailed, match="cannot be reached"):
            await client.get(server.url)
