"""Events on their way in: each is handled once, by whichever process, and none that was acknowledged is lost.

Slack sends an event again until somebody says "thank you", to any process and after up to five minutes. Bolt
says it before a listener has done anything; so an event is written down first. One whose process died, or
whose database went away under it, is taken up again by whoever looks next. What people click, type and submit
is stored before it is acknowledged, and done once as well (`bot.once`).
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from functools import partial
from typing import Any

from slack_bolt import BoltResponse
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.async_context import AsyncBoltContext
from slack_bolt.listener.async_listener_completion_handler import AsyncListenerCompletionHandler
from slack_bolt.listener.async_listener_error_handler import AsyncListenerErrorHandler
from slack_bolt.listener.async_listener_start_handler import AsyncListenerStartHandler
from slack_bolt.request.async_request import AsyncBoltRequest
from sqlalchemy.exc import IntegrityError, SQLAlchemyError

from bot import log_ids, once
from bot.desk import Desk
from bot.looping import looking
from bot.switchboard import Straight
from storage import receipts
from storage.receipts import Unfinished

log = logging.getLogger(__name__)

TROUBLE = (SQLAlchemyError, OSError, TimeoutError)

UNTRACKED = frozenset({"app_home_opened", "app_uninstalled", "tokens_revoked"})
"""Events that may be handled twice, or that end what receipts belong to."""

TAKEN_UP_AFTER = timedelta(seconds=30)
"""How long an event may be in somebody's hands before another takes it up."""

REMEMBERED_FOR = timedelta(hours=24)
LOOK_SECONDS = 10.0
GRACE_SECONDS = 4.0
"""How long listeners have to end when the process is to end."""

_RECEIPT, _BEGUN, _FAILED, _AGAIN = "receipt", "receipt_begun", "receipt_failed", "receipt_again"


def overheard(body: Mapping[str, Any]) -> bool:
    """Whether this is what people write in a channel, or their emoji there: that is never written down.

    See docs/drift.md, and docs/milestones.md for the one emoji that a project chose.
    """
    event = body.get("event") or {}
    if event.get("type") in {"reaction_added", "reaction_removed"}:
        return True
    return event.get("type") == "message" and event.get("channel_type") in {"channel", "group"}


class Inbox:
    """The events in the hands of this process, and how many listeners are at work."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._at_work = 0
        self._idle = asyncio.Event()
        self._idle.set()
        self._closing: set[asyncio.Future[None]] = set()

    async def take_in(
        self,
        body: dict[str, Any],
        context: AsyncBoltContext,
        next: Callable[[], Awaitable[Any]],  # noqa: A002 Bolt's name
    ) -> BoltResponse | None:
        """Bolt's middleware: write an event down before it is acknowledged; 503 has Slack send it again."""
        once.nothing()
        key, workspace_id = body.get("event_id"), context.team_id
        log_ids.begin(request=key or log_ids.new_request(), workspace=workspace_id or "")
        kind = (body.get("event") or {}).get("type")
        passing = kind in UNTRACKED or overheard(body)
        if context.get(_AGAIN) or not key or not workspace_id or passing:
            await next()
            return None
        try:
            async with self._desk.begin() as session:
                new = await receipts.take_in(session, workspace_id, key, body, now=self._desk.now())
        except IntegrityError:
            # Of a workspace that nobody knows (any more): there is nothing to lose.
            await next()
            return None
        except TROUBLE as error:
            log.warning("an event cannot be taken in, Slack will send it again: %s", error)
            return BoltResponse(status=503, body="the database cannot be reached")
        if not new:
            return BoltResponse(status=200, body="")
        context[_RECEIPT] = (workspace_id, key)
        await next()
        asyncio.get_running_loop().call_later(LOOK_SECONDS, self._close_unheard, context)
        return None

    def begin(self, context: AsyncBoltContext) -> None:
        """A listener begins."""
        self._at_work += 1
        self._idle.clear()
        context[_BEGUN] = True

    async def end(self, context: AsyncBoltContext) -> None:
        """A listener came to its end, well or not."""
        try:
            if _RECEIPT in context and not context.get(_FAILED):
                await self._finish(*context[_RECEIPT])
        finally:
            self._at_work -= 1
            if not self._at_work:
                self._idle.set()

    async def quiet(self) -> None:
        """Until no listener is at work, or it takes too long."""
        # One whose event was thanked for just now begins first: since Python 3.12 waiting gives it no turn.
        await asyncio.sleep(0)
        with suppress(TimeoutError):
            await asyncio.wait_for(self._idle.wait(), GRACE_SECONDS)

    async def look(self, app: AsyncApp) -> None:
        """Take up what somebody else left, one after the other, and forget what is long over."""
        now = self._desk.now()
        while True:
            async with self._desk.database.begin() as session:
                await receipts.forget_old(session, now - REMEMBERED_FOR)
                found = await receipts.take_over(session, now - TAKEN_UP_AFTER, now=now)
            if found is None:
                return
            with log_ids.about(request=found.key, workspace=found.workspace_id):
                log.info("taking up event %s, which somebody left", found.key)
                await app.async_dispatch(_again(found))

    async def _finish(self, workspace_id: str, key: str) -> None:
        try:
            async with self._desk.database.begin() as session:
                await receipts.finish(session, workspace_id, key)
        except TROUBLE as error:
            log.warning("event %s was handled and will be handled again: %s", key, error)

    def _close_unheard(self, context: AsyncBoltContext) -> None:
        """An event that no listener wanted has been handled."""
        if not context.get(_BEGUN):
            task = asyncio.ensure_future(self._finish(*context[_RECEIPT]))
            self._closing.add(task)
            task.add_done_callback(self._closing.discard)


