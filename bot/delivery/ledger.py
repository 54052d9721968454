"""What one drain reads from the outbox and writes into it: the crash guard of docs/delivery.md."""

from __future__ import annotations

import logging
from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import field, replace
from typing import Any

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncSession

from bot.accounts.worth_in_posts import spelt_out
from bot.delivery.office import TROUBLE, Office
from bot.log_ids import about
from storage import looking, rests, sending
from storage.looking import Waiting
from storage.sending import Claimed, Outcome
from stories.values import dataclass

log = logging.getLogger(__name__)

UNMADE = "cannot be made"
"""How the error of a post begins that could not be composed: no fault of Slack's."""


@dataclass(slots=True)
class Entries:
    """What a round has to write: answers, claims that were never called, rows that nobody needs any more.

    `limits` tells what has to rest for a delivery that Slack put off: a channel, a method, None for all.
    """

    answered: list[tuple[Claimed, Outcome]] = field(default_factory=list)
    unused: list[Claimed] = field(default_factory=list)
    needless: list[int] = field(default_factory=list)
    limits: dict[int, str | None] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.answered or self.unused or self.needless)

    def merge(self, other: Entries) -> None:
        """Take over what could not be written."""
        self.answered[:0], self.unused[:0] = other.answered, other.unused
        self.limits |= other.limits


class Ledger:
    """The outbox of one workspace, in the name of this process."""

    def __init__(self, office: Office, workspace_id: str) -> None:
        self._office, self._workspace_id = office, workspace_id

    async def resting(self) -> dict[str, float]:
        """What Slack wants left alone, and for how many seconds yet."""
        async with self._office.glance() as session:
            return await rests.resting(session, self._workspace_id)

    async def look(self, *, most: int, without: Collection[str]) -> tuple[Waiting, ...]:
        """What is due and not held back, the oldest first."""
        async with self._office.glance() as session:
            return await looking.due(session, self._workspace_id, most=most, without=without)

    async def turn(self, entries: Entries, ids: Sequence[int]) -> tuple[Claimed, ...]:
        """Write the entries down and claim these rows, in one transaction; what may be called now.

        Undone as a whole when it raises. People are told of refusals after it, each in its own transaction.
        """
        unmade: list[tuple[Claimed, Outcome]] = []
        async with self._office.begin() as session:
            await self._record(session, entries)
            begun: tuple[Claimed, ...] = ()
            if ids:
                lease = self._office.patience.lease
                owner = self._office.owner
                claimed = await sending.claim(session, self._workspace_id, owner, ids, lease=lease)
                begun, unmade = await self._sayable(session, claimed)
        for delivery, outcome in (*unmade, *entries.answered):
            if outcome.state == "failed":
                with about(delivery=delivery.id):
                    await self._refuse(delivery, outcome)
        return begun

    async def _record(self, session: AsyncSession, entries: Entries) -> None:
        owner = self._office.owner
        sent = [pair for pair in entries.answered if pair[1].state == "sent"]
        await sending.record_sent(session, owner, sent)
        for delivery, outcome in entries.answered:
            if outcome.state in {"pending", "cancelled"}:
                await sending.record(session, owner, delivery, outcome)
                await self._remember(session, delivery, outcome, entries)
        await sending.give_back(session, owner, entries.unused)
        if entries.needless:
            await sending.cancel(session, self._workspace_id, entries.needless)

    async def _remember(
        self, session: AsyncSession, delivery: Claimed, outcome: Outcome, entries: Entries
    ) -> None:
        if delivery.id not in entries.limits:
            return
        what = entries.limits.get(delivery.id)
        if what is None:
            await rests.pause(session, self._workspace_id, outcome.wait)
        else:
            await rests.rest(session, self._workspace_id, what, outcome.wait)

    async def _sayable(
        self, session: AsyncSession, claimed: tuple[Claimed, ...]
    ) -> tuple[tuple[Claimed, ...], list[tuple[Claimed, Outcome]]]:
        """Consent is asked again: what may be said now, and what cannot be found out."""
        said, unmade = await self._ask(session, claimed)
        begun = []
        for delivery in claimed:
            payload = said.get(delivery.id)
            if payload is not None and payload != delivery.payload:
                await sending.replace_payload(session, self._workspace_id, delivery.id, payload)
            if payload is not None:
                now = delivery if payload == delivery.payload else replace(delivery, payload=payload)
                begun.append(await spelt_out(session, now))
            elif delivery.id in said:
                await sending.record(session, self._office.owner, delivery, Outcome(state="cancelled"))
        return tuple(begun), unmade

    async def _ask(
        self, session: AsyncSession, claimed: Sequence[Claimed]
    ) -> tuple[dict[int, dict[str, Any] | None], list[tuple[Claimed, Outcome]]]:
        """All together, and one by one when that fails: one bad post holds up no other."""
        try:
            found = await self._office.confirm(session, claimed)
        except SQLAlchemyError:
            raise
        except Exception as error:
            if len(claimed) == 1:
                with about(delivery=claimed[0].id):
                    log.exception("delivery %s cannot be made", claimed[0].id)
                return {}, [(claimed[0], Outcome(state="failed", error=f"{UNMADE}: {type(error).__name__}"))]
        else:
            return {one.id: found.get(one.id) for one in claimed}, []
        said: dict[int, dict[str, Any] | None] = {}
        unmade: list[tuple[Claimed, Outcome]] = []
        for delivery in claimed:
            one, failed = await self._ask(session, [delivery])
            said |= one
            unmade += failed
        return said, unmade

    async def _refuse(self, delivery: Claimed, outcome: Outcome) -> None:
        """Write down that a post will never go out, and have people hear of it.

        A database that goes away right now is not waited for: the post stays in doubt, is found missing,
        made again and refused again.
        """
        owner = self._office.owner
        log.warning("delivery %s will not go out: %s", delivery.id, outcome.error)
        try:
            async with self._office.begin() as session:
                if await sending.record(session, owner, delivery, outcome):
                    await self._office.refused(session, delivery, outcome)
        except TROUBLE as error:
            log.warning("the refusal of delivery %s was not written down: %s", delivery.id, error)
        except Exception:
            log.exception("nobody could be told about delivery %s", delivery.id)
            with suppress(*TROUBLE):
                async with self._office.begin() as session:
                    await sending.record(session, owner, delivery, outcome)
