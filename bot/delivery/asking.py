"""What the worker asks right before a post goes, and whom it tells when Slack refuses one for good."""

from __future__ import annotations

from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot import digest, publishing
from bot.delivery.worker import UNMADE, Confirm, Refused
from bot.desk import Desk
from bot.halting import editors_of, halt, tell
from bot.messages.delivery_trouble import could_not_change, could_not_make, in_doubt
from bot.notices import NOTICE
from storage import tellings
from storage.deliveries import POST
from storage.sending import Claimed, Outcome
from stories.channels import StopReason

_TELLS = frozenset({digest.DIGEST, publishing.SHARE})
"""The kinds of posts that tell stories."""

_GONE = {
    "is_archived": StopReason.ARCHIVED,
    "not_in_channel": StopReason.LEFT,
    "channel_not_found": StopReason.LEFT,
}
"""Slack's words for a channel that cannot be posted to, and what they mean for its digest."""


def consent_asked(desk: Desk) -> Confirm:
    """Has every post that tells stories made anew from what may be told at this moment.

    A 429 or a night may lie between planning and posting: a story that was withdrawn meanwhile is not told.
    """

    async def confirm(session: AsyncSession, claimed: Claimed) -> dict[str, Any] | None:
        if claimed.method != POST or claimed.kind not in _TELLS:
            return claimed.payload
        told = await tellings.of_delivery(session, claimed.workspace_id, claimed.id)
        if not told:
            # All of it was taken back while the call was being made, and Slack has not carried it out.
            return None
        if claimed.kind == digest.DIGEST:
            return await digest.recompose(session, claimed.workspace_id, claimed.id, desk.now())
        story_id = told[0].story_id
        return await publishing.shared(session, claimed.workspace_id, story_id, claimed.id, desk.now())

    return confirm


def refusal_followed(desk: Desk) -> Refused:
    """Has people hear of what Slack refused for good, and of posts whose fate it does not tell.

    A post that cannot be put together is our own fault, and the editors hear of it.
    A channel that cannot be posted to any more stops its digest. A message that could not be changed or
    taken down may show what may no longer be told: the editors hear of it.
    """

    async def refused(session: AsyncSession, claimed: Claimed, outcome: Outcome) -> None:
        reason, place = outcome.error or "", claimed.posted_in or claimed.channel_id
        if outcome.state == "in_doubt":
            await _tell_editors(session, claimed, in_doubt(place, reason))
        elif reason.startswith(UNMADE):
            await _tell_editors(session, claimed, could_not_make(place, reason.removeprefix(f"{UNMADE}: ")))
        elif claimed.method != POST:
            await _tell_editors(session, claimed, could_not_change(place, reason))
        elif claimed.kind == digest.DIGEST and reason in _GONE:
            await halt(session, claimed.workspace_id, claimed.channel_id, _GONE[reason], desk=desk)

    async def _tell_editors(session: AsyncSession, claimed: Claimed, said: dict[str, Any]) -> None:
        if claimed.kind == NOTICE:
            return
        for editor in await editors_of(session, claimed.workspace_id):
            about = f"trouble:{claimed.id}"
            await tell(session, claimed.workspace_id, editor, about, said, now=desk.now())

    return refused
