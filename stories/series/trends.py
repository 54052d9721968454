"""What moves among one kind of customer: told only where enough people are behind it, and more than chance.

Two stretches of days are set beside each other. So that nobody can be found by subtraction, those who speak
of a theme and those who do not are each nobody or enough people, in both (`stories.nps.suppression`).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from stories.nps.suppression import FEWEST, is_enough
from stories.series.material import Trend
from stories.series.sources import Kind, Ref
from stories.values import dataclass

DAYS = 90
"""Days of each stretch."""

_CHANCE = 1.96
"""How many standard errors of the difference of two counts make it more than chance (Poisson)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoke:
    """How many different customers of one kind spoke of a theme, in the stretch before and the last one."""

    before: int
    after: int


def moving(
    spoke: Mapping[str, Spoke], everybody: Spoke, *, segment: str, day: date, fewest: int = FEWEST
) -> tuple[Trend, ...]:
    """The themes that moved and may be told, what moved most first.

    `spoke` is by theme; `everybody` are the customers of this kind who were talked with at all. The numbers
    of the trends are given when they are kept.
    """
    found = [
        Trend(
            ref=Ref(Kind.TREND, "0"),
            segment=segment,
            theme=theme,
            before=one.before,
            after=one.after,
            days=DAYS,
            day=day,
            people=min(number for number in (one.before, one.after) if number),
        )
        for theme, one in spoke.items()
        if _may_be_told(one, everybody, fewest) and _is_more_than_chance(one)
    ]
    return tuple(sorted(found, key=lambda one: (-abs(one.after - one.before), one.theme)))


def _may_be_told(one: Spoke, everybody: Spoke, fewest: int) -> bool:
    parts = (one.before, one.after, everybody.before - one.before, everybody.after - one.after)
    return all(is_enough(part, fewest) for part in parts)


def _is_more_than_chance(one: Spoke) -> bool:
    # The counts come apart by so much in 95 of 100 cases at the most where nothing moves.
    return (one.after - one.before) ** 2 > _CHANCE**2 * (one.after + one.before)
