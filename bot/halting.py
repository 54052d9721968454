"""What keeps stories out of a channel: it is stopped, or waits for an editor, and people hear of it once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncSession

from bot import attention
from bot.audience import Audience, audience
from bot.desk import Desk
from bot.guests import guests_in
from bot.messages import halting as words
from bot.notices import NOTICE
from bot.permissions import Role
from bot.tongues import said_to, speaking_to
from storage import audit, channels, deliveries, people, posted, workspaces
from storage.attention import Unasked
from storage.deliveries import Post
from stories.channels import ChannelSettings, ChannelState, StopReason

ITSELF = "firsthand"
"""Who acted, in the audit log, when nobody did."""

MOST_EDITORS = 10
"""Editors who are asked at once."""


async def obstacle(
    desk: Desk, client: AsyncWebClient, workspace_id: str, channel: ChannelSettings
) -> StopReason | None:
    """What speaks against posting in a channel right now, as Slack tells; None when nothing does.

    Guests do not where an editor agreed to them. Raises SlackApiError when Slack does not tell.
    """
    found = _against(await audience(client, channel.channel_id))
    if found is None and channel.guests_allowed_by is None:
        return await guests_in(desk, client, workspace_id, channel.channel_id)
    return found


async def halt(
    session: AsyncSession, workspace_id: str, channel_id: str, because: StopReason, *, desk: Desk
) -> ChannelSettings | None:
    """Stop a channel, or have it wait where guests are the reason, and tell people of it privately.

    Happens once: None when the channel was not on (or waiting) any more. What still waits to be posted
    there, by whomever, is called off in any case. The outbox wants waking after the commit.
    """
    await deliveries.call_off(session, workspace_id, channel_id)
    channel = await channels.held(session, workspace_id, channel_id)
    waits = because in (StopReason.GUESTS, StopReason.LARGE)
    if channel is None or channel.state not in _FROM[waits]:
        return None
    now = desk.now()
    state = ChannelState.WAITING if waits else ChannelState.STOPPED
    halted = channel.quiet(state, because)
    await channels.save(session, workspace_id, halted, now=now)
    await note(session, workspace_id, "stop_channel", channel_id, by=ITSELF, now=now, why=because.value)
    if waits:
        await ask_editors(session, workspace_id, halted, desk=desk)
    else:
        about = {"channel": channel_id, "because": because.value}
        about["command"] = desk.settings.firsthand_channel_command
        slot = f"stopped:{channel_id}:{now.isoformat()}"
        what = Unasked(place=channel.set_up_by, kind="stopped", slot_key=slot, about=about)
        await attention.offer(session, workspace_id, what, now=now)
    return halted


async def ask_editors(
    session: AsyncSession, workspace_id: str, channel: ChannelSettings, *, desk: Desk
) -> None:
    """Ask the editors whether guests may read along, and tell whoever set the channel up."""
    because = channel.stopped_because or StopReason.GUESTS
    editors = await editors_of(session, workspace_id)
    ask = partial(words.may_guests_read, channel.channel_id, because, asked_by=channel.set_up_by)
    now, about = desk.now(), about_guests(channel.channel_id)
    for editor in editors:
        question = await said_to(session, workspace_id, editor, ask)
        await tell(session, workspace_id, editor, about, question, now=now)
    if channel.set_up_by not in editors:
        command = desk.settings.firsthand_channel_command
        async with speaking_to(session, workspace_id, channel.set_up_by):
            said = words.waiting(channel.channel_id, because, editors=editors, command=command)
        await tell(session, workspace_id, channel.set_up_by, f"waiting:{channel.channel_id}", said, now=now)


def about_guests(channel_id: str) -> str:
    """What the question whether guests may read along is told as."""
    return f"guests:{channel_id}"


async def editors_of(session: AsyncSession, workspace_id: str) -> tuple[str, ...]:
    """Who looks after stories here: the editors, or whoever installed the bot while there are none."""
    editors = (await people.holders(session, workspace_id, Role.EDITOR))[:MOST_EDITORS]
    if editors:
        return editors
    installer = await workspaces.installer(session, workspace_id)
    return (installer,) if installer else ()


async def allow_guests(
    session: AsyncSession, workspace_id: str, channel_id: str, *, by: str, now: datetime
) -> ChannelSettings | None:
    """Let a waiting channel hear stories although guests read it; None when it does not wait (any more)."""
    channel = await channels.held(session, workspace_id, channel_id)
    if channel is None or channel.state is not ChannelState.WAITING:
        return None
    started = replace(channel, guests_allowed_by=by).started(now)
    await channels.save(session, workspace_id, started, now=now)
    await note(session, workspace_id, "allow_guests", channel_id, by=by, now=now)
    return started


async def tell(
    session: AsyncSession,
    workspace_id: str,
    user_id: str,
    about: str,
    payload: dict[str, Any],
    *,
    now: datetime,
) -> None:
    """Plan a private message that somebody asked for or that is a duty, so outside the budget of attention.

    `about` and the moment name it, so that one event is told once.
    """
    slot = f"{about}:{now.isoformat()}"
    post = Post(channel_id=user_id, kind=NOTICE, slot_key=slot, payload=payload)
    await deliveries.plan(session, workspace_id, post, now=now)


async def answer_for_all(
    session: AsyncSession, workspace_id: str, about: str, say: Callable[[], dict[str, Any]], *, now: datetime
) -> None:
    """Put what was decided in the place of a question (see `tell`), wherever an editor or admin was asked it.

    The outbox wants waking after the commit.
    """
    named = [await people.holders(session, workspace_id, role) for role in (Role.EDITOR, Role.ADMIN)]
    installer = await workspaces.installer(session, workspace_id)
    asked = {person for holders in named for person in holders} | ({installer} if installer else set())
    for one in await posted.notes_about(session, workspace_id, sorted(asked), NOTICE, about):
        payload = await said_to(session, workspace_id, one.channel_id, say)
        await deliveries.revise(session, workspace_id, one.id, payload, now=now, at_once=True)


async def note(
    session: AsyncSession,
    workspace_id: str,
    act: str,
    channel_id: str,
    *,
    by: str,
    now: datetime,
    **detail: Any,
) -> None:
    """Write down in the audit log what was done to a channel."""
    entry = audit.Entry(
        at=now, actor_id=by, act=act, object_kind="channel", object_id=channel_id, detail=detail
    )
    await audit.note(session, workspace_id, entry)


_FROM = {
    True: frozenset({ChannelState.ON}),
    False: frozenset({ChannelState.ON, ChannelState.WAITING}),
}


def _against(there: Audience) -> StopReason | None:
    if there.external:
        return StopReason.SHARED
    if there.archived:
        return StopReason.ARCHIVED
    return None if there.member else StopReason.LEFT
