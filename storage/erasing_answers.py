"""What Slack answered about the posts that an erasure changes: done, refused, or nobody knows."""

from __future__ import annotations

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.erasing_posts import DONE, PLANNED, REFUSED, UNSURE, WAITING, note
from storage.tables_erasing import ErasurePostRow
from storage.tables_posts import DeliveryRow
from stories.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """A message that Slack did not change or take down: where it may stand, and what Slack said."""

    channel: str
    ts: str
    reason: str


async def settle(session: AsyncSession, workspace_id: str, erasure_id: int, *, most: int = 500) -> int:
    """Write down what became of those that Slack was asked about; how many it has not answered yet."""
    newest = (
        select(DeliveryRow.target_delivery_id.label("target"), func.max(DeliveryRow.id).label("id"))
        .where(DeliveryRow.workspace_id == workspace_id, DeliveryRow.target_delivery_id.is_not(None))
        .group_by(DeliveryRow.target_delivery_id)
    )
    row, due = ErasurePostRow, 0
    asked = select(row.delivery_id).where(
        row.workspace_id == workspace_id, row.erasure_id == erasure_id, row.state == PLANNED
    )
    newest_of = newest.where(DeliveryRow.target_delivery_id.in_(asked.limit(most))).subquery()
    answers = select(newest_of.c.target, DeliveryRow.state, DeliveryRow.last_error).join(
        newest_of, DeliveryRow.id == newest_of.c.id
    )
    for target, state, error in (await session.execute(answers)).all():
        became, reason = _became(state, error or "")
        if became:
            await note(session, workspace_id, erasure_id, target, became, reason)
        else:
            due += 1
    left = select(func.count()).select_from(asked.subquery())
    return due or int((await session.execute(left)).scalar_one())


def _became(state: str, error: str) -> tuple[str, str]:
    """What Slack's answer means: a message that is gone already is as good as taken down."""
    if state == "sent" or "message_not_found" in error:
        return DONE, ""
    if state in ("failed", "cancelled"):
        return REFUSED, error or state
    return (UNSURE, error or "no answer") if state == "in_doubt" else ("", "")


async def became(session: AsyncSession, workspace_id: str, erasure_id: int) -> dict[str, int]:
    """How many posts are in which state."""
    row = ErasurePostRow
    query = select(row.state, func.count()).where(
        row.workspace_id == workspace_id, row.erasure_id == erasure_id
    )
    return {state: number for state, number in await session.execute(query.group_by(row.state))}  # noqa: C416 rows are not pairs


async def refused(
    session: AsyncSession, workspace_id: str, erasure_id: int, *, most: int = 100
) -> tuple[Refused, ...]:
    """The messages that may still stand as they were, oldest first."""
    row = ErasurePostRow
    query = (
        select(DeliveryRow.posted_in, DeliveryRow.channel_id, DeliveryRow.slack_ts, row.reason)
        .join(
            DeliveryRow,
            (DeliveryRow.workspace_id == row.workspace_id) & (DeliveryRow.id == row.delivery_id),
        )
        .where(
            row.workspace_id == workspace_id, row.erasure_id == erasure_id, row.state.in_((REFUSED, UNSURE))
        )
        .order_by(row.delivery_id)
        .limit(most)
    )
    rows = await session.execute(query)
    return tuple(
        Refused(channel=place or planned, ts=ts or "", reason=reason) for place, planned, ts, reason in rows
    )


async def try_again(session: AsyncSession, workspace_id: str, erasure_id: int) -> int:
    """Have what Slack refused asked once more; how many that are."""
    row = ErasurePostRow
    own = (row.workspace_id == workspace_id, row.erasure_id == erasure_id)
    again = update(row).where(*own, row.state.in_((REFUSED, UNSURE))).values(state=WAITING, reason="")
    return len((await session.execute(again.returning(row.delivery_id))).all())
