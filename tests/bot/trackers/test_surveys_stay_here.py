"""A survey's comment is said in the workspace alone, whatever reason rests on it."""

from __future__ import annotations

from datetime import date

from bot.avatars.sayings import Saying
from bot.trackers.comments import nearest_to
from stories.avatars.evidence import Ref, comment, quote
from stories.trackers import TrackedItem
from tests.conftest import NOW

WORDS = "Sending invoices takes the whole night."
ISSUE = TrackedItem(ref="acme/app#1", place="acme/app", title="Sending invoices takes the whole night")


def saying(ref: Ref) -> Saying:
    day = date(2026, 11, 3)
    return Saying(ref=ref, words=WORDS, kind_of_customer="", talked_on=day, told_at=NOW, survey="Delighted")


async def test_only_quotes_of_conversations_are_told_beyond_slack() -> None:
    assert await nearest_to(ISSUE, {comment(1): saying(comment(1))}) == ()
    both = {one: saying(one) for one in (comment(1), quote(2))}
    assert [one.ref for one in await nearest_to(ISSUE, both)] == [quote(2)]
