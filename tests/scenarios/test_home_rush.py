"""A crowd opens App Home while digests go out: nothing is acknowledged late, and each sees their own Home."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from bot import publishing
from bot.settings import Settings
from playground.setup import DEFAULT_PEOPLE, Person, Room, Setup
from storage import interviews
from stories.forms import Form
from tests.bot.stories.conftest import BAKER
from tests.conftest import NOW
from tests.scenarios.conftest import PATIENCE, Office, at_work

CROWD = tuple(f"p{number}" for number in range(12))
PLACES = ("one", "two", "three")


def own(name: str) -> Form:
    """What only one of them wrote up, and keeps to themself."""
    return replace(BAKER, title=f"What {name} alone heard", quotes=(f"Said to {name}.",))


async def fill(office: Office) -> None:
    """A kept story of each, and one that the channels hear."""
    world = office.world
    async with office.database.begin() as session:
        for name in CROWD:
            author, key = world.person(name).id, f"own:{name}"
            await interviews.store(
                session, world.team_id, own(name), source_key=key, author_id=author, now=NOW
            )
        told = await interviews.store(
            session, world.team_id, BAKER, source_key="told", author_id=world.person("ana").id, now=NOW
        )
        await publishing.publish(session, world.team_id, told, by=world.person("ana").id, now=NOW)


async def home_of(office: Office, name: str) -> str:
    return (await office.world.person(name).home(own(name).title, seconds=PATIENCE)).words()


async def test_a_crowd_opens_app_home_while_digests_go_out(setup: Setup, settings: Settings) -> None:
    people = (*DEFAULT_PEOPLE, *(Person(name, f"Person {name}") for name in CROWD))
    rooms = tuple(Room(place, members=("ana", *CROWD[:3]), bot=True) for place in PLACES)
    crowded = replace(setup, people=people, channels=(*setup.channels, *rooms))
    async with at_work(crowded, settings) as office:
        await fill(office)
        for place in PLACES:
            await office.tell_at_nine(place)
        before = (await office.world.waits()).sent
        await office.next_morning()
        await asyncio.gather(*(office.world.person(name).open_home() for name in CROWD))
        homes = [await home_of(office, name) for name in CROWD]
        for place in PLACES:
            await office.world.channel(place).wait_for(BAKER.title, seconds=PATIENCE)
        waits = await office.world.waits()
    assert waits.sent - before >= len(CROWD)
    assert waits.late == 0, waits
    for name, home in zip(CROWD, homes, strict=True):
        others = [own(other).title for other in CROWD if other != name]
        assert not any(title in home for title in others)
