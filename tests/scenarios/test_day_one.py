"""Day one: from a fresh install to the first story in a channel, with every click counted."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest

from bot import ids
from bot.settings import Settings
from playground.client import Clickable, Person
from playground.setup import Setup
from tests.scenarios.conftest import PATIENCE, Office, at_work

MOST_CLICKS = 15


@dataclass
class Hand:
    """Somebody's hand on the mouse: presses and choices are counted, typing is not."""

    person: Person
    clicks: int = 0

    async def open_home(self) -> None:
        self.clicks += 1
        await self.person.open_home()

    async def press(self, at: Clickable, action_id: str, block_id: str = "") -> None:
        self.clicks += 1
        await self.person.click(at, action_id, block_id=block_id)

    async def go_on(self, chosen: dict[str, str] | None = None, **typed: str) -> None:
        """Choose and type in the modal in front, and press its button."""
        self.clicks += 1 + len(chosen or {})
        outcome = await self.person.submit({**(chosen or {}), **typed})
        assert outcome["ok"], outcome


@pytest.fixture
async def over_http(setup: Setup, settings: Settings) -> AsyncIterator[Office]:
    """The bot at work, Slack's requests coming in over signed HTTP."""
    async with at_work(setup, settings, mode="http") as office:
        yield office


async def set_up_channel(hand: Hand, name: str) -> None:
    home = await hand.person.home("Choose a pilot channel", seconds=PATIENCE)
    await hand.press(home, ids.HOME_CHANNEL)
    await choose_channel(hand, name)
    await hand.person.modal("Customer stories here", seconds=PATIENCE)
    await hand.go_on()
    await hand.person.modal("Which stories", seconds=PATIENCE)
    await hand.go_on()


async def choose_channel(hand: Hand, name: str) -> None:
    """Choosing is enough: no button is pressed."""
    hand.clicks += 1
    await (await hand.person.modal("A pilot channel")).fill({"channel": name})


async def write_up(hand: Hand) -> None:
    home = await hand.person.home("Pilot channel:", seconds=PATIENCE)
    await hand.press(home, ids.INTERVIEW_OPEN, block_id="next_step")
    await hand.person.modal("conversation", seconds=PATIENCE)
    await hand.go_on({"name": "Nia Prothero", "how": "visit"})
    await hand.go_on(trying_to="Get the family's papers ready by noon.", happened="She prints every form.")
    await hand.go_on(quote_0="Paper doesn't ask me to log in.")
    await hand.go_on(meaning="Logging in is the obstacle.")
    await hand.go_on({"sharing": "without_name"})
    await hand.go_on()


async def test_from_install_to_the_first_story_in_a_channel_in_fifteen_clicks(over_http: Office) -> None:
    world = over_http.world
    hand = Hand(world.person("ana"))
    await hand.open_home()
    await set_up_channel(hand, "pilot")
    assert await world.channel("pilot").messages() == [], "setting a channel up posts nothing"
    await write_up(hand)
    await over_http.next_morning()
    story = await world.channel("pilot").wait_for("Paper doesn't ask me to log in.", seconds=PATIENCE)
    assert "Prothero" not in story.words()
    assert hand.clicks <= MOST_CLICKS


async def test_a_channel_the_bot_is_not_in_says_how_to_invite_it(over_http: Office) -> None:
    hand = Hand(over_http.world.person("ana"))
    await hand.open_home()
    home = await hand.person.home("Choose a pilot channel", seconds=PATIENCE)
    await hand.press(home, ids.HOME_CHANNEL)
    await choose_channel(hand, "general")

    async def told() -> bool:
        return "I’m not in #general" in (await hand.person.modal("A pilot channel")).words()

    await over_http.world.until(told, "how to invite the bot", seconds=PATIENCE)


ASKING = ("/stories", "/stories mine", "/stories random", "/stories search invoices", "/firsthand status")


async def answer_to(typed: str, office: Office) -> str:
    """What somebody reads who types this in #pilot."""
    ana = office.world.person("ana")
    before = len(await ana.ephemerals("pilot"))

    async def answer() -> str:
        return " ".join(message.words() for message in (await ana.ephemerals("pilot"))[before:])

    await ana.command(typed, channel="pilot")
    return await office.world.until(answer, f"an answer to {typed}", seconds=PATIENCE)


async def test_each_command_and_a_digest_on_an_empty_database_say_what_to_do_next(over_http: Office) -> None:
    for typed in ASKING:
        words = await answer_to(typed, over_http)
        assert "/firsthand" in words or "/interview" in words, typed
    ana = over_http.world.person("ana")
    await ana.command("/firsthand digest now", channel="pilot")
    assert "/interview" in (await ana.modal("Stories for this channel", seconds=PATIENCE)).words()
