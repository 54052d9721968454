"""What the worker asks right before a post goes, and whom it tells when Slack refuses one for good."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot import attention, digest, publishing
from bot.avatars.faces import with_faces
from bot.delivery.ledger import UNMADE
from bot.delivery.office import Confirm, Refused
from bot.delivery_care import about_trouble
from bot.desk import Desk
from bot.halting import editors_of, halt, tell
from bot.messages.delivery_trouble import could_not_change, could_not_make, in_doubt
from bot.messages.not_taken import not_taken
from bot.tongues import said_to
from bot.trackers import comments, telling
from storage import attention_together, staleness, tellings
from storage.deliveries import POST
from storage.sending import Claimed, Outcome
from stories.channels import StopReason
from stories.trackers import tracker_in

_TELLS = frozenset({digest.DIGEST, publishing.SHARE})
"""The kinds of posts that tell stories."""

_GONE = {
    "is_archived": StopReason.ARCHIVED,
    "not_in_channel": StopReason.LEFT,
    "channel_not_found": StopReason.LEFT,
}
"""Slack's words for a channel that cannot be posted to, and what they mean for its subscription."""

CLOCKS_DIFFER = timedelta(minutes=10)
"""How far the clocks of two machines may lie apart: whose consent was recorded since is asked generously."""


def consent_asked(desk: Desk) -> Confirm:
    """Has every post that tells stories made anew where what may be told has changed since it was planned.

    A 429 or a night may lie between planning and posting: a story that was withdrawn meanwhile is not told.
    """

    async def confirm(session: AsyncSession, claimed: Sequence[Claimed]) -> dict[int, dict[str, Any] | None]:
        said: dict[int, dict[str, Any] | None] = {one.id: one.payload for one in claimed}
        for one in claimed:
            if attention.composed(one):
                said[one.id] = await attention.as_of_now(session, one, desk.now())
            elif one.method == POST and tracker_in(one.channel_id) is not None:
                said[one.id] = await comments.restated(session, one.workspace_id, one.id, desk.now())
        asked = [one for one in claimed if one.method == POST and one.kind in _TELLS]
        if not asked:
            return said
        now, workspace_id = desk.now(), asked[0].workspace_id
        since = min(one.created_at for one in asked) - CLOCKS_DIFFER
        ids = [one.id for one in asked]
        found = await staleness.told(session, workspace_id, ids, min(since, now), now)
        # What rides along has reasons of its own to be left out: figures, other customers' words.
        doubtful = found.doubtful | await attention_together.taking_along(session, workspace_id, ids)
        for one in asked:
            if one.id not in found.telling:
                # All of it was taken back while the call was being made, and Slack has not carried it out.
                said[one.id] = None
            elif one.id in doubtful:
                said[one.id] = await _made_anew(session, one, now)
        return said

    return with_faces(confirm, desk.settings.firsthand_address)


async def _made_anew(session: AsyncSession, claimed: Claimed, now: datetime) -> dict[str, Any] | None:
    if claimed.kind == digest.DIGEST:
        return await digest.recompose(session, claimed.workspace_id, claimed.id, now)
    told = await tellings.of_delivery(session, claimed.workspace_id, claimed.id)
    return await publishing.shared(session, claimed.workspace_id, told[0].story_id, claimed.id, now)


def refusal_followed(desk: Desk) -> Refused:
    """Has people hear of what Slack refused for good, and of posts whose fate it does not tell.

    A post that cannot be put together is our own fault, and the editors hear of it; so is one whose form
    Slack refuses. A channel that cannot be posted to any more stops its subscription, whatever was to be
    posted, and whoever set it up hears of it once. A message that could not be changed or taken down may
    show what may no longer be told: the editors hear of it.
    """

    async def refused(session: AsyncSession, claimed: Claimed, outcome: Outcome) -> None:
        reason, place = outcome.error or "", claimed.posted_in or claimed.channel_id
        if tracker_in(claimed.channel_id) is not None:
            await telling.refused(session, claimed, outcome, now=desk.now())
        elif outcome.state == "in_doubt":
            await _tell_editors(session, claimed, partial(in_doubt, place, reason, delivery_id=claimed.id))
        elif reason.startswith(UNMADE):
            why = reason.removeprefix(f"{UNMADE}: ")
            await _tell_editors(session, claimed, partial(could_not_make, place, why))
        elif claimed.method != POST:
            await _tell_editors(session, claimed, partial(could_not_change, place, reason))
        elif reason in _GONE:
            await halt(session, claimed.workspace_id, claimed.channel_id, _GONE[reason], desk=desk)
        else:
            await _tell_editors(session, claimed, partial(not_taken, place, reason))

    async def _tell_editors(
        session: AsyncSession, claimed: Claimed, say: Callable[[], dict[str, Any]]
    ) -> None:
        if attention.to_person(claimed.channel_id):
            return
        for editor in await editors_of(session, claimed.workspace_id):
            about = about_trouble(claimed.id)
            said = await said_to(session, claimed.workspace_id, editor, say)
            await tell(session, claimed.workspace_id, editor, about, said, now=desk.now())

    return refused
