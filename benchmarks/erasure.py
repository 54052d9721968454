"""One customer out of a million conversations and a hundred thousand posted messages is erased.

Measured: how long their rows take (the vacuum apart), their name in other people's conversations, and their
messages in a playground that holds the bot to Slack's own limits; and that no byte names them afterwards. The
baseline is the same number of rows of another customer, deleted by the bare driver, keys and all.

    python -m benchmarks.erasure [--server] [--talks 1000000] [--posts 100000] [--messages 100]
"""

from __future__ import annotations

import argparse
import asyncio
import logging
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from benchmarks.erasure_planting import EACH, NAME, TRACES, plant, plant_her
from benchmarks.reporting import conclude, say
from bot import publishing
from bot.clock import SystemClock
from bot.connections import OneWorkspace
from bot.delivery.worker import draining
from bot.desk import Desk
from bot.erasing import asking
from bot.erasing.work import Worker, carry_on, piece
from bot.settings import Settings
from demo.workspace import manifest
from playground.client import Playground
from playground.setup import UNHURRIED, Room, Setup
from storage import erasing, search, workspaces
from storage.database import Database, database_file, open_database
from storage.encryption import Keyring, new_key
from storage.erasing import Erasure, Step
from storage.holdings import About
from storage.migrating import migrate
from storage.sending import Claimed, Outcome
from tests.postgres import fresh_postgres

WORKSPACE = "T0ERASING"
ROOMS = 20
MENTIONS = 20


async def measure(url: str, talks: int, posts: int, messages: int) -> dict[str, Any]:
    """Plant, post, erase, look for traces."""
    keyring = Keyring([new_key()])
    database = open_database(url, keyring)
    began = time.perf_counter()
    async with database.begin() as session:
        await workspaces.ensure(session, WORKSPACE, name="Bench", installed_by=None, now=datetime.now(UTC))
    await plant(database, WORKSPACE, talks=talks, posts=posts)
    spent = time.perf_counter() - began
    say(f"planted {talks:,} conversations and {posts:,} posted messages in {spent:.0f} s")
    rooms = tuple(Room(f"room{number}", bot=True) for number in range(ROOMS))
    setup = Setup(team_id=WORKSPACE, channels=rooms, manifest=manifest(), tuning=UNHURRIED)
    async with Playground.start(setup) as world:
        desk = _desk(world, database, url)
        await _post(desk, world, messages)
        await world.rates(enabled=True)
        figures = await _erase(desk, world)
    figures["traces_found"] = await _traces(database)
    say(f"traces found: {figures['traces_found']}")
    await database.close()
    return figures


def _desk(world: Playground, database: Database, url: str) -> Desk:
    settings = Settings(
        slack_api_url=world.api_url,
        slack_bot_token=world.bot_token,
        slack_signing_secret="unused",  # noqa: S106 nothing listens
        database_url=url,
        firsthand_keys=new_key(),
        _env_file=None,
    )
    connection = OneWorkspace(settings)
    connection.speaks_for(WORKSPACE)
    return Desk(settings, database, SystemClock(), connection)


async def _post(desk: Desk, world: Playground, messages: int) -> None:
    """Have the customer's stories really stand in the playground's channels."""
    rooms = [one["id"] for one in (await world.control.get("setup"))["channels"] if one["name"] != "general"]
    now = desk.now()
    async with desk.database.begin() as session:
        await plant_her(session, WORKSPACE, MENTIONS)
        for number in range(EACH):
            words = f"{NAME} and pelargonium"
            await search.index(session, WORKSPACE, number + 1, words)
        for number in range(messages):
            story, room = number % EACH + 1, rooms[number % len(rooms)]
            await publishing.share(session, WORKSPACE, story, room, by="U1", now=now, request=str(number))
    async with draining(desk, _as_planned, _nothing, pace_scale=1000):
        desk.wake_outbox()
        await _until(desk, "SELECT count(*) FROM deliveries WHERE state IN ('pending', 'sending')", 0)


