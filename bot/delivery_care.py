"""What a person decides about a post in trouble: again, never more, or that it stands.

Each is audited, and answers the question for all who were asked it.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot.halting import answer_for_all
from bot.messages import delivery_trouble as words
from bot.messages.delivery_trouble_words import state_said
from storage import audit
from storage import delivery_care as care
from storage.deliveries import POST
from storage.delivery_care import Delivery
from stories import speaking
from stories.errors import UserError
from stories.language import _

_LINK = re.compile(r"/archives/(?P<place>[CDG][A-Z0-9]+)/p(?P<seconds>\d{10})(?P<rest>\d{6})")
_CLOCKS_DIFFER = timedelta(minutes=10)
ARCHIVED = "is_archived"
"""Slack's word for a channel in which nothing can be posted, changed or removed until it is back."""
MOST_LOOKED_AT = 2000
"""Posts in trouble, the latest first, among which is looked for those of a channel that is back."""


class Decision(StrEnum):
    """What is decided; also the name of the act in the audit log."""

    AGAIN = "retry_delivery"
    GIVE_UP = "give_up_delivery"
    STANDS = "settle_delivery"


async def decide(
    session: AsyncSession,
    workspace_id: str,
    delivery_id: int,
    decision: Decision,
    *,
    by: str,
    now: datetime,
    link: str = "",
) -> Delivery:
    """Carry out the decision and write it into the audit log; the delivery as it is then.

    `link` is the message's, needed to say that a post stands. Raises UserError, saying what to do, when
    there is no such delivery, its state does not allow the decision any more, or the link is another's.
    The outbox wants waking after the commit.
    """
    before = await found(session, workspace_id, delivery_id)
    if not await _done(session, workspace_id, before, decision, link):
        raise UserError(
            _("There is nothing to decide about post {number} any more ({state}).").format(
                number=delivery_id, state=state_said(before.state)
            )
        )
    detail = {"was": before.state, "error": before.last_error, "kind": before.kind, "to": before.channel_id}
    entry = audit.Entry(
        at=now,
        actor_id=by,
        act=decision.value,
        object_kind="delivery",
        object_id=str(delivery_id),
        detail=detail,
    )
    await audit.note(session, workspace_id, entry)

    def answer() -> dict[str, Any]:
        return words.decided(said(decision, before.channel_id, by))

    await answer_for_all(session, workspace_id, about_trouble(delivery_id), answer, now=now)
    return await found(session, workspace_id, delivery_id)


async def after_archive(
    session: AsyncSession, workspace_id: str, channel_id: str, *, by: str, now: datetime
) -> int:
    """Have messages changed and removed that could not be while their channel was archived; how many are.

    `by` brought the channel back. What was never posted stays away: it was written for another day. The
    outbox wants waking after the commit.
    """
    troubled = await care.troubled(session, workspace_id, most=MOST_LOOKED_AT)
    missed = sorted(
        one.id
        for one in troubled
        if (one.state, one.last_error, one.channel_id) == ("failed", ARCHIVED, channel_id)
        and one.method != POST
    )
    for delivery_id in missed:
        await decide(session, workspace_id, delivery_id, Decision.AGAIN, by=by, now=now)
    return len(missed)


async def _done(
    session: AsyncSession, workspace_id: str, before: Delivery, decision: Decision, link: str
) -> bool:
    """Carry it out; whether the delivery's state allowed it still."""
    if decision is Decision.STANDS:
        place, ts = _place_of(link, before)
        return await care.stands(session, workspace_id, before.id, posted_in=place, slack_ts=ts)
    if decision is Decision.AGAIN:
        return await care.again(session, workspace_id, before.id)
    return await care.give_up(session, workspace_id, before.id)


def about_trouble(delivery_id: int) -> str:
    """What the question about a post in trouble is told as."""
    return f"trouble:{delivery_id}"


def said(decision: Decision, channel_id: str, by: str) -> str:
    """What takes the question's place, for everybody who was asked it."""
    return _SAID[decision](channel_id, by)


_SAID = {
    Decision.STANDS: words.stands_said,
    Decision.AGAIN: words.again_said,
    Decision.GIVE_UP: words.given_up_said,
}


async def found(session: AsyncSession, workspace_id: str, delivery_id: int) -> Delivery:
    """This delivery. Raises UserError when there is none of this number."""
    delivery = await care.get(session, workspace_id, delivery_id)
    if delivery is None:
        raise UserError(_("There is no post {number} here.").format(number=delivery_id))
    return delivery


def _place_of(link: str, delivery: Delivery) -> tuple[str, str]:
    """The conversation and timestamp that a message's link names. Raises UserError beside the field."""
    match = _LINK.search(link)
    if match is None:
        raise UserError(
            _(
                "That is no link to a message. In Slack: ⋮ on the message, Copy link; it looks like "
                "https://….slack.com/archives/C0123/p1700000000123456."
            ),
            field="link",
        )
    place = match["place"]
    private = delivery.channel_id.startswith(("U", "W"))
    if place != delivery.channel_id and not (private and place.startswith("D")):
        raise UserError(_("That link leads to another conversation than this post’s."), field="link")
    said_at = datetime.fromtimestamp(int(match["seconds"]), UTC)
    if delivery.sending_at is not None and said_at < delivery.sending_at - _CLOCKS_DIFFER:
        raise UserError(
            _("That message is older than this post. Is it the one from {when}?").format(
                when=_moment(delivery.sending_at)
            ),
            field="link",
        )
    return place, f"{match['seconds']}.{match['rest']}"


def _moment(at: datetime) -> str:
    return f"{speaking.day_of_month(at.date())}, {speaking.clock(at.timetz())} UTC"
