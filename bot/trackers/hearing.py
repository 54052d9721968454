"""What is done about what a tracker tells: decided, and in the outbox, before the tracker is thanked."""

from __future__ import annotations

import asyncio
import hashlib
import logging
from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from bot.avatars.restating import said_of
from bot.avatars.sayings import Saying
from bot.desk import Desk
from bot.trackers import comments, switching
from bot.trackers.tracker import Call, Told
from storage import projects, receipts, tracker_comments, trackers
from storage.tracker_comments import Commented
from storage.trackers import Tracking
from stories.avatars.project import Project, ProjectState
from stories.trackers import Deed, Event, Standing, decide, place_of
from stories.values import dataclass

log = logging.getLogger(__name__)

PATIENCE_SECONDS = 8.0
"""How long taking one in may last: GitHub waits ten seconds and does not ask again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """What is known of an event's project and item."""

    project: Project | None
    before: Commented
    deed: Deed


async def hear(desk: Desk, tracking: Tracking, call: Call, name: str, told: Told) -> Deed:
    """Do what the event asks for; NOTHING for one that was taken in before.

    Raises what a database raises that is away: then nothing was kept.
    """
    marks = _marks(tracking, call, name)
    async with asyncio.timeout(PATIENCE_SECONDS):
        async with desk.read() as session:
            if await receipts.any_of(session, tracking.workspace_id, marks):
                return Deed.NOTHING
            known = await _known(session, tracking, told.event)
            said = (
                await said_of(
                    session, tracking.workspace_id, known.project, desk.now(), place_of(tracking.id)
                )
                if known.project
                else {}
            )
        found: tuple[Saying, ...] = ()
        if known.deed is Deed.COMMENT and told.event.item is not None:
            found = await comments.nearest_to(told.event.item, said)
        async with desk.database.begin() as session:
            deed = await _do(session, desk, tracking, told, marks, found)
    if deed is not Deed.NOTHING:
        log.info("tracker %s: %s", tracking.id, deed.value)
        desk.wake_outbox()
    return deed


async def _do(
    session: AsyncSession,
    desk: Desk,
    tracking: Tracking,
    told: Told,
    marks: Sequence[str],
    found: Sequence[Saying],
) -> Deed:
    """Decide once more where nobody else can decide meanwhile, and write it down."""
    workspace_id, now = tracking.workspace_id, desk.now()
    new = [await receipts.mark(session, workspace_id, mark, now=now) for mark in marks]
    if not all(new):
        return Deed.NOTHING
    place = told.place or tracking.place
    await trackers.heard(session, workspace_id, tracking.id, place=place, now=now)
    known = await _known(session, tracking, told.event)
    item, delivery_id = told.event.item, known.before.delivery_id
    if known.deed is Deed.COMMENT and item is not None and known.project is not None:
        planned = found and await comments.plan(
            session, tracking, known.project, item, known.before, found, now=now
        )
        return Deed.COMMENT if planned else Deed.NOTHING
    if known.deed is Deed.TAKE_BACK and delivery_id is not None:
        await comments.take_back(session, workspace_id, delivery_id, now=now)
        return Deed.TAKE_BACK
    if known.deed is Deed.TAKE_ALL_BACK:
        command = desk.settings.firsthand_why_command
        await switching.stop_in_public(session, tracking, command=command, now=now)
        return Deed.TAKE_ALL_BACK
    return Deed.NOTHING


async def _known(session: AsyncSession, tracking: Tracking, event: Event) -> _Known:
    """Who is asked about the event, and what is to be done; a project that is over comments no more."""
    workspace_id = tracking.workspace_id
    project = await projects.get(session, workspace_id, tracking.project_id)
    before = Commented(delivery_id=None, rounds=0, standing=Standing.NONE)
    if event.item is not None:
        before = await tracker_comments.of_item(session, workspace_id, tracking.id, event.item.key)
    deed = decide(event, tracking.label, before.standing)
    if deed is Deed.COMMENT and (project is None or project.state is ProjectState.DONE):
        deed = Deed.NOTHING
    return _Known(project=project, before=before, deed=deed)


def _marks(tracking: Tracking, call: Call, name: str) -> tuple[str, ...]:
    """By which a call is known again: the tracker's name for it, and its body, which alone is signed."""
    body = hashlib.sha256(call.body).hexdigest()
    return tuple(f"{tracking.kind}:{tracking.id}:{one}" for one in (name, body) if one)
