"""Milestones of a project: a plan, a launch, a decision; what marks one, and when one looks back at it."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum

from stories.nps.periods import Period
from stories.values import dataclass

USUAL_EMOJI = ":triangular_flag_on_post:"
"""What marks a milestone until a project chooses another emoji."""

USUAL_WEEKS = (4, 12)
"""The weeks after which one looks back, unless whoever marks it chooses others."""

_DAY = timedelta(days=1)


class Kind(StrEnum):
    """What a milestone is; an emoji does not tell."""

    MILESTONE = "milestone"
    PLAN = "plan"
    LAUNCH = "launch"
    DECISION = "decision"


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """The weeks before a milestone and as many from its day on, side by side."""

    before: Period
    after: Period


def span(day: date, weeks: int) -> Span:
    """What is compared so many weeks after a milestone of that day, 1 or more."""
    whole = timedelta(weeks=weeks)
    return Span(
        before=Period(first=day - whole, last=day - _DAY),
        after=Period(first=day, last=day + whole - _DAY),
    )


def weeks_of(chosen: str) -> tuple[int, ...]:
    """The weeks that stand in a choice such as "4,12"; none in an empty one."""
    return tuple(int(one) for one in chosen.split(",") if one)
