"""What of a question may be shown: the rules of `stories.nps.suppression` put to work on one ledger.

A caller that has to fetch first can do it in two steps: the days of all cells `around` those asked about give
the `part` of the period; then the breakdowns `beside` each cell, counted in that part, give the rest.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import combinations
from typing import Protocol

from stories.nps.grammar.question import Cell
from stories.nps.periods import Calendar, Period
from stories.nps.suppression import FEWEST, Timeline, cuts, is_enough, narrowed, shown_values


class Ledger(Protocol):
    """How many answers there are."""

    def daily(self, cell: Cell) -> Mapping[date, int]:
        """All answers of a cell, ever, by the workspace's day."""

    def values(self, cell: Cell, name: str, period: Period) -> Mapping[str, int]:
        """The answers of a cell in a period by value of the property `name`."""


def around(cell: Cell) -> tuple[Cell, ...]:
    """Every cell in which this one lies, from everybody to itself: whose days a ledger is asked for."""
    return tuple(part for size in range(len(cell) + 1) for part in combinations(cell, size))


def beside(cell: Cell) -> tuple[tuple[Cell, str], ...]:
    """The breakdowns that decide on a cell, each a cell and a property: which a ledger is asked for."""
    return tuple(
        (tuple(segment for segment in outer if segment[0] != name), name)
        for outer in around(cell)
        for name, _value in outer
    )


@dataclass(slots=True)
class Showing:
    """Decides for one ledger on one day; `fewest` answers make a group, 1 shows everything."""

    ledger: Ledger
    today: date
    fiscal: Calendar = field(default_factory=Calendar)
    fewest: int = FEWEST
    _cuts: dict[Cell, tuple[date, ...]] = field(default_factory=dict)
    _timelines: dict[Cell, Timeline | None] = field(default_factory=dict)

    def part(self, cell: Cell, period: Period) -> Period | None:
        """The part of the period, all of it where possible, that the cell's days allow; None for none."""
        part = narrowed(period, self._cuts_of(cell))
        enough = part is not None and all(is_enough(self._n(c, part), self.fewest) for c in around(cell))
        return part if enough else None

    def shown(self, cell: Cell, period: Period) -> Period | None:
        """The part of the period in which the cell may be shown, its neighbours considered; None for none."""
        part = self.part(cell, period)
        if part is None:
            return None
        values = dict(cell)
        visible = all(values[name] in self._values(outer, name, part) for outer, name in beside(cell))
        return part if visible else None

    def breakdown(self, cell: Cell, name: str, period: Period) -> tuple[Period, frozenset[str]] | None:
        """The part of the period, and the values of `name` that may be shown in it; None for none."""
        part = self.shown(cell, period)
        if part is None:
            return None
        values = self.ledger.values(cell, name, part)
        rest = tuple(segment for segment in cell if segment[0] != name)
        shown = (value for value in values if self.shown(with_segment(rest, name, value), part) == part)
        return part, frozenset(shown)

    def _values(self, cell: Cell, name: str, period: Period) -> frozenset[str]:
        counts = self.ledger.values(cell, name, period)
        return shown_values(counts, self._n(cell, period), self.fewest)

    def _n(self, cell: Cell, period: Period) -> int:
        timeline = self._timeline(cell)
        return 0 if timeline is None else timeline.within(period)

    def _timeline(self, cell: Cell) -> Timeline | None:
        if cell not in self._timelines:
            self._timelines[cell] = Timeline.of(self.ledger.daily(cell))
        return self._timelines[cell]

    def _cuts_of(self, cell: Cell) -> tuple[date, ...]:
        if cell not in self._cuts:
            outer = [self._cuts_of(part) for part in around(cell) if len(part) == len(cell) - 1]
            self._cuts[cell] = cuts(
                self._timeline(cell), self.today, self.fiscal, fewest=self.fewest, among=outer
            )
        return self._cuts[cell]


def with_segment(cell: Cell, name: str, value: str) -> Cell:
    """The cell and this value of one more property."""
    return tuple(sorted((*cell, (name, value))))
