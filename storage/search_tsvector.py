"""Full text on PostgreSQL: tsvector, ranked by BM25, which tells rare words from frequent ones.

How many texts a search is about is asked of the planner, who knows how frequent words are: counting them
would take as long as ranking.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from storage.search_asked import Asked, Marks, Ranked
from stories.search.frequent import rare

Part = tuple[str, str, int]
"""Texts that are ranked: those of these words and these marks, and how many at the most."""


class Tsvector:
    """How texts are found in it."""

    @staticmethod
    async def found(session: AsyncSession, workspace_id: str, asked: Asked) -> Ranked:
        """The texts that fit, best first."""
        parts = [(_any(asked.words, asked), _borne(asked.marks), asked.reach.ranked)]
        if not asked.themes and await _how_many(session, *parts[0][:2]) > asked.reach.ranked:
            parts = await _pieces(session, asked)
            ranked = await _ranked(session, workspace_id, asked, parts)
            if len(ranked) >= asked.most:
                return ranked
            # The planner took the latest months for fuller than they are.
            parts.append((_any(asked.words, asked), _borne(asked.marks), asked.reach.newest))
        return await _ranked(session, workspace_id, asked, parts)

    @staticmethod
    async def newest(session: AsyncSession, workspace_id: str, asked: Asked) -> tuple[int, ...]:
        """The newest texts that bear the marks, whatever their words."""
        values: dict[str, Any] = {"marks_0": _borne(asked.marks), "workspace": workspace_id}
        values |= {"most": asked.most, "themes": list(asked.themes)}
        query = _NEWEST.format(about=_ABOUT if asked.themes else "")
        return tuple((await session.execute(text(query), values)).scalars())


async def _ranked(session: AsyncSession, workspace_id: str, asked: Asked, parts: Sequence[Part]) -> Ranked:
    values: dict[str, Any] = {"workspace": workspace_id, "themes": list(asked.themes), "most": asked.most}
    values["all"] = await _how_many(session, "", _borne(asked.marks))
    for number, (said, borne, most) in enumerate(parts):
        values |= {f"words_{number}": said, f"marks_{number}": borne, f"most_{number}": most}
    for number, word in enumerate(asked.words):
        values[f"word_{number}"] = _term(word, asked)
    about = _ABOUT if asked.themes else ""
    each = [_PIECE.format(n=number, about=about) for number in range(len(parts))]
    rows = await session.execute(text(_ranking(each, len(asked.words))), values)
    return tuple((number, rank) for number, rank in rows)


def _ranking(pieces: Sequence[str], words: int) -> str:
    """BM25 over the texts of these pieces, with how often a word comes as `ts_rank` tells it.

    A text in which it comes once has 0.061 there, and the most is 0.1.
    """
    every = range(words)
    said = ", ".join(
        f"{_ONCE} * ts_rank(tsv, to_tsquery('english', :word_{n}), 0) AS said_{n}" for n in every
    )
    texts = ", ".join(f"count(*) FILTER (WHERE said_{n} > 0) AS texts_{n}" for n in every)
    rank = " + ".join(_BM25.format(n=n) for n in every)
    return _RANKED.format(pieces=" UNION ALL ".join(pieces), said=said, texts=texts, rank=rank)


async def _pieces(session: AsyncSession, asked: Asked) -> list[Part]:
    """What is looked through where a search is about very many texts: words, marks, and how many texts."""
    sizes = {word: await _how_many(session, _term(word, asked), "") for word in asked.words}
    seldom, borne = rare(sizes, asked.reach.ranked), _borne(asked.marks)
    often = [word for word in asked.words if word not in seldom]
    pieces = [(_any(seldom, asked), borne, asked.reach.ranked)] if seldom else []
    pieces.append((_any(often, asked), await _latest(session, _any(often, asked), asked), asked.reach.newest))
    if len(often) > 1:
        pieces.append((_all(often, asked), borne, asked.reach.together))
    return pieces


async def _latest(session: AsyncSession, said: str, asked: Asked) -> str:
    """The marks, with as many of the latest months as may be looked through."""
    chosen = _borne(asked.marks)
    for number, months in enumerate(asked.recent):
        marks = _borne((*asked.marks, months))
        if number and await _how_many(session, said, marks) > asked.reach.newest:
            break
        chosen = marks
    return chosen


async def _how_many(session: AsyncSession, said: str, borne: str) -> int:
    """How many texts of these words and these marks (either "" for all) the planner expects."""
    conditions, values = [], {}
    for name, value, condition in (("said", said, _HOLDING), ("borne", borne, _BEARING)):
        if value:
            conditions.append(condition)
            values[name] = value
    query = f"EXPLAIN (FORMAT JSON) SELECT 1 FROM search_texts WHERE {' AND '.join(conditions)}"  # noqa: S608 our own conditions
    told = (await session.execute(text(query), values)).scalar_one()
    return int(told[0]["Plan"]["Plan Rows"])


def _borne(marks: Marks) -> str:
    return " & ".join(f"({' | '.join(some)})" for some in marks)


def _any(words: Sequence[str], asked: Asked) -> str:
    return " | ".join(_term(word, asked) for word in words)


def _all(words: Sequence[str], asked: Asked) -> str:
    return " & ".join(_term(word, asked) for word in words)


def _term(word: str, asked: Asked) -> str:
    """A word as it is looked for: the last one that was typed may go on."""
    return f"{word}:*" if word == asked.words[-1] else word


_HOLDING, _BEARING = "tsv @@ to_tsquery('english', :said)", "tsv @@ to_tsquery('simple', :borne)"

_ABOUT = """AND id IN (SELECT text_id FROM theme_texts WHERE workspace_id = :workspace
    AND theme_id = ANY(CAST(:themes AS bigint[])) AND how <> 'taken_out')"""

_PIECE = """(SELECT id, tsv FROM search_texts
    WHERE tsv @@ (to_tsquery('english', :words_{n}) && to_tsquery('simple', :marks_{n}))
    AND workspace_id = :workspace {about} LIMIT :most_{n})"""

_ONCE = 1 / 0.0607927
"""Has a word that comes once count 1."""

_BM25 = """ln(1 + (greatest(number, :all) - texts_{n} + 0.5) / (texts_{n} + 0.5))
    * said_{n} * 2.2 / (said_{n} + 1.2 * (0.25 + 0.75 * long / usual))"""

_RANKED = """WITH found AS MATERIALIZED (SELECT DISTINCT ON (id) id, tsv FROM ({pieces}) AS pieces),
told AS MATERIALIZED (SELECT id, length(tsv) AS long, {said} FROM found),
counted AS MATERIALIZED (SELECT count(*) AS number, avg(long) AS usual, {texts} FROM told)
SELECT id, {rank} AS rank FROM told, counted ORDER BY rank DESC, id DESC LIMIT :most"""

_NEWEST = """SELECT id FROM search_texts WHERE tsv @@ to_tsquery('simple', :marks_0)
AND workspace_id = :workspace {about} ORDER BY id DESC LIMIT :most"""
