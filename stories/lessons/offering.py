"""Which lesson would help somebody just now, if any: told from their newest write-ups, and kept nowhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from datetime import datetime, time, timedelta
from enum import StrEnum

from stories.calendars import known_zone
from stories.hints.hints import Family
from stories.lessons.values import Lesson, Moment
from stories.values import dataclass

LATELY = 3
"""Write-ups that are looked at, the newest ones."""
SEVERAL = 2
"""So many of them make it worth a lesson; of somebody's first, one does."""
APART = timedelta(days=14)
"""A lesson is offered to somebody at most this often."""
FRESH = timedelta(days=2)
"""How long an offer is worth making, from its moment on."""
_THURSDAY, _MORNING = 3, time(9)


class State(StrEnum):
    """Where somebody is with a lesson: in it, through it, or they said not now."""

    BEGUN = "begun"
    DONE = "done"
    NOT_NOW = "not_now"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """The screen (from 0) of a lesson at which somebody is."""

    lesson: str
    screen: int
    state: State


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteUp:
    """What of a write-up matters here: which families of hints fit it, and whether it may be shared."""

    families: frozenset[Family]
    shared: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Lately:
    """Somebody's newest write-ups, newest first; how many there are; whether they have promises to keep."""

    write_ups: tuple[WriteUp, ...] = ()
    total: int = 0
    acting: bool = False


def lesson_for(lately: Lately, lessons: Sequence[Lesson], known: Collection[str]) -> Lesson | None:
    """The lesson that helps now, none of those `known` (begun, done, put off, offered); None for none."""
    for moment in moments(lately):
        fitting = (one for one in lessons if moment in one.offered and one.key not in known)
        found = min(fitting, key=lambda one: (one.order, one.key), default=None)
        if found is not None:
            return found
    return None


def late_in_the_week(time_zone: str, now: datetime) -> datetime:
    """From when on a lesson may be offered: Thursday morning where somebody is, or now where that is past.

    By then the week has brought what others have to say, which goes first.
    """
    local = now.astimezone(known_zone(time_zone))
    days = timedelta(days=_THURSDAY - local.weekday())
    thursday = datetime.combine(local.date() + days, _MORNING, tzinfo=local.tzinfo)
    return max(now, thursday.astimezone(now.tzinfo))


def moments(lately: Lately) -> Iterator[Moment]:
    """The moments that have come, what helps most first."""
    newest = lately.write_ups[:LATELY]
    if not newest:
        return
    least = 1 if lately.total == 1 else SEVERAL
    often = Counter(family for one in newest for family in one.families)
    yield from (Moment(family.value) for family in Family if often[family] >= least)
    if lately.total == 1:
        yield Moment.FIRST
    if sum(not one.shared for one in newest) >= SEVERAL:
        yield Moment.UNSHARED
    if lately.acting:
        yield Moment.ACTING
