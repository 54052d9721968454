"""Customers who might be asked why: those who spoke of a theme, or are of a kind, and are not left alone."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.cases import same_text
from storage.rows import table_of
from storage.tables import CustomerRow
from storage.tables_rota import ContactRow
from storage.tables_search import SearchTextRow
from storage.tables_stories import InterviewRow
from storage.tables_themes import ThemeTextRow
from storage.themes import TAKEN_OUT
from stories.values import dataclass

_I, _C, _R = table_of(InterviewRow), table_of(CustomerRow), table_of(ContactRow)
_S, _TT = table_of(SearchTextRow), table_of(ThemeTextRow)


NEWEST = 2_000
"""Conversations that are looked at: whoever was not talked with for longer is not remembered well enough."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Talked:
    """A customer, and who talked with them last."""

    customer_id: int
    name: str
    alias: str
    interview_id: int
    author_id: str


async def of_theme(
    session: AsyncSession, workspace_id: str, theme_id: int, today: date, quiet_since: date, *, most: int
) -> tuple[Talked, ...]:
    """Customers who spoke of this theme, nobody having talked with them since that day; the latest first."""
    about = (
        select(_S.c.interview_id)
        .join_from(_S, _TT, and_(_TT.c.workspace_id == workspace_id, _TT.c.text_id == _S.c.id))
        .where(_S.c.workspace_id == workspace_id, _TT.c.theme_id == theme_id, _TT.c.how != TAKEN_OUT)
    )
    return await _talked(session, workspace_id, _I.c.id.in_(about), today, quiet_since, most)


async def of_kind(
    session: AsyncSession, workspace_id: str, kind: str, today: date, quiet_since: date, *, most: int
) -> tuple[Talked, ...]:
    """The same of customers of this kind (any: empty)."""
    fits = same_text(_C.c.segment, kind) if kind else _C.c.id.is_not(None)
    return await _talked(session, workspace_id, fits, today, quiet_since, most)


async def talks_with(session: AsyncSession, workspace_id: str, kind: str, since: date) -> int:
    """How many conversations there were since that day with customers of this kind (any: empty)."""
    query = (
        select(func.count(_I.c.id))
        .join_from(_I, _C, and_(_C.c.workspace_id == _I.c.workspace_id, _C.c.id == _I.c.customer_id))
        .where(_I.c.workspace_id == workspace_id, _I.c.talked_on >= since)
    )
    if kind:
        query = query.where(same_text(_C.c.segment, kind))
    return int((await session.execute(query)).scalar_one())


async def _talked(
    session: AsyncSession,
    workspace_id: str,
    fits: ColumnElement[bool],
    today: date,
    quiet_since: date,
    most: int,
) -> tuple[Talked, ...]:
    """Customers with the conversation that was written up last, but those who are to be left alone."""
    newest = select(_I.c.id).where(_I.c.workspace_id == workspace_id).order_by(_I.c.id.desc()).limit(NEWEST)
    last = (
        select(func.max(_I.c.id).label("id"), func.max(_I.c.talked_on).label("day"))
        .join_from(_I, _C, and_(_C.c.workspace_id == _I.c.workspace_id, _C.c.id == _I.c.customer_id))
        .where(_I.c.workspace_id == workspace_id, _I.c.id.in_(newest), fits)
        .group_by(_I.c.customer_id)
        .subquery()
    )
    rested = or_(_R.c.rests_until.is_(None), _R.c.rests_until <= today)
    query = (
        select(_I.c.customer_id, _C.c.name, _C.c.alias, _I.c.id.label("talk"), _I.c.author_id)
        .join_from(last, _I, and_(_I.c.workspace_id == workspace_id, _I.c.id == last.c.id))
        .join(_C, and_(_C.c.workspace_id == workspace_id, _C.c.id == _I.c.customer_id))
        .join(_R, and_(_R.c.workspace_id == workspace_id, _R.c.customer_id == _I.c.customer_id), isouter=True)
        .where(last.c.day < quiet_since, rested)
        .order_by(_I.c.id.desc())
        .limit(most)
    )
    return tuple(
        Talked(
            customer_id=row.customer_id,
            name=row.name,
            alias=row.alias,
            interview_id=row.talk,
            author_id=row.author_id,
        )
        for row in await session.execute(query)
    )
