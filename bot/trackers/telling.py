"""Whom a delivery to a tracker concerns that will not go: whoever switched it on, and the editors."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot.messages import tracker_trouble as words
from bot.messages.delivery_trouble_words import reason_said
from bot.trackers.known import tracker_of
from bot.trackers.switching import tell_them
from bot.trackers.tracker import Place
from storage import trackers
from storage.deliveries import POST
from storage.sending import Claimed, Outcome
from stories.trackers import tracker_in


async def refused(session: AsyncSession, claimed: Claimed, outcome: Outcome, *, now: datetime) -> None:
    """A comment that was not taken, or one that may stand where it should not."""
    tracking = await trackers.get(session, claimed.workspace_id, tracker_in(claimed.channel_id) or 0)
    if tracking is None:
        return
    ref = claimed.posted_in or claimed.thread_ts or tracking.place
    if claimed.method == POST and outcome.state == "failed":

        def say() -> dict[str, Any]:
            return words.not_taken(ref, reason_said(outcome.error))

    else:
        address = tracker_of(tracking.kind).address(Place(site=tracking.site, name=tracking.place), ref)

        def say() -> dict[str, Any]:
            return words.may_stand(ref, address, reason_said(outcome.error))

    await tell_them(session, tracking, f"tracker-{claimed.id}", say, now=now)
