"""Themes: proposed, named, merged and split, and the texts that are about each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from storage import priorities
from storage.bulk import is_sqlite
from storage.rows import add, run, table_of
from storage.tables import WorkspaceRow
from storage.tables_search import SearchVectorRow
from storage.tables_themes import ThemeRow, ThemeTextRow
from stories.values import dataclass

PROPOSED, KEPT = "proposed", "kept"
"""States of a theme: found by the machine, and named by a person."""

FOUND, SORTED, SAID, TAKEN_OUT = "found", "sorted", "said", "taken_out"
"""How a text came to a theme: with the proposal, by likeness, by a person; or was taken out by one."""

CENTRAL = 3

_V, _TH, _TT = (table_of(row) for row in (SearchVectorRow, ThemeRow, ThemeTextRow))


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """A theme, how many texts are about it, and the most central of them."""

    id: int
    name: str
    sentence: str
    state: str
    encoder: str
    described: bytes
    texts: int
    central: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NewTheme:
    """A theme as it is proposed: the texts that are about it, the most central first."""

    name: str
    described: bytes
    text_ids: tuple[int, ...]


async def every(session: AsyncSession, workspace_id: str) -> tuple[Theme, ...]:
    """Every theme, those that people named first, then by how many texts are about each."""
    counted = select(_TT.c.theme_id, func.count()).where(
        _TT.c.workspace_id == workspace_id, _TT.c.how != TAKEN_OUT
    )
    rows = await session.execute(counted.group_by(_TT.c.theme_id))
    numbers = {row[0]: row[1] for row in rows}
    themes = (await session.execute(select(_TH).where(_TH.c.workspace_id == workspace_id))).all()
    found = [await _theme(session, workspace_id, row, numbers.get(row.id, 0)) for row in themes]
    return tuple(sorted(found, key=lambda one: (one.state != KEPT, -one.texts, one.id)))


async def named(session: AsyncSession, workspace_id: str) -> tuple[tuple[int, str], ...]:
    """The themes that people named, by id and name."""
    query = select(_TH.c.id, _TH.c.name).where(_TH.c.workspace_id == workspace_id, _TH.c.state == KEPT)
    return tuple((row.id, row.name) for row in await session.execute(query.order_by(_TH.c.id)))


async def get(session: AsyncSession, workspace_id: str, theme_id: int) -> Theme | None:
    """This theme; None once somebody merged, split or dropped it. Its texts are not counted: 0."""
    query = select(_TH).where(_TH.c.workspace_id == workspace_id, _TH.c.id == theme_id)
    row = (await session.execute(query)).first()
    return None if row is None else await _theme(session, workspace_id, row, 0)


async def texts_of(session: AsyncSession, workspace_id: str, theme_id: int, *, most: int) -> tuple[int, ...]:
    """The texts about a theme: those people put there first, then the central ones, then the newest."""
    query = (
        select(_TT.c.text_id)
        .where(_TT.c.workspace_id == workspace_id, _TT.c.theme_id == theme_id, _TT.c.how != TAKEN_OUT)
        .order_by((_TT.c.how == SAID).desc(), (_TT.c.rank == 0), _TT.c.rank, _TT.c.text_id.desc())
        .limit(most)
    )
    return tuple((await session.execute(query)).scalars())


async def propose(
    session: AsyncSession, workspace_id: str, encoder: str, new: Sequence[NewTheme], *, now: datetime
) -> None:
    """Put these proposals in the place of those that nobody named; whoever does so too waits for it.

    Else each would take only older proposals away, and both of their own would stand.
    """
    this = select(WorkspaceRow.id).where(WorkspaceRow.id == workspace_id)
    await session.execute(this.with_for_update(key_share=True))
    own = (_TH.c.workspace_id == workspace_id, _TH.c.state == PROPOSED)
    await session.execute(delete(_TH).where(*own))
    for one in new:
        await add_proposal(session, workspace_id, encoder, one, now=now)


async def add_proposal(
    session: AsyncSession, workspace_id: str, encoder: str, new: NewTheme, *, now: datetime
) -> int:
    """One more proposal; its id."""
    theme_id = await add(
        session,
        ThemeRow,
        workspace_id=workspace_id,
        name=new.name,
        state=PROPOSED,
        encoder=encoder,
        described=new.described,
        created_at=now,
    )
    ranks = [(text_id, rank if rank <= CENTRAL else 0) for rank, text_id in enumerate(new.text_ids, 1)]
    await put(session, workspace_id, theme_id, ranks, FOUND, None, now)
    return theme_id


async def name(
    session: AsyncSession,
    workspace_id: str,
    theme_id: int,
    *,
    called: str,
    sentence: str,
    described: bytes,
    by: str,
) -> bool:
    """Have a person's name and sentence for a theme; tells whether it is there."""
    values = {"name": called, "sentence": sentence, "described": described, "state": KEPT, "named_by": by}
    own = (_TH.c.workspace_id == workspace_id, _TH.c.id == theme_id)
    changed = await session.execute(update(_TH).where(*own).values(values).returning(_TH.c.id))
    await _sort_anew(session, workspace_id)
    return changed.first() is not None


