"""The 0–10 of write-ups as answers: a source of its own, left out of NPS unless an admin counts it in.

A score given to somebody's face is not the same number. It is followed a moment later rather than in the
write-up's own transaction, which people wait for.
"""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from storage import nps_answers, nps_interviews, nps_sources
from storage.database import Database
from storage.nps_answers import Answer
from storage.nps_interviews import Scored

SOURCE = "Conversations"
"""What the source is called."""

SETTLED_AFTER = timedelta(seconds=10)
"""How long a write-up is given to be on disk: those stored side by side may arrive in another order."""


async def follow_interviews(database: Database, workspace_id: str, *, now: datetime) -> int:
    """Take in what was scored, changed or removed since the last time; how many conversations that were."""
    followed = 0
    while count := await _some(database, workspace_id, now):
        followed += count
    return followed


async def _some(database: Database, workspace_id: str, now: datetime) -> int:
    async with database.read() as session:
        source = await nps_sources.named(session, workspace_id, SOURCE)
        after = _after(source.cursor) if source else None
        until = now - SETTLED_AFTER
        found = await nps_interviews.changed(session, workspace_id, after=after, until=until)
        removed = await nps_interviews.gone(session, workspace_id, source.id) if source else ()
        if not removed and (
            not found or (source is None and not any(one.score is not None for one in found))
        ):
            return 0
    async with database.begin() as session:
        source_id = await nps_sources.ensure(
            session, workspace_id, kind=nps_sources.INTERVIEW, name=SOURCE, now=now, counted=False
        )
        await _keep(session, workspace_id, source_id, found, removed)
    return len(found) + len(removed)


async def _keep(
    session: AsyncSession,
    workspace_id: str,
    source_id: int,
    found: tuple[Scored, ...],
    removed: tuple[str, ...],
) -> None:
    answers = [
        Answer(
            key=str(one.id),
            score=one.score,
            at=datetime.combine(one.day, time(12), UTC),
            day=one.day,
            properties={"segment": one.segment} if one.segment else {},
        )
        for one in found
        if one.score is not None
    ]
    unscored = [str(one.id) for one in found if one.score is None]
    await nps_answers.take_in(session, workspace_id, source_id, answers)
    await nps_answers.remove(session, workspace_id, source_id, [*removed, *unscored])
    if found:
        cursor = {"updated_at": found[-1].updated_at.isoformat(), "id": found[-1].id}
        await nps_sources.advance(session, workspace_id, source_id, cursor)


def _after(cursor: dict[str, object]) -> tuple[datetime, int] | None:
    if not cursor:
        return None
    return datetime.fromisoformat(str(cursor["updated_at"])), int(str(cursor["id"]))
