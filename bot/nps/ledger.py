"""What the rules on small groups look at, fetched as far as they ask for it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from sqlalchemy.ext.asyncio import AsyncSession

from storage import nps_deeper, nps_words
from storage.nps_segments import ALL
from storage.nps_stretches import Stretch, stretches
from storage.nps_words import MOST_TOGETHER, Words
from stories.nps.counts import Counts
from stories.nps.grammar import Cell
from stories.nps.periods import Calendar, Period
from stories.nps.showing import Showing, around, beside, with_segment
from stories.nps.stretches import Grid, Timeline, grid, monday

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
        if is_deep(with_segment(cell, name, "")):
            if (cell, name, period) not in self.parts:
                raise _Wanted(cell, name, period)
            return self.parts[cell, name, period]
        found = {}
        for value in self.values_of.get(name, ()):
            timeline = self.timeline(with_segment(cell, name, value))
            counts = timeline.counts(period) if timeline else None
            if counts and counts.n:
                found[value] = counts
        return found

    def counts(self, cell: Cell, period: Period) -> Counts:
        """What a cell that was fetched comes to in a period that may be shown."""
        timeline = self.timeline(cell)
        return timeline.counts(period) if timeline else Counts()


@dataclass(slots=True)
class Ledger:
    """The counts of one workspace, as one question looks at them on one day."""

    session: AsyncSession
    workspace_id: str
    today: date
    fiscal: Calendar
    fewest: int
    words: Words | None = None
    fetched: Fetched = field(default_factory=Fetched)
    _showing: Showing | None = None
    _grid: Grid | None = None

    async def decide(self, rule: Callable[[Showing], T]) -> T:
        """What the rules on small groups say, once all that they look at has been fetched."""
        if self._showing is None:
            self._showing = Showing(self.fetched, self.fewest)
        while True:
            try:
                return rule(self._showing)
            except _Wanted as wanted:
                await self._fetch(wanted)

    async def look_around(self, cells: Iterable[Cell]) -> None:
        """Fetch all that decides on these cells in one go."""
        await self._settle_words()
        wanted = dict.fromkeys(one for cell in cells for one in self._family(cell))
        new = [cell for cell in wanted if cell not in self.fetched.timelines]
        await self._fetch_kept([cell for cell in new if not is_deep(cell)])
        for cell in (cell for cell in new if is_deep(cell)):
            daily = await nps_deeper.daily(self.session, self.workspace_id, dict(cell), date.min, _END)
            told = ((day, one.promoters, one.passives, one.detractors) for day, one in daily.items())
            self.fetched.timelines[cell] = Timeline.of(self._along(()), told)

    async def _fetch(self, wanted: _Wanted) -> None:
        if wanted.name is None or wanted.period is None:
            await self.look_around([wanted.cell])
            return
        key, period = (wanted.cell, wanted.name, wanted.period), wanted.period
        self.fetched.parts[key] = await nps_deeper.by(
            self.session, self.workspace_id, wanted.name, dict(wanted.cell), period.first, period.last
        )

    async def _fetch_kept(self, cells: Sequence[Cell]) -> None:
        """The histories of these cells, that of everybody first: the grid begins with it."""
        if not cells or self.words is None:
            return
        numbers = {cell: self.words.number(dict(cell)) for cell in cells}
        asked = sorted({number for number in numbers.values() if number is not None})
        found = await stretches(self.session, self.workspace_id, asked)
        along = self._along(found.get(ALL, ()))
        for cell, number in numbers.items():
            told = found.get(number, ()) if number is not None else ()
            self.fetched.timelines[cell] = Timeline.of(along, told)

    async def _settle_words(self) -> None:
        if self.words is None:
            self.words = await nps_words.words(self.session, self.workspace_id)
        self.fetched.values_of = self.words.values

    def _family(self, cell: Cell) -> Iterator[Cell]:
        """A cell, those around it, and those beside each, but those that only the answers can tell."""
        yield from around(cell)
        for outer, name in beside(cell):
            inner = [with_segment(outer, name, value) for value in self.fetched.values_of.get(name, ())]
            yield from (one for one in inner if not is_deep(one))

    def _along(self, everybody: Iterable[Stretch]) -> Grid:
        if self._grid is None:
            first = min((told[0] for told in everybody), default=self.today)
            self._grid = grid(first.year, monday(self.today), self.fiscal.fiscal_start)
        return self._grid


def is_deep(cell: Cell) -> bool:
    """Whether so many segments meet that only the answers themselves can tell."""
    return len(cell) > MOST_TOGETHER


def shown(cell: Cell, period: Period, showing: Showing) -> Period | None:
    """The rule for one cell, as `Ledger.decide` takes it: the part of the period that may be shown."""
    return showing.shown(cell, period)
