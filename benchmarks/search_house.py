"""A bot's desk over a database full of texts, to be searched by the product's own functions."""

from __future__ import annotations

import random
from base64 import urlsafe_b64encode
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import text

from benchmarks.search_planting import Company, plant
from bot.clock import SystemClock
from bot.connections import OneWorkspace
from bot.desk import Desk
from bot.search_gleaning import glean
from bot.search_ranking import ranked_texts
from bot.settings import Settings
from storage import nps_sources, search_finding, workspaces
from storage.bulk import insert_many, is_sqlite
from storage.database import Database, open_database
from storage.encryption import Keyring, new_key
from storage.migrating import migrate
from storage.search_asked import Asked
from storage.tables_nps import NpsAnswerRow
from stories.search import asking
from stories.search.asking import Search
from stories.search.encoders import SMALL, EncoderMissing, encoder

TEAM = "T0BENCH"
KEY = urlsafe_b64encode(b"nobody's: a database of benchmark"[:32]).decode()
"""The same each time: a database that stays is read again."""


@dataclass(frozen=True, slots=True)
class House:
    """The desk, and whose texts they are."""

    desk: Desk
    workspace: str
    source: int

    def asking(self, words: str) -> Search:
        """A search by somebody."""
        return Search(workspace_id=self.workspace, user_id="U0", words=words, today=self.desk.now().date())

    def with_encoder(self, name: str) -> Desk:
        """The same desk with another encoder."""
        settings = self.desk.settings.model_copy(update={"firsthand_search_encoder": name})
        return Desk(
            settings,
            self.desk.database,
            self.desk.clock,
            self.desk.connections,
            shelves=self.desk.shelves,
        )

    async def glean(self, name: str) -> None:
        """Have everything found with this encoder, as the worker does."""
        await glean(self.with_encoder(name), self.workspace)


@asynccontextmanager
async def house(url: str) -> AsyncIterator[House]:
    """A fresh database at this address with one source of comments that may be read."""
    migrate(url)
    settings = Settings(
        slack_bot_token="xoxb-benchmark",  # noqa: S106 of nobody
        slack_signing_secret="benchmark",  # noqa: S106 of nobody
        database_url=url,
        firsthand_keys=new_key(),
        firsthand_search_encoder=SMALL,
        _env_file=None,
    )
    database = open_database(url, Keyring([KEY]))
    now = datetime.now(UTC)
    async with database.begin() as session:
        await workspaces.ensure(session, TEAM, name="Bench", installed_by=None, now=now)
        source = await nps_sources.ensure(session, TEAM, kind="file", name="survey", now=now)
        await nps_sources.share_verbatims(session, TEAM, source, shared=True)
    yield House(Desk(settings, database, SystemClock(), OneWorkspace(settings)), TEAM, source)
    await database.close()


async def put_passages(place: House, passages: Sequence[str]) -> None:
    """The passages as comments, each under its number, with their full text."""
    await _put(place, [(f"p{number}", said) for number, said in enumerate(passages)])
    await place.glean("none")


async def put_history(place: House, said: Sequence[str], many: int) -> None:
    """So many texts of conversations and comments, unless the database holds some from before."""
    async with place.desk.read() as session:
        if (await session.execute(text("SELECT 1 FROM search_texts LIMIT 1"))).first() is not None:
            return
    made = encoder(SMALL)
    if made is None:
        raise EncoderMissing(SMALL)
    company = Company(
        workspace_id=place.workspace,
        source_id=place.source,
        said=said,
        chance=random.Random(9),
        now=place.desk.now(),
        many=many,
    )
    await plant(place.desk.database, company, made)


async def server_seconds(database: Database) -> float:
    """What the database's own processes have worked, where there are such on this machine (Linux)."""
    if database.embedded:
        return 0.0
    async with database.read() as session:
        query = text("SELECT pid FROM pg_stat_activity WHERE datname = current_database()")
        pids = (await session.execute(query)).scalars().all()
    told = (Path(f"/proc/{pid}/schedstat") for pid in pids)
    return sum(int(one.read_text().split()[0]) for one in told if one.is_file()) / 1e9


async def ask(place: House, question: str, name: str, *, alone: bool) -> list[int]:
    """The numbers of the passages that answer a question, best first."""
    search, terms = place.asking(question), asking.terms(question)
    desk = place.with_encoder(name)
    async with desk.read() as session:
        if alone:
            every = [word.lower() for word in asking.all_words(question)]
            asked = Asked(words=tuple(every), marks=tuple(asking.marks(search)), most=10)
            found = await search_finding.by_words(session, place.workspace, asked)
            rows = await search_finding.texts(session, place.workspace, [one for one, _ in found], "")
            keys = {one.id: one.answer_key for one in rows}
            return [int((keys[one] or "p-1")[1:]) for one, _ in found]
        ranked = await ranked_texts(desk, session, search, terms, encoder(name))
    return [int((one.answer_key or "p-1")[1:]) for one in ranked]


async def _put(place: House, said: Sequence[tuple[str, str]]) -> None:
    now = datetime.now(UTC)
    rows = [
        {
            "workspace_id": place.workspace,
            "source_id": place.source,
            "key": key,
            "score": len(words) % 11,
            "answered_at": now,
            "day": (now - timedelta(days=len(words) % 360)).date(),
            "comment": words,
            "properties": {"plan": ("small", "large")[len(words) % 2]},
            "person": None,
            "searchable": False,
        }
        for key, words in said
    ]
    async with place.desk.database.begin() as session:
        await insert_many(session, NpsAnswerRow, rows)
        if is_sqlite(session):
            await session.execute(text("PRAGMA cache_size = -64000"))
