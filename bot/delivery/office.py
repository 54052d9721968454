"""What all drains of one process share: connections to Slack, room for calls, each workspace's pace."""

from __future__ import annotations

import asyncio
import os
import secrets
import socket
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from typing import Any

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery.calling import posting_client, posting_session
from bot.delivery.pace import Pace
from bot.delivery.patience import Patience
from bot.desk import Desk
from bot.trackers.carrying import Carrier
from storage.sending import Claimed, Outcome

TRANSACTIONS = LOOKS = 4
"""Transactions, and looks, of all drains at a time: people's clicks need the database as well."""

SEATS = 16
"""Drains that look, claim and call at a time. Who waits for Slack, slow or limited, leaves its seat."""

MOST_PACES = 5_000

TROUBLE = (SQLAlchemyError, OSError, TimeoutError)
"""What a database that went away raises."""

Confirm = Callable[[AsyncSession, Sequence[Claimed]], Awaitable[Mapping[int, dict[str, Any] | None]]]
"""Asked in the claiming transaction, by id: what each of these may say now (None, or missing: nothing)."""

Refused = Callable[[AsyncSession, Claimed, Outcome], Awaitable[None]]
"""Told, in the recording transaction, which post will never go out (Slack refused it for good, or it could
not be made), and with which word."""


class Office:
    """Made by `open_office`; closes in order: `stop`, then the drains end, then the block is left."""

    def __init__(
        self,
        desk: Desk,
        session: aiohttp.ClientSession,
        confirm: Confirm,
        refused: Refused,
        *,
        patience: Patience,
        pace_scale: float,
    ) -> None:
        self.desk, self.confirm, self.refused, self.patience = desk, confirm, refused, patience
        self._session, self._pace_scale = session, pace_scale
        self._turns, self._looks = asyncio.Semaphore(TRANSACTIONS), asyncio.Semaphore(LOOKS)
        self._stopping = asyncio.Event()
        self._stopped_at = 0.0
        self._paces: dict[str, Pace] = {}
        self.seats = asyncio.Semaphore(SEATS)
        self.beyond = Carrier(desk, patience.timeout / 2)
        self.owner = f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}"

    @property
    def stopping(self) -> bool:
        """Whether the process is asked to end: nothing more is claimed."""
        return self._stopping.is_set()

    def stop(self) -> None:
        """Claim nothing more; what was begun has `patience.farewell` seconds."""
        if not self.stopping:
            self._stopped_at = time.monotonic()
            self._stopping.set()

    def farewell(self) -> float:
        """Seconds that are left to finish what was begun; endless while nobody asked to stop."""
        if not self.stopping:
            return float("inf")
        return max(0.0, self.patience.farewell - (time.monotonic() - self._stopped_at))

    async def rest(self, seconds: float) -> None:
        """Wait that long, or until the process is asked to end."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._stopping.wait(), seconds)

    def pace(self, workspace_id: str) -> Pace:
        """The pace of a workspace, kept from one drain to the next."""
        if workspace_id not in self._paces:
            if len(self._paces) >= MOST_PACES:
                self._paces.clear()
            self._paces[workspace_id] = Pace(workspace_id, scale=self._pace_scale)
        return self._paces[workspace_id]

    async def client(self, workspace_id: str) -> AsyncWebClient:
        """A client for posts in a workspace. Raises NotConnected."""
        token = await self.desk.connections.token(workspace_id)
        return posting_client(self._session, self.desk.settings.slack_api_url, token)

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[AsyncSession]:
        """A transaction of a drain; a few at a time."""
        async with self._turns, self.desk.database.begin() as session:
            yield session

    @asynccontextmanager
    async def glance(self) -> AsyncIterator[AsyncSession]:
        """A session of a drain for prepared looks, each by itself; a few at a time."""
        async with self._looks, self.desk.database.glance() as session:
            yield session

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncSession]:
        """A session of a drain for looking alone; a few at a time."""
        async with self._looks, self.desk.read() as session:
            yield session


@asynccontextmanager
async def open_office(
    desk: Desk,
    confirm: Confirm,
    refused: Refused,
    *,
    patience: Patience | None = None,
    pace_scale: float = 1.0,
) -> AsyncIterator[Office]:
    """An office for the length of the block. `pace_scale` multiplies Slack's pace, for trials."""
    patience = patience or Patience()
    async with posting_session(patience.timeout) as session:
        office = Office(desk, session, confirm, refused, patience=patience, pace_scale=pace_scale)
        try:
            yield office
        finally:
            await office.beyond.close()
