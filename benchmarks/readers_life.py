"""The sample company's month, lived day by day in a playground: the product posts what it decides to."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from pydantic import SecretStr
from sqlalchemy import select

from benchmarks.readers_company import (
    A_WEEK,
    BEFORE,
    DONE_AFTER,
    EVENT,
    FIRST,
    LONDON,
    LOOKS,
    MONTHS_AGO,
    PROJECT,
    TALKATIVE,
    WANTED,
    Arriving,
    Month,
    MovedClock,
    Post,
    days,
    in_order,
    moment,
    more,
)
from bot import follow_through
from bot.attention_rounds import decide_waiting
from bot.avatars.reminding import remember
from bot.connections import OneWorkspace
from bot.delivery.asking import consent_asked, refusal_followed
from bot.delivery.drain import Drain
from bot.delivery.office import open_office
from bot.desk import Desk
from bot.endings.spreading import spread
from bot.momentum.rounds import look as look_for_thanks
from bot.nps.watching import watch
from bot.nps.worth_watching import recheck
from bot.reminders import remind
from bot.schedule import tick
from bot.settings import Settings
from demo.company import load_company
from demo.company.records import Interview
from demo.seeding_project import talk, tell_project
from demo.workspace import person_id, room_id, workspace_of
from playground.client import Playground
from storage import channels, letters, nps_answers, nps_follows, nps_settings, nps_sources, people, workspaces
from storage import stories as stored
from storage.database import open_database
from storage.migrating import migrate
from storage.nps_answers import Answer
from storage.nps_follows import Follow
from storage.nps_settings import NpsSettings
from storage.tables_posts import DeliveryRow, TellingRow
from storage.tables_stories import FollowUpRow
from stories.channels import ChannelSettings
from stories.consent import Purpose
from stories.schedule import DigestTimes


class Life:
    """One month of the company, driven day by day."""

    def __init__(self, desk: Desk, clock: MovedClock, world: Playground, month: Month) -> None:
        self._desk, self._clock, self._world, self._month = desk, clock, world, month
        self._company, self._team = month.company, world.team_id
        self._room = room_id(self._company, self._company.project.channel)
        self._past = Arriving(
            self._company, self._team, channel_id=self._room, morning=moment(FIRST, time(9)) - MONTHS_AGO
        )
        self._reactions = {told.title: told for told in self._company.interviews}
        self._changed: dict[str, str] = more()["changed"]
        self._heard: set[int] = set()
        self._gathered = set[str]()
        self._source = 0

    async def live(self) -> None:
        """What was before, then each day of the month."""
        await self._before()
        arrivals = self._arrivals()
        asking, following = consent_asked(self._desk), refusal_followed(self._desk)
        async with open_office(self._desk, asking, following) as office:
            for day in days():
                for at in LOOKS:
                    self._clock.at = moment(day, at)
                    await self._world.set_clock(self._clock.at)
                    await self._round()
                    await Drain(office, self._team).run()
                # As they were when they came: what happened to their stories later is written into them.
                await self._gather()
                await self._people_do(day, arrivals.get(day, ()))
                await Drain(office, self._team).run()
        await self._gather()

    async def _round(self) -> None:
        desk = self._desk
        await remember(desk)
        await tick(desk)
        for look in (remind, spread, watch, recheck, look_for_thanks, decide_waiting):
            await look(desk, self._team)

    def _arrivals(self) -> Mapping[date, Sequence[Interview]]:
        """The conversations over the month's working days, as evenly as they go."""
        working = [day for day in days() if day.weekday() < 5]
        coming = in_order(self._company)
        found: dict[date, list[Interview]] = {}
        for number, told in enumerate(coming):
            found.setdefault(working[number * len(working) // len(coming)], []).append(told)
        return found

    async def _before(self) -> None:
        company, now, by = self._company, self._clock.now(), person_id("imran")
        async with self._desk.begin() as session:
            await workspaces.ensure(session, self._team, name=company.about.name, installed_by=by, now=now)
            for person in company.people:
                await people.meet(session, self._team, person_id(person.handle), now=now)
            await nps_settings.change(session, self._team, NpsSettings(time_zone=str(LONDON)))
            self._source = await nps_sources.create(
                session, self._team, kind=nps_sources.FILE, name="Yearly survey", now=now
            )
            await nps_sources.share_verbatims(session, self._team, self._source, shared=True)
            follow = Follow(channel_id=self._room, every_segment=True, asked_by=by, asked_at=now)
            await nps_follows.follow(session, self._team, follow)
            await letters.want(session, self._team, self._room, "", by=by, now=now)
            times = DigestTimes(days=frozenset(range(5)), at=time(9), time_zone=str(LONDON), country="GB")
            wanted = ChannelSettings(channel_id=self._room, set_up_by=by, times=times, digest=WANTED)
            await channels.save(session, self._team, wanted.started(now), now=now)
        early = company.interviews[:BEFORE]
        for number, told in enumerate(early):
            await self._past.arrives(
                self._desk, told, now - MONTHS_AGO - timedelta(days=3 * number), old=True
            )
        await self._answers(date.min, FIRST - timedelta(days=1))

    async def _people_do(self, day: date, arriving: Sequence[Interview]) -> None:
        """What the company does on a day: answers come, conversations are written up, readers react."""
        await self._answers(day, day)
        for number, told in enumerate(arriving):
            at = self._clock.now() + timedelta(minutes=number)
            await self._past.arrives(self._desk, told, at)
            if told.consent != Purpose.NOT_SHARED:
                self._month.came.append((at, told))
        await self._react_to_what_was_told()
        await self._finish_what_is_done(day)
        if day == PROJECT:
            await self._begin_the_project(moment(day, time(9)))
        if day.weekday() in TALKATIVE:
            # A channel in which nobody has spoken for days is not spoken to by an avatar.
            await talk(self._world, self._company)

    async def _begin_the_project(self, morning: datetime) -> None:
        told = self._company.project
        # As the sample has it, seen from the morning in a week on which the avatar is to speak again.
        reasons = tuple(replace(one, days_ago=A_WEEK.days) for one in told.reasons)
        company = replace(self._company, project=replace(told, days_ago=A_WEEK.days, reasons=reasons))
        await tell_project(self._desk.database, company, self._team, morning=morning + A_WEEK)

    async def _answers(self, first: date, last: date) -> None:
        """Take in the answers of these days; the sample's own days are moved to have the fall on its day."""
        some = []
        for number, told in enumerate(self._company.nps):
            on = EVENT + timedelta(days=self._company.about.event.days_ago - told.days_ago)
            if first <= on <= last:
                at = moment(on, time(8)) + timedelta(minutes=number * 7 % 480)
                of = {"segment": told.segment, "plan": told.plan, "region": told.region}
                some.append(
                    Answer(key=told.answer_id, score=told.score, at=at, comment=told.comment, properties=of)
                )
                self._month.came += [(at, told)] if on >= FIRST else []
        async with self._desk.begin() as session:
            await nps_answers.take_in(session, self._team, self._source, some)

    async def _react_to_what_was_told(self) -> None:
        now = self._clock.now()
        async with self._desk.begin() as session:
            rows = await session.execute(select(TellingRow.story_id).order_by(TellingRow.told_at))
            told = [story_id for story_id in dict.fromkeys(rows.scalars()) if story_id not in self._heard]
            for story in await stored.some(session, self._team, told):
                self._heard.add(story.id)
                sample = self._reactions.get(story.interview.title)
                for one in sample.reactions if sample else ():
                    await self._past.reacts(session, one, story.id, story.interview.id, now)

    async def _finish_what_is_done(self, day: date) -> None:
        """A week later some have done what they took on, and say what has changed; others have not."""
        done = moment(day, time(23)) - DONE_AFTER
        async with self._desk.begin() as session:
            rows = await session.execute(select(FollowUpRow).where(FollowUpRow.done_at.is_(None)))
            for row in rows.scalars().all():
                if row.what in self._changed and row.created_at <= done:
                    await follow_through.finish(
                        session,
                        self._team,
                        row.id,
                        by=row.owner_id,
                        now=self._clock.now(),
                        closing=self._changed[row.what],
                    )

    async def _gather(self) -> None:
        async with self._desk.read() as session:
            rows = (await session.execute(select(DeliveryRow))).scalars().all()
        kinds = {row.slack_ts: row.kind for row in rows}
        room = self._company.project.channel
        for message in await self._world.channel(room).messages(threads=True):
            kind = kinds.get(message.ts)
            if kind and message.ts not in self._gathered:
                self._gathered.add(message.ts)
                at = datetime.fromtimestamp(float(message.ts), UTC)
                self._month.posts.append(Post(at=at, kind=kind, payload=message.raw))


async def lived() -> Month:
    """The month, lived through in a playground and a database of its own."""
    company = load_company()
    start = moment(FIRST - timedelta(days=1), time(12))
    month, clock = Month(company), MovedClock(start)
    month.names = {person_id(one.handle): one.name for one in company.people}
    month.names |= {room_id(company, one.name): one.name for one in company.channels}
    with tempfile.TemporaryDirectory(prefix="firsthand-month-") as folder:
        async with Playground.start(workspace_of(company, start)) as world:
            settings = Settings(
                slack_bot_token=SecretStr(world.bot_token),
                slack_app_token=SecretStr(world.app_token),
                slack_api_url=world.api_url,
                database_url=f"sqlite:///{folder}/firsthand.sqlite3",
                _env_file=None,
            )
            migrate(settings.database_url)
            database = open_database(settings.database_url, settings.keyring())
            desk = Desk(settings, database, clock, OneWorkspace(settings))
            await Life(desk, clock, world, month).live()
            await database.close()
    return month
