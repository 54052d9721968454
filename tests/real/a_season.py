"""A season of the series lived through with real talks, each imported when it was held, and told when due."""

from __future__ import annotations

import asyncio
import time as clocks
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from sqlalchemy.ext.asyncio import AsyncSession

from bot.importing.bringing_in import Decision, Fate, Found, Terms, as_found, bring_in
from bot.importing.shelf import open_shelf
from bot.settings import StorageSettings
from storage import (
    customers,
    series,
    series_episodes,
    series_gathering,
    series_lines,
    series_reading,
    workspaces,
)
from storage.database import Database, open_database
from stories.consent import Consent, Purpose
from stories.proposals import Open
from stories.series.checking import Unsourced, unsourced
from stories.series.episodes import Episode, NoEpisode
from stories.series.seasons import Season
from stories.series.sources import Line, Ref
from stories.series.weaving import weave
from stories.talks import propose
from tests.conftest import WORKSPACE, SetClock

BEGINS, ENDS = date(2024, 10, 1), date(2025, 6, 30)
EVERY_DAYS = 28
EDITOR = "U0EDITOR"


@dataclass(frozen=True, slots=True)
class Held:
    """One real talk: the time that begins its file's name, and whose it is.

    `who` is as somebody would confirm it who knows the guests: one file has only a first name. `alias`: they
    are not named, and called so.
    """

    stamp: str
    who: str
    alias: str = ""

    @property
    def day(self) -> date:
        """When it was published, which is taken for when it was held."""
        return datetime.strptime(self.stamp[:8], "%Y%m%d").replace(tzinfo=UTC).date()


