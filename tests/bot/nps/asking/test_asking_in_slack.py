"""Questions about NPS put to the bot at work: the command, a mention, a direct message, clicks."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot import ids
from bot.settings import Settings
from demo.workspace import manifest
from playground.client import Person, PlaygroundError
from playground.seen import SeenMessage
from playground.setup import UNHURRIED, Room, Setup
from storage import nps_answers, nps_figures, nps_follows, nps_sources
from storage.nps_answers import Answer
from storage.nps_figures import Figure
from storage.nps_follows import Follow
from tests.bot.nps.asking.conftest import year
from tests.bot.nps.asking.test_watching import ENTERPRISE, weeks
from tests.bot.nps.asking.test_worth import months
from tests.bot.stories.conftest import PEOPLE
from tests.conftest import NOW
from tests.scenarios.conftest import Office, at_work


@asynccontextmanager
async def answering(settings: Settings, mode: str) -> AsyncIterator[Office]:
    """The whole bot, with half a year of answers."""
    rooms = (
        Room("general", members=("ana", "ben", "gus")),
        Room("pilot", members=("ana", "ben"), bot=True),
        Room("lounge", members=("ana", "ben"), bot=True),
    )
    setup = Setup(people=PEOPLE, channels=rooms, manifest=manifest(), start=NOW, tuning=UNHURRIED)
    async with at_work(setup, settings, mode=mode) as open_office:
        source = await new_source(open_office, "Survey")
        async with open_office.database.begin() as session:
            await nps_answers.take_in(session, open_office.world.team_id, source, year(days=200))
        yield open_office


@pytest.fixture
async def office(settings: Settings) -> AsyncIterator[Office]:
    """It is at work over HTTP."""
    async with answering(settings, "http") as open_office:
        yield open_office


async def new_source(office: Office, name: str) -> int:
    """A source whose comments may be shown."""
    async with office.database.begin() as session:
        team = office.world.team_id
        source = await nps_sources.create(session, team, kind="file", name=name, now=NOW)
        await nps_sources.share_verbatims(session, team, source, shared=True)
    return source


def silently(answers: list[Answer]) -> list[Answer]:
    """The same without comments, which would all be made findable meanwhile."""
    return [replace(one, comment="") for one in answers]


async def seen(office: Office, person: Person, text: str, channel: str = "pilot") -> SeenMessage:
    """The newest message that only this person sees there, once it holds the text."""

    async def look() -> SeenMessage | None:
        found = await person.ephemerals(channel)
        return next((message for message in reversed(found) if text in message.words()), None)

    return await office.world.until(look, f"{text!r} for {person.handle}")


async def as_minutes_pass(office: Office, text: str) -> SeenMessage:
    """A message of the channel, while time goes on: what meets a digest that is due waits for a minute.

    The bot looks at the clock twice a second: before it has seen a minute pass, there need not be another.
    """
    for _minute in range(20):
        await office.world.advance(timedelta(minutes=1))
        with suppress(PlaygroundError):
            return await office.world.channel("pilot").wait_for(text, seconds=1)
    raise PlaygroundError(f"no {text!r} within twenty minutes")


async def test_asking_by_command_mention_and_in_private_and_following(office: Office) -> None:
    ana, gus, world = office.world.person("ana"), office.world.person("gus"), office.world
    await ana.say("@firsthand what’s our nps in apac?", "pilot")
    await seen(office, ana, "APAC: NPS")
    assert not any("APAC: NPS" in message.words() for message in await world.channel("pilot").messages())
    await ana.say("nps by plan")
    await world.channel(await ana.dm()).wait_for("NPS by plan", as_="ana")
    await gus.command("/nps", channel="general")
    await seen(office, gus, "can’t tell guests", "general")

    await ana.command("/nps enterprise", channel="pilot")
    first = await seen(office, ana, "Enterprise: NPS")
    await ana.pick(first, ids.NPS_PERIOD, "last month")
    changed = await seen(office, ana, "1 October 2026 to 31 October 2026", "pilot")
    assert changed.ts == first.ts, "the answer changes in place"
    await ana.click(changed, ids.NPS_WORKING)
    working = await seen(office, ana, "% detractors", "pilot")
    assert working.ts == first.ts
    await ana.click(working, ids.NPS_FOLLOW)
    modal = await ana.modal("When NPS moves")
    await modal.submit()
    await seen(office, ana, "From now on this channel hears when NPS really moves, of: Enterprise")
    await ana.pick(working, ids.NPS_SEGMENT, "region: EMEA")
    await seen(office, ana, "EMEA: NPS", "pilot")
    await ana.command("/nps follow smb", channel="pilot")
    await ana.modal("When NPS moves")


async def test_asking_and_following_over_a_socket(settings: Settings) -> None:
    async with answering(settings, "socket") as office:
        ana = office.world.person("ana")
        await ana.command("/nps by plan last month", channel="pilot")
        table = await seen(office, ana, "NPS by plan")
        await ana.pick(table, ids.NPS_PERIOD, "last quarter")
        await seen(office, ana, "1 July 2026 to 30 September 2026")
        await ana.command("/nps follow smb", channel="pilot")
        modal = await ana.modal("When NPS moves")
        await modal.submit()
        await seen(office, ana, "of: SMB")


async def test_an_answer_is_shared_once_and_in_words_where_slack_draws_no_charts(office: Office) -> None:
    ana, pilot, world = office.world.person("ana"), office.world.channel("pilot"), office.world
    await ana.command("/nps by plan", channel="pilot")
    answer = await seen(office, ana, "NPS by plan")
    await ana.click(answer, ids.NPS_SHARE)
    await ana.click(answer, ids.NPS_SHARE)
    shared = await pilot.wait_for("shared this", as_="ben")
    assert "Comment" not in shared.words()
    await seen(office, ana, "Shared: everybody here sees it")
    everything = [message for message in await pilot.messages(as_="ben") if "shared this" in message.words()]
    assert len(everything) == 1

    await ana.command("/nps trend 6 months", channel="pilot")
    drawn = await seen(office, ana, "NPS over time")
    assert "data_visualization" in {block["type"] for block in drawn.blocks}
    await world.faults.add("chat.postMessage", "refuse", error="invalid_blocks")
    await ana.click(drawn, ids.NPS_SHARE)
    in_words(await pilot.wait_for("NPS over time", as_="ben"))
    await world.faults.add("chat.postEphemeral", "refuse", error="invalid_blocks")
    await ana.say("@firsthand nps trend 6 months", "lounge")
    in_words(await seen(office, ana, "NPS over time", "lounge"))


def in_words(answer: SeenMessage) -> None:
    """A trend that is not drawn tells each month's figure."""
    assert "data_visualization" not in {block["type"] for block in answer.blocks}
    assert "Oct ’26: +" in answer.words()


