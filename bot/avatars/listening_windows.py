"""A window of talk that has closed: what it is held against, and what is kept of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from bot.avatars import listening_switch
from bot.avatars.speaking_up import speak_up
from bot.avatars.times import untuned
from bot.desk import Desk
from bot.log_ids import each
from bot.terms import rules
from storage import channels, listening, projects
from storage.listening import Kept
from stories.avatars.project import Project
from stories.drift.remembered import KICK_OFF, Remembered, as_numbers, from_numbers
from stories.drift.speaking import Audience, heard
from stories.errors import UserError
from stories.values import dataclass

if TYPE_CHECKING:
    from stories.drift.judging import Closed
    from stories.drift.vectors import Kinds


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A closed window on its way to be judged; the project's own words are added by `seen_together`."""

    workspace_id: str
    project_id: int
    said: tuple[str, ...]
    reasons: tuple[str, ...] = ()
    kick_off: bytes | None = None

    @property
    def closed(self) -> Closed:
        """The window as it is judged."""
        from stories.drift.judging import Closed

        return Closed(said=self.said, reasons=self.reasons, kick_off=self.kick_off)


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A window with its project as it stood, what was known then, and which day it is there."""

    due: Due
    project: Project
    windows: int
    day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What was found in a window: no word of it. `least_covered` is a reason's index."""

    english: bool
    whole: Kinds
    score: float | None
    least_covered: int
    sounds_like: tuple[str, ...]


async def seen_together(desk: Desk, many: Sequence[Due]) -> tuple[Seen, ...]:
    """The windows with what they are held against, read together; left out where nobody listens any more.

    One workspace takes five statements, however many of its channels' windows have closed.
    """
    found: list[Seen] = []
    for workspace_id in each(dict.fromkeys(due.workspace_id for due in many)):
        own = [due for due in many if due.workspace_id == workspace_id]
        found += await _seen_in(desk, workspace_id, own)
    return tuple(found)


async def _seen_in(desk: Desk, workspace_id: str, many: Sequence[Due]) -> list[Seen]:
    ids = {due.project_id for due in many}
    async with desk.read() as session:
        if not (await rules(session, workspace_id)).drift:
            return []
        known = await projects.some(session, workspace_id, ids)
        kept = await listening.look(session, workspace_id, ids)
        places = [project.channel_id for project in known.values()]
        tuned = await channels.some(session, workspace_id, places)
    client = await desk.connections.client(workspace_id)
    found = []
    for due in many:
        project, before = known.get(due.project_id), kept.get(due.project_id)
        if project is None or before is None or not project.reasons:
            continue
        settings = tuned.get(project.channel_id) or await untuned(desk, client, workspace_id, project)
        if isinstance(settings, UserError):
            continue
        day = desk.now().astimezone(ZoneInfo(settings.times.time_zone)).date()
        found.append(_seen(due, project, before, day))
    return found


def _seen(due: Due, project: Project, kept: Kept, day: date) -> Seen:
    kick_off = kept.kick_off if kept.kick_off_windows >= KICK_OFF else None
    against = replace(due, reasons=tuple(reason.words for reason in project.reasons), kick_off=kick_off)
    return Seen(due=against, project=project, windows=kept.kick_off_windows, day=day)


async def keep(desk: Desk, seen: Seen, outcome: Outcome) -> bool:
    """Keep the numbers of a window; tells whether somebody is to hear of a swerve.

    A window that was judged by what no longer holds (another process was quicker) counts for nothing.
    """
    workspace_id, project = seen.due.workspace_id, seen.project
    async with desk.database.begin() as session:
        kept = await listening.hold(session, workspace_id, project.id)
        if kept is None or kept.kick_off_windows != seen.windows:
            return False
        if not outcome.english:
            return await _other_language(session, seen, kept, desk)
        remembered = replace(from_numbers(kept.state), other_language=0)
        if outcome.score is None:
            await _begin(session, seen, kept, remembered, outcome, desk)
            return False
        known, audience = heard(remembered.listening, outcome.score, seen.day)
        await _remember(session, seen, kept, replace(remembered, listening=known), desk)
        if audience is None:
            return False
        reason = project.reasons[outcome.least_covered]
        in_channel = audience is Audience.CHANNEL
        about = outcome.sounds_like
        await speak_up(session, workspace_id, project, reason, about, in_channel=in_channel, now=desk.now())
        return True


async def _begin(
    session: AsyncSession, seen: Seen, kept: Kept, remembered: Remembered, outcome: Outcome, desk: Desk
) -> None:
    """One more window of the kick-off talk."""
    from stories.drift.kick_off import folded

    mean = folded(kept.kick_off, kept.kick_off_windows, outcome.whole)
    more = replace(kept, kick_off=mean, kick_off_windows=kept.kick_off_windows + 1)
    await _remember(session, seen, more, remembered, desk)


async def _other_language(session: AsyncSession, seen: Seen, kept: Kept, desk: Desk) -> bool:
    """A window that the method does not work for; after a few in a row it says so, and stops."""
    before = from_numbers(kept.state)
    remembered = replace(before, other_language=before.other_language + 1)
    if not remembered.given_up:
        await _remember(session, seen, kept, remembered, desk)
        return False
    await listening_switch.give_up(session, seen.due.workspace_id, seen.project, now=desk.now())
    return True


async def _remember(
    session: AsyncSession, seen: Seen, kept: Kept, remembered: Remembered, desk: Desk
) -> None:
    new = replace(kept, state=as_numbers(remembered))
    await listening.keep(session, seen.due.workspace_id, seen.project.id, new, now=desk.now())
