"""The themes that people named, as a search is narrowed to one: by name, and what is about it."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.rows import table_of
from storage.tables_search import SearchTextRow
from storage.tables_themes import ThemeRow, ThemeTextRow
from storage.themes import KEPT, TAKEN_OUT
from stories.folding import fold

_TH, _TT, _T = table_of(ThemeRow), table_of(ThemeTextRow), table_of(SearchTextRow)


async def named(session: AsyncSession, workspace_id: str) -> tuple[str, ...]:
    """The names that people gave to themes, in alphabetical order."""
    query = select(_TH.c.name).where(_TH.c.workspace_id == workspace_id, _TH.c.state == KEPT)
    return tuple(sorted(dict.fromkeys((await session.execute(query)).scalars()), key=fold))


async def called(session: AsyncSession, workspace_id: str, name: str) -> tuple[int, ...]:
    """The themes that people gave this name, in any case of letters."""
    query = select(_TH.c.id, _TH.c.name).where(_TH.c.workspace_id == workspace_id, _TH.c.state == KEPT)
    return tuple(row.id for row in await session.execute(query) if fold(row.name) == fold(name))


async def about(
    session: AsyncSession, workspace_id: str, theme_ids: Collection[int], text_ids: Sequence[int]
) -> frozenset[int]:
    """Those of these texts that are about one of these themes."""
    query = select(_TT.c.text_id).where(
        _TT.c.workspace_id == workspace_id,
        _TT.c.theme_id.in_(theme_ids),
        _TT.c.text_id.in_(text_ids),
        _TT.c.how != TAKEN_OUT,
    )
    return frozenset((await session.execute(query)).scalars()) if theme_ids else frozenset()


async def of_comments(
    session: AsyncSession, workspace_id: str, keys: Collection[tuple[int, str]]
) -> dict[tuple[int, str], tuple[str, ...]]:
    """The named themes of these answers' comments, by source and key; of those that are about any."""
    sources, said = {source for source, _key in keys}, [key for _source, key in keys]
    query = (
        select(_T.c.source_id, _T.c.answer_key, _TH.c.name)
        .join_from(_T, _TT, (_TT.c.workspace_id == _T.c.workspace_id) & (_TT.c.text_id == _T.c.id))
        .join(_TH, (_TH.c.workspace_id == _TT.c.workspace_id) & (_TH.c.id == _TT.c.theme_id))
        .where(_T.c.workspace_id == workspace_id, _TH.c.state == KEPT, _TT.c.how != TAKEN_OUT)
        .where(_T.c.source_id.in_(sources), _T.c.answer_key.in_(said))
    )
    found: dict[tuple[int, str], tuple[str, ...]] = {}
    for row in await session.execute(query) if keys else ():
        if (row.source_id, row.answer_key) in keys:
            found[row.source_id, row.answer_key] = (*found.get((row.source_id, row.answer_key), ()), row.name)
    return found
