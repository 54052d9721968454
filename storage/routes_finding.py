"""The texts that a rule asks for, newest first; whether one may be shown is asked elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Date, bindparam, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from storage.bulk import is_sqlite
from storage.rows import table_of
from storage.tables_themes import ThemeTextRow
from storage.themes import TAKEN_OUT
from stories.values import dataclass

_TT = table_of(ThemeTextRow)

Marks = Sequence[tuple[str, ...]]
"""What a text has to bear: one mark of each of these."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What texts have to bear (`marks`), hold (all of `words`), and since when; `after` a text's number."""

    marks: Marks
    words: Sequence[str] = ()
    after: int = 0
    since: date = date(1990, 1, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fitting:
    """A text that fits: a story's, by its conversation, or a comment's, by source and key."""

    id: int
    interview_id: int | None
    source_id: int | None
    answer_key: str | None
    facets: str


async def fitting(
    session: AsyncSession, workspace_id: str, asked: Asked, *, most: int
) -> tuple[Fitting, ...]:
    """Texts that fit, the newest first.

    The marks name the workspace (see `stories.search.facets.visible_to`); it is asked for once more.
    """
    values: dict[str, Any] = {
        "workspace": workspace_id,
        "after": asked.after,
        "since": asked.since,
        "most": most,
    }
    if is_sqlite(session):
        borne = " AND ".join(f"facets : ({' OR '.join(some)})" for some in asked.marks)
        held = " AND ".join(f'words : ("{word}")' for word in asked.words)
        values["query"] = f"{held} AND {borne}" if held else borne
        rows = await session.execute(_dated(_SQLITE), values)
    else:
        values["marks"] = " & ".join(f"({' | '.join(some)})" for some in asked.marks)
        values["words"] = " & ".join(asked.words)
        rows = await session.execute(_dated(_POSTGRESQL if asked.words else _BY_MARKS), values)
    return tuple(Fitting(**row._asdict()) for row in rows)


async def about_theme(
    session: AsyncSession, workspace_id: str, theme_id: int, text_ids: Sequence[int]
) -> frozenset[int]:
    """Which of these texts are about a theme."""
    query = select(_TT.c.text_id).where(
        _TT.c.workspace_id == workspace_id,
        _TT.c.theme_id == theme_id,
        _TT.c.text_id.in_(text_ids),
        _TT.c.how != TAKEN_OUT,
    )
    return frozenset((await session.execute(query)).scalars())


def _dated(statement: str) -> Any:
    return text(statement).bindparams(bindparam("since", type_=Date))


_SQLITE = """SELECT search_texts.id, interview_id, source_id, answer_key, search_texts.facets
FROM search_words JOIN search_texts ON search_texts.id = search_words.rowid
WHERE search_words MATCH :query AND search_words.rowid > :after
AND workspace_id = :workspace AND day >= :since ORDER BY search_words.rowid DESC LIMIT :most"""

_BY_MARKS = """SELECT id, interview_id, source_id, answer_key, facets FROM search_texts
WHERE tsv @@ to_tsquery('simple', :marks)
AND workspace_id = :workspace AND id > :after AND day >= :since ORDER BY id DESC LIMIT :most"""

_POSTGRESQL = """SELECT id, interview_id, source_id, answer_key, facets FROM search_texts
WHERE tsv @@ (to_tsquery('english', :words) && to_tsquery('simple', :marks))
AND workspace_id = :workspace AND id > :after AND day >= :since ORDER BY id DESC LIMIT :most"""
