"""Carrying deliveries out whose place is a tracker: the same outbox, the same guard against crashes.

What Slack's history is to a post, the list of an item's comments is to a comment: its hidden mark names the
delivery. docs/delivery.md tells the protocol, docs/trackers.md what is asked right before a comment goes.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from contextlib import suppress
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from bot.desk import Desk
from bot.messages.tracker_trouble import BEYOND, to_mend
from bot.trackers import doing
from bot.trackers.known import tracker_of
from bot.trackers.tracker import Line, Place, PutOff, ToMend, Tracker
from storage import trackers
from storage.deliveries import POST
from storage.sending import Claimed, Outcome
from storage.trackers import OFF, Tracking
from stories.kept_sentences import KEEPING
from stories.language import _, speaking
from stories.trackers import tracker_in

if TYPE_CHECKING:
    from bot.guarded_client import GuardedClient

log = logging.getLogger(__name__)

MENDED_WITHIN = timedelta(hours=1)
"""How often it is tried whether somebody mended what has to be."""

FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=1), timedelta(hours=1)
"""How long a tracker that is in trouble, or out of reach, is left alone; each attempt doubles it."""

AGAIN = Outcome(state="pending", error="in doubt: made again")
MISSING = Outcome(state="pending", error="in doubt: not in the history")


class Carrier:
    """Speaks to trackers for all drains of one process; `seconds` is how long one request may take."""

    def __init__(self, desk: Desk, seconds: float) -> None:
        self._desk, self._seconds = desk, seconds
        self._client: GuardedClient | None = None
        self._tidy: set[str] = set()

    async def carry_out(self, delivery: Claimed) -> Outcome | None:
        """Do it; None when nobody can know whether it was done (it stays in doubt)."""
        from bot.guarded_client import OutgoingFailed, OutgoingRefused

        tracking, line = await self._reach(delivery)
        if tracking is None or line is None:
            # Without a token nothing of ours stands there: it is forgotten with the last comment.
            return Outcome(state="cancelled" if delivery.method == POST else "sent")
        tracker = tracker_of(tracking.kind)
        try:
            with speaking(KEEPING):
                outcome = await self._done(tracker, line, tracking, delivery)
        except doing.InDoubt as doubt:
            log.warning("nobody knows whether comment %s was made: %s", delivery.id, doubt.__cause__)
            return None
        except PutOff as asked:
            return _later(delivery, _slower(tracker.title), asked.wait)
        except ToMend as why:
            await self._tell(tracking, str(why))
            return _later(delivery, str(why), MENDED_WITHIN)
        except (OutgoingFailed, OutgoingRefused, TimeoutError) as error:
            return _later(delivery, str(error) or _too_long(tracker.title))
        await self._went_well(tracking, outcome)
        return outcome

    async def settle(self, deliveries: Sequence[Claimed]) -> dict[int, Outcome]:
        """What became of deliveries about one item that nobody answered for. Raises PutOff: not just now.

        Changes are made again, as that changes nothing. A comment is looked for among those on its item.
        """
        from bot.guarded_client import OutgoingFailed, OutgoingRefused

        settled = {one.id: AGAIN for one in deliveries if one.method != POST}
        asked = [one for one in deliveries if one.method == POST]
        if not asked:
            return settled
        tracking, line = await self._reach(asked[0])
        if tracking is None or line is None:
            return settled | dict.fromkeys((one.id for one in asked), MISSING)
        try:
            with speaking(KEEPING):
                async with asyncio.timeout(self._seconds):
                    found = await doing.found(tracker_of(tracking.kind), line, tracking, asked)
        except ToMend as why:
            await self._tell(tracking, str(why))
            raise PutOff(MENDED_WITHIN) from why
        except (OutgoingFailed, OutgoingRefused, TimeoutError) as error:
            raise PutOff(FIRST_WAIT) from error
        return settled | {one.id: found.get(one.id, MISSING) for one in asked}

    async def tidy(self, workspace_id: str) -> None:
        """Throw the tokens of trackers away that are off and where nothing stands any more.

        Looks once, and again after something was taken down; to be called when a drain has written all down.
        """
        from bot.trackers.switching import forget_if_settled

        if workspace_id in self._tidy:
            return
        self._tidy.add(workspace_id)
        async with self._desk.read() as session:
            off = await trackers.off_with_token(session, workspace_id)
        for tracking in off:
            async with self._desk.database.begin() as session:
                await forget_if_settled(session, tracking)

    async def close(self) -> None:
        """Let go of every connection."""
        if self._client is not None:
            await self._client.__aexit__(None, None, None)
            self._client = None

    async def _done(self, tracker: Tracker, line: Line, tracking: Tracking, delivery: Claimed) -> Outcome:
        if delivery.method != POST:
            async with asyncio.timeout(2 * self._seconds):
                return await doing.change(tracker, line, tracking, delivery)
        async with asyncio.timeout(self._seconds):
            ref = await doing.wanted(self._desk, tracker, line, tracking, delivery)
        if ref is None:
            return doing.CALLED_OFF
        return await doing.comment(tracker, line, tracking, delivery, ref)

    async def _reach(self, delivery: Claimed) -> tuple[Tracking | None, Line | None]:
        number = tracker_in(delivery.channel_id) or 0
        async with self._desk.read() as session:
            tracking = await trackers.get(session, delivery.workspace_id, number)
            token = await trackers.token_of(session, delivery.workspace_id, number)
        if tracking is None or not token:
            return tracking, None
        place = Place(site=tracking.site, name=tracking.place)
        return tracking, Line(client=self._reaching(), place=place, token=token)

    def _reaching(self) -> GuardedClient:
        if self._client is None:
            # What speaks to other servers takes memory that a bot without a tracker can do without.
            from bot.guarded_client import GuardedClient, Limits

            limits = Limits(seconds=self._seconds, connect_seconds=self._seconds)
            self._client = GuardedClient(self._desk.settings.outgoing(), limits)
        return self._client

    async def _went_well(self, tracking: Tracking, outcome: Outcome) -> None:
        if tracking.state == OFF:
            self._tidy.discard(tracking.workspace_id)
        if tracking.trouble and outcome.state != "failed":
            async with self._desk.database.begin() as session:
                await trackers.went_well(session, tracking.workspace_id, tracking.id)

    async def _tell(self, tracking: Tracking, trouble: str) -> None:
        """Whoever can mend it hears of it once."""
        from bot.trackers.switching import tell_them

        now = self._desk.now()
        say = partial(to_mend, tracking.place, trouble, command=self._desk.settings.firsthand_why_command)
        with suppress(TimeoutError):
            async with self._desk.begin() as session:
                if await trackers.went_wrong(session, tracking.workspace_id, tracking.id, trouble, now=now):
                    await tell_them(session, tracking, "tracker", say, now=now)


def _slower(title: str) -> str:
    with speaking(KEEPING):
        return _("{tracker} asked for a slower pace.").format(tracker=title)


def _too_long(title: str) -> str:
    with speaking(KEEPING):
        return _("{tracker} took too long to answer.").format(tracker=title)


def _later(delivery: Claimed, why: str, wait: timedelta | None = None) -> Outcome:
    doubled = FIRST_WAIT * (1 << min(max(delivery.attempt - 1, 0), 10))
    return Outcome(state="pending", error=f"{BEYOND}{why}", wait=wait or min(doubled, LONGEST_WAIT))
