"""Questions about NPS at 10,000 answers and at many more, on both databases, against counting rows with SQL.

    --answers N        the larger number (10,000,000)
    --only sqlite      leave the other database out (or postgresql)

The answers lie in three years; every question is about twelve months, from the words that are typed (grammar,
counts, the rules on small groups) to the message that answers them. The raw answers are planted by the
database itself; the counts are reckoned from them by the code that keeps them (`storage.nps_ledger`). The
baseline counts with SQL the rows of the period and of the one before, which the answer sets side by side, in
the same run.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import statistics
import tempfile
import time
from collections.abc import Mapping
from contextlib import ExitStack
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import create_engine, text

from benchmarks.nps_planting import KINDS, plant
from benchmarks.reporting import conclude, percentile, say
from bot.nps.answering import answered
from storage import nps_answers, nps_counts, nps_deeper, nps_sources, workspaces
from storage.database import Database, open_database
from storage.encryption import Keyring, new_key
from storage.migrating import migrate
from storage.nps_answers import Answer

FEW = 10_000
RUNS = 40
YEAR = (date(2025, 1, 1), date(2025, 12, 31))
"""What "12 months" are on the day that is asked."""
BEFORE = (date(2024, 1, 1), date(2024, 12, 31))
"""The period before, with which the answer compares them."""

CPU = " (cpu)"
Took = dict[str, list[float]]
COUNTED: Mapping[str, Mapping[str, str]] = {
    "12 months": {},
    "firm 12 months": {"plan": "Firm"},
    "firm uk 12 months": {"plan": "Firm", "region": "UK"},
}
"""Questions whose answer can be counted with SQL, and of whom."""

QUESTIONS = (
    *COUNTED,
    "firm vs team 12 months",
    "by region 12 months",
    "firm by region 12 months",
    "trend firm 12 months",
    "trend 12 months weekly",
    "detractors firm 12 months",
)
NOW = datetime(2026, 1, 5, 12, tzinfo=UTC)


async def questions(database: Database, few: str, many: str) -> tuple[Took, Took]:
    """Seconds of every question of two workspaces, asked in turn: the machine is as busy for both.

    Beside each those of the processor, which say what it costs on a machine that others keep busy.
    """
    took: tuple[Took, Took] = ({}, {})
    for run in range(RUNS + 3):
        for held, workspace_id in zip(took, (few, many), strict=True):
            for words in QUESTIONS:
                begin, busy = time.perf_counter(), time.process_time()
                async with database.read() as session:
                    await answered(session, workspace_id, words, now=NOW, command="/nps", in_channel=True)
                if run >= 3:
                    held.setdefault(words, []).append(time.perf_counter() - begin)
                    held.setdefault(f"{words}{CPU}", []).append(time.process_time() - busy)
    return took


async def counting_rows(database: Database, workspace_id: str) -> dict[str, float]:
    """Seconds of counting by SQL over the raw answers what the same questions are answered with.

    That are both periods which the answer sets side by side; each gives the same counts.
    """
    took = dict.fromkeys(COUNTED, 0.0)
    for name, cell in COUNTED.items():
        for period in (YEAR, BEFORE):
            async with database.read() as session:
                kept = await nps_counts.total(session, workspace_id, cell, *period)
                begin = time.perf_counter()
                counted = await nps_deeper.counted(session, workspace_id, cell, *period)
                took[name] += time.perf_counter() - begin
            if counted != kept:
                raise RuntimeError(f"{name}: {kept} is kept, and there are {counted}")
    return took


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
    sources = {}
    for workspace_id, count in (("TFEW", FEW), ("TMANY", answers), ("TIN", 0)):
        async with database.begin() as session:
            await workspaces.ensure(session, workspace_id, name="", installed_by=None, now=NOW)
            sources[workspace_id] = await nps_sources.create(
                session, workspace_id, kind="file", name="planted", now=NOW
            )
        if count:
            begin = time.perf_counter()
            await plant(database, workspace_id, sources[workspace_id], count)
            say(f"  planted {count:,} in {time.perf_counter() - begin:.0f} s")
    _settle(url)
    few, many = await questions(database, "TFEW", "TMANY")
    rows = await counting_rows(database, "TMANY")
    rates = {
        "one_by_one_per_second": round(await taking_in(database, "TIN", batch=1, many=500)),
        "in_batches_of_500_per_second": round(await taking_in(database, "TIN", batch=500, many=20_000)),
    }
    await database.close()
    return {**_figures(few, many, rows), **rates}


def _settle(url: str) -> None:
    """Have the database know its own tables, as it would after a while."""
    engine = create_engine(url.replace("postgresql://", "postgresql+psycopg://"))
    with engine.connect() as connection:
        connection.execution_options(isolation_level="AUTOCOMMIT").execute(text("ANALYZE"))
    engine.dispose()


def _figures(
    few: Mapping[str, list[float]], many: Mapping[str, list[float]], rows: Mapping[str, float]
) -> dict[str, Any]:
    figures: dict[str, Any] = {}
    for name in QUESTIONS:
        took = many[name]
        p50, before = statistics.median(took) * 1000, statistics.median(few[name]) * 1000
        figures[name] = {
            "p50_ms": round(p50, 2),
            "p95_ms": round(percentile(took, 0.95) * 1000, 2),
            "cpu_ms": round(statistics.median(many[f"{name}{CPU}"]) * 1000, 2),
            "p50_ms_at_10000": round(before, 2),
            "times_that_at_10000": round(p50 / before, 2),
        }
        if name in rows:
            figures[name]["counting_rows_ms"] = round(rows[name] * 1000)
            figures[name]["times_faster_than_counting"] = round(rows[name] * 1000 / p50)
        say(f"  {name:26} {figures[name]}")
    return figures


def main() -> None:
    """Both databases, one after the other."""
    from tests.postgres import fresh_postgres

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--answers", type=int, default=10_000_000)
    parser.add_argument("--only", choices=["sqlite", "postgresql"])
    wanted = parser.parse_args()
    figures: dict[str, Any] = {"answers": wanted.answers}
    with ExitStack() as stack:
        for kind in ("sqlite", "postgresql"):
            if wanted.only not in (None, kind):
                continue
            if kind == "sqlite":
                folder = stack.enter_context(tempfile.TemporaryDirectory())
                url = f"sqlite:///{folder}/nps.sqlite3"
            else:
                url = stack.enter_context(fresh_postgres())
            migrate(url)
            say(kind)
            figures[kind] = asyncio.run(measure(url, wanted.answers))
            say(f"  taken in: {figures[kind]['in_batches_of_500_per_second']:,} a second")
    conclude(figures)


if __name__ == "__main__":
    main()
