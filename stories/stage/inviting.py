"""Whom a host might invite: customers whose stories moved people, while they are not left in peace."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Final

from stories.rota.people import REST_WEEKS
from stories.story import Reaction
from stories.values import dataclass

MOST: Final = 5

WORTH: Final[Mapping[Reaction, float]] = {
    Reaction.THOUGHT: 3.0,
    Reaction.ACT: 2.0,
    Reaction.MORE: 2.0,
    Reaction.THANKS: 1.0,
}
"""What each click under a story counts: *made me think* says most that there is something to talk about."""

AN_ENDING: Final = 4.0
"""What it counts that something came of a story: there is something to show whoever told it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Moving:
    """A told story with what it did. `last_on` is when somebody last talked with its customer.

    `rests_until` is the first day on which they may be asked again, None for one of whom nobody said.
    """

    story_id: int
    customer_id: int
    counts: Mapping[Reaction, int]
    endings: int = 0
    last_on: date
    rests_until: date | None = None


def moved(story: Moving) -> float:
    """How much a story moved people; 0 for one that did not."""
    clicks = sum(WORTH[kind] * number for kind, number in story.counts.items())
    return clicks + AN_ENDING * min(story.endings, 2)


def rests(story: Moving, today: date) -> bool:
    """Whether its customer is to be left in peace yet."""
    if story.rests_until is not None and today < story.rests_until:
        return True
    return today < story.last_on + timedelta(weeks=REST_WEEKS)


def suggested(stories: Iterable[Moving], today: date, *, most: int = MOST) -> tuple[Moving, ...]:
    """The stories whose customers might be invited, a customer each, what moved most first."""
    found: dict[int, Moving] = {}
    for story in sorted(stories, key=lambda one: (-moved(one), one.story_id)):
        if moved(story) > 0 and not rests(story, today):
            found.setdefault(story.customer_id, story)
    return tuple(found.values())[:most]
