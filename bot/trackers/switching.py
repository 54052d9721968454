"""Switching a project's avatar on and off beyond Slack, and who hears when it stops."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot.desk import Desk
from bot.halting import ITSELF, editors_of, tell
from bot.messages import tracker_trouble as words
from bot.tongues import said_to
from bot.trackers import comments
from bot.trackers.known import tracker_of
from bot.trackers.tracker import Line, Place, PutOff, Readers, ToMend
from storage import audit, project_changes, tracker_comments, trackers
from storage.trackers import NewTracking, Tracking
from stories.avatars.project import Change, Project
from stories.errors import UserError
from stories.language import _
from stories.values import dataclass

KEY_BYTES, SECRET_BYTES = 24, 32
"""Random bytes in the address that a tracker calls, and in the secret with which it signs."""

LOOKING_SECONDS = 2.0
"""How long a look at a tracker may take while somebody waits: Slack gives up after three seconds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A place as its token sees it: whose that is, and whether people from outside read the place."""

    account: str
    readers: Readers
    outsiders: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What somebody wants switched on, as it was seen. `outsiders_allowed_by`: who let others read along."""

    kind: str
    place: Place
    seen: Seen
    token: str
    label: str
    outsiders_allowed_by: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """What somebody changes; the token, and whose it is, only where there is another."""

    label: str
    outsiders_allowed_by: str | None
    new_secret: bool = False
    token: str | None = None
    account: str | None = None


async def look(desk: Desk, kind: str, place: Place, token: str) -> Seen:
    """Ask the tracker about a place. Raises UserError, in words, for one where no avatar may comment."""
    # What speaks to other servers takes memory that a bot without a tracker can do without.
    from bot.guarded_client import GuardedClient, Limits, OutgoingFailed, OutgoingRefused

    tracker = tracker_of(kind)
    limits = Limits(seconds=LOOKING_SECONDS, connect_seconds=LOOKING_SECONDS)
    try:
        async with (
            asyncio.timeout(LOOKING_SECONDS),
            GuardedClient(desk.settings.outgoing(), limits) as client,
        ):
            line = Line(client=client, place=place, token=token)
            asked = tracker.account(line), tracker.readers(line), tracker.outsiders(line)
            account, readers, outsiders = await asyncio.gather(*asked)
    except (ToMend, OutgoingFailed, OutgoingRefused) as why:
        raise UserError(str(why), field="token") from None
    except PutOff:
        said = _("{tracker} wants to be left alone for a moment. Please try again in a few minutes.")
        raise UserError(said.format(tracker=tracker.title), field="token") from None
    except TimeoutError:
        said = _("{tracker} takes long to answer. Please press the button again.")
        raise UserError(said.format(tracker=tracker.title), field="token") from None
    if readers.public:
        said = _(
            "All the world reads {place}, and nobody asked our customers for that. The avatar comments in "
            "private repositories alone."
        )
        raise UserError(said.format(place=readers.name), field="place")
    return Seen(account=account, readers=readers, outsiders=outsiders)


async def switch_on(
    session: AsyncSession, workspace_id: str, project: Project, wanted: Wanted, *, by: str, now: datetime
) -> tuple[Tracking, str]:
    """Have the avatar comment there from now on; the tracker, and the secret that is shown this once.

    Raises sqlalchemy.exc.IntegrityError where the project has a tracker that is on.
    """
    secret = secrets.token_urlsafe(SECRET_BYTES)
    readers = wanted.seen.readers
    new = NewTracking(
        project_id=project.id,
        kind=wanted.kind,
        site=wanted.place.site,
        place=readers.name,
        place_key=readers.key,
        label=wanted.label,
        key=secrets.token_urlsafe(KEY_BYTES),
        token=wanted.token,
        secret=secret,
        account=wanted.seen.account,
        outsiders_allowed_by=wanted.outsiders_allowed_by,
    )
    tracker_id = await trackers.begin(session, workspace_id, new, by=by, now=now)
    await _note(session, workspace_id, project.id, "tracker_on", new.place, by=by, now=now)
    if wanted.outsiders_allowed_by:
        await _note(session, workspace_id, project.id, "tracker_outsiders", new.place, by=by, now=now)
    tracking = await trackers.get(session, workspace_id, tracker_id)
    if tracking is None:
        raise LookupError(f"tracker {tracker_id} is gone in its own transaction")
    return tracking, secret


async def change(
    session: AsyncSession, tracking: Tracking, changed: Changed, *, by: str, now: datetime
) -> str | None:
    """Go on with what was changed; the new secret, where one was asked for."""
    workspace_id = tracking.workspace_id
    secret = secrets.token_urlsafe(SECRET_BYTES) if changed.new_secret else None
    await trackers.change(
        session,
        workspace_id,
        tracking.id,
        label=changed.label,
        outsiders_allowed_by=changed.outsiders_allowed_by,
        token=changed.token,
        account=changed.account,
        secret=secret,
    )
    if changed.outsiders_allowed_by and not tracking.outsiders_allowed_by:
        place = tracking.place
        await _note(session, workspace_id, tracking.project_id, "tracker_outsiders", place, by=by, now=now)
    await tracker_comments.go_on(session, workspace_id, tracking.id)
    return secret


async def switch_off(session: AsyncSession, tracking: Tracking, *, by: str, now: datetime) -> None:
    """Comment there no more, and take down what stands there."""
    if not await trackers.end(session, tracking.workspace_id, tracking.id):
        return
    await comments.take_all_back(session, tracking, now=now)
    project_id, place = tracking.project_id, tracking.place
    await _note(session, tracking.workspace_id, project_id, "tracker_off", place, by=by, now=now)
    await forget_if_settled(session, tracking)


async def stop_in_public(session: AsyncSession, tracking: Tracking, *, command: str, now: datetime) -> None:
    """The place was opened to the world: nothing of ours may stand there, and people hear of it."""
    await switch_off(session, tracking, by=ITSELF, now=now)
    say = partial(words.in_public, tracking.place, command=command)
    await tell_them(session, tracking, "tracker-public", say, now=now)


async def forget_if_settled(session: AsyncSession, tracking: Tracking) -> None:
    """Throw the token of one that is off away once nothing stands there and nothing is to be done there."""
    if await tracker_comments.settled(session, tracking.workspace_id, tracking.id):
        await trackers.forget_token(session, tracking.workspace_id, tracking.id)


async def tell_them(
    session: AsyncSession, tracking: Tracking, about: str, say: Callable[[], dict[str, Any]], *, now: datetime
) -> None:
    """Tell whoever switched it on, and the editors."""
    editors = await editors_of(session, tracking.workspace_id)
    for person in dict.fromkeys((tracking.set_up_by, *editors)):
        said = await said_to(session, tracking.workspace_id, person, say)
        await tell(session, tracking.workspace_id, person, f"{about}:{tracking.id}", said, now=now)


async def _note(
    session: AsyncSession,
    workspace_id: str,
    project_id: int,
    what: str,
    place: str,
    *,
    by: str,
    now: datetime,
) -> None:
    """Beside the why, where the team sees it, and in the audit log."""
    change = Change(what=what, words=place, why="", by=by, at=now)
    await project_changes.note_changes(session, workspace_id, project_id, [change])
    entry = audit.Entry(
        at=now,
        actor_id=by,
        act=what,
        object_kind="project",
        object_id=str(project_id),
        detail={"place": place},
    )
    await audit.note(session, workspace_id, entry)
