"""What of a question may be shown: the rules of `stories.nps.suppression` put to work on one ledger.

What is looked at are the cells `around` those asked about, and the breakdowns `beside` each of them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import field
from datetime import date
from itertools import combinations
from typing import Protocol

from stories.nps.grammar.question import Cell
from stories.nps.periods import Period
from stories.nps.stretches import Timeline
from stories.nps.suppression import FEWEST, cuts, is_enough, narrowed, shown_values
from stories.values import dataclass

_WORTH_LESS_TIME = 0.1
"""A shorter part than asked has to show so much larger a share of people."""

_MOST_PARTS = 6
"""Values of a breakdown, the largest, whose own days are tried."""


class Ledger(Protocol):
    """How many answers there are."""

    def timeline(self, cell: Cell) -> Timeline | None:
        """All answers of a cell, ever, up to the last week that is over; None for none."""

    def values(self, cell: Cell, name: str, period: Period) -> Mapping[str, int]:
        """The answers of a cell in a period by value of the property `name`."""


def around(cell: Cell) -> tuple[Cell, ...]:
    """Every cell in which this one lies, from everybody to itself: whose answers a ledger is asked for."""
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
    """Decides for one ledger; `fewest` answers make a group, 1 shows everything."""

    ledger: Ledger
    fewest: int = FEWEST
    _cuts: dict[Cell, tuple[date, ...]] = field(default_factory=dict)
    _open: dict[tuple[Cell, str, Period], frozenset[str]] = field(default_factory=dict)

    def part(self, cell: Cell, period: Period) -> Period | None:
        """The part of the period, all of it where possible, that the cell's days allow; None for none."""
        part = narrowed(period, self._cuts_of(cell))
        enough = part is not None and all(is_enough(self._n(c, part), self.fewest) for c in around(cell))
        return part if enough else None

    def shown(self, cell: Cell, period: Period) -> Period | None:
        """The part of the period in which the cell may be shown, its neighbours considered; None for none."""
        part = self.part(cell, period)
        if part is None or not is_enough(self._neither(cell, part), self.fewest):
            return None
        values = dict(cell)
        visible = all(values[name] in self._values(outer, name, part) for outer, name in beside(cell))
        return part if visible else None

    def breakdown(
        self, cell: Cell, name: str, period: Period, values: Collection[str]
    ) -> tuple[Period, frozenset[str]] | None:
        """The part of the period, and those of these values of `name` that may be shown in it; None for none.

        Of the parts that the values' own days allow it is that in which the largest share can be shown.
        """
        whole = self.shown(cell, period)
        if whole is None:
            return None
        rest = tuple(segment for segment in cell if segment[0] != name)
        cells = {value: with_segment(rest, name, value) for value in values}
        parts = dict.fromkeys([whole, *self._parts(cell, whole, cells.values())])
        found = {
            part: frozenset(value for value, inner in cells.items() if self.shown(inner, part) == part)
            for part in parts
        }

        def share(part: Period) -> float:
            told = sum(self._n(cells[value], part) for value in found[part])
            return told / max(1, self._n(cell, part)) + (_WORTH_LESS_TIME if part == whole else 0.0)

        best = max(found, key=lambda part: (share(part), part.days))
        return best, found[best]

    def _parts(self, cell: Cell, whole: Period, cells: Iterable[Cell]) -> Iterator[Period]:
        """The parts that the larger of these cells allow, as far as the cell itself is shown in them."""
        by_size = sorted(cells, key=lambda inner: -self._n(inner, whole))[:_MOST_PARTS]
        for inner in by_size:
            part = narrowed(whole, self._cuts_of(inner))
            if part is not None and 2 * part.days >= whole.days and self.shown(cell, part) == part:
                yield part

    def _neither(self, cell: Cell, period: Period) -> int:
        """Of a cell of two segments, how many have neither; 0 for any other."""
        if len(cell) != 2:
            return 0
        one, other = (cell[0],), (cell[1],)
        n = self._n
        return n((), period) - n(one, period) - n(other, period) + n(cell, period)

    def _values(self, cell: Cell, name: str, period: Period) -> frozenset[str]:
        key = (cell, name, period)
        if key not in self._open:
            counts = self.ledger.values(cell, name, period)
            self._open[key] = shown_values(counts, self._n(cell, period), self.fewest)
        return self._open[key]

    def _n(self, cell: Cell, period: Period) -> int:
        timeline = self.ledger.timeline(cell)
        return 0 if timeline is None else timeline.within(period)

    def _cuts_of(self, cell: Cell) -> tuple[date, ...]:
        if cell not in self._cuts:
            outer = [self._cuts_of(part) for part in around(cell) if len(part) == len(cell) - 1]
            timeline = self.ledger.timeline(cell)
            self._cuts[cell] = () if timeline is None else cuts(timeline, fewest=self.fewest, among=outer)
        return self._cuts[cell]


def with_segment(cell: Cell, name: str, value: str) -> Cell:
    """The cell and this value of one more property."""
    return tuple(sorted((*cell, (name, value))))
