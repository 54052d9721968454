"""The outbox as a person looks after it: what waits, what is in doubt or failed, and what they decide."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, TextClause, func, select, text, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage import jobs
from storage.database import database_time
from storage.deliveries import DELETE
from storage.tables import WorkspaceRow
from storage.tables_attention import UnaskedRow
from storage.tables_posts import ChannelRow, DeliveryRow
from storage.tables_sending import RestRow
from stories.trackers import TRACKERS
from stories.values import dataclass

TROUBLED = ("in_doubt", "failed")
_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One row of the outbox. `posted_in` and `slack_ts` say where it stands, once it does.

    `taken_down`: Slack has deleted the message since.
    """

    id: int
    channel_id: str
    kind: str
    slot_key: str
    method: str
    state: str
    attempt: int
    text: str
    not_before: datetime
    sending_at: datetime | None
    posted_in: str | None
    slack_ts: str | None
    last_error: str | None
    created_at: datetime
    taken_down: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How many posts wait, are in doubt or have failed; `oldest` is since when the first of them waits.

    `refused` is what Slack said to the oldest of those that wait, when it said something. `unasked` is how
    many wait for room in the budget of attention.
    """

    waiting: int
    in_doubt: int
    failed: int
    unasked: int
    oldest: datetime | None
    refused: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """Since when a workspace is known, until when Slack wants it paused, and how many channels rest."""

    since: datetime | None
    paused_until: datetime | None
    resting: int
    overdue: datetime | None


async def counts(session: AsyncSession, workspace_id: str) -> Counts:
    """How the outbox stands. Reads what waits and what is troubled, by their indexes."""
    totals = select(func.count(), func.min(DeliveryRow.created_at)).where(*_in(workspace_id, "pending"))
    waiting, oldest = (await session.execute(totals)).one()
    refused = select(DeliveryRow.last_error).where(
        *_in(workspace_id, "pending"), DeliveryRow.last_error.is_not(None)
    )
    refused = refused.order_by(DeliveryRow.not_before).limit(1)
    numbers = [select(func.count()).where(*_in(workspace_id, state)) for state in TROUBLED]
    in_doubt, failed = [(await session.execute(number)).scalar_one() for number in numbers]
    unasked = select(func.count()).where(
        UnaskedRow.workspace_id == workspace_id, UnaskedRow.state == "waiting"
    )
    return Counts(
        waiting=waiting,
        in_doubt=in_doubt,
        failed=failed,
        unasked=(await session.execute(unasked)).scalar_one(),
        oldest=oldest,
        refused=(await session.execute(refused)).scalar_one_or_none(),
    )


async def pace(session: AsyncSession, workspace_id: str, *, now: datetime, late: datetime) -> Pace:
    """What holds posts back: Slack's pauses (by `now`, real time), digests due since before `late`."""
    known = select(WorkspaceRow.created_at, WorkspaceRow.paused_until).where(WorkspaceRow.id == workspace_id)
    since, until = (await session.execute(known)).one_or_none() or (None, None)
    resting = select(func.count()).where(
        RestRow.workspace_id == workspace_id, RestRow.until > now, ~RestRow.what.startswith(TRACKERS)
    )
    overdue = select(func.min(ChannelRow.next_at)).where(
        ChannelRow.workspace_id == workspace_id, ChannelRow.next_at < late
    )
    return Pace(
        since=since,
        paused_until=until if until and until > now else None,
        resting=(await session.execute(resting)).scalar_one(),
        overdue=(await session.execute(overdue)).scalar_one(),
    )


async def waiting(session: AsyncSession, workspace_id: str, *, most: int) -> tuple[Delivery, ...]:
    """Deliveries that wait to be sent, the one that is due first at the top."""
    query = select(DeliveryRow).where(*_in(workspace_id, "pending")).order_by(DeliveryRow.not_before)
    return tuple(_value(row) for row in (await session.execute(query.limit(most))).scalars())


async def troubled(session: AsyncSession, workspace_id: str, *, most: int) -> tuple[Delivery, ...]:
    """Deliveries that are in doubt or failed, the latest first; of each `most`."""
    found = [row for state in TROUBLED for row in await _some(session, workspace_id, state, most)]
    return tuple(sorted(found, key=lambda one: -one.id))


