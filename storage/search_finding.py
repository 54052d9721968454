"""Texts found by their words, and what ranks them; whether one may be shown is asked elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import and_, bindparam, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.bulk import is_sqlite
from storage.rows import run_own, table_of
from storage.search_asked import Asked, Ranked
from storage.search_fts5 import Fts5
from storage.search_tsvector import Tsvector
from storage.several import for_each, one_of
from storage.tables_nps import NpsAnswerRow, NpsSourceRow
from storage.tables_search import SearchTextRow, SearchVectorRow
from storage.tables_stories import StoryRow

_T, _V = table_of(SearchTextRow), table_of(SearchVectorRow)
_S, _A, _SOURCE = table_of(StoryRow), table_of(NpsAnswerRow), table_of(NpsSourceRow)


class FoundText(NamedTuple):
    """A text that was found. `vector` is None until it has one, or where another encoder made it.

    A tuple: hundreds are made with every search, and half of them are never shown.
    """

    id: int
    kind: str
    interview_id: int | None
    source_id: int | None
    answer_key: str | None
    day: date
    words: str
    facets: str
    vector: bytes | None


async def by_words(session: AsyncSession, workspace_id: str, asked: Asked) -> Ranked:
    """Texts that fit what is asked for: id and how well; none for no words.

    The marks name the workspace (see `stories.search.facets.visible_to`); it is asked for once more.
    """
    if not asked.words:
        return ()
    return await _index(session).found(session, workspace_id, asked)


async def newest(session: AsyncSession, workspace_id: str, asked: Asked) -> tuple[int, ...]:
    """The newest texts that bear the marks and are about the themes, whatever their words."""
    return await _index(session).newest(session, workspace_id, asked)


def _index(session: AsyncSession) -> type[Fts5] | type[Tsvector]:
    return Fts5 if is_sqlite(session) else Tsvector


async def texts(
    session: AsyncSession, workspace_id: str, ids: Sequence[int], encoder: str
) -> tuple[FoundText, ...]:
    """These texts, in no particular order; of vectors only those of this encoder."""
    values = {"workspace": workspace_id, "ids": list(ids), "encoder": encoder}
    return tuple(map(FoundText._make, await run_own(session, _TEXTS, values)))


async def codes_after(
    session: AsyncSession, workspace_id: str, encoder: str, text_id: int, kinds: Sequence[str], *, most: int
) -> tuple[tuple[int, bytes], ...]:
    """Texts of these kinds after this one that have a vector by this encoder: id and the signs of it."""
    values = {"workspace": workspace_id, "encoder": encoder, "after": text_id, "kinds": list(kinds)}
    return tuple((row.id, row.code) for row in await run_own(session, _CODES, values | {"most": most}))


async def stories_of(
    session: AsyncSession, workspace_id: str, interview_ids: Sequence[int]
) -> dict[int, int]:
    """The story of each of these conversations, by the conversation's number."""
    query = select(_S.c.interview_id, _S.c.id).where(
        _S.c.workspace_id == workspace_id, _S.c.interview_id.in_(interview_ids)
    )
    return {row.interview_id: row.id for row in await session.execute(query)}


async def comments(
    session: AsyncSession, workspace_id: str, keys: Sequence[tuple[int, str]]
) -> dict[tuple[int, str], Any]:
    """These answers, by source and key, of sources that an admin lets speak and of no other.

    Each has `score`, `day`, `comment`, `properties` and `source` (its name).
    """
    return commented(await run_own(session, COMMENTS, keyed(workspace_id, keys)), keys)


def keyed(workspace_id: str, keys: Sequence[tuple[int, str]]) -> dict[str, Any]:
    """The values with which COMMENTS asks for these answers, and for some with the same key elsewhere."""
    values: dict[str, Any] = {"workspace": workspace_id, "sources": list({source for source, _ in keys})}
    return values | {"keys": [key for _, key in keys]}


def commented(rows: Iterable[Any], keys: Sequence[tuple[int, str]]) -> dict[tuple[int, str], Any]:
    """These answers of those that COMMENTS answered."""
    wanted = set(keys)
    return {(row.source_id, row.key): row for row in rows if (row.source_id, row.key) in wanted}


# Built once: each is asked with every search.

_BY_ENCODER = and_(
    _V.c.workspace_id == _T.c.workspace_id,
    _V.c.text_id == _T.c.id,
    _T.c.encoder == bindparam("encoder"),
)

_TEXTS = for_each(
    lambda dialect: (
        select(*(_T.c[name] for name in FoundText._fields if name != "vector"), _V.c.vector)
        .join_from(_T, _V, _BY_ENCODER, isouter=True)
        .where(_T.c.workspace_id == bindparam("workspace"), one_of(dialect, _T.c.id, "ids"))
    )
)

_CODES = for_each(
    lambda dialect: (
        select(_T.c.id, _V.c.code)
        .join_from(_T, _V, and_(_V.c.workspace_id == _T.c.workspace_id, _V.c.text_id == _T.c.id))
        .where(_T.c.workspace_id == bindparam("workspace"), _T.c.encoder == bindparam("encoder"))
        # Said of both: from one alone, PostgreSQL would go through all vectors before as well.
        .where(_T.c.id > bindparam("after"), _V.c.text_id > bindparam("after"))
        .where(one_of(dialect, _V.c.kind, "kinds"))
        .order_by(_T.c.id)
        .limit(bindparam("most"))
    )
)

COMMENTS = for_each(
    lambda dialect: (
        select(_A.c.source_id, _A.c.key, _A.c.score, _A.c.day, _A.c.comment, _A.c.properties)
        .add_columns(_SOURCE.c.name.label("source"))
        .join_from(
            _A,
            _SOURCE,
            and_(_SOURCE.c.workspace_id == _A.c.workspace_id, _SOURCE.c.id == _A.c.source_id),
        )
        .where(_A.c.workspace_id == bindparam("workspace"), _SOURCE.c.verbatims_shared)
        .where(one_of(dialect, _A.c.source_id, "sources"), one_of(dialect, _A.c.key, "keys"))
    )
)
