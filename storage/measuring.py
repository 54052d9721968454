"""Numbers for whoever watches a copy of Firsthand: how much waits and since when. No names, no words.

Each is one look over all workspaces by an index, or over a table that stays small. Counts go by workspace.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import case, func, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from storage.tables import WorkspaceRow
from storage.tables_avatars import AvatarLineRow
from storage.tables_nps import NpsSourceRow
from storage.tables_posts import ChannelRow, DeliveryRow
from storage.tables_sending import RestRow
from stories.values import dataclass

LIMITED = "ratelimited"
"""What stands beside a post that Slack has put off."""

SPEAK_UP = "speak_up"
"""The kind of an avatar's line that says the talk has left the reasons."""

_STATES = {
    "pending": "state = 'pending'",
    "sending": "state = 'sending'",
    "in_doubt": "state IN ('in_doubt', 'failed')",
    "failed": "state IN ('in_doubt', 'failed')",
}
"""States that are counted, to the condition of the index that finds them: SQLite knows it by its words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outbox:
    """Deliveries of a workspace in one state; `limited`: those that Slack put off; `oldest`: planned when."""

    workspace_id: str
    state: str
    count: int
    limited: int
    oldest: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A workspace's sources of one kind that are pulled from: since when the worst brought nothing."""

    workspace_id: str
    kind: str
    since: datetime
    failing: int


async def outboxes(session: AsyncSession) -> tuple[Outbox, ...]:
    """What is not done yet, or went wrong; states that no delivery is in are left out."""
    limited = func.sum(case((DeliveryRow.last_error == LIMITED, 1), else_=0))
    found = list[Outbox]()
    for state, condition in _STATES.items():
        query = select(DeliveryRow.workspace_id, func.count(), limited, func.min(DeliveryRow.created_at))
        query = query.where(text(condition), DeliveryRow.state == state).group_by(DeliveryRow.workspace_id)
        for workspace_id, count, put_off, oldest in await session.execute(query):
            found.append(
                Outbox(workspace_id=workspace_id, state=state, count=count, limited=put_off, oldest=oldest)
            )
    return tuple(found)


async def rests(session: AsyncSession, now: datetime) -> dict[str, int]:
    """How many channels and methods of each workspace Slack asked to be left alone, itself counted as one.

    `now` is real time.
    """
    query = select(RestRow.workspace_id, func.count()).where(RestRow.until > now)
    rows = await session.execute(query.group_by(RestRow.workspace_id))
    found = {row[0]: int(row[1]) for row in rows}
    paused = select(WorkspaceRow.id).where(WorkspaceRow.paused_until > now)
    for name in (await session.execute(paused)).scalars():
        found[name] = found.get(name, 0) + 1
    return found


async def sources(session: AsyncSession) -> tuple[Source, ...]:
    """How far behind what is pulled from survey tools is."""
    since = func.min(func.coalesce(NpsSourceRow.succeeded_at, NpsSourceRow.created_at))
    failing = func.sum(case((NpsSourceRow.failures > 0, 1), else_=0))
    query = (
        select(NpsSourceRow.workspace_id, NpsSourceRow.kind, since, failing)
        .where(NpsSourceRow.due_at.is_not(None))
        .group_by(NpsSourceRow.workspace_id, NpsSourceRow.kind)
    )
    return tuple(
        Source(workspace_id=workspace_id, kind=kind, since=at, failing=count)
        for workspace_id, kind, at, count in await session.execute(query)
    )


async def overdue(session: AsyncSession, now: datetime) -> dict[str, datetime]:
    """Since when each workspace's longest waiting digest is due; workspaces where none is are left out."""
    query = select(ChannelRow.workspace_id, func.min(ChannelRow.next_at)).where(ChannelRow.next_at <= now)
    rows = await session.execute(query.group_by(ChannelRow.workspace_id))
    return {name: at for name, at in rows if at is not None}


async def interventions(session: AsyncSession) -> dict[tuple[str, str], int]:
    """How often avatars spoke up in a workspace, by what was answered ("" while nobody has)."""
    answer = func.coalesce(AvatarLineRow.answer, "")
    query = (
        select(AvatarLineRow.workspace_id, answer, func.count())
        .where(AvatarLineRow.kind == SPEAK_UP)
        .group_by(AvatarLineRow.workspace_id, answer)
    )
    return {(name, said): count for name, said, count in await session.execute(query)}