async def posted(session: AsyncSession, workspace_id: str, *, most: int) -> tuple[Delivery, ...]:
    """Deliveries that went out, the latest first."""
    sent = await _some(session, workspace_id, "sent", most)
    gone = await _taken_down(session, workspace_id, [one.id for one in sent])
    return tuple(replace(one, taken_down=one.id in gone) for one in sent)


async def get(session: AsyncSession, workspace_id: str, delivery_id: int) -> Delivery | None:
    """This delivery; None when the workspace has none of this number."""
    query = select(DeliveryRow).where(DeliveryRow.workspace_id == workspace_id, DeliveryRow.id == delivery_id)
    row = (await session.execute(query.execution_options(populate_existing=True))).scalar_one_or_none()
    if row is None:
        return None
    gone = await _taken_down(session, workspace_id, [row.id])
    return replace(_value(row), taken_down=row.id in gone)


async def again(session: AsyncSession, workspace_id: str, delivery_id: int) -> bool:
    """Have a failed one, or one in doubt, sent again; tells whether it was one of these."""
    at_once = await database_time(session)
    values = {"not_before": at_once, "owner": None, "lease_until": None, "last_error": None}
    await jobs.want(session, workspace_id)
    return await _set(session, workspace_id, delivery_id, TROUBLED, state="pending", **values)


async def give_up(session: AsyncSession, workspace_id: str, delivery_id: int) -> bool:
    """Send one never more; tells whether it was still waiting, in doubt or failed."""
    return await _set(session, workspace_id, delivery_id, ("pending", *TROUBLED), state="cancelled")


async def stands(
    session: AsyncSession, workspace_id: str, delivery_id: int, *, posted_in: str, slack_ts: str
) -> bool:
    """Take one in doubt as sent: it stands there. Tells whether it was in doubt."""
    where = {"posted_in": posted_in, "slack_ts": slack_ts}
    return await _set(
        session, workspace_id, delivery_id, ("in_doubt",), state="sent", last_error=None, **where
    )


async def _some(session: AsyncSession, workspace_id: str, state: str, most: int) -> tuple[Delivery, ...]:
    query = select(DeliveryRow).where(*_in(workspace_id, state)).order_by(DeliveryRow.id.desc())
    return tuple(_value(row) for row in (await session.execute(query.limit(most))).scalars())


async def _taken_down(session: AsyncSession, workspace_id: str, ids: Sequence[int]) -> frozenset[int]:
    """Those of these posts that were deleted in Slack."""
    query = select(DeliveryRow.target_delivery_id).where(
        DeliveryRow.workspace_id == workspace_id,
        DeliveryRow.target_delivery_id.in_(ids),
        DeliveryRow.method == DELETE,
        DeliveryRow.state == "sent",
    )
    return frozenset(one for one in (await session.execute(query)).scalars() if one is not None)


async def _set(
    session: AsyncSession, workspace_id: str, delivery_id: int, states: Collection[str], **values: Any
) -> bool:
    changed = await session.execute(
        update(DeliveryRow)
        .where(
            DeliveryRow.workspace_id == workspace_id,
            DeliveryRow.id == delivery_id,
            DeliveryRow.state.in_(sorted(states)),
        )
        .values(**values)
        .returning(DeliveryRow.id)
        .execution_options(synchronize_session=False)
    )
    return changed.first() is not None


def _in(workspace_id: str, state: str) -> tuple[ColumnElement[bool] | TextClause, ...]:
    """Rows in a state; those that wait, are in doubt or failed put so that the index of such rows is found.

    SQLite knows a partial index by the very words of its condition, and has no statistics: it takes the
    index of which it can use most columns.
    """
    own = (DeliveryRow.workspace_id == workspace_id, DeliveryRow.state == state)
    if state == "pending":
        return *own, text("state = 'pending'"), DeliveryRow.not_before > _LONG_AGO
    if state not in TROUBLED:
        return own
    return *own, text("state IN ('in_doubt', 'failed')")


def _value(row: DeliveryRow) -> Delivery:
    return Delivery(
        id=row.id,
        channel_id=row.channel_id,
        kind=row.kind,
        slot_key=row.slot_key,
        method=row.method,
        state=row.state,
        attempt=row.attempt,
        text=str(row.payload.get("text", "")),
        not_before=row.not_before,
        sending_at=row.sending_at,
        posted_in=row.posted_in,
        slack_ts=row.slack_ts,
        last_error=row.last_error,
        created_at=row.created_at,
    )
