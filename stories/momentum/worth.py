"""When it is worth telling an author what their story set going: once, and once more if much came since."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from stories.values import dataclass

FIRST_AFTER: Final = timedelta(days=7)
"""So long after a story was first told its author hears how far it went."""

AGAIN_AFTER: Final = timedelta(days=28)
"""So long after that they may hear once more."""

OLDEST: Final = timedelta(days=180)
"""What is older is over: nobody is told of it any more."""

FEWEST_PEOPLE: Final = 3
MOST_TIMES: Final = 2
"""How often an author hears of one story."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """How far a story went: how many people answered it, and what was changed because of it."""

    people: int
    changes: int


def is_worth(now: Reach, told: Reach | None, *, age: timedelta) -> bool:
    """Whether there is something to tell. `told` is what was told the first time, `age` since when.

    `age` is that of the story where nothing was told yet. A second time takes a further change, or twice as
    many people.
    """
    if told is None:
        return FIRST_AFTER <= age <= OLDEST and (now.people >= FEWEST_PEOPLE or now.changes > 0)
    more = now.changes > told.changes or now.people >= max(2 * told.people, FEWEST_PEOPLE)
    return age >= AGAIN_AFTER and more
