"""Keeping a project's own message pinned, where somebody wished it and Slack allows it."""

from __future__ import annotations

import logging
from datetime import timedelta
from functools import partial
from operator import attrgetter

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.avatars.restating import refresh_why
from bot.delivery.calling import retry_after
from bot.desk import Desk
from bot.log_ids import each
from bot.looping import one_by_one
from storage import posted, project_pins, projects
from storage.posted import Posted
from storage.project_pins import DuePin, Pin
from stories.avatars.project import ProjectState

log = logging.getLogger(__name__)

REST = timedelta(minutes=5)
"""How long a pin waits that Slack does not answer about."""

ON_ITS_WAY = timedelta(seconds=10)
"""How long one waits whose message has not been posted yet."""

_IS_SO = frozenset({"already_pinned", "no_pin", "message_not_found", "not_pinned"})
"""Slack's words where nothing is left to do: it is pinned, or there is nothing to take away."""


async def keep_pinned(desk: Desk) -> int:
    """Pin and unpin what is due; how many were looked at. To be called at each tick."""
    async with desk.read() as session:
        due = await project_pins.due(session, desk.now())

    async def wait(seen: DuePin) -> None:
        await _wait(desk, seen, REST)

    await one_by_one(each(due, attrgetter("workspace_id")), partial(_serve, desk), rest=wait)
    return len(due)


async def _serve(desk: Desk, seen: DuePin) -> None:
    workspace_id = seen.workspace_id
    async with desk.read() as session:
        project = await projects.get(session, workspace_id, seen.project_id)
        pin = await project_pins.get(session, workspace_id, seen.project_id)
        own = await projects.pinned(session, workspace_id, seen.project_id)
        post = await posted.standing(session, workspace_id, own) if own else None
    wanted = pin.wanted and project is not None and project.state is ProjectState.ACTIVE
    if project is None or (wanted and post is None):
        await _settle(desk, seen, None, "message_not_found" if wanted else "")
        return
    client = await desk.connections.client(workspace_id)
    if not wanted:
        await _unpin(desk, client, seen, project.channel_id, pin)
    elif post is not None:
        await _pin(desk, client, seen, project.channel_id, pin, post)


async def _pin(
    desk: Desk, client: AsyncWebClient, seen: DuePin, channel_id: str, pin: Pin, post: Posted
) -> None:
    if post.slack_ts is None:
        if post.state in {"failed", "cancelled"}:
            await _settle(desk, seen, None, "message_not_found")
        else:
            await _wait(desk, seen, ON_ITS_WAY)
        return
    if pin.message_ts == post.slack_ts:
        await _settle(desk, seen, pin.message_ts, "")
        return
    trouble = ""
    try:
        await client.pins_add(channel=channel_id, timestamp=post.slack_ts)
    except SlackApiError as refusal:
        trouble = _reason(refusal)
        if trouble == "already_pinned":
            trouble = ""
    await _settle(desk, seen, None if trouble else post.slack_ts, trouble)


async def _unpin(desk: Desk, client: AsyncWebClient, seen: DuePin, channel_id: str, pin: Pin) -> None:
    if pin.message_ts is not None:
        try:
            await client.pins_remove(channel=channel_id, timestamp=pin.message_ts)
        except SlackApiError as refusal:
            if (reason := _reason(refusal)) not in _IS_SO:
                log.warning("the pin of project %s stays: %s", seen.project_id, reason)
    await _settle(desk, seen, None, "")


def _reason(refusal: SlackApiError) -> str:
    """Slack's word for it. Raises what it was given when Slack only asks to wait."""
    if retry_after(refusal) is not None or refusal.response.status_code >= 500:
        raise refusal
    return str(refusal.response.get("error"))


async def _settle(desk: Desk, seen: DuePin, message_ts: str | None, trouble: str) -> None:
    async with desk.database.begin() as session:
        if await project_pins.settle(
            session, seen.workspace_id, seen, message_ts=message_ts, trouble=trouble
        ):
            await refresh_why(session, seen.workspace_id, seen.project_id, now=desk.now())
    desk.wake_outbox()


async def _wait(desk: Desk, seen: DuePin, how_long: timedelta) -> None:
    async with desk.database.begin() as session:
        pin = await project_pins.get(session, seen.workspace_id, seen.project_id)
        due_at = desk.now() + how_long
        await project_pins.settle(session, seen.workspace_id, seen, message_ts=pin.message_ts, due_at=due_at)
