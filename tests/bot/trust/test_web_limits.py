"""Whoever asks too often is sent away before anything is looked at, told apart by where they come from."""

from __future__ import annotations

import httpx
import pytest
from starlette.applications import Starlette
from starlette.types import Receive, Scope, Send

from bot.app import create_app
from bot.desk import Desk
from bot.nps.pushing.endpoint import PATH as PUSH
from bot.web import create_web
from bot.web_limits import FREE, MOST_A_MINUTE, UNKNOWN, ByAddress, client_of


class Inside:
    """What stands behind the door: counts who comes in."""

    def __init__(self) -> None:
        self.came = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.came += 1
        await Starlette()(scope, receive, send)


def asking(app: ByAddress, address: str = "203.0.113.7") -> httpx.AsyncClient:
    transport = httpx.ASGITransport(app, client=(address, 50_000))
    return httpx.AsyncClient(transport=transport, base_url="http://firsthand")


async def test_who_asks_too_often_waits_and_others_do_not() -> None:
    moment, inside = [0.0], Inside()
    door = ByAddress(inside, seconds=lambda: moment[0])
    most = MOST_A_MINUTE["/your-words/"]
    async with asking(door) as one, asking(door, "203.0.113.8") as other:
        for _ in range(most):
            assert (await one.get("/your-words/x")).status_code == 404
        refused = await one.get("/your-words/y")
        assert refused.status_code == 429
        assert refused.headers["retry-after"] == "2"
        assert inside.came == most, "nothing was looked at"
        assert (await other.get("/your-words/x")).status_code == 404
        moment[0] += 2
        assert (await one.get("/your-words/x")).status_code == 404


@pytest.mark.parametrize("path", FREE)
async def test_slack_and_those_who_ask_whether_it_is_well_are_not_counted(path: str) -> None:
    door = ByAddress(Inside(), seconds=lambda: 0.0)
    async with asking(door) as one:
        answers = [(await one.get(path)).status_code for _ in range(300)]
    assert 429 not in answers


async def test_of_keys_nobody_tries_more_than_so_many(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(MOST_A_MINUTE, "/api/", 2)
    web = create_web(create_app(desk), desk)
    transport = httpx.ASGITransport(web)
    async with httpx.AsyncClient(transport=transport, base_url="http://firsthand") as http:
        keys = [f"Bearer fh.{number}.x" for number in range(3)]
        answers = [await http.post(PUSH, headers={"authorization": key}) for key in keys]
    assert [answer.status_code for answer in answers] == [401, 401, 429]
    assert "too many requests" in answers[-1].json()["error"]


def scope(peer: str | None, *forwarded: str) -> Scope:
    headers = [(b"x-forwarded-for", one.encode()) for one in forwarded]
    return {"type": "http", "client": (peer, 1) if peer else None, "headers": headers}


@pytest.mark.parametrize(
    ("there", "proxies", "client"),
    [
        (scope("10.0.0.1", "203.0.113.9"), 0, "10.0.0.1"),
        (scope("10.0.0.1", "6.6.6.6, 203.0.113.9"), 1, "203.0.113.9"),
        (scope("10.0.0.1", "6.6.6.6", "203.0.113.9, 10.0.0.2"), 2, "203.0.113.9"),
        (scope("10.0.0.1"), 1, "10.0.0.1"),
        (scope("10.0.0.1", "<script>"), 1, UNKNOWN),
        (scope("2001:db8:1:2:3::4"), 0, "2001:db8:1:2::/64"),
        (scope("2001:db8:1:2:ffff::4"), 0, "2001:db8:1:2::/64"),
        (scope(None), 0, UNKNOWN),
    ],
)
def test_who_asks_is_taken_from_a_header_only_where_the_operator_says_so(
    there: Scope, proxies: int, client: str
) -> None:
    assert client_of(there, proxies) == client