async def drop(session: AsyncSession, workspace_id: str, theme_id: int) -> bool:
    """Let go of a theme; its texts stay, and so does what was chosen under its name. Tells if it stood."""
    await priorities.themes_merged(session, workspace_id, None, [theme_id])
    own = (_TH.c.workspace_id == workspace_id, _TH.c.id == theme_id)
    stood = (await session.execute(delete(_TH).where(*own).returning(_TH.c.id))).first() is not None
    await _sort_anew(session, workspace_id)
    return stood


async def merge(
    session: AsyncSession, workspace_id: str, into_id: int, theme_ids: Sequence[int], *, now: datetime
) -> None:
    """Have one theme stand for several: it takes their texts, and what people said of those."""
    others = [one for one in theme_ids if one != into_id]
    rows = await session.execute(
        select(_TT).where(_TT.c.workspace_id == workspace_id, _TT.c.theme_id.in_(others))
    )
    for row in rows.all():
        if row.how != TAKEN_OUT:
            await put(session, workspace_id, into_id, [(row.text_id, 0)], row.how, row.said_by, now)
    await priorities.themes_merged(session, workspace_id, into_id, others)
    await session.execute(delete(_TH).where(_TH.c.workspace_id == workspace_id, _TH.c.id.in_(others)))
    await _sort_anew(session, workspace_id)


async def correct(
    session: AsyncSession,
    workspace_id: str,
    text_id: int,
    *,
    theme_id: int,
    to_id: int | None,
    by: str,
    now: datetime,
) -> None:
    """Keep that somebody took a text out of a theme, and put it under another one or none."""
    taken = {"how": TAKEN_OUT, "said_by": by, "at": now}
    own = (_TT.c.workspace_id == workspace_id, _TT.c.text_id == text_id, _TT.c.theme_id == theme_id)
    await session.execute(update(_TT).where(*own).values(taken))
    if to_id is not None:
        await session.execute(
            delete(_TT).where(
                _TT.c.workspace_id == workspace_id, _TT.c.text_id == text_id, _TT.c.theme_id == to_id
            )
        )
        await put(session, workspace_id, to_id, [(text_id, 0)], SAID, by, now)


async def _sort_anew(session: AsyncSession, workspace_id: str) -> None:
    await session.execute(
        update(_V).where(_V.c.workspace_id == workspace_id, _V.c.sorted).values(sorted=False)
    )


async def put(
    session: AsyncSession,
    workspace_id: str,
    theme_id: int,
    ranks: Sequence[tuple[int, int]],
    how: str,
    by: str | None,
    now: datetime,
) -> None:
    """Put texts, with their ranks, under a theme; what stands of them there stays as it is."""
    there = select(_TH.c.id).where(_TH.c.workspace_id == workspace_id, _TH.c.id == theme_id)
    if not ranks or (await session.execute(there)).first() is None:
        return
    insert = sqlite.insert(_TT) if is_sqlite(session) else postgresql.insert(_TT)
    own: dict[str, Any] = {"workspace_id": workspace_id, "theme_id": theme_id}
    rows = [
        {**own, "text_id": text_id, "how": how, "rank": rank, "said_by": by, "at": now}
        for text_id, rank in ranks
    ]
    await run(session, insert.on_conflict_do_nothing(), rows)


async def _theme(session: AsyncSession, workspace_id: str, row: Any, texts: int) -> Theme:
    central = await texts_of(session, workspace_id, row.id, most=CENTRAL)
    return Theme(
        id=row.id,
        name=row.name,
        sentence=row.sentence,
        state=row.state,
        encoder=row.encoder,
        described=row.described,
        texts=texts,
        central=central,
    )
