"""Do more customers speak of a theme than before? The rule for movements of NPS, on shares of customers.

A week's customers who speak of a theme and those who speak of others are two bands of a score, which is then
twice the share less one: the same test, the same procedure over all themes together and the same weeks of
silence hold, with the same rate of false alarms (see `stories.nps.watch`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from stories.nps.counts import Counts
from stories.nps.watch import Direction, movements
from stories.priorities.evidence import Share, share
from stories.values import dataclass

FEWEST = 5
"""Customers on either side below which nothing is told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rise:
    """A theme of which a larger share of customers speaks, in the weeks up to Sunday `week_end`."""

    theme_id: int
    week_end: date
    before: Share
    after: Share


def rising(
    about: Mapping[int, Sequence[int]], everybody: Sequence[int], week_end: date, told: Mapping[int, date]
) -> list[Rise]:
    """The themes that rise, the surest first; nothing that may be noise.

    `about` are the customers of each week who speak of a theme, `everybody` all who said anything, oldest
    first, the last week ending on `week_end`. `told` says when a theme's rise was told last.
    """
    weekly = {
        theme_id: [
            Counts(promoters=min(part, whole), detractors=max(0, whole - part))
            for part, whole in zip(parts, everybody, strict=True)
        ]
        for theme_id, parts in about.items()
    }
    found = movements(weekly, week_end, told=told, fewest=FEWEST)
    return [
        Rise(
            theme_id=one.segment,
            week_end=week_end,
            before=share(one.change.before.promoters, one.change.before.n),
            after=share(one.change.after.promoters, one.change.after.n),
        )
        for one in found
        if one.direction is Direction.UP and one.change.after.promoters >= FEWEST
    ]
