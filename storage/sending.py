"""The outbox as its worker empties it: claim, record, give back (docs/delivery.md).

States: pending → sending → sent, failed, cancelled, or in_doubt. Times here are the database's own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.moments import moment
from storage.rows import run, run_each
from storage.sending_statements import CLAIM, GIVEN_BACK, SENT, SENT_TOGETHER
from storage.tables_posts import DeliveryRow
from stories.values import dataclass

LEASE = timedelta(seconds=120)
"""How long a claimed post belongs to its worker."""

GRACE = timedelta(seconds=120)
"""How long after the lease an unanswered post may still be carried out by Slack."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimed:
    """A delivery that this worker may carry out. `posted_in` and `target_ts` name the message to change.

    `target_id` is the delivery by which that message was made.
    """

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
    created_at: datetime
    target_id: int | None = None


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


async def claim(
    session: AsyncSession, workspace_id: str, owner: str, ids: Sequence[int], *, lease: timedelta = LEASE
) -> tuple[Claimed, ...]:
    """Take these deliveries, in this order, as far as they still wait and nobody was quicker.

    To be committed before any call is made. On PostgreSQL a row that somebody else holds is left out.
    """
    values = {"workspace": workspace_id, "ids": list(ids), "new_owner": owner, "lease": lease.total_seconds()}
    claiming = CLAIM[session.get_bind().dialect.name]
    rows = {row.id: row for row in await run(session, claiming, values)}
    targets = await _targets(session, workspace_id, [row.target_delivery_id for row in rows.values()])
    return tuple(
        _aimed(claimed_from(rows[number], None, None), targets.get(rows[number].target_delivery_id))
        for number in ids
        if number in rows
    )


async def cancel(session: AsyncSession, workspace_id: str, ids: Sequence[int]) -> None:
    """Post nothing of these, as far as they still wait."""
    await session.execute(
        update(DeliveryRow)
        .where(
            DeliveryRow.workspace_id == workspace_id,
            DeliveryRow.id.in_(ids),
            DeliveryRow.state == "pending",
        )
        .values(state="cancelled")
        .execution_options(synchronize_session=False)
    )


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
    values: dict[str, Any] = {"state": outcome.state, "last_error": outcome.error}
    if outcome.state == "sent":
        values |= {"slack_ts": outcome.slack_ts, "posted_in": outcome.posted_in}
    if outcome.state == "pending":
        values |= {"not_before": moment(outcome.wait)}
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


async def record_sent(session: AsyncSession, owner: str, sent: Sequence[tuple[Claimed, Outcome]]) -> None:
    """Write down many that stand now, as far as they are still this worker's: the cheap way for the many."""
    ordered = sorted(sent, key=lambda pair: pair[0].id)
    rows = [
        {**_named(owner, claimed), "new_ts": outcome.slack_ts, "new_place": outcome.posted_in}
        for claimed, outcome in ordered
    ]
    if rows and session.get_bind().dialect.name == "postgresql":
        # In one statement: as many as there are posts take the server and us four times as long.
        columns = {name: [row[name] for row in rows] for name in rows[0] if name != "of_owner"}
        await run(session, SENT_TOGETHER, {**columns, "of_owner": owner})
    else:
        await run_each(session, SENT, rows)


async def give_back(session: AsyncSession, owner: str, claimed: Sequence[Claimed]) -> None:
    """Hand over what was claimed and never called: whoever looks next may post it at once."""
    rows = [_named(owner, one) for one in sorted(claimed, key=lambda one: one.id)]
    if rows:
        await run(session, GIVEN_BACK, rows)


def claimed_from(row: Any, target_ts: str | None, target_place: str | None) -> Claimed:
    """A row of the outbox as its worker sees it."""
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
        sending_at=row.sending_at or row.created_at,
        lease_until=row.lease_until or row.created_at,
        created_at=row.created_at,
        target_id=row.target_delivery_id,
    )


async def _targets(session: AsyncSession, workspace_id: str, ids: Sequence[int | None]) -> dict[int, Any]:
    wanted = [number for number in ids if number is not None]
    if not wanted:
        return {}
    query = select(DeliveryRow.id, DeliveryRow.slack_ts, DeliveryRow.posted_in).where(
        DeliveryRow.workspace_id == workspace_id, DeliveryRow.id.in_(wanted)
    )
    return {row.id: row for row in await session.execute(query)}


def _aimed(claimed: Claimed, target: Any | None) -> Claimed:
    if target is None:
        return claimed
    return replace(claimed, target_ts=target.slack_ts, posted_in=target.posted_in or claimed.posted_in)


def _named(owner: str, claimed: Claimed) -> dict[str, Any]:
    return {
        "of_id": claimed.id,
        "of_workspace": claimed.workspace_id,
        "of_owner": owner,
        "of_lease": claimed.lease_until,
    }