TALKS = (
    Held("20230913T192610Z", "Hazel Weakly"),
    Held("20241004T155454Z", "Steven Swartz", alias="the payments engineer"),
    Held("20241104T210307Z", "Dan Ravenstone"),
    Held("20241115T063037Z", "Hazel Weakly"),
    Held("20241220T070314Z", "Ariel Valentin"),
    Held("20250321T055337Z", "Jerome Johnson"),
    Held("20250404T011032Z", "Marylia Gutierrez"),
    Held("20250501T060052Z", "Mole Aigbe", alias="the new contributor"),
)
"""Eight talks with seven customers, the oldest first; the first of them was held before the season."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """An episode as it was published, the lines it rested on, what was wrong with it, seconds it took."""

    id: int
    on: date
    episode: Episode
    lines: dict[Ref, Line]
    wrong: tuple[Unsourced, ...]
    seconds: float


@dataclass
class Lived:
    """What came of a season; `quiet` are looks that brought no episode, `customers` ids by their names."""

    season_id: int
    url: str
    database: Database
    clock: SetClock
    customers: dict[str, int] = field(default_factory=dict)
    told: list[Told] = field(default_factory=list)
    quiet: list[tuple[date, NoEpisode]] = field(default_factory=list)


def looks() -> Iterator[date]:
    """The days on which it is looked whether there is an episode."""
    day = BEGINS + timedelta(days=6)
    while day <= ENDS:
        yield day
        day += timedelta(days=EVERY_DAYS)


def file_of(folder: Path, held: Held) -> Path:
    """The file of a talk. Raises ValueError unless there is exactly one."""
    (path,) = folder.glob(f"{held.stamp}-*.md")
    return path


def settings_of(url: str) -> StorageSettings:
    """Settings for this database alone."""
    return StorageSettings(database_url=url, _env_file=None)


async def live(folder: Path, url: str, *, plainest: bool = False) -> Lived:
    """Live through the season in a migrated, empty database; it is left open for whoever looks at it."""
    clock = SetClock(datetime.combine(BEGINS, time(9), UTC))
    lived = Lived(0, url, open_database(url, settings_of(url).keyring()), clock)
    lived.season_id = await _open(lived)
    waiting = list(TALKS)
    for today in looks():
        clock.moment = datetime.combine(today, time(9), UTC)
        held = [one for one in waiting if one.day < today]
        waiting = waiting[len(held) :]
        for one in held:
            await asyncio.to_thread(_import, folder, url, one, clock)
            await _follow(lived, one)
        await _weave(lived, today, plainest=plainest)
    return lived


async def _open(lived: Lived) -> int:
    now = lived.clock.now()
    async with lived.database.begin() as session:
        await workspaces.ensure(session, WORKSPACE, name="Test", installed_by=None, now=now)
        season_id = await series.open_season(
            session,
            WORKSPACE,
            title="One year with those who watch over software",
            begins_on=BEGINS,
            ends_on=ENDS,
            every_days=EVERY_DAYS,
            by=EDITOR,
            now=now,
        )
    assert season_id is not None
    return season_id


def _import(folder: Path, url: str, held: Held, clock: SetClock) -> None:
    """As somebody does it at the terminal who takes what is proposed, and knows whose talk it is."""
    terms = Terms(
        author_id=EDITOR,
        sharing=Purpose.WITHOUT_NAME if held.alias else Purpose.WITH_NAME,
        consent_words="Published for anybody to learn from.",
        publish=True,
    )

    def confirmed(found: Found) -> Decision:
        proposal = found.proposal
        open_ = {gap.what for gap in proposal.gaps}
        answers = replace(
            proposal.answers,
            day=held.day if Open.DAY in open_ else None,
            customer=held.who,
            company="" if proposal.customer != held.who else None,
            quotes=proposal.quotes if Open.QUOTES in open_ or proposal.customer != held.who else None,
        )
        settled = propose(proposal.notes, answers, today=clock.now().date())
        return as_found(replace(found, proposal=settled))

    with open_shelf(settings_of(url), clock) as shelf:
        (outcome,) = bring_in([file_of(folder, held)], shelf, terms, confirmed, today=clock.now().date())
    assert outcome.fate is Fate.PUBLISHED, outcome


async def _follow(lived: Lived, held: Held) -> None:
    """The season's editor asks whoever talks with us for the first time whether they may be followed."""
    async with lived.database.begin() as session:
        known = await customers.named(session, WORKSPACE, held.who, "")
        assert known is not None
        if held.who in lived.customers:
            return
        lived.customers[held.who] = known.id
        if held.alias:
            await customers.change(session, WORKSPACE, replace(known, alias=held.alias))
        now = lived.clock.now()
        agreed = Consent(
            customer_id=known.id,
            interview_id=None,
            purpose=Purpose.FOLLOWED_IN_SERIES,
            recorded_by=EDITOR,
            recorded_at=now,
            valid_from=now,
        )
        await customers.record_consent(session, WORKSPACE, agreed)
        await series.follow_customer(session, WORKSPACE, lived.season_id, known.id, by=EDITOR, now=now)


async def _weave(lived: Lived, today: date, *, plainest: bool) -> None:
    now = lived.clock.now()
    async with lived.database.begin() as session:
        began = clocks.process_time()
        season = await series.season(session, WORKSPACE, lived.season_id, now)
        assert season is not None
        material = await series_gathering.material(session, WORKSPACE, season, now)
        history = await series_reading.readable_season(session, WORKSPACE, season.id, now)
        woven = weave(season, material, history, today=today, plainest=plainest)
        if isinstance(woven, NoEpisode):
            lived.quiet.append((today, woven))
            return
        told = await _publish(session, season, woven, now)
        lived.told.append(replace(told, on=today, seconds=clocks.process_time() - began))


async def _publish(session: AsyncSession, season: Season, woven: Episode, now: datetime) -> Told:
    episode_id = await series_episodes.keep_draft(session, WORKSPACE, woven, now=now)
    refs = [one.source for one in woven.sentences() if isinstance(one.source, Ref)]
    lines = await series_lines.lines(session, WORKSPACE, season, refs, now)
    wrong = unsourced(woven, lines)
    read = await series_reading.readable(session, WORKSPACE, episode_id, now)
    assert read is not None
    assert await series_episodes.publish(session, WORKSPACE, episode_id, by=EDITOR, now=now)
    return Told(id=episode_id, on=now.date(), episode=read, lines=lines, wrong=wrong, seconds=0.0)
