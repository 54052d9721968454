"""The texts that themes are found in, and those that arrive, sorted under the themes that there are."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.rows import table_of
from storage.tables_search import SearchTextRow, SearchVectorRow
from storage.tables_themes import ThemeTextRow
from storage.themes import SAID, SORTED, put

_T, _V, _TT = (table_of(row) for row in (SearchTextRow, SearchVectorRow, ThemeTextRow))


async def to_be_found_in(
    session: AsyncSession, workspace_id: str, encoder: str, kinds: Sequence[str], *, most: int
) -> tuple[tuple[int, str, bytes], ...]:
    """The newest texts of these kinds with a vector by this encoder: id, words and vector."""
    same = (_V.c.workspace_id == _T.c.workspace_id) & (_V.c.text_id == _T.c.id)
    query = (
        select(_T.c.id, _T.c.words, _V.c.vector)
        .join_from(_T, _V, same)
        .where(_T.c.workspace_id == workspace_id, _T.c.encoder == encoder, _T.c.kind.in_(kinds))
        .order_by(_T.c.id.desc())
        .limit(most)
    )
    return tuple((row.id, row.words, row.vector) for row in await session.execute(query))


async def vectors_of(
    session: AsyncSession, workspace_id: str, encoder: str, theme_id: int, how: Sequence[str], *, most: int
) -> tuple[tuple[int, str, bytes], ...]:
    """The texts that came to a theme in one of these ways: id, words and vector by this encoder."""
    same = (_V.c.workspace_id == _T.c.workspace_id) & (_V.c.text_id == _T.c.id)
    about = (_TT.c.workspace_id == _T.c.workspace_id) & (_TT.c.text_id == _T.c.id)
    query = (
        select(_T.c.id, _T.c.words, _V.c.vector)
        .join_from(_T, _V, same)
        .join(_TT, about)
        .where(_T.c.workspace_id == workspace_id, _T.c.encoder == encoder)
        .where(_TT.c.theme_id == theme_id, _TT.c.how.in_(how))
        .order_by(_T.c.id.desc())
        .limit(most)
    )
    return tuple((row.id, row.words, row.vector) for row in await session.execute(query))


async def unsorted(
    session: AsyncSession, workspace_id: str, encoder: str, kinds: Sequence[str], *, most: int
) -> tuple[tuple[int, bytes], ...]:
    """Texts that were not held against the themes yet: id and vector by this encoder."""
    same = (_V.c.workspace_id == _T.c.workspace_id) & (_V.c.text_id == _T.c.id)
    query = (
        select(_V.c.text_id, _V.c.vector)
        .join_from(_V, _T, same)
        .where(_V.c.workspace_id == workspace_id, ~_V.c.sorted, _V.c.kind.in_(kinds))
        .where(_T.c.encoder == encoder)
        .order_by(_V.c.text_id)
        .limit(most)
    )
    return tuple((row.text_id, row.vector) for row in await session.execute(query))


async def keep_sorted(
    session: AsyncSession, workspace_id: str, about: Sequence[tuple[int, int | None]], *, now: datetime
) -> None:
    """Keep of texts which theme they are about by likeness, None for no theme; what people said stays."""
    ids = [text_id for text_id, _ in about]
    own = (_TT.c.workspace_id == workspace_id, _TT.c.text_id.in_(ids))
    await session.execute(delete(_TT).where(*own, _TT.c.how == SORTED))
    said = select(_TT.c.text_id).where(*own, _TT.c.how == SAID)
    told = set((await session.execute(said)).scalars())
    for text_id, theme_id in about:
        if theme_id is not None and text_id not in told:
            await put(session, workspace_id, theme_id, [(text_id, 0)], SORTED, None, now)
    done = (_V.c.workspace_id == workspace_id, _V.c.text_id.in_(ids))
    await session.execute(update(_V).where(*done).values(sorted=True))
