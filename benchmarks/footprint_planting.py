"""What each thing that the bot keeps weighs: many are planted, and the database is asked how it grew."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import text

from benchmarks import nps_planting
from benchmarks.search_planting import Company, plant
from benchmarks.trial import database_of, opened
from bot.messages.digest import Entry, digest_post
from storage import nps_sources, workspaces
from storage.bulk import insert_many
from storage.database import Database
from storage.encryption import new_key
from storage.tables_posts import DeliveryRow, DeliverySubjectRow, TellingRow
from stories.interviews import How
from stories.search.encoders import Small
from stories.story import Telling

WORKSPACE = "TFOOT"
NOW = datetime(2026, 11, 16, 9, tzinfo=UTC)
TEXTS_A_TALK = 4
"""A write-up, its story and two quotes: what can be found of a conversation."""

SAID = (
    "I print every form, because on the tablet I never know whether it went through before I walk in.",
    "We waited three days for the export, rang twice, and in the end I typed the whole list in again myself.",
    "The new map is what I open first in the morning; it saves me half an hour of ringing round.",
    "Nobody told us that the prices had changed, so we had to tell our own customers that we were wrong.",
    "It is fine. It does what it should, and I would not want to learn another one at my age.",
    "When somebody is ill I move their visits by hand, one at a time, and I am afraid to forget one.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """Bytes in the database for one of each, with indexes, full text and vectors."""

    empty: int
    """The whole database with nothing in it."""

    talk: float
    """A conversation written up and published: customer, write-up, two quotes, consent, story, search."""

    answer: float
    """An answer to NPS; a comment in ten is without search."""

    comment: float
    """An answer with a comment of two sentences that can be found by words and meaning."""

    post: float
    """A digest of one story that stands in Slack, with whose words are in it."""


async def weigh(kind: str, *, talks: int, answers: int, posts: int) -> Weights:
    """Plant so many of each into new databases of that kind ("sqlite", "postgresql")."""
    with database_of(kind) as (url, _server):
        database = opened(url, new_key())
        source = await _begin(database)
        empty = await size(database)
        company = Company(
            WORKSPACE, source, SAID, random.Random(7), NOW, many=talks * TEXTS_A_TALK, share=1.0
        )
        await plant(database, company, Small())
        with_talks = await size(database)
        await _posts(database, company, posts)
        with_posts = await size(database)
        await nps_planting.plant(database, WORKSPACE, source, answers)
        with_answers = await size(database)
        await database.close()
    return Weights(
        empty=empty,
        talk=(with_talks - empty) / company.talks,
        post=(with_posts - with_talks) / posts,
        answer=(with_answers - with_posts) / answers,
        comment=await _comment(kind, answers),
    )


async def _comment(kind: str, comments: int) -> float:
    with database_of(kind) as (url, _server):
        database = opened(url, new_key())
        source = await _begin(database)
        empty = await size(database)
        company = Company(WORKSPACE, source, SAID, random.Random(8), NOW, many=comments, share=0.0)
        await plant(database, company, Small())
        grown = await size(database) - empty
        await database.close()
    return grown / company.texts


async def _begin(database: Database) -> int:
    async with database.begin() as session:
        await workspaces.ensure(session, WORKSPACE, name="Footprint", installed_by=None, now=NOW)
        return await nps_sources.create(session, WORKSPACE, kind="file", name="planted", now=NOW)


async def size(database: Database) -> int:
    """Bytes that the database takes, without the pages that it keeps for later."""
    asked = (
        "SELECT (page_count - freelist_count) * page_size FROM pragma_page_count, pragma_freelist_count, "
        "pragma_page_size"
        if database.embedded
        else "SELECT pg_database_size(current_database())"
    )
    async with database.read() as session:
        return int((await session.execute(text(asked))).scalar_one())


async def _posts(database: Database, company: Company, posts: int) -> None:
    rows: dict[type[Any], list[dict[str, Any]]] = {DeliveryRow: [], TellingRow: [], DeliverySubjectRow: []}
    for number in range(1, posts + 1):
        story, channel = number % company.talks + 1, f"C{number % 50}"
        own = {"workspace_id": WORKSPACE}
        rows[DeliveryRow].append(
            own
            | {"id": number, "channel_id": channel, "kind": "digest", "slot_key": f"digest:{number}"}
            | {"method": "chat.postMessage", "revision": 1, "payload": _payload(company, story)}
            | {"state": "sent", "attempt": 1, "not_before": NOW, "posted_in": channel}
            | {"slack_ts": f"1763283600.{number:06}", "created_at": NOW}
            | {"attention_window": f"2026-11-16:{number}", "attention_seat": 1}
        )
        rows[TellingRow].append(
            own
            | {"delivery_id": number, "story_id": story, "channel_id": channel, "position": 0}
            | {"retold": False, "told_at": NOW}
        )
        rows[DeliverySubjectRow].append(own | {"delivery_id": number, "customer_id": story, "quote_id": None})
    async with database.begin() as session:
        for row, several in rows.items():
            await insert_many(session, row, several)


def _payload(company: Company, story: int) -> dict[str, Any]:
    """A digest of one story with two quotes; private messages, which are most posts, weigh less."""
    telling = Telling(
        story_id=story,
        author_id=f"U{story % 400}",
        who="a customer",
        named=False,
        company="",
        segment="small",
        talked_on=NOW.date(),
        how=How.CALL,
        title=company.sentence(80),
        trying_to=company.sentence(),
        happened=f"{company.sentence()} {company.sentence()} {company.sentence()}",
        meaning=company.sentence(),
        quotes=(company.sentence(), company.sentence()),
        themes=("theme 1",),
    )
    return digest_post([Entry(telling=telling)]) or {}
