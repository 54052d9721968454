"""Has a segment really moved? Looked at once a week, over all segments together.

The last four closed weeks are set against the thirteen before. At each look the p-values of all segments go
through Benjamini and Hochberg's procedure, so that the share of false alarms among all stays below `rate`; a
movement is one that shows in the same direction at this look and at the one before. After a movement was
told the segment keeps silent for eight weeks, and is looked at again when they are over: when these weeks are
no different from the thirteen before the move, and speak against half of it being left, it was a blip.

How often each sensitivity tells of a movement where there is none, and how many true ones it finds, is
measured by `python -m benchmarks.nps_simulation`.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from enum import StrEnum
from typing import Generic, TypeVar

from stories.nps.change import Change, compare
from stories.nps.counts import Counts
from stories.nps.suppression import FEWEST
from stories.values import dataclass

WEEKS_AFTER = 4
WEEKS_BEFORE = 13
LOOKS = 2
"""A movement has to show at this many looks running."""

HISTORY = WEEKS_AFTER + WEEKS_BEFORE + LOOKS - 1
"""Closed weeks that a look needs."""

SILENCE = timedelta(weeks=8)

BLIP_SHARE = 1 / 2
"""That this share of a move is left eight weeks later has to be unlikely before it is called a blip."""

S = TypeVar("S", bound=Hashable)


class Direction(StrEnum):
    """Which way a score moved."""

    UP = "up"
    DOWN = "down"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sensitivity:
    """How readily a movement is told.

    `rate` is the false discovery rate of one look, 0 to 1. `false_posts` is how many posts a year came of it
    where nothing moved in twenty segments, with 5, 20 and 100 answers a week alike.
    """

    rate: float
    false_posts: float


STRICT = Sensitivity(rate=0.10, false_posts=1.3)
NORMAL = Sensitivity(rate=0.20, false_posts=3.3)
LENIENT = Sensitivity(rate=0.30, false_posts=6.3)


@dataclass(frozen=True, slots=True, kw_only=True)
class Movement(Generic[S]):
    """A segment that moved between the thirteen weeks before and the four up to Sunday `week_end`."""

    segment: S
    week_end: date
    change: Change

    @property
    def direction(self) -> Direction:
        """Up or down."""
        return direction(self.change)


def movements(
    weekly: Mapping[S, Sequence[Counts]],
    week_end: date,
    *,
    sensitivity: Sensitivity = NORMAL,
    told: Mapping[S, date] | None = None,
    fewest: int = FEWEST,
) -> list[Movement[S]]:
    """The segments that moved, the surest first.

    `weekly` are each segment's counts of closed weeks, oldest first, the last ending on Sunday `week_end`;
    those with fewer than HISTORY weeks are left out. `told` says for each segment the `week_end` of the last
    movement that was told. Movements made from fewer than `fewest` answers on either side are none.
    """
    now = _looked(weekly, 0, sensitivity, fewest)
    before = _looked(weekly, 1, sensitivity, fewest)
    found = [
        Movement(segment=segment, week_end=week_end, change=change)
        for segment, change in now.items()
        if segment in before and direction(before[segment]) is direction(change)
        if not is_silent((told or {}).get(segment), week_end)
    ]
    return sorted(found, key=lambda movement: movement.change.p_value)


def is_silent(told: date | None, week_end: date) -> bool:
    """Whether a movement told of the week that ended on `told` keeps the segment silent now."""
    return told is not None and week_end < told + SILENCE


def blip_due(movement: Movement[S]) -> date:
    """The Sunday after which `was_blip` can be asked: that on which the silence ends."""
    return movement.week_end + SILENCE


def was_blip(movement: Movement[S], later: Counts) -> bool:
    """Whether the weeks of silence after a movement say that there was none.

    `later` are all answers of those eight closed weeks. They are no different from the time before the
    movement, and half of it lies more than a standard error away from them: a move that is told because it
    stood out is mostly smaller than it looked, so that a smaller one later is no proof of a blip.
    """
    back = compare(movement.change.before, later)
    if back is None or back.real:
        return False
    sign = 1 if movement.change.adjusted > 0 else -1
    return BLIP_SHARE * abs(movement.change.adjusted) - sign * back.adjusted > back.standard_error


def direction(change: Change) -> Direction:
    """Which way the adjusted difference points."""
    return Direction.UP if change.adjusted > 0 else Direction.DOWN


def discoveries(p_values: Sequence[float], rate: float) -> list[int]:
    """Which of these p-values Benjamini and Hochberg (1995) take as discoveries at this rate, by number."""
    order = sorted(range(len(p_values)), key=p_values.__getitem__)
    last = 0
    for rank, at in enumerate(order, start=1):
        if p_values[at] <= rate * rank / len(p_values):
            last = rank
    return sorted(order[:last])


def _looked(
    weekly: Mapping[S, Sequence[Counts]], weeks_ago: int, sensitivity: Sensitivity, fewest: int
) -> dict[S, Change]:
    """The segments that stood out at the look of that many weeks ago."""
    compared = {}
    for segment, weeks in weekly.items():
        if len(weeks) < HISTORY:
            continue
        end = len(weeks) - weeks_ago
        after = total(weeks[end - WEEKS_AFTER : end])
        before = total(weeks[end - WEEKS_AFTER - WEEKS_BEFORE : end - WEEKS_AFTER])
        change = compare(before, after) if min(before.n, after.n) >= max(fewest, 1) else None
        if change is not None:
            compared[segment] = change
    segments = list(compared)
    found = discoveries([compared[segment].p_value for segment in segments], sensitivity.rate)
    return {segments[at]: compared[segments[at]] for at in found}


def total(weeks: Iterable[Counts]) -> Counts:
    """All weeks together."""
    promoters = passives = detractors = 0
    for week in weeks:
        promoters += week.promoters
        passives += week.passives
        detractors += week.detractors
    return Counts(promoters=promoters, passives=passives, detractors=detractors)
