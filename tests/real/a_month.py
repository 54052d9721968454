"""A month of digests made from real notes, against the playground: what was imported, told and posted."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import SecretStr
from sqlalchemy import select

from bot.connections import OneWorkspace
from bot.delivery.asking import consent_asked, refusal_followed
from bot.delivery.drain import Drain
from bot.delivery.office import open_office
from bot.desk import Desk
from bot.importing.bringing_in import Decision, Found, Outcome, Terms, as_found, bring_in
from bot.importing.shelf import open_shelf
from bot.schedule import tick
from bot.settings import Settings, StorageSettings
from playground.client import Playground
from playground.setup import DEFAULT_ROOMS, UNHURRIED, Setup
from storage import channels, stories, workspaces
from storage.database import open_database
from storage.tables_posts import DeliveryRow, TellingRow
from stories.channels import ChannelSettings
from stories.consent import Purpose
from stories.customers import Customer
from stories.digest import DigestSettings
from stories.proposals import Open, propose
from stories.schedule import DigestTimes
from tests.conftest import WORKSPACE, SetClock

ROOT = Path(__file__).parents[2]
LONDON = ZoneInfo("Europe/London")
FIRST_DAY = date(2026, 12, 14)
DAYS = 31
LOOKS = (time(8, 59), time(9, 0))
"""When the schedule is looked at each day, in London."""


@dataclass
class Post:
    """A digest as it stands in the channel, with its stories' ids."""

    at: datetime
    payload: dict[str, Any]
    words: str
    story_ids: tuple[int, ...]


@dataclass
class Month:
    """What came of it. `customers` by story id; `again` is the same import a second time."""

    first: list[Outcome]
    again: list[Outcome]
    customers: dict[int, Customer] = field(default_factory=dict)
    posts: list[Post] = field(default_factory=list)


def confirmed(found: Found) -> Decision:
    """As somebody answers who takes what is proposed: the first day it can have been, the voice named first.

    What is still open after that is refused, as with `--yes`.
    """
    if not found.proposal.gaps:
        return as_found(found)
    proposal = found.proposal
    open_ = {gap.what for gap in proposal.gaps}
    answers = replace(
        proposal.answers,
        day=proposal.days[0] if Open.DAY in open_ and proposal.days else None,
        customer=proposal.customer if Open.CUSTOMER in open_ else None,
        quotes=proposal.quotes if Open.QUOTES in open_ and proposal.quotes else None,
    )
    settled = propose(proposal.notes, answers, today=FIRST_DAY)
    return as_found(replace(found, proposal=settled))


def live_through(files: Sequence[Path], database_file: Path) -> Month:
    """Import the files into a migrated database, publish without name, and let the month pass."""
    return asyncio.run(_live(files, f"sqlite:///{database_file}"))


async def _live(files: Sequence[Path], url: str) -> Month:
    manifest = json.loads((ROOT / "manifest.json").read_text("utf-8"))
    clock = SetClock(datetime.combine(FIRST_DAY - timedelta(days=1), time(12), UTC))
    setup = Setup(team_id=WORKSPACE, manifest=manifest, start=clock.now(), tuning=UNHURRIED)
    async with Playground.start(replace(setup, channels=DEFAULT_ROOMS)) as world:
        settings = Settings(
            slack_bot_token=SecretStr(world.bot_token),
            slack_app_token=SecretStr(world.app_token),
            slack_api_url=world.api_url,
            database_url=url,
            _env_file=None,
        )
        desk = Desk(settings, open_database(url, settings.keyring()), clock, OneWorkspace(settings))
        async with desk.begin() as session:
            await workspaces.ensure(session, WORKSPACE, name="Test", installed_by=None, now=clock.now())
        author = world.person("ana").id
        # The bot's own connection stays open meanwhile, as when the command is run beside it.
        first = await asyncio.to_thread(_import, files, url, author, clock)
        month = Month(first, again=await asyncio.to_thread(_import, files, url, author, clock))
        await _pass(desk, world, month)
        await desk.database.close()
    return month


def _import(files: Sequence[Path], url: str, author: str, clock: SetClock) -> list[Outcome]:
    terms = Terms(
        author_id=author,
        sharing=Purpose.WITHOUT_NAME,
        consent_words="Published by the research team for anybody to learn from.",
        publish=True,
    )
    with open_shelf(StorageSettings(database_url=url, _env_file=None), clock) as shelf:
        return list(bring_in(files, shelf, terms, confirmed, today=FIRST_DAY))


async def _pass(desk: Desk, world: Playground, month: Month) -> None:
    """Every day of the month, look at the schedule and empty the outbox as the running bot does."""
    room = next(c for c in (await world.control.get("setup"))["channels"] if c["name"] == "pilot")
    await _set_up(desk, str(room["id"]))
    async with open_office(desk, consent_asked(desk), refusal_followed(desk)) as office:
        for day in range(DAYS):
            for look in LOOKS:
                local = datetime.combine(FIRST_DAY + timedelta(days=day), look, LONDON)
                desk.clock.moment = local.astimezone(UTC)  # type: ignore[attr-defined]  # a SetClock
                await world.set_clock(desk.now())
                if await tick(desk):
                    await Drain(office, WORKSPACE).run()
    month.posts = await _posted(desk, world)
    ids = [story_id for post in month.posts for story_id in post.story_ids]
    async with desk.read() as session:
        loaded = await stories.some(session, WORKSPACE, ids)
    month.customers = {story.id: story.interview.customer for story in loaded}


async def _set_up(desk: Desk, channel_id: str) -> None:
    times = DigestTimes(days=frozenset(range(5)), at=time(9), time_zone="Europe/London", country="GB")
    channel = ChannelSettings(
        channel_id=channel_id, set_up_by="U1", times=times, digest=DigestSettings(how_many=2)
    )
    async with desk.begin() as session:
        await channels.save(session, WORKSPACE, channel.started(desk.now()), now=desk.now())


async def _posted(desk: Desk, world: Playground) -> list[Post]:
    async with desk.read() as session:
        deliveries = list((await session.execute(select(DeliveryRow).order_by(DeliveryRow.id))).scalars())
        tellings = list((await session.execute(select(TellingRow).order_by(TellingRow.position))).scalars())
    posts = []
    by_ts = {row.slack_ts: row for row in deliveries}
    for message in await world.channel("pilot").messages():
        row = by_ts[message.ts]
        told = tuple(telling.story_id for telling in tellings if telling.delivery_id == row.id)
        at = datetime.fromtimestamp(float(message.ts), UTC)
        posts.append(Post(at, row.payload, message.words(), told))
    return posts
