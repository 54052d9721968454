"""Emptying one workspace's outbox at Slack's pace: look, claim, fence, call, record.

Every round is one transaction that records what was answered and claims what goes next, so that a post costs
two small writes and their commits are shared. docs/delivery.md tells the protocol.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections import deque

from slack_sdk.web.async_client import AsyncWebClient

from bot.connections import TOKEN_DEAD
from bot.delivery.calling import LIMITED, UNREACHABLE, carry_out
from bot.delivery.ledger import Entries, Ledger
from bot.delivery.office import TROUBLE, Office
from bot.log_ids import about
from storage.deliveries import DELETE
from storage.looking import Waiting
from storage.sending import Claimed, Outcome
from stories.trackers import tracker_in

log = logging.getLogger(__name__)

AT_ONCE = 16
"""Posts of a workspace that are claimed, and called, together: no more are in doubt after a crash."""

LOOK_AHEAD = 200
"""Due rows that are read at a time, without their words and without being claimed."""

GATHER_SECONDS = 0.02
"""Answers that come within this time of the first are recorded together."""

LOOK_SECONDS = 1.0
"""How often a drain that waits for Slack's pace looks for what may go now."""

LONGEST_HOLD = 5.0
"""A drain that has to wait longer than this ends; the next one knows for what it waits."""


class Moment:
    """A moment in this process; a machine that slept counts the sleep by one of its clocks only."""

    def __init__(self) -> None:
        self._awake, self._shown = time.monotonic(), time.time()

    def ago(self) -> float:
        """Seconds since then, by the clock that counts more."""
        return max(time.monotonic() - self._awake, time.time() - self._shown)