async def _erase(desk: Desk, world: Playground) -> dict[str, Any]:
    baseline = await _baseline(desk.database)
    worker = Worker(database=desk.database, now=desk.now, desk=desk)
    async with desk.database.begin() as session:
        whom = await asking.subject(session, WORKSPACE, About.CUSTOMER, "1")
        erasure_id = await asking.begin(session, WORKSPACE, whom, by="terminal:benchmark", now=desk.now())
    spent = dict.fromkeys(Step, 0.0)
    calls = await world.calls("chat.delete")
    async with draining(desk, _as_planned, _nothing):
        while (stands := await _stands(desk, erasure_id)).step is not Step.DONE:
            with _timed(spent, stands.step):
                more = await piece(worker, WORKSPACE, erasure_id)
                if not more:
                    await asyncio.sleep(0.2)
    stands = await _stands(desk, erasure_id)
    await carry_on(worker, WORKSPACE)
    gone = stands.counts["rows"]
    rows = sum(gone.values())
    took, bare = spent[Step.ROWS] * 1000, baseline * 1000
    say(f"{rows} rows gone in {took:.0f} ms; the bare driver needed {bare:.0f} ms for another customer")
    say(f"named in {stands.counts['words']} other rows, found and changed in {spent[Step.WORDS]:.1f} s")
    deleted = stands.counts["posts"].get("done", 0)
    say(f"{deleted} messages gone in {spent[Step.SLACK]:.0f} s; refused: {len(stands.counts['refused'])}")
    say(f"cleaned up after (checkpoint, index, vacuum) in {spent[Step.CLEAN]:.1f} s")
    return {
        "rows": rows,
        "found_by": {one: gone.get(one, 0) for one in ("search_texts", "search_vectors", "theme_texts")},
        "rows_seconds": round(spent[Step.ROWS], 3),
        "rows_seconds_target": 1.0,
        "bare_driver_seconds": round(baseline, 3),
        "words_rows": stands.counts["words"],
        "words_seconds": round(spent[Step.WORDS], 1),
        "messages": deleted,
        "messages_refused": len(stands.counts["refused"]),
        "messages_seconds": round(spent[Step.POSTS] + spent[Step.SLACK], 1),
        "delete_calls": await world.calls("chat.delete") - calls,
        "clean_seconds": round(spent[Step.CLEAN], 1),
    }


@contextmanager
def _timed(spent: dict[Step, float], step: Step) -> Iterator[None]:
    began = time.perf_counter()
    yield
    spent[step] += time.perf_counter() - began


async def _baseline(database: Database) -> float:
    """Seconds in which the driver alone deletes another customer, with all that depends on them."""
    began = time.perf_counter()
    async with database.begin() as session:
        await session.execute(
            text("DELETE FROM customers WHERE workspace_id = :ws AND id = 50"), {"ws": WORKSPACE}
        )
    return time.perf_counter() - began


async def _stands(desk: Desk, erasure_id: int) -> Erasure:
    async with desk.read() as session:
        found = await erasing.get(session, WORKSPACE, erasure_id)
    assert found is not None
    return found


async def _until(desk: Desk, query: str, wanted: int) -> None:
    while True:
        async with desk.read() as session:
            if (await session.execute(text(query))).scalar() == wanted:
                return
        await asyncio.sleep(0.1)


async def _traces(database: Database) -> int:
    """How many of the traces stand in the files (SQLite), or in any row of any table (PostgreSQL)."""
    if database.embedded:
        file = database_file(str(database.url.render_as_string(hide_password=False)))
        assert file is not None
        found = set()
        for one in (file, Path(f"{file}-wal")):
            found |= {trace for trace in TRACES if one.exists() and _holds(one, trace.encode())}
        return len(found)
    total = 0
    async with database.read() as session:
        tables = "SELECT quote_ident(schemaname) || '.' || quote_ident(tablename) FROM pg_tables "
        tables += "WHERE schemaname NOT IN ('pg_catalog', 'information_schema')"
        for name in [*(await session.execute(text(tables))).scalars(), "pg_stats"]:
            like = " OR ".join(f"lower(one::text) LIKE '%{trace}%'" for trace in TRACES)
            query = f"SELECT count(*) FROM {name} AS one WHERE {like}"  # noqa: S608 names of tables
            total += (await session.execute(text(query))).scalar_one()
    return total


def _holds(file: Path, trace: bytes) -> bool:
    kept = b""
    with file.open("rb") as read:
        while part := read.read(1 << 24):
            if trace in kept + part.lower():
                return True
            kept = part[-100:].lower()
    return False


async def _as_planned(_: AsyncSession, claimed: Sequence[Claimed]) -> dict[int, dict[str, Any] | None]:
    return {one.id: one.payload for one in claimed}


async def _nothing(_: AsyncSession, __: Claimed, ___: Outcome) -> None:
    """Nobody hears of refusals here."""


def main() -> None:
    """Measure on SQLite, or with --server on PostgreSQL."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--server", action="store_true", help="on PostgreSQL instead of SQLite")
    options.add_argument("--talks", type=int, default=1_000_000)
    options.add_argument("--posts", type=int, default=100_000)
    options.add_argument("--messages", type=int, default=100, help="of the customer's, really posted")
    given = options.parse_args()
    logging.basicConfig(level=logging.WARNING)
    with _database(server=given.server) as url:
        migrate(url)
        figures = asyncio.run(measure(url, given.talks, given.posts, given.messages))
    conclude({"server": given.server, "talks": given.talks, "posts": given.posts, **figures})


@contextmanager
def _database(*, server: bool) -> Iterator[str]:
    if server:
        with fresh_postgres() as url:
            yield url
        return
    with tempfile.TemporaryDirectory() as folder:
        yield f"sqlite:///{folder}/erasure.sqlite3"


if __name__ == "__main__":
    main()
