"""The outbox as its worker empties it: claim, record, settle what is in doubt (docs/delivery.md).

States: pending → sending → sent, failed, cancelled, or in_doubt. Times here are the database's own.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from storage.database import database_time
from storage.deliveries import DELETE
from storage.tables_posts import DeliveryRow

LEASE = timedelta(seconds=120)
"""How long a claimed post belongs to its worker."""

GRACE = timedelta(seconds=120)
"""How long after the lease an unanswered post may still be carried out by Slack."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimed:
    """A delivery that this worker may carry out. `posted_in` and `target_ts` name the message to change."""

    id: int
    workspace_id: str
    channel_id: str
    kind: str
    method: str
    payload: dict[str, Any]
    thread_ts: str | None
    target_ts: str | None
    posted_in: str | None
    attempt: int
    sending_at: datetime
    lease_until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How carrying out a delivery ended: its new state and what goes with it.

    `wait` is how long a delivery that goes back to pending rests.
    """

    state: str
    slack_ts: str | None = None
    posted_in: str | None = None
    error: str | None = None
    wait: timedelta = timedelta(0)


async def claim(session: AsyncSession, workspace_id: str, owner: str, *, most: int) -> tuple[Claimed, ...]:
    """Take up to `most` due deliveries, the oldest first; updates only once their post stands.

    To be committed before any call is made. Revisions of posts that will never stand are cancelled, and
    those that a later one has overtaken: each holds the whole message.
    """
    now = await database_time(session)
    target = aliased(DeliveryRow)
    await _cancel_needless(session, workspace_id)
    query = (
        select(DeliveryRow, target.slack_ts, target.posted_in)
        .outerjoin(target, _same_target(target))
        .where(
            DeliveryRow.workspace_id == workspace_id,
            DeliveryRow.state == "pending",
            DeliveryRow.not_before <= now,
            or_(DeliveryRow.target_delivery_id.is_(None), target.state == "sent"),
            # What is to go may go at once: an update that Slack carries out after it finds no message.
            or_(DeliveryRow.method == DELETE, ~_earlier_revision_on_its_way()),
        )
        .order_by(DeliveryRow.not_before, DeliveryRow.id)
        .limit(most)
        .with_for_update(skip_locked=True, of=DeliveryRow)
    )
    rows = (await session.execute(query)).all()
    until = now + LEASE
    await session.execute(
        update(DeliveryRow)
        .where(DeliveryRow.workspace_id == workspace_id, DeliveryRow.id.in_([row.id for row, _, _ in rows]))
        .values(
            state="sending",
            owner=owner,
            lease_until=until,
            sending_at=now,
            attempt=DeliveryRow.attempt + 1,
        )
        .execution_options(synchronize_session=False)
    )
    return tuple(_claimed(row, ts, place, now, until) for row, ts, place in rows)


async def replace_payload(
    session: AsyncSession, workspace_id: str, delivery_id: int, payload: dict[str, Any]
) -> None:
    """Send this instead: what may be told has changed since it was planned."""
    await session.execute(
        update(DeliveryRow)
        .where(DeliveryRow.workspace_id == workspace_id, DeliveryRow.id == delivery_id)
        .values(payload=payload)
    )


async def record(session: AsyncSession, owner: str, claimed: Claimed, outcome: Outcome) -> bool:
    """Write down how it ended, if the delivery is still this worker's; tells whether it was."""
    now = await database_time(session)
    values: dict[str, Any] = {"state": outcome.state, "last_error": outcome.error}
    if outcome.state == "sent":
        values |= {"slack_ts": outcome.slack_ts, "posted_in": outcome.posted_in}
    if outcome.state == "pending":
        values |= {"not_before": now + outcome.wait}
    done = await session.execute(
        update(DeliveryRow)
        .where(
            DeliveryRow.workspace_id == claimed.workspace_id,
            DeliveryRow.id == claimed.id,
            DeliveryRow.state == "sending",
            DeliveryRow.owner == owner,
            DeliveryRow.lease_until == claimed.lease_until,
        )
        .values(**values)
        .returning(DeliveryRow.id)
    )
    return done.first() is not None


