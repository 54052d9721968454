"""What an App Home costs in a small company, and in one with years of answers and conversations.

    python -m benchmarks.home                 a million answers, 100,000 conversations, on SQLite
    python -m benchmarks.home --postgres      the same on PostgreSQL
    python -m benchmarks.home --at sqlite:////tmp/h.sqlite3
                                              in a database that stays (or: postgresql://…), planted once

Five people open theirs: one who follows nothing, one who leads a team and follows two kinds of customers,
one who owns one of the top three, one who follows nothing but is in twenty channels of two hundred that hear
of customers or carry a project, and one of the leadership who looks after accounts too. Measured is our own
time: everything read, put together and drawn, without Slack. The baseline is the same Home in a company with
a hundredth of all that; the ratio is of the processor's time, which others on the machine disturb less. What
a database server works counts with it. Ten million additions tell how fast the machine was just then.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import statistics
import tempfile
import time
from contextlib import ExitStack
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from sqlalchemy import Date, bindparam, text

from benchmarks.erasure_planting import plant as plant_talks
from benchmarks.machine import pace
from benchmarks.nps_planting import plant as plant_answers
from benchmarks.reporting import conclude, milliseconds, percentile, say
from benchmarks.search_house import KEY, server_seconds
from bot.colleagues import Colleague
from bot.home_gathering import gather
from bot.home_leading import FOLLOWS
from bot.home_values import Commands
from bot.messages.home import home_view
from storage import (
    account_intake,
    channel_rolls,
    nps_follows,
    nps_sources,
    people,
    priorities,
    projects,
    rota,
    workspaces,
)
from storage.account_intake import Listed
from storage.database import Database, open_database
from storage.encryption import Keyring
from storage.migrating import migrate
from storage.nps_follows import Follow
from storage.priorities import NewPriority
from storage.projects import NewProject
from stories.avatars.project import Face, Manner, Rhythm
from stories.nps.counts import Counts
from stories.priorities.priority import Segment
from stories.rota.hours import Party
from stories.rota.people import Member, Seniority
from tests.postgres import fresh_postgres

TEAM = "T0BENCH"
NOW = datetime(2026, 11, 16, 9, tzinfo=UTC)
SMALL = 100
"""The baseline has one in so many."""

TARGET_MS, RATIO_TARGET = 150.0, 1.5
ROUNDS = 30
COMMANDS = Commands(interview="/interview", stories="/stories", channel="/firsthand")
PEOPLE = {"employee": "U7", "lead": "U8", "owner": "U9", "near": "U6", "leadership": "U5"}
CHANNELS, MEMBERS, PARTS = 200, 100, 8
PRO, UK = (("plan", "Team"),), (("region", "UK"),)

EACH_AUTHOR = 100
"""One conversation in so many is theirs, in both companies enough to fill their Home."""

_AUTHOR = "UPDATE interviews SET author_id = :user WHERE workspace_id = :ws AND id % :each = :number"
_SPREAD = "UPDATE interviews SET talked_on = :day WHERE workspace_id = :ws AND id % :weeks = :week"
WEEKS = 156
_TOPICS = "INSERT INTO story_topics (workspace_id, topic, story_id) SELECT :ws, :topic, id FROM stories"


async def fill(database: Database, talks: int, answers: int) -> None:
    """A company's history, and what three of its people lead and follow."""
    async with database.begin() as session:
        await workspaces.ensure(session, TEAM, name="", installed_by=None, now=NOW)
        source = await nps_sources.ensure(session, TEAM, kind="file", name="survey", now=NOW)
    await plant_talks(database, TEAM, talks=talks, posts=talks // 100)
    await plant_answers(database, TEAM, source, answers, first=NOW.date() - timedelta(days=1096))
    async with database.begin() as session:
        for week in range(WEEKS):
            day = NOW.date() - timedelta(weeks=week)
            values = {"ws": TEAM, "day": day, "weeks": WEEKS, "week": week}
            await session.execute(text(_SPREAD).bindparams(bindparam("day", type_=Date)), values)
        for topic in ("segment:Team", "segment:UK"):
            await session.execute(text(_TOPICS), {"ws": TEAM, "topic": topic})
        for number, user in enumerate(PEOPLE.values()):
            await people.meet(session, TEAM, user, now=NOW)
            values = {"ws": TEAM, "user": user, "each": EACH_AUTHOR, "number": number}
            await session.execute(text(_AUTHOR), values)
        await people.choose(session, TEAM, PEOPLE["lead"], {FOLLOWS: [["plan", "Team"], ["region", "UK"]]})
        follow = Follow(channel_id="C1", cells=((), PRO), asked_by=PEOPLE["lead"], asked_at=NOW)
        await nps_follows.follow(session, TEAM, follow)
        for number, segment in enumerate(((), PRO, UK), 1):
            await priorities.choose(session, TEAM, _chosen(number, segment), now=NOW)
    await _plant_channels(database)
    async with database.begin() as session:
        await session.execute(text("ANALYZE"))


async def _plant_channels(database: Database) -> None:
    """Channels that hear of customers, who is in them, accounts, and who leads what."""
    async with database.begin() as session:
        for number in range(CHANNELS):
            channel = f"C{number}"
            cell = ((("plan", "Team"),), (("region", "UK"),), (("plan", "Pro"),))[number % 3]
            follow = Follow(channel_id=channel, cells=(cell,), asked_by="U1", asked_at=NOW)
            await nps_follows.follow(session, TEAM, follow)
            await projects.begin(session, TEAM, _project(channel), by="U1", now=NOW)
            members = {f"U{number * 7 + one}" for one in range(100, 100 + MEMBERS)}
            near = {PEOPLE["near"], PEOPLE["leadership"]} if number % 10 == 0 else set()
            await channel_rolls.keep(session, TEAM, channel, members | near, now=NOW)
        for number in range(1000):
            own = PEOPLE["leadership"] if number < 20 else f"U{number}"
            listed = Listed(name=f"Account {number}", owner=own, renewal_on=NOW.date(), segment="Team")
            await account_intake.take_in(session, TEAM, [listed], now=NOW)
            who = PEOPLE["leadership"] if number == 0 else f"U{number + 20}"
            seniority = Seniority.LEADERSHIP if number == 0 else Seniority.HANDS_ON
            part = f"Part {number % PARTS}"
            member = Member(user_id=who, part=part, seniority=seniority, party=Party(time_zone="UTC"))
            await rota.choose(session, TEAM, member)


def _project(channel_id: str) -> NewProject:
    face = Face(name="Mair", emoji=":mountain:", manner=Manner.WARM)
    return NewProject(
        channel_id=channel_id,
        name="Paper",
        goal="Nobody prints anything.",
        segment="Team",
        owner_id="U1",
        face=face,
        rhythm=Rhythm.NEVER,
    )


def _chosen(number: int, segment: Segment) -> NewPriority:
    return NewPriority(
        theme_id=number,
        quarter=date(2026, 10, 1),
        last_day=date(2026, 12, 31),
        owner_id=PEOPLE["owner"],
        done_means="Nobody rings us about an order.",
        segment=segment,
        start=Counts(promoters=50, passives=30, detractors=20),
        chosen_by="U1",
        chosen_on=date(2026, 10, 5),
    )


async def measure(database: Database, user_id: str) -> dict[str, float]:
    """What this person's Home takes by the clock and of the processor, and how many blocks it has."""
    who = Colleague(user_id=user_id, name="", time_zone="UTC", locale="en", admin=False, guest=False)
    taken, busy, blocks = [], [], 0
    for _round in range(ROUNDS + 3):
        server = await server_seconds(database)
        begun, worked = time.perf_counter(), time.process_time()
        async with database.read() as session:
            home, _last = await gather(session, TEAM, who, NOW)
        blocks = len(home_view(home, COMMANDS)["blocks"])
        taken.append(time.perf_counter() - begun)
        busy.append(time.process_time() - worked)
        busy[-1] += await server_seconds(database) - server
    clock, processor = taken[3:], busy[3:]
    return milliseconds(clock) | {
        "p95_ms": round(percentile(clock, 0.95) * 1000, 1),
        "processor_ms": round(statistics.median(processor) * 1000, 1),
        "processor_p95_ms": round(percentile(processor, 0.95) * 1000, 1),
        "blocks": blocks,
    }


async def run(url: str, talks: int, answers: int) -> dict[str, dict[str, float]]:
    """The figures of each of the five, in a company of that size."""
    migrate(url)
    database = open_database(url, Keyring([KEY]))
    begun = time.perf_counter()
    async with database.read() as session:
        planted = (await session.execute(text("SELECT 1 FROM interviews LIMIT 1"))).first() is not None
    if not planted:
        await fill(database, talks, answers)
        say(f"{talks:,} conversations and {answers:,} answers planted in {time.perf_counter() - begun:.0f} s")
    gc.collect()
    found = {"machine": pace()}
    say(f"  {found['machine']}")
    for name, user_id in PEOPLE.items():
        found[name] = await measure(database, user_id)
        say(f"  {name:9} {found[name]}")
    await database.close()
    return found


def main() -> None:
    """Both sizes, one after the other."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--postgres", action="store_true")
    parser.add_argument("--talks", type=int, default=100_000)
    parser.add_argument("--answers", type=int, default=1_000_000)
    parser.add_argument("--at", default="", metavar="URL")
    asked = parser.parse_args()
    if asked.at:
        large = asyncio.run(run(asked.at, asked.talks, asked.answers))
        say(f"target: {TARGET_MS:.0f} ms by the clock")
        conclude({"benchmark": "home", "at": asked.at.partition(":")[0], "large": large})
        return
    sizes = {"small": (asked.talks // SMALL, asked.answers // SMALL), "large": (asked.talks, asked.answers)}
    found = {}
    for name, (talks, answers) in sizes.items():
        with ExitStack() as stack:
            if asked.postgres:
                url = stack.enter_context(fresh_postgres())
            else:
                folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
                url = f"sqlite:///{folder / 'bench.sqlite3'}"
            found[name] = asyncio.run(run(url, talks, answers))
    ratios = {
        who: round(found["large"][who]["processor_ms"] / found["small"][who]["processor_ms"], 2)
        for who in PEOPLE
    }
    say(f"large over small: {ratios} (target {RATIO_TARGET}); under {TARGET_MS:.0f} ms each")
    conclude(
        {
            "benchmark": "home",
            "database": "postgresql" if asked.postgres else "sqlite",
            **found,
            "ratio": ratios,
        }
    )


if __name__ == "__main__":
    main()
