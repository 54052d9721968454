"""The worker that empties one workspace's outbox: claim, fence, call, record; and settle what is in doubt."""

from __future__ import annotations

import asyncio
import logging
import os
import secrets
import socket
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery.calling import TIMEOUT_SECONDS, carry_out, posting_client
from bot.delivery.settling import settle
from bot.desk import Desk
from storage import sending, workspaces
from storage.sending import LEASE, Claimed, Outcome

log = logging.getLogger(__name__)

AT_ONCE = 8
"""Posts that are claimed, and called, together: no more are in doubt after a crash."""

MARGIN_SECONDS = 60.0
"""A worker that was frozen must not wake up and post what another has taken over."""

LOOK_SECONDS = 1.0
"""How long the outbox rests between looks when nobody rings the bell."""

UNMADE = "cannot be made"
"""How the error of a post begins that could not be composed: no fault of Slack's."""

Confirm = Callable[[AsyncSession, Claimed], Awaitable[dict[str, Any] | None]]
"""Asked in the claiming transaction: what may be sent now (None: nothing any more)."""

Refused = Callable[[AsyncSession, Claimed, Outcome], Awaitable[None]]
"""Told, in the recording transaction, which post will never go out (Slack refused it for good, or it could
not be made), and with which word."""


class _Moment:
    """A moment in this process; a machine that slept counts the sleep by one of its clocks only."""

    def __init__(self) -> None:
        self._awake, self._shown = time.monotonic(), time.time()

    def ago(self) -> float:
        """Seconds since then, by the clock that counts more."""
        return max(time.monotonic() - self._awake, time.time() - self._shown)


class Worker:
    """Empties one workspace's outbox through one client. `confirm` asks consent again, right before."""

    def __init__(
        self, desk: Desk, client: AsyncWebClient, workspace_id: str, confirm: Confirm, refused: Refused
    ) -> None:
        self._desk, self._client, self._workspace_id = desk, client, workspace_id
        self._confirm, self._refused = confirm, refused
        self._stopped = False
        self.owner = f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}"

    def stop(self) -> None:
        """Claim nothing more: a full outbox must not keep a process that is asked to end."""
        self._stopped = True

    async def drain(self) -> int:
        """Carry out everything that is due, until stopped; returns how many calls were made."""
        made = 0
        while not self._stopped and not await self._paused():
            claimed_at = _Moment()
            claimed = await self._claim()
            if not claimed:
                break
            await asyncio.gather(*(self._carry_out(delivery, claimed_at) for delivery in claimed))
            made += len(claimed)
        return made

    async def settle(self) -> int:
        """Find out about posts whose worker never told how they ended; returns how many were settled."""
        async with self._desk.read() as session:
            questions = await sending.in_question(session, self._workspace_id, most=AT_ONCE)
        settled = 0
        for owner, delivery in questions:
            outcome = await settle(self._client, delivery)
            if outcome is None:
                break
            async with self._desk.database.begin() as session:
                settled += await sending.record(session, owner, delivery, outcome)
                if outcome.state == "in_doubt":
                    await self._refused(session, delivery, outcome)
            log.info("delivery %s was in doubt and is now %s", delivery.id, outcome.state)
        return settled

    async def _paused(self) -> bool:
        async with self._desk.read() as session:
            if self._workspace_id in await workspaces.paused(session, datetime.now(UTC)):
                return True
            return not await sending.anything_due(session, self._workspace_id)

    async def _claim(self) -> tuple[Claimed, ...]:
        """Commit the intention first: from here on a crash leaves a trace of what may have been posted."""
        async with self._desk.database.begin() as session:
            claimed = await sending.claim(session, self._workspace_id, self.owner, most=AT_ONCE)
            allowed = []
            for delivery in claimed:
                payload = await self._may_say(session, delivery)
                if payload is None:
                    continue
                if payload != delivery.payload:
                    await sending.replace_payload(session, self._workspace_id, delivery.id, payload)
                allowed.append((delivery, payload))
        return tuple(_with_payload(delivery, payload) for delivery, payload in allowed)

    async def _may_say(self, session: AsyncSession, delivery: Claimed) -> dict[str, Any] | None:
        """What this delivery may say now; None, written down, when that is nothing or cannot be found out."""
        try:
            payload = await self._confirm(session, delivery)
        except SQLAlchemyError:
            raise
        except Exception as error:
            # Raised on, it would undo the claim of all others, now and at every look.
            log.exception("delivery %s cannot be made", delivery.id)
            unmade = Outcome(state="failed", error=f"{UNMADE}: {type(error).__name__}")
            if await sending.record(session, self.owner, delivery, unmade):
                await self._refused(session, delivery, unmade)
            return None
        if payload is None:
            await sending.record(session, self.owner, delivery, Outcome(state="cancelled"))
        return payload

    async def _carry_out(self, delivery: Claimed, claimed_at: _Moment) -> None:
        left = LEASE.total_seconds() - claimed_at.ago()
        if left < TIMEOUT_SECONDS + MARGIN_SECONDS:
            log.warning("delivery %s was held too long and is left for settling", delivery.id)
            return
        outcome = await carry_out(self._client, delivery)
        if outcome is None:
            log.warning("nobody knows whether delivery %s was posted; its history will tell", delivery.id)
            return
        async with self._desk.database.begin() as session:
            ours = await sending.record(session, self.owner, delivery, outcome)
            if outcome.state == "pending":
                until = datetime.now(UTC) + outcome.wait
                await workspaces.pause(session, self._workspace_id, until)
            if ours and outcome.state == "failed":
                log.warning("Slack refused delivery %s: %s", delivery.id, outcome.error)
                await self._refused(session, delivery, outcome)


def _with_payload(delivery: Claimed, payload: dict[str, Any]) -> Claimed:
    return delivery if payload == delivery.payload else replace(delivery, payload=payload)


@asynccontextmanager
async def draining(desk: Desk, workspace_id: str, confirm: Confirm, refused: Refused) -> AsyncIterator[None]:
    """Keep the outbox empty for the length of the block; a call that is being made is finished first."""
    async with posting_client(desk.settings) as client:
        worker = Worker(desk, client, workspace_id, confirm, refused)
        stopping = asyncio.Event()
        task = asyncio.create_task(_keep_draining(worker, desk, stopping))
        try:
            yield
        finally:
            stopping.set()
            worker.stop()
            desk.wake_outbox()
            with suppress(asyncio.CancelledError):
                await task


async def _keep_draining(worker: Worker, desk: Desk, stopping: asyncio.Event) -> None:
    while not stopping.is_set():
        desk.bell.clear()
        try:
            await worker.drain()
            await worker.settle()
        except (SQLAlchemyError, OSError, TimeoutError) as error:
            log.warning("the outbox waits for the database: %s", error)
        except Exception:
            # Without the outbox nothing is posted any more, and nothing taken back.
            log.exception("the outbox stumbled and goes on")
        with suppress(TimeoutError):
            await asyncio.wait_for(desk.bell.wait(), LOOK_SECONDS)
