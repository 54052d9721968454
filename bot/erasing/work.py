"""Erasures carried on, a piece a transaction: whoever dies in the middle is followed by the next look."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.connections import NotConnected
from bot.delivery.office import TROUBLE
from bot.desk import Desk
from bot.erasing import sweeping
from bot.erasing.answers import quoted
from bot.erasing.following import follow
from bot.erasing.handing import delete_files
from bot.erasing.receipts import send
from bot.stage.following import before_erasing
from storage import erasing, erasing_answers, erasing_posts, erasing_rows, leaving, nps_erasing
from storage.cleaning import clean
from storage.database import Database
from storage.erasing import Erasure, Step
from storage.holdings import HOLDINGS, About
from stories.values import dataclass

log = logging.getLogger(__name__)

AT_ONCE = 25
"""Posts that are put into words in one transaction."""

PATIENCE = timedelta(days=7)
"""After so long, what Slack has not answered is told in the receipt as refused."""

KEPT_BY_WORKSPACE = frozenset({"workspaces", "connections", "erasures", "rests", "retention"})
"""What stays of an emptied workspace: that it is connected, and the receipt."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Worker:
    """What carries erasures on. Without a `desk` (at a terminal) it stops where Slack is needed."""

    database: Database
    now: Callable[[], datetime]
    desk: Desk | None = None

    @property
    def stopping(self) -> bool:
        """Whether the process is about to end."""
        return self.desk is not None and self.desk.stopping.is_set()


async def carry_on(worker: Worker, workspace_id: str) -> None:
    """Carry on every erasure of a workspace as far as it goes now. What goes wrong is tried again."""
    async with worker.database.read() as session:
        unfinished = await erasing.unfinished(session, workspace_id)
    for erasure_id in unfinished:
        try:
            while not worker.stopping and await piece(worker, workspace_id, erasure_id):
                pass
        except (*TROUBLE, NotConnected) as trouble:
            log.warning("erasure %d waits: %s", erasure_id, trouble)
        except Exception:
            log.exception("erasure %d cannot go on: trying again with the next tick", erasure_id)


async def piece(worker: Worker, workspace_id: str, erasure_id: int) -> bool:
    """Do the next piece; whether there may be more to do right now."""
    async with worker.database.read() as session:
        erasure = await erasing.get(session, workspace_id, erasure_id)
    if erasure is None or erasure.step is Step.DONE:
        return False
    return await _PIECES[erasure.step](worker, workspace_id, erasure)


async def _rows(worker: Worker, workspace_id: str, erasure: Erasure) -> bool:
    """Everything at once: the posts are written down, rows go, what waited to be posted is stopped."""
    now, about, key = worker.now(), erasure.about, erasure.object_key
    async with worker.database.begin() as session:
        if not await _still(session, workspace_id, erasure):
            return True
        await before_erasing(session, workspace_id, about, key, now)
        await erasing_posts.collect(session, workspace_id, erasure.id, about, key)
        said = await quoted(session, workspace_id, about, key)
        await erasing_posts.add(session, workspace_id, erasure.id, erasing_posts.ROWS, said.posts)
        await nps_erasing.quote_no_more(session, workspace_id, said.answers)
        gone: Mapping[str, int] = {}
        if about is not About.WORKSPACE:
            gone = await erasing_rows.delete_all(session, workspace_id, about, key, now=now)
        await erasing_posts.blank(session, workspace_id, erasure.id)
        while found := await erasing_posts.waiting(
            session, workspace_id, erasure.id, most=AT_ONCE, only=("pending",)
        ):
            for how, post in found:
                await follow(session, workspace_id, erasure.id, how, post, now)
        await erasing.move(session, workspace_id, erasure, Step.WORDS, counts={"rows": dict(gone)})
    return True


async def _words(worker: Worker, workspace_id: str, erasure: Erasure) -> bool:
    return await sweeping.piece(worker.database, workspace_id, erasure)


