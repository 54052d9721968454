"""Questions about NPS at 10,000 answers and at many more, on both databases, against counting rows with SQL.

    --answers N        the larger number (10,000,000)
    --only sqlite      leave the other database out (or postgresql)
    --url URL          a database of one's own instead, empty or planted by an earlier run

The answers lie in three years, a tenth with a comment that may be shown; every question is about twelve
months, from the words that are typed (grammar, counts, the rules on small groups, a comment) to the message
that answers them. The raw answers are planted by the database itself; the counts are reckoned from them by
the code that keeps them (`storage.nps_ledger`). The baseline counts with SQL, in the same run, the rows of
the period and of the one before, which the answer sets side by side. Ten million take about five minutes on
SQLite and seven on PostgreSQL, on two cores with nothing else to do.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta
from typing import Any

from sqlalchemy import create_engine, text

from benchmarks.nps_asking import NOW, ask_all, count_rows, figures_of
from benchmarks.nps_planting import KINDS, plant
from benchmarks.reporting import conclude, say
from storage import nps_answers, nps_sources, workspaces
from storage.database import Database, open_database
from storage.encryption import Keyring, new_key
from storage.migrating import migrate
from storage.nps_answers import Answer

FEW = 10_000


async def taking_in(database: Database, workspace_id: str, *, batch: int, many: int) -> float:
    """Answers a second, in batches of a transaction each."""
    chance = random.Random(3)
    async with database.begin() as session:
        name = f"in batches of {batch}"
        source_id = await nps_sources.create(session, workspace_id, kind="file", name=name, now=NOW)
    batches = [
        [_answer(start + number, chance) for number in range(batch)] for start in range(0, many, batch)
    ]
    begin = time.perf_counter()
    for one in batches:
        async with database.begin() as session:
            await nps_answers.take_in(session, workspace_id, source_id, one)
    return many / (time.perf_counter() - begin)


def _answer(number: int, chance: random.Random) -> Answer:
    properties = {name: chance.choice(values) for name, values in KINDS.items()}
    at = NOW - timedelta(minutes=number)
    return Answer(
        key=f"n{number}", score=chance.randrange(11), at=at, properties=properties, person_key=f"p{number}"
    )


async def measure(url: str, answers: int) -> dict[str, Any]:
    """Everything about one database."""
    database = open_database(url, Keyring([new_key()]))
    few, many = f"TFEW{FEW}", f"TMANY{answers}"
    for workspace_id, count in ((few, FEW), (many, answers)):
        await _planted(database, workspace_id, count)
    _settle(url)
    say("  asking")
    took = await ask_all(database, few, many)
    say("  counting rows, which takes a while")
    figures = figures_of(*took, await count_rows(database, many))
    rates = await _taken_in(database)
    await database.close()
    return {**figures, **rates}


async def _planted(database: Database, workspace_id: str, count: int) -> None:
    """A workspace with so many answers, unless an earlier run has made it."""
    async with database.read() as session:
        if await nps_sources.every(session, workspace_id):
            say(f"  {count:,} planted before")
            return
    begin = time.perf_counter()
    async with database.begin() as session:
        await workspaces.ensure(session, workspace_id, name="", installed_by=None, now=NOW)
        source = await nps_sources.create(session, workspace_id, kind="file", name="planted", now=NOW)
        await nps_sources.share_verbatims(session, workspace_id, source, shared=True)
    await plant(database, workspace_id, source, count)
    say(f"  planted {count:,} in {time.perf_counter() - begin:.0f} s")


async def _taken_in(database: Database) -> dict[str, int]:
    """Answers taken in per second, into a workspace of this run, whose answers are taken away afterwards."""
    into = f"TIN{time.time_ns()}"
    async with database.begin() as session:
        await workspaces.ensure(session, into, name="", installed_by=None, now=NOW)
    rates = {
        "one_by_one_per_second": round(await taking_in(database, into, batch=1, many=500)),
        "in_batches_of_500_per_second": round(await taking_in(database, into, batch=500, many=20_000)),
    }
    async with database.begin() as session:
        for source in await nps_sources.every(session, into):
            await nps_sources.remove(session, into, source.id)
    one, batches = rates.values()
    say(f"  taken in: {batches:,} a second in batches of 500, {one:,} one by one")
    return rates


_SETTLING = {
    "sqlite": ("ANALYZE", "PRAGMA wal_checkpoint(TRUNCATE)"),
    "postgresql": ("VACUUM ANALYZE", "CHECKPOINT"),
}
"""Ten million answers in one transaction leave a log of two gigabytes, with which no database lives."""


def _settle(url: str) -> None:
    """Have the database know its own tables, as it would after a while."""
    engine = create_engine(url.replace("postgresql://", "postgresql+psycopg://"))
    with engine.connect() as connection:
        connection = connection.execution_options(isolation_level="AUTOCOMMIT")
        for statement in _SETTLING[engine.dialect.name]:
            connection.execute(text(statement))
    engine.dispose()


def _databases(stack: ExitStack, only: str | None, url: str | None) -> Iterator[tuple[str, str]]:
    """The kind and the address of each database to measure."""
    from tests.postgres import fresh_postgres

    if url:
        yield url.partition(":")[0], url
        return
    if only != "postgresql":
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        yield "sqlite", f"sqlite:///{folder}/nps.sqlite3"
    if only != "sqlite":
        yield "postgresql", stack.enter_context(fresh_postgres())


def main() -> None:
    """Both databases, one after the other."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--answers", type=int, default=10_000_000)
    parser.add_argument("--only", choices=["sqlite", "postgresql"])
    parser.add_argument("--url")
    wanted = parser.parse_args()
    figures: dict[str, Any] = {"answers": wanted.answers}
    with ExitStack() as stack:
        for kind, url in _databases(stack, wanted.only, wanted.url):
            begin = time.perf_counter()
            migrate(url)
            say(kind)
            figures[kind] = asyncio.run(measure(url, wanted.answers))
            say(f"  all of it took {time.perf_counter() - begin:.0f} s")
    conclude(figures)


if __name__ == "__main__":
    main()
