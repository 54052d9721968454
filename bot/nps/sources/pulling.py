"""Pulling: a source's new answers, page by page, each on disk with the place where to go on."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import field
from datetime import datetime, timedelta

from bot.clock import Clock
from bot.guarded_client import GuardedClient, OutgoingFailed
from bot.nps.sources.asking import Asking, Rest, Trouble
from bot.nps.sources.tools import Page, SurveyTool, Unexpected, tool_of
from bot.nps.sources.usable import usable
from storage import nps_answers, nps_sources
from storage.database import Database
from storage.nps_answers import Answer, Taken
from storage.nps_sources import Source
from stories.errors import UserError
from stories.language import _
from stories.values import dataclass

log = logging.getLogger(__name__)

EVERY = timedelta(minutes=15)
"""How often a source is pulled from while all is well."""

LONGEST_BREAK = timedelta(hours=6)
"""The longest a source is left alone after failures; the break doubles with each."""

LONGEST_WISH = timedelta(days=1)
"""The longest a source is left alone because its tool asks for it: their limits are by the day at most."""

CLAIMED_FOR = timedelta(minutes=30)
"""How long a pull that was begun keeps others away; it is renewed with each page."""

AT_ONCE = 100
"""Answers in one transaction: a bot that answers people meanwhile waits no longer than it takes."""

MOST_PAGES = 10_000

_UNKNOWN_SHAPE = (
    Unexpected, OutgoingFailed, ValueError, ArithmeticError, LookupError, TypeError, AttributeError,
)  # fmt: skip
"""What reading an answer ends in that has another shape than the tool's documentation says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pulled:
    """What a pull brought; `trouble` says in words why it ended early ("" when it did not)."""

    taken: Taken = field(default_factory=Taken)
    left_out: int = 0
    pages: int = 0
    trouble: str = ""


class Puller:
    """Pulls for one workspace; `rest` is how time is waited out."""

    def __init__(
        self,
        database: Database,
        workspace_id: str,
        client: GuardedClient,
        clock: Clock,
        *,
        rest: Rest = asyncio.sleep,
    ) -> None:
        self._database, self._workspace_id = database, workspace_id
        self._client, self._clock, self._rest = client, clock, rest

    async def pull_due(self) -> int:
        """Pull from every source whose time has come; how many there were."""
        now = self._clock.now()
        async with self._database.read() as session:
            due = await nps_sources.due(session, self._workspace_id, now)
        pulled = 0
        for source in due:
            begun = self._clock.now()
            async with self._database.begin() as session:
                mine = await nps_sources.claim(
                    session, self._workspace_id, source, now=begun, until=begun + CLAIMED_FOR
                )
            if mine:
                await self.pull(source)
                pulled += 1
        return pulled

    async def pull(self, source: Source) -> Pulled:
        """Pull from this source until nothing is left; how it went is kept with the source."""
        try:
            tool = tool_of(source.kind)
            pulled = await self._pull(source, tool)
        except UserError as error:
            pulled, again = Pulled(trouble=error.message), None
        except _Stopped as stopped:
            pulled, again = stopped.pulled, self._again(source, stopped.why)
        else:
            async with self._database.begin() as session:
                now = self._clock.now()
                await nps_sources.went_well(
                    session, self._workspace_id, source.id, now=now, due_at=now + EVERY
                )
            return pulled
        log.warning("source %s of %s: %s", source.id, self._workspace_id, pulled.trouble)
        async with self._database.begin() as session:
            await nps_sources.went_wrong(
                session, self._workspace_id, source.id, pulled.trouble, now=self._clock.now(), due_at=again
            )
        return pulled

    async def _pull(self, source: Source, tool: SurveyTool) -> Pulled:
        async with self._database.read() as session:
            key = await nps_sources.secret_of(session, self._workspace_id, source.id)
        asking = Asking(self._client, tool, tool.host(source.settings), key or "", rest=self._rest)
        cursor, pulled = source.cursor, Pulled()
        for _number in range(MOST_PAGES):
            try:
                page = usable(
                    await tool.page(asking.get, source.settings, cursor, self._clock.now()), self._clock.now()
                )
                taken = await self._keep(source, page)
            except Trouble as why:
                raise _Stopped(_with_trouble(pulled, why.words), why) from why
            except _UNKNOWN_SHAPE as error:
                said = _("{tool} answered in a way Firsthand does not know: {why}")
                words = said.format(tool=tool.title, why=error)
                raise _Stopped(_with_trouble(pulled, words), Trouble(words)) from error
            pulled = Pulled(
                taken=pulled.taken + taken, left_out=pulled.left_out + page.left_out, pages=pulled.pages + 1
            )
            if not page.more:
                return pulled
            if page.cursor == cursor:
                words = _("{tool} gives the same page again and again").format(tool=tool.title)
                raise _Stopped(_with_trouble(pulled, words), Trouble(words))
            cursor = page.cursor
        return pulled

    async def _keep(self, source: Source, page: Page) -> Taken:
        """Take a page in; the cursor moves with its last answers."""
        taken, chunks = Taken(), _chunks(page.answers)
        for number, chunk in enumerate(chunks, 1):
            async with self._database.begin() as session:
                taken += await nps_answers.take_in(session, self._workspace_id, source.id, chunk)
                if number == len(chunks):
                    until = self._clock.now() + CLAIMED_FOR if page.more else None
                    await nps_sources.advance(
                        session, self._workspace_id, source.id, page.cursor, until=until
                    )
        return taken

    def _again(self, source: Source, why: Trouble) -> datetime | None:
        """When to try again: as the tool asks, else later each time; None when somebody has to mend it."""
        if why.hopeless:
            return None
        pause: timedelta = min(EVERY * (1 << min(source.failures, 10)), LONGEST_BREAK)
        if why.later is not None:
            pause = max(pause, timedelta(seconds=min(why.later, LONGEST_WISH.total_seconds())))
        return self._clock.now() + pause


class _Stopped(Exception):
    def __init__(self, pulled: Pulled, why: Trouble) -> None:
        super().__init__(why.words)
        self.pulled, self.why = pulled, why


def _with_trouble(pulled: Pulled, words: str) -> Pulled:
    return Pulled(taken=pulled.taken, left_out=pulled.left_out, pages=pulled.pages, trouble=words)


def _chunks(answers: Sequence[Answer]) -> list[Sequence[Answer]]:
    """At least one, so that a page without answers moves the cursor, too."""
    return [answers[start : start + AT_ONCE] for start in range(0, len(answers), AT_ONCE)] or [()]
