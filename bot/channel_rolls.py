"""Who is in the channels that hear something: read from Slack a few at a time, kept as people come and go.

A person in a channel that hears of a kind of customers, or that carries a project, follows both on their App
Home without having to say so.
"""

from __future__ import annotations

import logging
from datetime import timedelta

from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_client import AsyncWebClient

from bot import home
from bot.connections import NotConnected
from bot.desk import Desk
from storage import channel_rolls

log = logging.getLogger(__name__)

READ_ANEW = timedelta(days=7)
"""How long a roll holds: those who come and go meanwhile are told of by Slack."""

MOST_AT_ONCE = 10
"""Channels that are read in one round: Slack takes a hundred such calls a minute, and others want some."""

MOST_MEMBERS = 1_000
"""In a channel with more people, being in it says nothing of what somebody works on."""

_UNSEEN = frozenset({"channel_not_found", "missing_scope", "not_in_channel", "fetch_members_failed"})


async def keep_rolls(desk: Desk, workspace_id: str) -> int:
    """Read a few rolls; tells how many. None while nobody speaks for the workspace."""
    try:
        return await read_some(desk, await desk.connections.client(workspace_id), workspace_id)
    except NotConnected as lost:
        log.info("who is in which channel is read later: %s", lost)
        return 0


async def read_some(desk: Desk, client: AsyncWebClient, workspace_id: str) -> int:
    """Read the rolls that were never read, or are a week old; tells how many were."""
    now = desk.now()
    async with desk.read() as session:
        due = await channel_rolls.to_read(session, workspace_id, now - READ_ANEW, most=MOST_AT_ONCE)
    for read, channel_id in enumerate(due):
        try:
            members = await _members(client, channel_id)
        except (SlackClientError, OSError, TimeoutError) as trouble:
            log.info("who is in which channel is read later: %s", trouble)
            return read
        async with desk.database.begin() as session:
            await channel_rolls.keep(session, workspace_id, channel_id, members, now=now)
    if due:
        async with desk.database.begin() as session:
            await channel_rolls.drop_silent(session, workspace_id)
    return len(due)


async def came(desk: Desk, client: AsyncWebClient, workspace_id: str, channel_id: str, user_id: str) -> None:
    """Somebody joined a channel: their Home follows what it hears of."""
    async with desk.begin() as session:
        changed = await channel_rolls.came(session, workspace_id, channel_id, user_id)
    if changed:
        await home.refresh(desk, client, workspace_id, user_id)


async def went(desk: Desk, client: AsyncWebClient, workspace_id: str, channel_id: str, user_id: str) -> None:
    """Somebody left a channel: their Home follows it no more."""
    desk.colleagues.members.forget(workspace_id, channel_id)
    async with desk.begin() as session:
        changed = await channel_rolls.went(session, workspace_id, channel_id, user_id)
    if changed:
        await home.refresh(desk, client, workspace_id, user_id)


async def _members(client: AsyncWebClient, channel_id: str) -> frozenset[str]:
    """Everybody in this channel; nobody where they are too many, or the bot cannot see them.

    Raises SlackApiError for what passes by itself.
    """
    try:
        told = await client.conversations_members(channel=channel_id, limit=MOST_MEMBERS)
    except SlackApiError as error:
        if error.response.get("error") not in _UNSEEN:
            raise
        return frozenset()
    more = (told.get("response_metadata") or {}).get("next_cursor")
    return frozenset() if more else frozenset(told["members"])