async def in_question(
    session: AsyncSession, workspace_id: str, *, most: int
) -> tuple[tuple[str, Claimed], ...]:
    """Deliveries whose worker never told how they ended, after lease and grace, with that worker's name."""
    overdue = await database_time(session) - GRACE
    target = aliased(DeliveryRow)
    query = (
        select(DeliveryRow, target.slack_ts, target.posted_in)
        .outerjoin(target, _same_target(target))
        .where(
            DeliveryRow.workspace_id == workspace_id,
            DeliveryRow.state == "sending",
            DeliveryRow.lease_until < overdue,
        )
        .order_by(DeliveryRow.lease_until)
        .limit(most)
    )
    found = []
    for row, ts, place in (await session.execute(query)).all():
        sent_at, until = row.sending_at or row.created_at, row.lease_until or row.created_at
        found.append((row.owner or "", _claimed(row, ts, place, sent_at, until)))
    return tuple(found)


async def anything_due(session: AsyncSession, workspace_id: str) -> bool:
    """Whether the worker has something to do now: a cheap look before a claim takes the write lock."""
    now = await database_time(session)
    pending = and_(DeliveryRow.state == "pending", DeliveryRow.not_before <= now)
    query = select(DeliveryRow.id).where(DeliveryRow.workspace_id == workspace_id, pending).limit(1)
    return (await session.execute(query)).first() is not None


async def anything_in_question(session: AsyncSession, workspace_id: str) -> bool:
    """Whether a post has to be looked up in Slack's history."""
    return bool(await in_question(session, workspace_id, most=1))


def _same_target(target: type[DeliveryRow]) -> ColumnElement[bool]:
    return and_(target.workspace_id == DeliveryRow.workspace_id, target.id == DeliveryRow.target_delivery_id)


def _earlier_revision_on_its_way() -> ColumnElement[bool]:
    other = aliased(DeliveryRow)
    return exists().where(
        other.workspace_id == DeliveryRow.workspace_id,
        other.target_delivery_id == DeliveryRow.target_delivery_id,
        other.id < DeliveryRow.id,
        other.state == "sending",
    )


def _overtaken() -> ColumnElement[bool]:
    """Whether a later revision of the same post waits, is on its way or was carried out."""
    later = aliased(DeliveryRow)
    return exists().where(
        later.workspace_id == DeliveryRow.workspace_id,
        later.target_delivery_id == DeliveryRow.target_delivery_id,
        later.id > DeliveryRow.id,
        later.state.in_(["pending", "sending", "sent"]),
    )


async def _cancel_needless(session: AsyncSession, workspace_id: str) -> None:
    target = aliased(DeliveryRow)
    gone = exists().where(_same_target(target), target.state.in_(["failed", "cancelled"]))
    await session.execute(
        update(DeliveryRow)
        .where(
            DeliveryRow.workspace_id == workspace_id,
            DeliveryRow.state == "pending",
            DeliveryRow.target_delivery_id.is_not(None),
            or_(gone, _overtaken()),
        )
        .values(state="cancelled")
        .execution_options(synchronize_session=False)
    )


def _claimed(
    row: DeliveryRow,
    target_ts: str | None,
    target_place: str | None,
    sending_at: datetime,
    lease_until: datetime,
) -> Claimed:
    return Claimed(
        id=row.id,
        workspace_id=row.workspace_id,
        channel_id=row.channel_id,
        kind=row.kind,
        method=row.method,
        payload=row.payload,
        thread_ts=row.thread_ts,
        target_ts=target_ts,
        posted_in=target_place or row.posted_in,
        attempt=row.attempt,
        sending_at=sending_at,
        lease_until=lease_until,
    )
