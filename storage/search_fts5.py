"""Full text on SQLite: FTS5, ranked by BM25 over the words alone.

What a text is filtered by stands in the same index, but is no part of what ranks it: FTS5 would count every
text that bears a mark, for each search anew.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from storage.rows import run_written
from storage.search_asked import Asked, Marks, Ranked
from stories.search.frequent import rare


class Fts5:
    """How texts are found in it."""

    @staticmethod
    async def found(session: AsyncSession, workspace_id: str, asked: Asked) -> Ranked:
        """The texts that fit, best first."""
        candidates = await _candidates(session, workspace_id, asked)
        if not candidates:
            return ()
        values: dict[str, Any] = {
            "query": f"words : ({_any(asked.words, asked)})",
            "ids": json.dumps(candidates),
        }
        values |= {"first": min(candidates), "workspace": workspace_id, "most": asked.most}
        return tuple((number, -rank) for number, rank in await run_written(session, _RANKED, values))

    @staticmethod
    async def newest(session: AsyncSession, workspace_id: str, asked: Asked) -> tuple[int, ...]:
        """The newest texts that bear the marks, whatever their words."""
        ids = await _matching(session, workspace_id, _borne(asked.marks), asked.most, asked.themes)
        values = {"workspace": workspace_id, "ids": json.dumps(ids)}
        return tuple(number for (number,) in await run_written(session, _OWN, values))


async def _candidates(session: AsyncSession, workspace_id: str, asked: Asked) -> list[int]:
    """The texts that are ranked: all that fit, or of frequent words the newest."""

    async def fitting(said: str, most: int) -> list[int]:
        query = f"(words : ({said})) AND {_borne(asked.marks)}"
        return await _matching(session, workspace_id, query, most, asked.themes)

    most = max(asked.reach.ranked + 1, asked.reach.newest)
    every = await fitting(_any(asked.words, asked), most)
    if len(every) <= asked.reach.ranked or asked.themes:
        return every
    seldom = rare(await _sizes(session, asked), asked.reach.ranked)
    often = [word for word in asked.words if word not in seldom]
    together = await fitting(_all(often, asked), asked.reach.together) if len(often) > 1 else []
    alone = await fitting(_any(seldom, asked), asked.reach.ranked) if seldom else []
    return [*dict.fromkeys((*every[: asked.reach.newest], *together, *alone))]


async def _matching(
    session: AsyncSession, workspace_id: str, query: str, most: int, themes: Sequence[int]
) -> list[int]:
    """The newest texts that match; they come as one row: thousands of rows take longer than to find them."""
    values: dict[str, Any] = {"query": query, "most": most}
    if themes:
        values |= {"workspace": workspace_id, "themes": json.dumps(list(themes))}
    ((found,),) = await run_written(session, _NEWEST_ABOUT if themes else _NEWEST, values)
    return sorted(json.loads(found), reverse=True)


async def _sizes(session: AsyncSession, asked: Asked) -> dict[str, int]:
    """How many texts hold each word, of all workspaces; counted up to one more than are ranked."""
    values: dict[str, Any] = {"most": asked.reach.ranked + 1}
    values |= {f"query_{n}": f"words : ({_any([word], asked)})" for n, word in enumerate(asked.words)}
    counting = ", ".join(_COUNTED.format(n=n) for n in range(len(asked.words)))
    (counted,) = await run_written(session, f"SELECT {counting}", values)
    return dict(zip(asked.words, counted, strict=True))


def _borne(marks: Marks) -> str:
    return " AND ".join(f"facets : ({' OR '.join(some)})" for some in marks)


def _any(words: Sequence[str], asked: Asked) -> str:
    return " OR ".join(_term(word, asked) for word in words)


def _all(words: Sequence[str], asked: Asked) -> str:
    return " AND ".join(_term(word, asked) for word in words)


def _term(word: str, asked: Asked) -> str:
    """A word as it is looked for: the last one that was typed may go on."""
    return f'"{word}"*' if word == asked.words[-1] else f'"{word}"'


_ONE_ROW = "SELECT json_group_array(rowid) FROM ({found} ORDER BY rowid DESC LIMIT :most)"

_MATCHING = "SELECT rowid FROM search_words WHERE search_words MATCH :query"

_NEWEST = _ONE_ROW.format(found=_MATCHING)

_OWN = """SELECT id FROM search_texts WHERE workspace_id = :workspace
AND id IN (SELECT value FROM json_each(:ids)) ORDER BY id DESC"""

# The plus keeps SQLite from asking the full-text index once for each of them.
_ABOUT = """ AND +rowid IN (SELECT text_id FROM theme_texts WHERE workspace_id = :workspace
    AND theme_id IN (SELECT value FROM json_each(:themes)) AND how <> 'taken_out')"""

_NEWEST_ABOUT = _ONE_ROW.format(found=_MATCHING + _ABOUT)

_COUNTED = """(SELECT count(*) FROM (
    SELECT rowid FROM search_words WHERE search_words MATCH :query_{n} LIMIT :most))"""

_RANKED = """SELECT found.rowid, found.rank FROM (
    SELECT rowid, bm25(search_words, 1.0, 0.0) AS rank FROM search_words
    WHERE search_words MATCH :query AND rowid >= :first
    AND +rowid IN (SELECT value FROM json_each(:ids)) ORDER BY rank LIMIT :most) AS found
JOIN search_texts ON search_texts.id = found.rowid WHERE search_texts.workspace_id = :workspace
ORDER BY found.rank"""
