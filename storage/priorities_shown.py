"""Where the top three show: which of them a story serves, and in which posts they were told of."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import and_, bindparam, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.rows import add_new, table_of
from storage.several import for_each, one_of
from storage.tables_attention import UnaskedRow
from storage.tables_following import NoticeStoryRow
from storage.tables_posts import ChannelRow
from storage.tables_priorities import PriorityRoundRow, PriorityRow
from storage.tables_search import SearchTextRow
from storage.tables_themes import ThemeRow, ThemeTextRow
from storage.themes import TAKEN_OUT
from stories.channels import ChannelState, Kind
from stories.priorities.priority import State

_P, _T, _TT, _S = (table_of(row) for row in (PriorityRow, ThemeRow, ThemeTextRow, SearchTextRow))


def serving(rows: Iterable[Any]) -> dict[int, tuple[str, ...]]:
    """Which of the quarter's three each conversation speaks of, by name, from the rows that SERVED answers.

    No entry for one that speaks of none.
    """
    found: dict[int, dict[str, None]] = {}
    for row in rows:
        found.setdefault(row.interview_id, {})[row.name] = None
    return {number: tuple(names) for number, names in found.items()}


async def hearing(session: AsyncSession, workspace_id: str) -> tuple[str, ...]:
    """The channels that asked to hear of the top three and are told things, in a steady order."""
    query = select(ChannelRow.channel_id, ChannelRow.kinds).where(
        ChannelRow.workspace_id == workspace_id, ChannelRow.state == ChannelState.ON.value
    )
    rows = await session.execute(query.order_by(ChannelRow.channel_id))
    return tuple(row.channel_id for row in rows if Kind.TOP_THREE.value in row.kinds)


async def posts_of(session: AsyncSession, workspace_id: str, kind: str, slot: str) -> tuple[int, ...]:
    """The deliveries that told of something unasked with this kind and slot, wherever that was."""
    own = (UnaskedRow.workspace_id == workspace_id, UnaskedRow.kind == kind, UnaskedRow.slot_key == slot)
    query = select(UnaskedRow.delivery_id).where(*own, UnaskedRow.delivery_id.is_not(None))
    return tuple(number for number in (await session.execute(query)).scalars() if number is not None)


async def spoken_of(session: AsyncSession, workspace_id: str, delivery_id: int) -> frozenset[int]:
    """The stories that a post was noted to speak of."""
    own = (NoticeStoryRow.workspace_id == workspace_id, NoticeStoryRow.delivery_id == delivery_id)
    return frozenset((await session.execute(select(NoticeStoryRow.story_id).where(*own))).scalars())


async def next_look(session: AsyncSession, workspace_id: str) -> datetime | None:
    """When it is next looked at whom to ask or tell something; None before the first look."""
    query = select(PriorityRoundRow.next_at).where(PriorityRoundRow.workspace_id == workspace_id)
    return (await session.execute(query)).scalar_one_or_none()


async def looked(session: AsyncSession, workspace_id: str, next_at: datetime) -> None:
    """It was looked at; the next look is then."""
    if not await add_new(session, PriorityRoundRow, workspace_id=workspace_id, next_at=next_at):
        own = PriorityRoundRow.workspace_id == workspace_id
        await session.execute(update(PriorityRoundRow).where(own).values(next_at=next_at))


# Built once: it is asked with every story that is told. From the story on, so that history costs nothing.
SERVED = for_each(
    lambda dialect: (
        select(_S.c.interview_id, _T.c.name)
        .join_from(_S, _TT, and_(_TT.c.workspace_id == _S.c.workspace_id, _TT.c.text_id == _S.c.id))
        .join(_P, and_(_P.c.workspace_id == _S.c.workspace_id, _P.c.theme_id == _TT.c.theme_id))
        .join(_T, and_(_T.c.workspace_id == _S.c.workspace_id, _T.c.id == _P.c.theme_id))
        .where(
            _S.c.workspace_id == bindparam("workspace"),
            one_of(dialect, _S.c.interview_id, "interviews"),
            _TT.c.how != TAKEN_OUT,
            _P.c.state != State.DROPPED.value,
            _P.c.quarter <= bindparam("today", type_=_P.c.quarter.type),
            _P.c.last_day >= bindparam("today", type_=_P.c.quarter.type),
        )
        .order_by(_P.c.place)
    )
)