class Drain:
    """One drain of one workspace. Two at once would be safe, but neither would know what the other used up
    of Slack's pace."""

    def __init__(self, office: Office, workspace_id: str, ledger: Ledger | None = None) -> None:
        self._office, self._workspace_id = office, workspace_id
        self._ledger = ledger or Ledger(office, workspace_id)
        self._pace = office.pace(workspace_id)
        self._waiting: deque[Waiting] = deque()
        self._entries = Entries()
        self._more = True
        self._calls: set[asyncio.Task[None]] = set()
        self._busy: set[str] = set()
        self._cut_off = False
        self._seated = False
        self._made = 0

    async def run(self) -> int:
        """Carry out everything that is due, until told to stop; returns how many calls were made.

        Raises NotConnected for a workspace without a live token, and what a database raises that is away
        while nothing is in hand; with answers in hand it waits for the database to come back.
        """
        client = await self._office.client(self._workspace_id)
        self._pace.remember(await self._ledger.resting())
        try:
            while await self._safe_turn(client):
                pass
        finally:
            self._leave_seat()
            for call in self._calls:
                call.cancel()
        return self._made

    async def _safe_turn(self, client: AsyncWebClient) -> bool:
        try:
            return await self._turn(client)
        except TROUBLE as error:
            if not (self._calls or self._entries):
                raise
            log.warning("the answers for %s wait for the database: %s", self._workspace_id, error)
        if self._office.farewell() <= 0:
            return False
        await asyncio.sleep(min(LOOK_SECONDS, self._office.farewell()))
        return True

    async def _turn(self, client: AsyncWebClient) -> bool:
        """One round; tells whether there may be another."""
        chosen = await self._choose()
        if chosen or self._entries:
            await self._write(client, chosen)
        if self._calls:
            return await self._listen()
        if self._office.stopping or self._cut_off:
            return bool(self._entries)
        return bool(chosen) or await self._hold()

    async def _choose(self) -> list[Waiting]:
        """What is claimed next: due, allowed by the pace, and with room for its call."""
        if self._office.stopping or self._cut_off or len(self._calls) >= AT_ONCE:
            return []
        if not self._seated:
            if self._calls and self._office.seats.locked():
                return []
            await self._office.seats.acquire()
            self._seated = True
        chosen = self._pick()
        if not chosen and (self._more or not self._calls):
            found = await self._ledger.look(most=LOOK_AHEAD, without=self._pace.held())
            self._more = len(found) == LOOK_AHEAD
            self._entries.needless = [one.id for one in found if one.needless]
            self._waiting = deque(one for one in found if not one.needless)
            chosen = self._pick()
        return chosen

    def _pick(self) -> list[Waiting]:
        """Those of the waiting that may go; posts of one channel go one after the other."""
        room = AT_ONCE - len(self._calls)
        chosen: list[Waiting] = []
        passed: list[Waiting] = []
        while self._waiting and len(chosen) < room:
            one = self._waiting.popleft()
            by_itself = one.method == DELETE and tracker_in(one.channel_id) is None
            free = by_itself or one.channel_id not in self._busy
            if free and self._pace.take(one):
                chosen.append(one)
                self._busy.add(one.channel_id)
            else:
                passed.append(one)
        self._waiting.extendleft(reversed(passed))
        return chosen

    def _leave_seat(self) -> None:
        """Let another drain have it: this one waits for Slack."""
        if self._seated:
            self._seated = False
            self._office.seats.release()

    async def _write(self, client: AsyncWebClient, chosen: list[Waiting]) -> None:
        """Record and claim, then begin the calls. From the claim on a crash leaves a trace of them."""
        entries, self._entries = self._entries, Entries()
        since = Moment()
        begun: tuple[Claimed, ...] = ()
        try:
            begun = await self._ledger.turn(entries, [one.id for one in chosen])
        except BaseException:
            self._entries.merge(entries)
            raise
        finally:
            going = {delivery.id for delivery in begun}
            for one in chosen:
                if one.id not in going:
                    self._busy.discard(one.channel_id)
        for delivery in begun:
            with about(delivery=delivery.id):
                call = asyncio.create_task(self._call(client, delivery, since))
            self._calls.add(call)
            call.add_done_callback(self._calls.discard)

    async def _call(self, client: AsyncWebClient, delivery: Claimed, since: Moment) -> None:
        patience = self._office.patience
        try:
            if self._office.stopping:
                self._entries.unused.append(delivery)
            elif patience.lease.total_seconds() - since.ago() < patience.timeout + patience.margin:
                log.warning("delivery %s was held too long and is left for settling", delivery.id)
            else:
                self._made += 1
                await self._answer(delivery, await self._carry_out(client, delivery))
        except Exception:
            # In doubt, like every call without an answer that means anything.
            log.exception("the call for delivery %s ended badly", delivery.id)
        finally:
            self._busy.discard(delivery.channel_id)

    async def _carry_out(self, client: AsyncWebClient, delivery: Claimed) -> Outcome | None:
        if tracker_in(delivery.channel_id) is not None:
            return await self._office.beyond.carry_out(delivery)
        return await carry_out(client, delivery)

    async def _answer(self, delivery: Claimed, outcome: Outcome | None) -> None:
        if outcome is None:
            log.warning("nobody knows whether delivery %s was posted; its history will tell", delivery.id)
            return
        if outcome.error == LIMITED or (outcome.wait and tracker_in(delivery.channel_id) is not None):
            limit = self._pace.refused(delivery, outcome.wait.total_seconds())
            self._entries.limits[delivery.id] = limit.what
            self._office.desk.refused[limit.scope] += 1
        elif outcome.state == "pending" and (outcome.error or "").startswith(UNREACHABLE):
            self._pace.rest(outcome.wait.total_seconds())
        self._entries.answered.append((delivery, outcome))
        if outcome.error in TOKEN_DEAD and not self._cut_off:
            self._cut_off = True
            await self._office.desk.connections.lost(self._workspace_id, outcome.error or "")

    async def _listen(self) -> bool:
        """Wait for answers; False when the time for a farewell is over and calls have to be left."""
        left = self._office.farewell()
        if left <= 0:
            return False
        first, wait = asyncio.FIRST_COMPLETED, None if left == float("inf") else left
        await asyncio.wait(self._calls, timeout=min(wait or LOOK_SECONDS, LOOK_SECONDS), return_when=first)
        if self._calls and self._entries:
            await asyncio.wait(self._calls, timeout=GATHER_SECONDS)
        elif self._calls:
            self._leave_seat()
        return True

    async def _hold(self) -> bool:
        """Wait for Slack's pace; False when nothing waits for it, or it takes long."""
        wait = self._pace.wait()
        if not 0 < wait <= LONGEST_HOLD:
            return False
        self._leave_seat()
        await self._office.rest(min(wait, LOOK_SECONDS))
        return not self._office.stopping