async def test_a_movement_is_told_and_put_right_when_it_was_a_blip(office: Office) -> None:
    world, team = office.world, office.world.team_id
    await world.set_clock(datetime(2026, 11, 16, 12, tzinfo=UTC))
    await office.tell_at_nine("pilot")
    place = await world.control.get("setup")
    channel_id = next(str(one["id"]) for one in place["channels"] if one["name"] == "pilot")
    source = await new_source(office, "Weekly survey")
    async with office.database.begin() as session:
        await nps_answers.take_in(session, team, source, silently(weeks(20, drop_from=15, back_from=20)))
        follow = Follow(
            channel_id=channel_id,
            cells=(ENTERPRISE,),
            every_segment=False,
            asked_by=world.person("ana").id,
            asked_at=NOW,
        )
        await nps_follows.follow(session, team, follow)
    await world.set_clock(datetime(2026, 11, 17, 10, tzinfo=UTC))
    told = await as_minutes_pass(office, "NPS of Enterprise fell")
    later = silently(weeks(9))
    again = [replace(one, key=f"later-{one.key}", at=one.at + timedelta(weeks=9)) for one in later]
    async with office.database.begin() as session:
        await nps_answers.take_in(session, team, source, again)
    await world.set_clock(datetime(2027, 1, 19, 10, tzinfo=UTC))
    revised = await world.channel("pilot").wait_for("it was a blip")
    assert revised.ts == told.ts


async def test_a_channel_that_hears_of_nothing_else_is_told_what_a_point_is_worth(office: Office) -> None:
    ana, world, team = office.world.person("ana"), office.world, office.world.team_id
    spans = months(40)
    figures = [Figure(name="revenue", month=one, amount=float(at % 5)) for at, one in enumerate(spans)]
    async with office.database.begin() as session:
        await nps_figures.take_in(session, team, figures[-20:])
    await ana.command("/nps worth revenue", channel="pilot")
    answer = await seen(office, ana, "Too early to say")
    await ana.click(answer, ids.NPS_WORTH_TELL)
    await seen(office, ana, "tell this channel when the answer is another one")
    source = await new_source(office, "Long ago")
    answers = [
        Answer(key=f"{one}-{n}", score=one.month * n % 11, at=datetime(one.year, one.month, n, tzinfo=UTC))
        for one in spans
        for n in range(1, 26)
    ]
    async with office.database.begin() as session:
        await nps_answers.take_in(session, team, source, answers)
        await nps_figures.take_in(session, team, figures)
    await world.set_clock(datetime(2027, 1, 8, 9, 0, tzinfo=UTC))
    told = await as_minutes_pass(office, "looks different now")
    assert "Before: Too early to say" in told.words()
    await ana.click(told, ids.NPS_WORTH_STOP)
    await seen(office, ana, "hears no more of what revenue")
