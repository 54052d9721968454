"""Full text over published stories: FTS5 with stemming on SQLite, tsvector on PostgreSQL.

The index holds only what may be told: the caller hands in the words of a telling, never of an interview.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import BigInteger, String, TableClause, bindparam, column, delete, select, table, text
from sqlalchemy.ext.asyncio import AsyncSession

from storage import search_due
from storage.prepared import Prepared
from storage.rows import run, run_each

_WORD = re.compile(r"\w+")
_OLD_FTS = (3, 42)


async def index(session: AsyncSession, workspace_id: str, story_id: int, words: str) -> None:
    """Make a story findable by these words, in place of those from before.

    What is found by meaning, and a story's quotes one by one, follow later (see `storage.search_due`).
    """
    await forget(session, workspace_id, story_id)
    await add(session, workspace_id, story_id, words)


async def add(session: AsyncSession, workspace_id: str, story_id: int, words: str) -> None:
    """Make a story findable that is not in the index yet."""
    key = "rowid" if _embedded(session) else "story_id"
    await run(session, _adding(key), {key: story_id, "workspace_id": workspace_id, "words": indexed(words)})


def indexed(words: str) -> str:
    """The words as they are handed to the index.

    PostgreSQL would take what stands between angle brackets for a tag and leave it out.
    """
    return words.replace("<", " ").replace(">", " ")


async def forget(session: AsyncSession, workspace_id: str, story_id: int) -> None:
    """Make a story unfindable; nothing of it stays in the index."""
    await search_due.story_changed(session, workspace_id, story_id)
    stands, gone = _forgetting("rowid" if _embedded(session) else "story_id")
    values = {"id": story_id, "workspace": workspace_id}
    if (await run(session, stands, values)).first() is None:
        return
    await run_each(session, gone, [values])
    if _embedded(session):
        await _purge(session)


async def reword(session: AsyncSession, workspace_id: str, story_id: int, words: str) -> None:
    """Change what a story is found by; what the index keeps of the words before is `storage.cleaning`'s."""
    key = "rowid" if _embedded(session) else "story_id"
    statement = f"UPDATE story_words SET words = :words WHERE {key} = :id AND workspace_id = :workspace"  # noqa: S608 a column's name
    values = {"id": story_id, "workspace": workspace_id, "words": indexed(words)}
    await session.execute(text(statement), values)


async def find(
    session: AsyncSession,
    workspace_id: str,
    words: str,
    *,
    most: int = 20,
    among: Sequence[int] | None = None,
) -> tuple[int, ...]:
    """The stories that hold all these words (the last as a beginning), best first; none for no word.

    Where it is given, only `among` these: a few hundred at the most.
    """
    terms = _WORD.findall(words)[:12]
    if not terms:
        return ()
    statement, query = (_SQLITE, _fts5(terms)) if _embedded(session) else (_POSTGRESQL, _tsquery(terms))
    values: dict[str, Any] = {"query": query, "workspace": workspace_id, "most": most}
    some = ""
    if among is not None:
        some = _SQLITE_AMONG if _embedded(session) else _POSTGRESQL_AMONG
        values["among"] = json.dumps(list(among)) if _embedded(session) else list(among)
    rows = await session.execute(text(statement.format(among=some)), values)
    return tuple(rows.scalars())


_SQLITE = """SELECT rowid FROM story_words
WHERE story_words MATCH :query AND workspace_id = :workspace {among} ORDER BY rank LIMIT :most"""

_SQLITE_AMONG = "AND rowid IN (SELECT value FROM json_each(:among))"

_POSTGRESQL = """SELECT story_id FROM story_words, to_tsquery('english', :query) AS query
WHERE tsv @@ query AND workspace_id = :workspace {among} ORDER BY ts_rank_cd(tsv, query) DESC, story_id DESC
LIMIT :most"""

_POSTGRESQL_AMONG = "AND story_id = ANY(CAST(:among AS bigint[]))"


@cache
def _adding(key: str) -> Prepared:
    return Prepared(_words(key).insert().inline())


@cache
def _forgetting(key: str) -> tuple[Prepared, Prepared]:
    words = _words(key)
    own = (words.c[key] == bindparam("id"), words.c.workspace_id == bindparam("workspace"))
    return Prepared(select(words.c.workspace_id).where(*own)), Prepared(delete(words).where(*own))


def _words(key: str) -> TableClause:
    return table(
        "story_words", column(key, BigInteger), column("workspace_id", String), column("words", String)
    )


def _fts5(terms: list[str]) -> str:
    quoted = [f'"{term}"' for term in terms]
    return " ".join([*quoted[:-1], f"{quoted[-1]}*"])


def _tsquery(terms: list[str]) -> str:
    return " & ".join([*terms[:-1], f"{terms[-1]}:*"])


def _embedded(session: AsyncSession) -> bool:
    return session.get_bind().dialect.name == "sqlite"


async def _purge(session: AsyncSession) -> None:
    """Before 3.42, FTS5 keeps deleted words in its segments until they are merged."""
    version = (await session.execute(text("SELECT sqlite_version()"))).scalar_one()
    if tuple(int(part) for part in version.split(".")[:2]) < _OLD_FTS:
        await session.execute(text("INSERT INTO story_words (story_words) VALUES ('optimize')"))