async def _posts(worker: Worker, workspace_id: str, erasure: Erasure) -> bool:
    now = worker.now()
    async with worker.database.begin() as session:
        if not await _still(session, workspace_id, erasure):
            return True
        settled = ("pending", "sent", "in_doubt", "failed", "cancelled")
        found = await erasing_posts.waiting(session, workspace_id, erasure.id, most=AT_ONCE, only=settled)
        for how, post in found:
            await follow(session, workspace_id, erasure.id, how, post, now)
        on_their_way = not found and await erasing_posts.waiting(session, workspace_id, erasure.id, most=1)
        if not found and not on_their_way:
            await erasing.move(session, workspace_id, erasure, Step.SLACK, counts=erasure.counts)
    if worker.desk is not None:
        worker.desk.wake_outbox()
    return not on_their_way


async def _slack(worker: Worker, workspace_id: str, erasure: Erasure) -> bool:
    """Wait for Slack's answers; at its own rate, that may take hours."""
    async with worker.database.begin() as session:
        if not await _still(session, workspace_id, erasure):
            return True
        if erasure.position == "again":
            await erasing_answers.try_again(session, workspace_id, erasure.id)
            await erasing.move(session, workspace_id, erasure, Step.POSTS)
            return True
        due = await erasing_answers.settle(session, workspace_id, erasure.id)
        if due and worker.now() - erasure.asked_at < PATIENCE:
            return False
        counts = dict(erasure.counts)
        refused = await erasing_answers.refused(session, workspace_id, erasure.id)
        counts["posts"] = await erasing_answers.became(session, workspace_id, erasure.id)
        counts["refused"] = [{"channel": r.channel, "ts": r.ts, "reason": r.reason} for r in refused]
        await erasing.move(session, workspace_id, erasure, Step.LAST, counts=counts)
    return True


async def _last(worker: Worker, workspace_id: str, erasure: Erasure) -> bool:
    """What had to wait for Slack: files that were handed out, private notes, a workspace's rows."""
    if worker.desk is None:
        return False
    await delete_files(worker.desk, workspace_id, erasure.about, erasure.object_key)
    if erasure.about is About.WORKSPACE and not await _emptied(worker, workspace_id):
        return True
    async with worker.database.begin() as session:
        if not await _still(session, workspace_id, erasure):
            return True
        if erasure.about is About.EMPLOYEE:
            await erasing_rows.delete_notes_to(session, workspace_id, erasure.object_key)
        await erasing_posts.forget_settled(session, workspace_id, erasure.id)
        await erasing.forget_whom(session, workspace_id, erasure.id)
        await erasing.move(session, workspace_id, erasure, Step.CLEAN)
    return True


async def _emptied(worker: Worker, workspace_id: str) -> bool:
    async with worker.database.begin() as session:
        return not await leaving.empty_some(session, workspace_id, but=KEPT_BY_WORKSPACE)


async def _clean(worker: Worker, workspace_id: str, erasure: Erasure) -> bool:
    """Have the database let go of it, and tell whoever asked."""
    tables = {"erasures", "deliveries", "story_words", *(one.table for one in HOLDINGS if one.tells)}
    if not await asyncio.to_thread(clean, worker.database, tables):
        return False
    async with worker.database.begin() as session:
        if await _still(session, workspace_id, erasure):
            await erasing.finish(session, workspace_id, erasure, now=worker.now())
            finished = await erasing.get(session, workspace_id, erasure.id)
            if finished is not None:
                await send(session, workspace_id, finished, now=worker.now())
    log.info("erasure %d in %s is finished", erasure.id, workspace_id)
    if worker.desk is not None:
        worker.desk.wake_outbox()
    return False


async def _still(session: AsyncSession, workspace_id: str, erasure: Erasure) -> bool:
    """Whether nobody else carried it on meanwhile; nobody does until this transaction ends."""
    held = await erasing.hold(session, workspace_id, erasure.id)
    return held is not None and (held.step, held.position) == (erasure.step, erasure.position)


Piece = Callable[[Worker, str, Erasure], Awaitable[bool]]
_PIECES: dict[Step, Piece] = {
    Step.ROWS: _rows,
    Step.WORDS: _words,
    Step.POSTS: _posts,
    Step.SLACK: _slack,
    Step.LAST: _last,
    Step.CLEAN: _clean,
}
