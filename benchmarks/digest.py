"""Composing a digest with a hundred stories in the database, and with a hundred thousand.

The same channel asks for the same digest of the same company, once young and once after years: the ratio of
the two medians says whether its cost grows with history. Half of the fresh stories were told there before.
The two are asked in turns, so that whatever else the machine does meets both.
"""

from __future__ import annotations

import asyncio
import statistics
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AsyncExitStack, ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import click
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from benchmarks.reporting import conclude, say
from bot import digest
from storage import workspaces
from storage.database import Database, open_database
from storage.encryption import Keyring, new_key
from storage.migrating import migrate
from storage.rows import add_many
from storage.tables import ConsentRow, CustomerRow
from storage.tables_posts import DeliveryRow, TellingRow
from storage.tables_stories import InterviewRow, QuoteRow, StoryRow, TopicRow
from stories.digest import DigestSettings
from tests.postgres import fresh_postgres

TEAM, CHANNEL = "T0BENCH", "C0BENCH"
NOW = datetime(2026, 11, 16, 9, tzinfo=UTC)
RATIO_TARGET = 1.5
ROUNDS = 40
A_MONTH = 25
CHUNK = 5_000
WANTED = {
    "any story": DigestSettings(how_many=3),
    "one segment": DigestSettings(how_many=3, segments=frozenset({"segment 4"})),
    "one theme": DigestSettings(how_many=3, themes=frozenset({"theme 8"})),
    "retold": DigestSettings(how_many=3, segments=frozenset({"segment 3"}), retell=True),
}


def rows(number: int) -> Iterator[dict[type[Any], dict[str, Any]]]:
    """What belongs to each story, the newest today; odd ones, and with them odd segments, were told."""
    for i in range(1, number + 1):
        at = NOW - timedelta(days=30) * ((number - i) / A_MONTH)
        own = {"workspace_id": TEAM}
        yield {
            CustomerRow: own
            | {
                "id": i, "name": f"Customer {i}", "folded_name": f"customer {i}", "alias": "a customer",
                "company": f"Company {i}", "segment": f"segment {i % 10}", "contact": None,
                "former_names": [], "former_companies": [],
                "created_by": "U1", "created_at": at,
            },
            InterviewRow: own
            | {
                "id": i, "source_key": f"bench:{i}", "customer_id": i, "author_id": "U1",
                "talked_on": at.date(), "how": "call", "title": f"Title {i}", "score": 7,
                "trying_to": "Get it done. " * 5, "happened": "It took a while. " * 20,
                "meaning": "We should look.", "hidden": [], "themes": [f"theme {i % 20}"],
                "created_at": at, "updated_at": at,
            },
            ConsentRow: own
            | {
                "customer_id": i, "interview_id": i, "purpose": "without_name", "granted": True, "words": "",
                "recorded_by": "U1", "recorded_at": at, "valid_from": at, "valid_until": None,
            },
            QuoteRow: own | {"interview_id": i, "position": 0, "text": "I just want to go home on time."},
            StoryRow: own
            | {
                "id": i, "interview_id": i, "state": "published", "revision": 1, "appreciation": i % 9,
                "published_at": at, "created_at": at,
            },
        }  # fmt: skip


async def fill(database: Database, number: int) -> None:
    """A company's history: `number` stories, filed by topic, half of them told in the channel before."""
    async with database.begin() as session:
        await workspaces.ensure(session, TEAM, name="", installed_by=None, now=NOW)
    chunk: dict[type[Any], list[dict[str, Any]]] = {}
    for i, made in enumerate(rows(number), start=1):
        for table, row in made.items():
            chunk.setdefault(table, []).append(row)
        topics = chunk.setdefault(TopicRow, [])
        topics.extend(
            {"workspace_id": TEAM, "topic": topic, "story_id": i}
            for topic in (f"segment:segment {i % 10}", f"theme:theme {i % 20}")
        )
        if i % 2:
            _tell(chunk, i, made[StoryRow]["published_at"])
        if i % CHUNK == 0 or i == number:
            async with database.begin() as session:
                for table, found in chunk.items():
                    await add_many(session, table, found)
            chunk.clear()
    async with database.begin() as session:
        await session.execute(text("ANALYZE"))


def _tell(chunk: dict[type[Any], list[dict[str, Any]]], story_id: int, at: datetime) -> None:
    delivery = {
        "id": story_id, "workspace_id": TEAM, "channel_id": CHANNEL, "kind": "digest",
        "slot_key": f"digest:{story_id}", "method": "chat.postMessage", "revision": 1, "payload": {},
        "state": "sent", "attempt": 1, "not_before": at, "created_at": at,
    }  # fmt: skip
    telling = {
        "workspace_id": TEAM, "delivery_id": story_id, "story_id": story_id, "channel_id": CHANNEL,
        "position": 0, "retold": False, "told_at": at,
    }  # fmt: skip
    chunk.setdefault(DeliveryRow, []).append(delivery)
    chunk.setdefault(TellingRow, []).append(telling)


async def measure(sessions: Sequence[AsyncSession], wanted: DigestSettings) -> list[float]:
    """The median seconds of composing one digest with each of these, in turns."""
    taken: list[list[float]] = [[] for _ in sessions]
    for _ in range(ROUNDS):
        for session, own in zip(sessions, taken, strict=True):
            began = time.perf_counter()
            await digest.compose(session, TEAM, CHANNEL, wanted, NOW)
            own.append(time.perf_counter() - began)
    return [statistics.median(own[5:]) for own in taken]


async def run(numbers: Mapping[str, int]) -> dict[str, list[float]]:
    """Milliseconds of each kind of digest, for each of these addresses with so many stories behind it.

    Whatever else the machine does, a server's own tidying after so much was put in included, meets all.
    """
    opened = []
    for url, number in numbers.items():
        migrate(url)
        opened.append(open_database(url, Keyring([new_key()])))
        await fill(opened[-1], number)
    async with AsyncExitStack() as stack:
        sessions = [await stack.enter_async_context(database.read()) for database in opened]
        found = {name: await measure(sessions, wanted) for name, wanted in WANTED.items()}
    for database in opened:
        await database.close()
    return {name: [taken * 1000 for taken in each] for name, each in found.items()}


@click.command()
@click.option("--database", "kind", type=click.Choice(["sqlite", "postgresql"]), default="sqlite")
@click.option("--small", default=100, show_default=True)
@click.option("--large", default=100_000, show_default=True)
def main(*, kind: str, small: int, large: int) -> None:
    """Composing a digest, early and late in a company's life."""
    figures: dict[str, Any] = {"database": kind, "small": small, "large": large}
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        numbers = {}
        for number in (small, large):
            own = f"sqlite:///{Path(folder) / f'{number}.sqlite3'}"
            numbers[own if kind == "sqlite" else stack.enter_context(fresh_postgres())] = number
        found = asyncio.run(run(numbers))
    for name, (early, late) in found.items():
        say(f"  {name:12} {early:6.2f} ms with {small}, {late:6.2f} ms with {large:,}: {late / early:.2f}")
        figures[name.replace(" ", "_")] = {
            "small_ms": round(early, 2),
            "large_ms": round(late, 2),
            "ratio": round(late / early, 2),
        }
    say(f"target: the same within {RATIO_TARGET}")
    conclude(figures)


if __name__ == "__main__":
    main()
