"""The themes that people named, as a search is narrowed to one: by name, and what is about it."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import bindparam, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.prepared import Prepared
from storage.rows import run, run_own, table_of
from storage.several import for_each, one_of
from storage.tables_search import SearchTextRow
from storage.tables_themes import ThemeRow, ThemeTextRow
from storage.themes import KEPT, TAKEN_OUT
from stories.folding import fold

_TH, _TT, _T = table_of(ThemeRow), table_of(ThemeTextRow), table_of(SearchTextRow)

# Built once: they are asked with every search that is narrowed to a theme.
_NAMED = Prepared(
    select(_TH.c.id, _TH.c.name).where(_TH.c.workspace_id == bindparam("workspace"), _TH.c.state == KEPT)
)
_ABOUT = for_each(
    lambda dialect: select(_TT.c.text_id).where(
        _TT.c.workspace_id == bindparam("workspace"),
        one_of(dialect, _TT.c.theme_id, "themes"),
        one_of(dialect, _TT.c.text_id, "texts"),
        _TT.c.how != TAKEN_OUT,
    )
)


async def named(session: AsyncSession, workspace_id: str) -> tuple[str, ...]:
    """The names that people gave to themes, in alphabetical order."""
    query = select(_TH.c.name).where(_TH.c.workspace_id == workspace_id, _TH.c.state == KEPT)
    return tuple(sorted(dict.fromkeys((await session.execute(query)).scalars()), key=fold))


async def called(session: AsyncSession, workspace_id: str, name: str) -> tuple[int, ...]:
    """The themes that people gave this name, in any case of letters."""
    rows = await run(session, _NAMED, {"workspace": workspace_id})
    return tuple(row.id for row in rows if fold(row.name) == fold(name))


async def about(
    session: AsyncSession, workspace_id: str, theme_ids: Collection[int], text_ids: Sequence[int]
) -> frozenset[int]:
    """Those of these texts that are about one of these themes."""
    if not theme_ids:
        return frozenset()
    values = {"workspace": workspace_id, "themes": list(theme_ids), "texts": list(text_ids)}
    return frozenset(row.text_id for row in await run_own(session, _ABOUT, values))


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