def attach(app: AsyncApp, desk: Desk) -> None:
    """Have every event of this app go through an inbox; to be called before other middleware is set."""
    inbox = Inbox(desk)
    app.use(Straight(inbox.take_in))
    runner = app.listener_runner
    runner.listener_start_handler = _Start(inbox)
    runner.listener_completion_handler = _End(inbox)


def inbox_of(app: AsyncApp) -> Inbox:
    """The inbox that was attached to an app. Raises TypeError when there is none."""
    start = app.listener_runner.listener_start_handler
    if not isinstance(start, _Start):
        raise TypeError("attach an inbox to the app first")
    return start.inbox


def mark_failures(app: AsyncApp) -> None:
    """Have failures be known to the inbox; to be called after the app's own error handler is set."""
    app.listener_runner.listener_error_handler = _Failure(app.listener_runner.listener_error_handler)


@asynccontextmanager
async def looked_after(app: AsyncApp) -> AsyncIterator[None]:
    """Take up what others left, for the length of the block; listeners at work are waited for at its end.

    Raises TypeError for an app without an inbox.
    """
    inbox = inbox_of(app)
    try:
        async with looking("events", partial(inbox.look, app), every=LOOK_SECONDS):
            yield
    finally:
        await inbox.quiet()


def _again(found: Unfinished) -> AsyncBoltRequest:
    # As if it came through a socket: its signature was checked when it came first.
    context = {_AGAIN: True, _RECEIPT: (found.workspace_id, found.key)}
    return AsyncBoltRequest(body=json.dumps(found.body), context=context, mode="socket_mode")


class _Start(AsyncListenerStartHandler):
    def __init__(self, inbox: Inbox) -> None:
        self.inbox = inbox

    async def handle(self, request: AsyncBoltRequest, response: BoltResponse | None) -> None:  # noqa: ARG002 Bolt's interface
        """Count it."""
        self.inbox.begin(request.context)


class _End(AsyncListenerCompletionHandler):
    def __init__(self, inbox: Inbox) -> None:
        self._inbox = inbox

    async def handle(self, request: AsyncBoltRequest, response: BoltResponse | None) -> None:  # noqa: ARG002 Bolt's interface
        """Close its receipt."""
        await self._inbox.end(request.context)


class _Failure(AsyncListenerErrorHandler):
    """What the database's trouble left undone is not finished; a fault of ours would only fail again."""

    def __init__(self, inner: AsyncListenerErrorHandler) -> None:
        self._inner = inner

    async def handle(
        self, error: Exception, request: AsyncBoltRequest, response: BoltResponse | None
    ) -> None:
        """Remember it, and let the app say it."""
        request.context[_FAILED] = isinstance(error, TROUBLE)
        await self._inner.handle(error=error, request=request, response=response)
