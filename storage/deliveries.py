"""The outbox as everybody plans posts into it. The protocol that empties it is in `storage.sending`."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage import jobs
from storage.database import database_time
from storage.holdings import GONE
from storage.rows import add, add_many, add_once
from storage.tables_posts import DeliveryRow, DeliverySubjectRow
from stories.attention import ASKED, UNASKED
from stories.values import dataclass

POST = "chat.postMessage"
UPDATE = "chat.update"
DELETE = "chat.delete"
BETWEEN_UPDATES = timedelta(minutes=1)
"""A message is brought up to date at most this often."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """Whose words a post carries, and which quote of theirs when it is one."""

    customer_id: int
    quote_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """A message to be posted once. `channel_id` may be a person's id: then it is a private message.

    `slot_key` names the decision and not the time ("digest:2026-11-22"): the same decision taken twice
    posts once. `payload` holds what chat.postMessage takes, without channel, thread and metadata.
    `asked_by` is the person who asked for a post of a kind that usually comes unasked.
    """

    channel_id: str
    kind: str
    slot_key: str
    payload: dict[str, Any]
    thread_ts: str | None = None
    subjects: tuple[Subject, ...] = ()
    asked_by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """A place in the budget of attention: one of a day's or week's (`window`), numbered from 1."""

    window: str
    number: int


class Uninvited(ValueError):
    """A post that nobody asked for was planned past the budget of attention, or is of no known kind."""


async def plan(
    session: AsyncSession, workspace_id: str, post: Post, *, now: datetime, seat: Seat | None = None
) -> int | None:
    """Put a post into the outbox; its id, or None when this slot was decided before or the seat is taken.

    To be called in the transaction of the decision. `now` is the handed clock's; when it may be sent is
    reckoned in the database's own time. What nobody asked for needs a `seat`, which `bot.attention` gives:
    raises Uninvited without one, and for a kind that `stories.attention` does not know. None, too, for what
    is for somebody who was erased.
    """
    if post.channel_id.startswith(GONE):
        return None
    columns = columns_of(workspace_id, post, seat, await database_time(session), now)
    delivery_id = await add_once(session, DeliveryRow, **columns)
    if delivery_id is not None:
        await set_subjects(session, workspace_id, delivery_id, post.subjects)
        await jobs.want(session, workspace_id)
    return delivery_id


def columns_of(
    workspace_id: str, post: Post, seat: Seat | None, not_before: datetime, now: datetime
) -> dict[str, Any]:
    """A post as its row, once it is sure that it may be planned."""
    _refuse_uninvited(post, seat)
    return {
        "workspace_id": workspace_id,
        "channel_id": post.channel_id,
        "kind": post.kind,
        "slot_key": post.slot_key,
        "method": POST,
        "thread_ts": post.thread_ts,
        "payload": post.payload,
        "state": "pending",
        "not_before": not_before,
        "attention_window": seat.window if seat else None,
        "attention_seat": seat.number if seat else None,
        "created_at": now,
    }


def _refuse_uninvited(post: Post, seat: Seat | None) -> None:
    if post.kind in UNASKED:
        if seat is None and post.asked_by is None:
            raise Uninvited(f"{post.kind!r} comes unasked: offer it through bot.attention")
    elif post.kind not in ASKED:
        raise Uninvited(f"{post.kind!r} is in no list of stories.attention: say whether it is asked for")


async def set_subjects(
    session: AsyncSession, workspace_id: str, delivery_id: int, subjects: tuple[Subject, ...]
) -> None:
    """Write down whose words a delivery carries."""
    await add_many(session, DeliverySubjectRow, subject_rows(workspace_id, delivery_id, subjects))


def subject_rows(workspace_id: str, delivery_id: int, subjects: tuple[Subject, ...]) -> list[dict[str, Any]]:
    """Whose words a delivery carries, as rows."""
    return [
        {
            "workspace_id": workspace_id,
            "delivery_id": delivery_id,
            "customer_id": subject.customer_id,
            "quote_id": subject.quote_id,
        }
        for subject in subjects
    ]


async def revise(
    session: AsyncSession,
    workspace_id: str,
    target_id: int,
    payload: dict[str, Any] | None,
    *,
    now: datetime,
    at_once: bool = False,
) -> None:
    """Have a posted message follow a change: its new payload, or None to delete it.

    Changes that come within a minute of the last are gathered into one, unless `at_once` (consent and
    reports do not wait). A post that is still pending is changed before it goes, or cancelled.

    The post is held until the transaction ends: a worker that claims it at this moment either comes after
    the change, or is seen here to have come before.
    """
    target = await _row(session, workspace_id, target_id, hold=True)
    if target is None or target.state in {"cancelled", "failed"}:
        return
    if target.state == "pending":
        changed = {"payload": payload} if payload is not None else {"state": "cancelled"}
        await _set(session, workspace_id, target.id, **changed)
        return
    await _follow(session, workspace_id, target, payload, now=now, at_once=at_once)


async def _follow(
    session: AsyncSession,
    workspace_id: str,
    target: DeliveryRow,
    payload: dict[str, Any] | None,
    *,
    now: datetime,
    at_once: bool,
) -> None:
    """Plan the update or deletion of a post that has gone out, or change the one that still waits."""
    method = DELETE if payload is None else UPDATE
    real_now = await database_time(session)
    waiting, number, last = await _revisions(session, workspace_id, target.id)
    earliest = real_now if at_once or last is None else max(real_now, last + BETWEEN_UPDATES)
    values = {"method": method, "payload": payload or {}, "not_before": earliest}
    if earliest == real_now:
        await jobs.want(session, workspace_id)
    if waiting is not None:
        await _set(session, workspace_id, waiting, **values)
        return
    await add(
        session,
        DeliveryRow,
        workspace_id=workspace_id,
        channel_id=target.channel_id,
        kind="revision",
        slot_key=f"update:{target.id}:{number + 1}",
        target_delivery_id=target.id,
        revision=number + 1,
        state="pending",
        created_at=now,
        **values,
    )


async def call_off(session: AsyncSession, workspace_id: str, channel_id: str) -> None:
    """Post nothing of what still waits for this channel: it is not to be told anything any more."""
    await session.execute(
        update(DeliveryRow)
        .where(
            DeliveryRow.workspace_id == workspace_id,
            DeliveryRow.channel_id == channel_id,
            DeliveryRow.method == POST,
            DeliveryRow.state == "pending",
        )
        .values(state="cancelled")
    )


async def _revisions(
    session: AsyncSession, workspace_id: str, target_id: int
) -> tuple[int | None, int, datetime | None]:
    """The revision that still waits, the highest number given so far, and when the last one went out."""
    own = (DeliveryRow.workspace_id == workspace_id, DeliveryRow.target_delivery_id == target_id)
    waiting = select(DeliveryRow.id).where(*own, DeliveryRow.state == "pending")
    waiting = waiting.order_by(DeliveryRow.id.desc()).limit(1).with_for_update()
    totals = select(func.max(DeliveryRow.revision), func.max(DeliveryRow.sending_at)).where(*own)
    number, last = (await session.execute(totals)).one()
    return (await session.execute(waiting)).scalar_one_or_none(), number or 0, last


async def _row(
    session: AsyncSession, workspace_id: str, delivery_id: int, *, hold: bool = False
) -> DeliveryRow | None:
    query = select(DeliveryRow).where(DeliveryRow.workspace_id == workspace_id, DeliveryRow.id == delivery_id)
    if hold:
        query = query.with_for_update().execution_options(populate_existing=True)
    return (await session.execute(query)).scalar_one_or_none()


async def _set(session: AsyncSession, workspace_id: str, delivery_id: int, **values: Any) -> None:
    """Change a delivery that has not been sent."""
    await session.execute(
        update(DeliveryRow)
        .where(
            DeliveryRow.workspace_id == workspace_id,
            DeliveryRow.id == delivery_id,
            DeliveryRow.state == "pending",
        )
        .values(**values)
    )
