"""Socket Mode: the line that Slack sends everything through, when the process may not be called over HTTP."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from itertools import chain, repeat
from typing import TypeVar

import aiohttp
from slack_bolt.adapter.socket_mode.async_internals import run_async_bolt_app, send_async_response
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest

from bot.health import Health
from bot.slack_refusals import NO_ANSWER, away, no_socket, refusal
from bot.starting import WAITS_SECONDS

T = TypeVar("T")

log = logging.getLogger(__name__)

PART = "socket mode"
"""What `/readyz` calls it."""

PING_SECONDS = 10.0
"""How often the line is tried; one that answers nothing four times over is opened anew."""


class Line(SocketModeClient):
    """Slack's line to this process, opened anew whenever it is lost, until it is closed.

    Slack's library tries for ever, with a trace each time, and cannot be stopped meanwhile. This one says why
    there is no line, in one of the log and in `health`, rests ever longer between tries, and ends when told.
    """

    def __init__(
        self, app: AsyncApp, token: str, health: Health, waits: Sequence[float] = WAITS_SECONDS
    ) -> None:
        super().__init__(token, app.logger, app.client, ping_interval=PING_SECONDS)
        self._health, self._waits = health, waits
        self._told_to_close = asyncio.Event()

        async def pass_on(client: AsyncBaseSocketModeClient, request: SocketModeRequest) -> None:
            begun = time.time()
            response = await run_async_bolt_app(app, request)
            try:
                await send_async_response(client, request, response, begun)
            except NO_ANSWER as lost:
                level = logging.INFO if self.closed else logging.WARNING
                log.log(level, "The line to Slack was gone before an answer was out (%s).", lost)

        self.socket_mode_request_listeners.append(pass_on)

    async def open(self) -> None:
        """Try once. Raises SlackApiError where Slack opens none, and what `NO_ANSWER` has."""
        await self._join()

    async def issue_new_wss_url(self) -> str:
        """Where Slack opens a line, as soon as it tells; "" when this one is closed first."""
        return await self._at_last(self._address) or ""

    async def connect(self) -> None:
        """Open the line, however long that takes, unless it is closed."""
        await self._at_last(self._join)

    async def disconnect(self) -> None:
        """Hang up, where there is a line."""
        if self.current_session is not None:
            await self.current_session.close()

    async def close(self) -> None:
        """Hang up for good, also in the middle of a try."""
        self._told_to_close.set()
        await super().close()  # type: ignore[no-untyped-call]  # Slack's library leaves it untyped

    async def _address(self) -> str:
        answer = await self.web_client.apps_connections_open(app_token=self.app_token)
        return str(answer["url"])

    async def _join(self) -> None:
        """One try, with the address that is known; each is good for one try."""
        address, self.wss_uri = self.wss_uri or await self._address(), None
        # Slack counts lines: the old one goes first. What watches it would open one more meanwhile.
        self.auto_reconnect_enabled = False
        if self.current_session is not None:
            with suppress(*NO_ANSWER):
                await self.current_session.close()
        if self.closed:
            raise ConnectionAbortedError("told to close")
        if self.aiohttp_client_session.closed:
            self.aiohttp_client_session = aiohttp.ClientSession()
        self.current_session = await self.aiohttp_client_session.ws_connect(
            address,
            autoping=False,
            heartbeat=self.ping_interval,
            proxy=self.proxy,
            ssl=True if self.web_client.ssl is None else self.web_client.ssl,
        )
        self.last_ping_pong_time = None
        self.stale, self.auto_reconnect_enabled = False, self.default_auto_reconnect_enabled
        await self.current_session.ping(f"sdk-ping-pong:{time.time()}".encode())
        self._watch()

    def _watch(self) -> None:
        """Listen to the new line and no more to the old; this may be called from what listened to that."""
        for task in (self.current_session_monitor, self.message_receiver):
            if task is not None:
                task.cancel()
        self.current_session_monitor = asyncio.ensure_future(self.monitor_current_session())
        self.message_receiver = asyncio.ensure_future(self.receive_messages())
        self._health.is_well(PART)

    async def _at_last(self, attempt: Callable[[], Awaitable[T]]) -> T | None:
        """What the first try that succeeds comes to; None when the line is closed before."""
        for seconds in chain(self._waits, repeat(self._waits[-1])):
            if self.closed:
                break
            try:
                return await attempt()
            except (SlackApiError, *NO_ANSWER) as error:
                await self._rest(error, seconds)
        return None

    async def _rest(self, error: Exception, seconds: float) -> None:
        if self._told_to_close.is_set():
            return
        word = refusal(error) if isinstance(error, SlackApiError) else ""
        reason = no_socket(word) if word else away(error)
        self._health.ails(PART, reason)
        log.log(
            logging.ERROR if word else logging.WARNING,
            "%s Nothing that people do reaches Firsthand meanwhile: the next try is in %g s.",
            reason,
            seconds,
        )
        with suppress(TimeoutError):
            await asyncio.wait_for(self._told_to_close.wait(), seconds)
