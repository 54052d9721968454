"""Bad input is met with plain words, and nobody else's page or person gets in between."""

from __future__ import annotations

import json

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus
from websockets.typing import Origin

from playground.client import Playground
from playground.model import Change
from playground.page.live import concerns
from playground.setup import Setup
from tests.playground.page.conftest import PEOPLE, ROOMS, Page


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("send", b"{"),
        ("send", b"[]"),
        ("send", b"[" * 100_000),
        ("send", b'{"as": 5, "text": {}}'),
        ("send", b'{"as": "ana", "channel": ["x"], "text": null}'),
        ("click", b'{"as": "ana", "channel": "C0", "ts": "1", "action_id": {}}'),
        ("click", b'{"as": "ana", "view_id": "V404", "action_id": "x", "values": []}'),
        ("submit", b'{"as": "ana", "view_id": "V404", "values": "x"}'),
        ("react", b'{"as": "ana", "channel": "C0", "ts": "x", "name": 7}'),
        ("open", b'{"as": "nobody"}'),
        ("close", b'{"as": "ana", "view_id": {}}'),
        ("shortcut", b'{"as": "ana", "callback_id": "unknown"}'),
        ("send", b'{"text": "' + b"x" * 1_100_000 + b'"}'),
    ],
    ids=lambda value: str(value)[:50],
)
async def test_bad_input_gets_plain_words(page: Page, path: str, body: bytes) -> None:
    headers = {"content-type": "application/json"}
    answer = await page.http.post(f"/page/{path}", content=body, headers=headers)
    assert answer.status_code == 400
    assert answer.json()["error"]
    assert "Traceback" not in answer.text


@pytest.mark.parametrize(
    "query",
    [{"limit": "many"}, {"limit": "-5"}, {"new_after": "soon"}, {"limit": "99999999"}, {"new_after": "²"}],
)
async def test_odd_queries_are_met_with_messages_all_the_same(page: Page, query: dict[str, str]) -> None:
    page.say("pilot", "ben", "here")
    assert len((await page.get("messages", channel=page.room("pilot"), **query))["items"]) == 1


async def test_another_site_cannot_act_here(page: Page) -> None:
    body = {"as": "ana", "channel": page.room("pilot"), "text": "hi"}
    foreign = await page.http.post("/page/send", json=body, headers={"origin": "https://elsewhere.example"})
    as_form = await page.http.post("/page/send", content=str(body), headers={"content-type": "text/plain"})
    assert (foreign.status_code, as_form.status_code) == (400, 400)
    own = await page.http.post("/page/send", json=body, headers={"origin": "http://page.test"})
    assert own.status_code == 200


async def test_another_site_cannot_listen_here() -> None:
    async with Playground.start(Setup(people=PEOPLE, channels=ROOMS)) as world:
        address = f"{world.url.replace('http', 'ws')}/page/live?as=ana"
        with pytest.raises(InvalidStatus):
            await connect(address, origin=Origin("https://elsewhere.example"))
        async with connect(address, origin=Origin(world.url)) as line:
            await world.person("ben").say("hello", "pilot")
            news = json.loads(await line.recv())
            assert (news["kind"], news["channel"][0]) == ("message", "C")


async def test_live_news_is_only_what_a_person_can_see(page: Page) -> None:
    ana, ben = (page.ws.users[page.ws.handles[name]] for name in ("ana", "ben"))
    modal = Change(1, "modal", user_id=ana.id)
    secret = Change(2, "message", page.room("secret"))
    assert concerns(page.ws, ana, modal)
    assert not concerns(page.ws, ben, modal)
    assert concerns(page.ws, ana, secret)
    assert not concerns(page.ws, ben, secret)
    assert concerns(page.ws, ben, Change(3, "clock"))
