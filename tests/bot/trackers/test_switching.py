"""Switched on from /why by whoever may change the project, and each thing in the way is said."""

from __future__ import annotations

import re
from dataclasses import dataclass

import httpx
import pytest
from starlette.applications import Starlette

from bot import ids
from bot.trackers.endpoint import tracker_routes
from playground.client import Modal
from storage import people, trackers
from tests.bot.avatars.conftest import QUOTABLE, House, house
from tests.bot.avatars.test_why import WORDS, set_up
from tests.bot.trackers.conftest import ON_TOPIC
from tests.bot.trackers.fake_github import LOGIN, TOKEN, FakeGitHub
from tests.conftest import WORKSPACE

__all__ = ["house"]


@dataclass
class Window:
    """The window behind the button, in Ben's hands."""

    house: House
    github: FakeGitHub

    async def open(self, by: str = "ben") -> Modal:
        who = self.house.person(by)
        await who.command("/why", channel="pilot")
        await who.click(await who.modal(), ids.BEYOND_OPEN)
        return await who.modal()

    async def switch_on(self, modal: Modal, **fields: object) -> Modal:
        """What stands after the form was sent."""
        usual = {"place": f"{self.github.server.url}/acme/app", "label": "customer", "token": TOKEN}
        await modal.fill({**usual, **fields})
        await modal.submit()
        return await self.house.person("ben").modal()

    async def errors(self) -> dict[str, str]:
        return dict(await self.house.person("ben").errors())


@pytest.fixture
async def window(house: House, github: FakeGitHub) -> Window:
    await house.story(QUOTABLE)
    await set_up(house)
    return Window(house, github)


async def test_from_the_button_to_the_first_comment_and_off_again(window: Window) -> None:
    house, github = window.house, window.github
    shown = await window.switch_on(await window.open())
    address = re.search(r"https://firsthand\.example\.com(/trackers/github/[\w-]+)", shown.words())
    secret = re.search(r"\*Secret\*\s+([\w-]{40,})", shown.words())
    assert address is not None
    assert secret is not None
    assert TOKEN not in shown.words()
    issue = github.issue(**ON_TOPIC)
    transport = httpx.ASGITransport(app=Starlette(routes=tracker_routes(house.desk)))
    async with httpx.AsyncClient(transport=transport, base_url="http://firsthand.test") as web:
        headers, body = github.about("opened", issue, secret[1])
        assert (await web.post(address[1], content=body, headers=headers)).json() == {"did": "comment"}
    await github.server.until(lambda: len(issue.comments) == 1)
    assert WORDS[:20] in next(iter(issue.comments.values()))
    shown = await window.open()
    for words in (LOGIN, "1 comment stands there", "called last on"):
        assert words in shown.words()
    assert TOKEN not in str(shown.raw)
    assert secret[1] not in str(shown.raw)
    await shown.fill({"choices": ["off"]})
    await shown.submit()
    await github.server.until(lambda: not issue.comments)
    async with house.desk.read() as session:
        assert await trackers.in_need(session, WORKSPACE, most=5) == ()
    acts = {row[0] for row in await house.rows("SELECT act FROM audit")}
    assert {"tracker_on", "tracker_off"} <= acts


WRONG: tuple[tuple[dict[str, object], str, str], ...] = (
    ({"place": "nonsense"}, "place", "https://github.com/acme/app"),
    ({"token": "another"}, "token", "refuses the token"),
    ({"token": "two words"}, "token", "no token"),
    ({"token": "tökén"}, "token", "no token"),
    ({"label": "!!!"}, "label", "which label"),
    ({"place": "http://127.0.0.1:1/acme/app"}, "token", "encryption"),
    ({"place": "https://10.0.0.1/acme/app"}, "token", "open internet"),
)


async def test_what_stands_in_the_way_is_said_beside_its_field(window: Window) -> None:
    modal = await window.open()
    for fields, field, said in WRONG:
        await window.switch_on(modal, **fields)
        assert said in (await window.errors())[field]
    window.github.app.private = False
    await window.switch_on(modal)
    assert "private repositories alone" in (await window.errors())["place"]
    window.github.app.private, window.github.app.outside = True, ["freelancer"]
    await window.switch_on(modal)
    assert "An editor can allow it" in (await window.errors())["choices"]
    await window.switch_on(modal, choices=["outsiders"])
    assert "Only an editor" in (await window.errors())["choices"]
    async with window.house.desk.begin() as session:
        ben, now = window.house.person("ben").id, window.house.desk.now()
        await people.grant(session, WORKSPACE, ben, "editor", by="U1", now=now)
    shown = await window.switch_on(modal, choices=["outsiders"])
    assert "Payload URL" in shown.words()


async def test_others_have_no_such_button_and_without_an_address_it_says_why_not(window: Window) -> None:
    noor = window.house.person("noor")
    await noor.command("/why", channel="pilot")
    assert ids.BEYOND_OPEN not in (await noor.modal()).actions()
    object.__setattr__(window.house.desk.settings, "firsthand_address", None)
    shown = await window.open()
    assert "FIRSTHAND_ADDRESS" in shown.words()
    assert "Socket Mode" in shown.words()
    assert shown.raw.get("submit") is None
