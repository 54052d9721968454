"""A colleague who uses Slack in German beside others who use it in English."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from bot.settings import Settings
from playground.setup import Room, Setup
from storage import channels, languages
from tests.scenarios.conftest import PATIENCE, Office, at_work
from tests.scenarios.test_journey import write_up


@pytest.fixture
async def office(setup: Setup, settings: Settings) -> AsyncIterator[Office]:
    """Ana uses Slack in German, everybody else in English."""
    first, *others = setup.people
    assert first.handle == "ana"
    people = (replace(first, locale="de-DE"), *others)
    rooms = (*setup.channels, Room("product", members=("ana", "ben"), bot=True))
    async with at_work(replace(setup, people=people, channels=rooms), settings) as open_office:
        yield open_office


async def test_each_is_spoken_to_in_their_own_language_and_a_channel_in_its_own(office: Office) -> None:
    world = office.world
    ana, ben = world.person("ana"), world.person("ben")
    await office.tell_at_nine("pilot")
    await office.tell_at_nine("product")
    async with office.database.begin() as session:
        second = await channels.get(session, world.team_id, (await office.channel_id("product")))
        assert second is not None
        await channels.save(session, world.team_id, replace(second, language="de"), now=await world.now())

    await ben.command("/interview", channel="pilot")
    await ben.modal(holding="Who did you talk with?")
    await ana.command("/interview", channel="pilot")
    await ana.modal(holding="Mit wem hast du gesprochen?")
    await write_up(ana, refused="mindestens einen Buchstaben")
    await (await ana.modal()).submit()
    async with office.database.read() as session:
        assert await languages.of_place(session, world.team_id, ana.id) == "de-DE"

    await office.next_morning()
    english = await world.channel("pilot").wait_for("undertaker", seconds=PATIENCE)
    german = await world.channel("product").wait_for("undertaker", seconds=PATIENCE)
    assert "What happened" in english.words()
    assert "Was passiert ist" in german.words()
    assert "16. November 2026" in german.words()
    await ben.click(german, "story_thought")
    await world.channel("product").wait_for("Regt zum Nachdenken an · 1", seconds=PATIENCE)
