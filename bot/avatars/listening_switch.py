"""Switching listening on and off: where it works, who did it, and what everybody in the channel is told."""

from __future__ import annotations

from datetime import datetime

from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncSession

from bot.audience import audience, refuse_unheard
from bot.avatars.asking import can_search_meaning
from bot.avatars.restating import AVATAR
from bot.avatars.setting_up import going_on
from bot.halting import ITSELF, tell
from bot.messages import listening as words
from bot.terms import rules
from bot.tongues import said_to, speaking_to
from storage import audit, deliveries, project_changes, projects
from storage.deliveries import Post
from stories.avatars.project import Change, Project
from stories.errors import UserError
from stories.language import _
from stories.transcripts.languages import language_of

FEWEST_PEOPLE = 3
MOST_PEOPLE = 1000
"""People in a channel that the method works for: two talk of anything, in a crowd few talk of the project."""


async def refuse_where_it_cannot(client: AsyncWebClient, project: Project, bot_user_id: str) -> None:
    """Raise UserError, saying why the avatar keeps to reminders here, where listening does not work."""
    if not can_search_meaning():
        raise UserError(
            _(
                "Listening needs an extra part that isn’t installed here (“meaning”); your Firsthand admin "
                "can add it. Until then I keep to reminders and answers."
            )
        )
    refuse_unheard(await audience(client, project.channel_id))
    told = await client.conversations_members(channel=project.channel_id, limit=MOST_PEOPLE)
    people = len(set(told["members"]) - {bot_user_id})
    if people < FEWEST_PEOPLE:
        raise UserError(
            _("I can’t tell a swerve from a chat between two people. With three or more, I can listen.")
        )
    if (told.get("response_metadata") or {}).get("next_cursor") or people >= MOST_PEOPLE:
        raise UserError(
            _(
                "With a thousand people or more, this channel talks about too many things for me to follow. "
                "I keep to reminders and answers here."
            )
        )
    said = "\n".join((project.goal, *(reason.words for reason in project.reasons)))
    if language_of(said).code not in {"en", ""}:
        raise UserError(
            _("I follow talk in English alone so far, so I can’t listen here. Reminders and answers work.")
        )


async def switch_on(
    session: AsyncSession, workspace_id: str, project: Project, *, by: str, now: datetime
) -> None:
    """Listen from now on, and tell everybody in the channel; nothing happens where it is on already.

    Raises UserError where it is switched off for everybody, and for a project that is done.
    """
    project = await going_on(session, workspace_id, project.id)
    if project.listens_since is not None:
        return
    if not (await rules(session, workspace_id)).drift:
        raise UserError(_("Admins switched listening off for everybody here. Please ask one of them."))
    await projects.listen(session, workspace_id, project.id, since=now, by=by)
    await _note(session, workspace_id, project, "listening_on", by=by, now=now)
    await _announce(session, workspace_id, project, by=by, now=now, on=True)


async def switch_off(
    session: AsyncSession, workspace_id: str, project: Project, *, by: str, now: datetime
) -> None:
    """Listen no more, delete all that was learnt, and tell everybody in the channel."""
    project = await going_on(session, workspace_id, project.id)
    if project.listens_since is None:
        return
    await projects.listen(session, workspace_id, project.id, since=None, by=None)
    await _note(session, workspace_id, project, "listening_off", by=by, now=now)
    await _announce(session, workspace_id, project, by=by, now=now, on=False)


async def leave(session: AsyncSession, workspace_id: str, channel_id: str, *, now: datetime) -> None:
    """Listen no more in a channel that is gone or read by others, and delete all that was learnt there."""
    project = await projects.of_channel(session, workspace_id, channel_id)
    if project is not None and project.listens_since is not None:
        await projects.listen(session, workspace_id, project.id, since=None, by=None)
        await _note(session, workspace_id, project, "listening_off", by=ITSELF, now=now)


async def give_up(session: AsyncSession, workspace_id: str, project: Project, *, now: datetime) -> None:
    """Listen no more where people write in another language, and tell the project's owner why."""
    await projects.listen(session, workspace_id, project.id, since=None, by=None)
    await _note(session, workspace_id, project, "listening_off", by=ITSELF, now=now)
    said = await said_to(session, workspace_id, project.owner_id, lambda: words.gave_up(project))
    await tell(session, workspace_id, project.owner_id, f"listening:{project.id}", said, now=now)


async def _announce(
    session: AsyncSession, workspace_id: str, project: Project, *, by: str, now: datetime, on: bool
) -> None:
    async with speaking_to(session, workspace_id, project.channel_id):
        payload = words.switched_on(project, by) if on else words.switched_off(project, by)
    slot = f"listening:{project.id}:{'on' if on else 'off'}:{now.isoformat()}"
    post = Post(channel_id=project.channel_id, kind=AVATAR, slot_key=slot, payload=payload)
    await deliveries.plan(session, workspace_id, post, now=now)


async def _note(
    session: AsyncSession, workspace_id: str, project: Project, act: str, *, by: str, now: datetime
) -> None:
    change = Change(what=act, words="", why="", by=by, at=now)
    await project_changes.note_changes(session, workspace_id, project.id, [change])
    entry = audit.Entry(
        at=now, actor_id=by, act=act, object_kind="channel", object_id=project.channel_id, detail={}
    )
    await audit.note(session, workspace_id, entry)
