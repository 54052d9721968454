"""Events with customers and speakers: planned, changed, found when something is to be done about them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.rows import add, add_new
from storage.tables_events import EventDraftRow, EventRow
from storage.tables_stories import InterviewRow, StoryRow
from stories.stage.events import Event, Kind, State, Step
from stories.stage.times import When
from stories.values import dataclass

_E, _D = EventRow, EventDraftRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Reckoned:
    """An event, and the instant that its start was when it was last reckoned."""

    event: Event
    starts_at: datetime


async def plan(session: AsyncSession, workspace_id: str, event: Event, *, now: datetime) -> int:
    """Keep a new event, whatever its `id`; the id that it has from now on."""
    return await add(session, _E, workspace_id=workspace_id, created_at=now, **_columns(event))


async def save(session: AsyncSession, workspace_id: str, event: Event) -> None:
    """Keep an event as it is now, in place of what was known of it."""
    own = (_E.workspace_id == workspace_id, _E.id == event.id)
    await session.execute(update(_E).where(*own).values(**_columns(event)))


async def get(session: AsyncSession, workspace_id: str, event_id: int, *, hold: bool = False) -> Event | None:
    """This event; `hold` keeps others from changing it, and its seats, until the transaction ends."""
    query = select(_E).where(_E.workspace_id == workspace_id, _E.id == event_id)
    query = query.with_for_update() if hold else query
    row = (await session.execute(query.execution_options(populate_existing=True))).scalar_one_or_none()
    return None if row is None else _event(row)


async def due(
    session: AsyncSession, workspace_id: str, now: datetime, *, most: int = 50
) -> tuple[Event, ...]:
    """The events about which something is to be done by now, the longest waiting first."""
    query = select(_E).where(_E.workspace_id == workspace_id, _E.next_at <= now)
    rows = (await session.execute(query.order_by(_E.next_at, _E.id).limit(most))).scalars()
    return tuple(_event(row) for row in rows)


async def behind(session: AsyncSession, workspace_id: str, *, most: int = 50) -> tuple[Event, ...]:
    """The events of which those who signed up are to hear something yet, the first one first."""
    query = select(_E).where(_E.workspace_id == workspace_id, _E.behind.is_(True))
    return tuple(_event(row) for row in (await session.execute(query.order_by(_E.id).limit(most))).scalars())


async def coming(session: AsyncSession, workspace_id: str, *, most: int = 50) -> tuple[Reckoned, ...]:
    """The events that are still to be, or on, the soonest first, each with when it was reckoned to start."""
    query = select(_E).where(_E.workspace_id == workspace_id, _E.state == State.PLANNED.value)
    rows = (await session.execute(query.order_by(_E.starts_at, _E.id).limit(most))).scalars()
    return tuple(Reckoned(event=_event(row), starts_at=row.starts_at) for row in rows)


async def lately(
    session: AsyncSession, workspace_id: str, since: datetime, *, most: int = 10
) -> tuple[Event, ...]:
    """The events that are over and began since then, the latest first."""
    query = select(_E).where(
        _E.workspace_id == workspace_id, _E.state == State.OVER.value, _E.starts_at >= since
    )
    rows = (await session.execute(query.order_by(_E.starts_at.desc(), _E.id.desc()).limit(most))).scalars()
    return tuple(_event(row) for row in rows)


async def with_customer(session: AsyncSession, workspace_id: str, customer_id: int) -> tuple[Event, ...]:
    """Every event to which this customer comes or came, the first one first.

    Others wait with changing them until the transaction ends.
    """
    query = select(_E).where(_E.workspace_id == workspace_id, _E.customer_id == customer_id)
    query = query.order_by(_E.id).with_for_update().execution_options(populate_existing=True)
    return tuple(_event(row) for row in (await session.execute(query)).scalars())


async def note_draft(
    session: AsyncSession, workspace_id: str, event_id: int, author_id: str, draft_id: int
) -> None:
    """Know which write-up somebody began from an event; the last one counts."""
    own = {"workspace_id": workspace_id, "event_id": event_id, "author_id": author_id}
    if not await add_new(session, _D, **own, draft_id=draft_id):
        mine = (_D.workspace_id == workspace_id, _D.event_id == event_id, _D.author_id == author_id)
        await session.execute(update(_D).where(*mine).values(draft_id=draft_id))


async def draft_of(session: AsyncSession, workspace_id: str, event_id: int, author_id: str) -> int | None:
    """The write-up that somebody began from an event, which may be stored or thrown away by now."""
    query = select(_D.draft_id).where(
        _D.workspace_id == workspace_id, _D.event_id == event_id, _D.author_id == author_id
    )
    return (await session.execute(query)).scalar_one_or_none()


async def stories_of(session: AsyncSession, workspace_id: str, event_id: int) -> tuple[int, ...]:
    """The stories whose write-ups were begun from this event; whether they are told is for others to ask."""
    begun = select(_D.draft_id).where(_D.workspace_id == workspace_id, _D.event_id == event_id)
    keys = [f"draft:{number}" for number in (await session.execute(begun)).scalars()]
    query = (
        select(StoryRow.id)
        .join(
            InterviewRow,
            (InterviewRow.workspace_id == StoryRow.workspace_id) & (InterviewRow.id == StoryRow.interview_id),
        )
        .where(StoryRow.workspace_id == workspace_id, InterviewRow.source_key.in_(keys))
    )
    return tuple((await session.execute(query.order_by(StoryRow.id))).scalars())


def _columns(event: Event) -> dict[str, Any]:
    return {
        "host_id": event.host_id,
        "kind": event.kind.value,
        "title": event.title,
        "about": event.about,
        "customer_id": event.customer_id,
        "speaker": event.speaker,
        "wall": event.when.wall.isoformat("T", "minutes"),
        "time_zone": event.when.zone,
        "minutes": event.when.minutes,
        "starts_at": event.when.starts_at,
        "place": event.place,
        "seats": event.seats,
        "language": event.language,
        "channels": list(event.channels),
        "state": event.state.value,
        "sequence": event.sequence,
        "recording": event.recording,
        "thanked_at": event.thanked_at,
        "behind": event.behind,
        "told": event.told,
        "step": event.step.value if event.step else None,
        "next_at": event.next_at,
    }


def _event(row: EventRow) -> Event:
    return Event(
        id=row.id,
        host_id=row.host_id,
        kind=Kind(row.kind),
        title=row.title,
        about=row.about,
        customer_id=row.customer_id,
        speaker=row.speaker,
        when=When(wall=datetime.fromisoformat(row.wall), zone=row.time_zone, minutes=row.minutes),
        place=row.place,
        seats=row.seats,
        language=row.language,
        channels=tuple(row.channels),
        state=State(row.state),
        sequence=row.sequence,
        recording=row.recording,
        thanked_at=row.thanked_at,
        behind=row.behind,
        told=row.told,
        step=Step(row.step) if row.step else None,
        next_at=row.next_at,
    )
