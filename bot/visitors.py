"""Who is writing a conversation up: whether they may, and which day it is where they are."""

from __future__ import annotations

import asyncio
import logging
from datetime import date, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from aiohttp import ClientError
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.errors import SlackClientError

from bot.desk import Desk
from bot.permissions import Act, Actor, may
from stories.errors import UserError
from stories.language import _
from stories.values import dataclass

log = logging.getLogger(__name__)
SLACK_PATIENCE_SECONDS = 1.0
"""How long a submission waits for Slack to say who sends it: the database needs the rest of three seconds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Visitor:
    """Who is writing, when, and which day it is where they are; `channel_command` sets channels up here."""

    workspace_id: str
    user_id: str
    now: datetime
    today: date
    channel_command: str


async def visitor(desk: Desk, context: AsyncBoltContext) -> Visitor:
    """The person at hand. Raises UserError for guests, SlackApiError when Slack does not know them."""
    colleague = await desk.colleagues.get(context.client, context.team_id or "", context.user_id or "")
    user_id = colleague.user_id
    if not may(Actor(user_id=user_id, guest=colleague.guest), Act.SUBMIT):
        raise UserError(
            _(
                "Thank you for wanting to share this. Write-ups are made by members of this workspace; "
                "please tell one of them what you heard, and they can put it down for you."
            )
        )
    return _visitor(desk, context, colleague.time_zone)


async def writer(desk: Desk, context: AsyncBoltContext) -> Visitor:
    """The person who sends on a window that was opened for them: kept even while Slack answers nothing.

    Their day is then UTC's. Raises UserError for guests.
    """
    try:
        async with asyncio.timeout(SLACK_PATIENCE_SECONDS):
            return await visitor(desk, context)
    except (SlackClientError, ClientError, TimeoutError) as trouble:
        log.warning("Slack would not say who somebody is: %s", trouble)
        return _visitor(desk, context, "UTC")


def _visitor(desk: Desk, context: AsyncBoltContext, time_zone: str) -> Visitor:
    now = desk.now()
    return Visitor(
        workspace_id=context.team_id or "",
        user_id=context.user_id or "",
        now=now,
        today=now.astimezone(_zone(time_zone)).date(),
        channel_command=desk.settings.firsthand_channel_command,
    )


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")
