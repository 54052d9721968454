"""The demo in one process: a playground, the sample company's past in a fresh database, the bot itself."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, time, timedelta
from itertools import pairwise
from pathlib import Path

from pydantic import SecretStr

from bot.customer_link.secret import Secret, new_secret
from bot.running import running
from bot.settings import Settings
from demo import centre
from demo.clock import following
from demo.company import SampleCompany, load_company
from demo.seeding import Past
from demo.seeding_event import tell_event
from demo.seeding_nps import tell_answers
from demo.seeding_priorities import tell_priorities
from demo.seeding_programme import tell_programme, write_letter
from demo.seeding_project import talk, tell_project
from demo.seeding_series import tell_series
from demo.workspace import channel_id, person_id, room_id, workspace_of
from playground.client import Playground
from storage import channels, people, workspaces
from storage.database import Database, open_database
from storage.migrating import migrate
from stories.channels import ChannelSettings
from stories.digest import DigestSettings
from stories.schedule import DigestTimes, next_due

WEEKDAYS = frozenset(range(5))
DIGEST_AT = time(9, 0)
STORIES_A_DAY = 2
LONGEST_WAIT_SECONDS = 30.0
LONGEST_BREAK = timedelta(days=21)
"""Over any holidays: two working days in a row lie within it."""
A_DAY = timedelta(hours=25)
"""The longest day there is, when clocks go back."""


@asynccontextmanager
async def demo(folder: Path, *, port: int, now: datetime | None = None) -> AsyncIterator[Playground]:
    """The demo at work for the length of the block: this morning's digest stands when it is entered.

    `folder` holds the database. Raises OSError when the port is taken, TimeoutError when no digest came.
    """
    company, secret = load_company(), new_secret()
    times = digest_times(company)
    morning = this_morning(times, now or datetime.now(UTC))
    eve = day_before(times, morning)
    own_port = centre.free_port()
    address = f"http://127.0.0.1:{own_port}"
    setup = workspace_of(company, eve, address=address, more=(centre.step(address, secret),))
    async with Playground.start(setup, port=port) as world:
        settings = demo_settings(world, folder, address=address, port=own_port)
        migrate(settings.database_url)
        await talk(world, company)
        await _tell_the_past(settings, company, world.team_id, times, morning, secret)
        await _tell_of_project(settings, company, world.team_id, eve)
        async with following(world.url) as clock, running(settings, clock) as desk:
            await world.wait_for_app()
            await _first_word(world, room_id(company, company.project.channel), company.project.avatar.name)
            await write_letter(desk.database, company, world.team_id, now=morning)
            await world.set_clock(morning + timedelta(seconds=1))
            await _first_digest(world, channel_id(company, "pilot"))
            yield world


def demo_settings(world: Playground, folder: Path, *, address: str | None = None, port: int = 0) -> Settings:
    """The bot's settings: only the address of Slack is another than in a real workspace.

    `address` is where browsers reach the bot, on this `port`; without one there is no centre.
    """
    return Settings(
        slack_bot_token=SecretStr(world.bot_token),
        slack_app_token=SecretStr(world.app_token),
        slack_signing_secret=SecretStr(world.signing_secret),
        slack_api_url=world.api_url,
        database_url=f"sqlite:///{folder / 'firsthand.sqlite3'}",
        slack_sign_in_client_id=world.client_id if address else None,
        slack_sign_in_client_secret=SecretStr(world.client_secret) if address else None,
        firsthand_address=address,
        firsthand_port=port,
        firsthand_tick_seconds=0.5,
        _env_file=None,
    )


def digest_times(company: SampleCompany) -> DigestTimes:
    """Nine o'clock on weekdays, where the company has its main office."""
    office = next(office for office in company.about.offices if office.main)
    return DigestTimes(days=WEEKDAYS, at=DIGEST_AT, time_zone=office.time_zone, country="GB")


def this_morning(times: DigestTimes, now: datetime) -> datetime:
    """The latest digest time that has passed and has another the day after: the visitor goes to tomorrow."""
    found = [next_due(times, now - LONGEST_BREAK)]
    while found[-1] <= now:
        found.append(next_due(times, found[-1]))
    return max(due for due, later in pairwise(found) if later - due <= A_DAY)


def day_before(times: DigestTimes, morning: datetime) -> datetime:
    """The digest time before this one, and a minute."""
    found = next_due(times, morning - LONGEST_BREAK)
    while (later := next_due(times, found)) < morning:
        found = later
    return found + timedelta(minutes=1)


async def _tell_the_past(
    settings: Settings,
    company: SampleCompany,
    workspace_id: str,
    times: DigestTimes,
    morning: datetime,
    secret: Secret,
) -> None:
    database = open_database(settings.database_url, settings.keyring())
    pilot = channel_id(company, "pilot")
    admin = person_id(next(person.handle for person in company.people if person.admin))
    async with database.begin() as session:
        await workspaces.ensure(
            session, workspace_id, name=company.about.name, installed_by=admin, now=morning
        )
        for person in company.people:
            await people.meet(session, workspace_id, person_id(person.handle), now=morning)
    await Past(company, workspace_id, channel_id=pilot, morning=morning).tell(database)
    await tell_answers(database, company, workspace_id, morning=morning)
    await tell_event(database, company, workspace_id, morning=morning)
    await _subscribe(database, company, workspace_id, times, morning)
    await tell_series(database, company, workspace_id, morning=morning)
    await tell_programme(database, company, workspace_id, morning=morning)
    await tell_priorities(settings, database, company, workspace_id, morning=morning)
    await centre.put_up(database, workspace_id, secret, by=admin, now=morning)
    await database.close()


async def _tell_of_project(
    settings: Settings, company: SampleCompany, workspace_id: str, eve: datetime
) -> None:
    database = open_database(settings.database_url, settings.keyring())
    await tell_project(database, company, workspace_id, morning=eve)
    await database.close()


async def _subscribe(
    database: Database, company: SampleCompany, workspace_id: str, times: DigestTimes, morning: datetime
) -> None:
    pilot = next(channel for channel in company.channels if channel.kind == "pilot")
    manager = person_id(pilot.manager or pilot.members[0])
    visitor = person_id(company.morning.visitor)
    wanted = ChannelSettings(
        channel_id=channel_id(company, "pilot"),
        set_up_by=manager,
        managers=(manager, visitor),
        times=times,
        digest=DigestSettings(how_many=STORIES_A_DAY, retell=True),
    )
    before = morning - timedelta(minutes=1)
    async with database.begin() as session:
        await channels.save(session, workspace_id, wanted.started(before), now=before)


async def _first_word(world: Playground, channel: str, avatar: str) -> None:
    """Wait until the avatar has introduced itself and remembered one reason: that was on the day before."""
    async with asyncio.timeout(LONGEST_WAIT_SECONDS):
        while sum(m.raw.get("username") == avatar for m in await world.channel(channel).messages()) < 2:
            await world.control.changed(0.5)


async def _first_digest(world: Playground, channel: str) -> None:
    async with asyncio.timeout(LONGEST_WAIT_SECONDS):
        while not await world.channel(channel).messages():
            await world.control.changed(0.5)
