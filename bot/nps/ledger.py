"""What the rules on small groups look at, fetched as far as they ask for it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from datetime import date
from typing import TypeVar

from sqlalchemy.ext.asyncio import AsyncSession

from storage import nps_deeper, nps_words
from storage.nps_counts import COUNTED, Sources
from storage.nps_segments import ALL
from storage.nps_stretches import stretches, sums
from storage.nps_words import MOST_TOGETHER, Words
from stories.nps.counts import Counts
from stories.nps.grammar import Cell
from stories.nps.periods import DAY, Calendar, Period
from stories.nps.showing import Showing, around, beside, with_segment
from stories.nps.stretches import NO_HISTORY, Grid, History, Timeline, grid, monday
from stories.values import dataclass

T = TypeVar("T")
_END = date(9999, 12, 30)


class _Wanted(LookupError):
    """Something that has not been fetched yet."""

    def __init__(self, cell: Cell, name: str | None = None, period: Period | None = None) -> None:
        super().__init__(cell, name, period)
        self.cell, self.name, self.period = cell, name, period


@dataclass(slots=True)
class Fetched:
    """The counts that have been fetched so far for one question; a `stories.nps.showing.Ledger`."""

    values_of: Mapping[str, Sequence[str]] = field(default_factory=dict)
    timelines: dict[Cell, Timeline | None] = field(default_factory=dict)
    parts: dict[tuple[Cell, str, Period], dict[str, Counts]] = field(default_factory=dict)

    def timeline(self, cell: Cell) -> Timeline | None:
        """All answers of a cell. Raises LookupError for one that was not fetched yet."""
        try:
            return self.timelines[cell]
        except KeyError:
            raise _Wanted(cell) from None

    def values(self, cell: Cell, name: str, period: Period) -> Mapping[str, int]:
        """The answers of a cell in a period by value of a property. Raises LookupError likewise."""
        return {value: counts.n for value, counts in self.by(cell, name, period).items()}

    def by(self, cell: Cell, name: str, period: Period) -> Mapping[str, Counts]:
        """The same by band, those of values that anybody has."""
        key = (cell, name, period)
        if key not in self.parts:
            inner = {value: with_segment(cell, name, value) for value in self.values_of.get(name, ())}
            if is_deep(with_segment(cell, name, "")) or not self.timelines.keys() >= set(inner.values()):
                raise _Wanted(*key)
            told = ((value, self.counts(one, period)) for value, one in inner.items())
            self.parts[key] = {value: counts for value, counts in told if counts.n}
        return self.parts[key]

    def counts(self, cell: Cell, period: Period) -> Counts:
        """What a cell that was fetched comes to in a period that may be shown."""
        timeline = self.timeline(cell)
        return timeline.counts(period) if timeline else Counts()


@dataclass(slots=True)
class Ledger:
    """The counts of one workspace, as one question looks at them on one day.

    `quick` is a session in which prepared statements cost less, `sources` are those whose answers count
    (None: not looked up).
    """

    session: AsyncSession
    workspace_id: str
    today: date
    fiscal: Calendar
    fewest: int
    words: Words | None = None
    sources: Sources = COUNTED
    quick: AsyncSession | None = None
    fetched: Fetched = field(default_factory=Fetched)
    _showing: Showing | None = None
    _grid: Grid | None = None
    _looked_at: dict[Cell, None] = field(default_factory=dict)

    async def decide(self, rule: Callable[[Showing], T]) -> T:
        """What the rules on small groups say, once all that they look at has been fetched."""
        if self._showing is None:
            self._showing = Showing(self.fetched, self.fewest)
        while True:
            try:
                return rule(self._showing)
            except _Wanted as wanted:
                await self._fetch(wanted)

    async def look_at(self, cells: Iterable[Cell]) -> None:
        """Fetch the histories of these cells and of those around them in one go."""
        cells = tuple(cells)
        self._looked_at |= dict.fromkeys(cells)
        await self._remember(one for cell in cells for one in around(cell))

    async def look_around(self, cells: Iterable[Cell]) -> None:
        """Fetch all that decides on these cells, in whatever period, in one go."""
        await self._settle_words()
        await self._remember(one for cell in cells for one in self._family(cell))

    async def foresee(self, cells: Iterable[Cell], one: Period, other: Period | None = None) -> None:
        """Fetch in one go what decides on these cells in one or two periods that the rules allow."""
        await self._settle_words()
        breakdowns = dict.fromkeys(outside for cell in cells for outside in beside(cell))
        inner = {
            (cell, name): {
                value: self._number(with_segment(cell, name, value)) for value in self._values(name)
            }
            for cell, name in breakdowns
            if not is_deep(with_segment(cell, name, ""))
        }
        numbers = sorted(
            {number for by_value in inner.values() for number in by_value.values() if number is not None}
        )
        spans = [(period.first, period.last + DAY) for period in (one, other) if period]
        found = await sums(self.quick or self.session, self.workspace_id, numbers, *spans, of=self.sources)
        for period, counts in zip((one, other), found, strict=True):
            if period is not None:
                for (cell, name), by_value in inner.items():
                    told = {value: counts[n] for value, n in by_value.items() if n in counts}
                    self.fetched.parts[cell, name, period] = told

    async def _fetch(self, wanted: _Wanted) -> None:
        if wanted.name is None or wanted.period is None:
            await self.look_at([wanted.cell])
        elif is_deep(inside := with_segment(wanted.cell, wanted.name, "")):
            key, period = (wanted.cell, wanted.name, wanted.period), wanted.period
            self.fetched.parts[key] = await nps_deeper.by(
                self.session, self.workspace_id, wanted.name, dict(wanted.cell), period.first, period.last
            )
        else:
            # Whoever wants one breakdown of a period is about to want the others that decide with it.
            await self.foresee([*self._looked_at, inside], wanted.period)

    async def _remember(self, cells: Iterable[Cell]) -> None:
        """Fetch the histories of these cells that are not known yet."""
        await self._settle_words()
        new = [cell for cell in dict.fromkeys(cells) if cell not in self.fetched.timelines]
        await self._fetch_kept([cell for cell in new if not is_deep(cell)])
        for cell in (cell for cell in new if is_deep(cell)):
            daily = await nps_deeper.daily(self.session, self.workspace_id, dict(cell), date.min, _END)
            self.fetched.timelines[cell] = Timeline.of(self._along(NO_HISTORY), History.of_days(daily))

    async def _fetch_kept(self, cells: Sequence[Cell]) -> None:
        """The histories of these cells, that of everybody first: the grid begins with it."""
        if not cells:
            return
        numbers = {cell: self._number(cell) for cell in cells}
        asked = sorted({number for number in numbers.values() if number is not None})
        found = await stretches(self.quick or self.session, self.workspace_id, asked, of=self.sources)
        along = self._along(found.get(ALL, NO_HISTORY))
        for cell, number in numbers.items():
            told = found.get(number, NO_HISTORY) if number is not None else NO_HISTORY
            self.fetched.timelines[cell] = Timeline.of(along, told)

    async def _settle_words(self) -> None:
        if self.words is None:
            self.words = await nps_words.words(self.quick or self.session, self.workspace_id)
        self.fetched.values_of = self.words.values

    def _family(self, cell: Cell) -> Iterator[Cell]:
        """A cell, those around it, and those beside each, but those that only the answers can tell."""
        yield from around(cell)
        for outer, name in beside(cell):
            inner = (with_segment(outer, name, value) for value in self._values(name))
            yield from (one for one in inner if not is_deep(one))

    def _values(self, name: str) -> Sequence[str]:
        return self.fetched.values_of.get(name, ())

    def _number(self, cell: Cell) -> int | None:
        return self.words.number(dict(cell)) if self.words else None

    def _along(self, everybody: History) -> Grid:
        if self._grid is None:
            first = min(everybody.days, default=self.today)
            self._grid = grid(first.year, monday(self.today), self.fiscal.fiscal_start)
        return self._grid


def is_deep(cell: Cell) -> bool:
    """Whether so many segments meet that only the answers themselves can tell."""
    return len(cell) > MOST_TOGETHER


def shown(cell: Cell, period: Period, showing: Showing) -> Period | None:
    """The rule for one cell, as `Ledger.decide` takes it: the part of the period that may be shown."""
    return showing.shown(cell, period)
