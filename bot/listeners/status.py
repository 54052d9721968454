"""The command's word status: what this channel gets, and how posting stands."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from bot.desk import Desk
from bot.listeners.status_deciding import may_mend
from bot.messages import channel_answers as answers
from bot.messages import status as words
from bot.messages.blocks import escaped
from bot.messages.status import MOST_TOLD, Standing, Troubled
from bot.tuning import refuse_place
from storage import channels, trackers
from storage import delivery_care as care
from stories.errors import UserError

LATE = timedelta(minutes=5)
"""A digest that nobody has looked at for so long after it was due tells of a schedule that stands still."""


async def status(
    desk: Desk, client: AsyncWebClient, workspace_id: str, user_id: str, channel_id: str
) -> dict[str, Any]:
    """The answer for one person in one channel, as a message; all of it for editors and admins."""
    all_of_it = await may_mend(desk, client, workspace_id, user_id)
    channel = await _channel(desk, client, workspace_id, channel_id, anywhere=all_of_it)
    standing = await how_it_stands(desk, workspace_id)
    said = words.whole if all_of_it else words.plainly
    return said(standing, channel=channel, now=desk.now())


async def how_it_stands(desk: Desk, workspace_id: str) -> Standing:
    """How posting stands in a workspace right now."""
    now = desk.now()
    async with desk.read() as session:
        counted = await care.counts(session, workspace_id)
        # Slack's pauses are kept in real time, whatever clock the bot was given.
        pace = await care.pace(session, workspace_id, now=datetime.now(UTC), late=now - LATE)
        nearest = await channels.hearing_next(session, workspace_id)
        found = [await channels.get(session, workspace_id, due.channel_id) for due in nearest]
        troubled = await care.troubled(session, workspace_id, most=MOST_TOLD)
        beyond = await trackers.in_need(session, workspace_id, most=MOST_TOLD)
    return Standing(
        since=pace.since,
        waiting=counted.waiting,
        in_doubt=counted.in_doubt,
        failed=counted.failed,
        unasked=counted.unasked,
        oldest=counted.oldest,
        refused=counted.refused,
        beyond=beyond,
        paused_until=pace.paused_until,
        resting=pace.resting,
        overdue=pace.overdue,
        next_digests=tuple(channel for channel in found if channel is not None),
        troubled=tuple(
            Troubled(
                id=one.id,
                channel_id=one.posted_in or one.channel_id,
                kind=one.kind,
                method=one.method,
                state=one.state,
                error=one.last_error,
                since=one.created_at,
            )
            for one in troubled[:MOST_TOLD]
        ),
    )


async def _channel(
    desk: Desk, client: AsyncWebClient, workspace_id: str, channel_id: str, *, anywhere: bool
) -> str:
    """What this channel gets. Raises UserError where none can, unless it is asked `anywhere`."""
    command = desk.settings.firsthand_channel_command
    async with desk.read() as session:
        channel = await channels.get(session, workspace_id, channel_id)
    if channel is not None:
        return answers.status(channel, now=desk.now(), command=command)
    try:
        await refuse_place(client, channel_id, command=command)
    except UserError as refused:
        if anywhere:
            return escaped(refused.message)
        raise
    return answers.unset(channel_id, command=command)
