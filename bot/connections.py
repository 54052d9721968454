"""How this process speaks for each workspace: whose token is alive, and a client for it."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from copy import copy
from typing import Protocol

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient

from bot.settings import Settings

log = logging.getLogger(__name__)

PATIENCE_SECONDS = 10
"""How long a call that somebody waits for may take."""

REST_SECONDS = 600.0
"""How long a workspace whose token Slack refused is left alone before it is tried again."""

TOKEN_DEAD = frozenset({"invalid_auth", "account_inactive", "token_revoked", "token_expired", "not_authed"})
"""Slack's words for a token that does not work: they say nothing about what was asked with it."""


class NotConnected(LookupError):
    """The workspace has no live token: it was uninstalled, revoked or never installed."""


class Connections(Protocol):
    """Every workspace that this copy of Firsthand speaks for."""

    async def workspaces(self) -> tuple[str, ...]:
        """The ids of every workspace with a live token, in a steady order."""
        ...

    async def token(self, workspace_id: str) -> str:
        """A live bot token, rotated when that is due. Raises NotConnected."""
        ...

    async def client(self, workspace_id: str) -> AsyncWebClient:
        """A client for calls that people wait for, one for each workspace. Raises NotConnected."""
        ...

    async def lost(self, workspace_id: str, reason: str) -> None:
        """Slack says that the token is dead: the operator hears of it, and work for the workspace stops."""
        ...


class OneWorkspace:
    """The simple way: one bot token in the settings, for the workspace that Slack says it belongs to.

    Until that is known (`speaks_for`) it stands for whichever workspace is asked for. A token that was
    refused is tried again after a rest: Slack has been known to refuse good ones for a while.
    `seconds` is a clock that never goes back.
    """

    def __init__(self, settings: Settings, seconds: Callable[[], float] = time.monotonic) -> None:
        token = settings.slack_bot_token
        self._token = token.get_secret_value() if token else ""
        self.only_client = client_for(settings, self._token)
        self._workspace_id = ""
        self._seconds = seconds
        self._rests_until = 0.0

    def speaks_for(self, workspace_id: str) -> None:
        """Slack has told whose token it is."""
        self._workspace_id = workspace_id

    def is_for(self, workspace_id: str) -> bool:
        """Whether the token is this workspace's; true for any until Slack has told."""
        return workspace_id == (self._workspace_id or workspace_id)

    async def workspaces(self) -> tuple[str, ...]:
        """The one workspace; none while its token is refused."""
        return (self._workspace_id,) if self._workspace_id and self._may_try() else ()

    async def token(self, workspace_id: str) -> str:
        """The token of the settings. Raises NotConnected for another workspace, or while it is refused."""
        if not self.is_for(workspace_id):
            raise NotConnected(f"SLACK_BOT_TOKEN is for {self._workspace_id}, not for {workspace_id}")
        if not self._may_try():
            raise NotConnected(f"Slack refuses SLACK_BOT_TOKEN for {workspace_id}")
        return self._token

    async def client(self, workspace_id: str) -> AsyncWebClient:
        """The client with that token. Raises NotConnected as `token` does."""
        await self.token(workspace_id)
        return self.only_client

    async def lost(self, workspace_id: str, reason: str) -> None:
        """Leave the workspace alone for a while, and say how to connect it again."""
        if self._may_try():
            log.error(
                "Slack refuses SLACK_BOT_TOKEN for %s (%s): copy it anew from the app's Install App page and "
                "start Firsthand again. Nothing is lost meanwhile; the next try is in %d minutes.",
                workspace_id,
                reason,
                REST_SECONDS // 60,
            )
        self._rests_until = self._seconds() + REST_SECONDS

    def _may_try(self) -> bool:
        return self._seconds() >= self._rests_until


def client_for(settings: Settings, token: str | None) -> AsyncWebClient:
    """A client for calls that people wait for; posts have one of their own (see `bot.delivery`)."""
    return AsyncWebClient(token=token, base_url=settings.slack_api_url, timeout=PATIENCE_SECONDS)


def over(lines: aiohttp.ClientSession, client: AsyncWebClient) -> AsyncWebClient:
    """The client over connections that are kept open for many calls: by itself it opens one for each."""
    shared = copy(client)
    shared.session = lines
    return shared
