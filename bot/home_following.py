"""App Homes that show a story follow what became of it, without anybody's opening them."""

from __future__ import annotations

import asyncio
import logging
from contextlib import AbstractAsyncContextManager

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.exc import SQLAlchemyError

from bot import home
from bot.connections import TOKEN_DEAD, NotConnected
from bot.desk import Desk
from bot.log_ids import each
from bot.looping import finishing
from storage import homes_due
from storage.homes_due import DueHome

log = logging.getLogger(__name__)

AT_ONCE = 20
"""Homes that are read from the database together."""

LOOK_SECONDS = 1.0
"""How long it rests between looks."""

RETRY_SECONDS = 30.0
"""How long it rests when Slack or the database does not answer."""

_LATER = (NotConnected, SlackClientError, aiohttp.ClientError, SQLAlchemyError, OSError, TimeoutError)
"""What passes by itself, or takes a person: nothing is wrong with the Home."""


def following(desk: Desk) -> AbstractAsyncContextManager[None]:
    """Keep the Homes of every workspace up to date for the length of the block; one begun is finished."""
    return finishing("homes", Following(desk).look)


async def catch_up(desk: Desk, workspace_id: str, stopping: asyncio.Event | None = None) -> float:
    """Put every Home that is behind there anew; returns the seconds to rest then, as Slack asked.

    Raises NotConnected for a workspace that nobody speaks for any more.
    """
    client = await desk.connections.client(workspace_id)
    while True:
        async with desk.read() as session:
            due = await homes_due.waiting(session, workspace_id, most=AT_ONCE)
        for one in due:
            rest = await _put(desk, client, one)
            if rest or (stopping and stopping.is_set()):
                return rest
        if not due:
            return 0.0


async def _put(desk: Desk, client: AsyncWebClient, due: DueHome) -> float:
    """Put one Home there; the seconds to rest when Slack does not take it now.

    One that Slack never takes (of somebody who has left), or that cannot be made, waits until it is opened.
    """
    try:
        async with desk.background:
            await home.follow(desk, client, due.workspace_id, due.user_id)
    except SlackApiError as error:
        reason = str(error.response.get("error"))
        if reason in TOKEN_DEAD:
            await desk.connections.lost(due.workspace_id, reason)
            return RETRY_SECONDS
        if reason == "ratelimited" or error.response.status_code in (429, 500, 502, 503, 504):
            return float(error.response.headers.get("Retry-After", RETRY_SECONDS))
        log.warning("Slack does not take an App Home in %s: %s", due.workspace_id, reason)
    except _LATER:
        raise
    except Exception:
        # Raised on, it would keep everybody else's Home from following, at every look.
        log.exception("an App Home in %s cannot be made", due.workspace_id)
    async with desk.database.begin() as session:
        await homes_due.caught_up(session, due)
    return 0.0


class Following:
    """The looks of one process, which remembers where it is to rest."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._resting: dict[str, float] = {}

    async def look(self, stopping: asyncio.Event) -> float:
        """Look at every workspace that does not rest; the seconds until the next look."""
        for workspace_id in each(await self._desk.connections.workspaces()):
            if self._resting.get(workspace_id, 0.0) <= _real_time():
                rest = await _round(self._desk, workspace_id, stopping)
                self._resting[workspace_id] = _real_time() + rest
        return LOOK_SECONDS


async def _round(desk: Desk, workspace_id: str, stopping: asyncio.Event) -> float:
    try:
        return await catch_up(desk, workspace_id, stopping)
    except _LATER as trouble:
        log.warning("App Homes wait: %s", trouble)
        return RETRY_SECONDS


def _real_time() -> float:
    return asyncio.get_running_loop().time()
