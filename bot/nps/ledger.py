"""What the rules on small groups look at, fetched as far as they ask for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from sqlalchemy.ext.asyncio import AsyncSession

from storage import nps_counts, nps_deeper
from storage.nps_words import MOST_TOGETHER
from stories.nps.counts import Counts
from stories.nps.grammar import Cell
from stories.nps.periods import Calendar, Period
from stories.nps.showing import Showing, around

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

    days: dict[Cell, dict[date, Counts]] = field(default_factory=dict)
    parts: dict[tuple[Cell, str, Period], dict[str, Counts]] = field(default_factory=dict)

    def daily(self, cell: Cell) -> Mapping[date, int]:
        """All answers of a cell by day. Raises LookupError for what was not fetched yet."""
        if cell not in self.days:
            raise _Wanted(cell)
        return {day: counts.n for day, counts in self.days[cell].items()}

    def values(self, cell: Cell, name: str, period: Period) -> Mapping[str, int]:
        """The answers of a cell in a period by value of a property. Raises LookupError likewise."""
        if (cell, name, period) not in self.parts:
            raise _Wanted(cell, name, period)
        return {value: counts.n for value, counts in self.parts[cell, name, period].items()}

    def counts(self, cell: Cell, period: Period) -> Counts:
        """What a cell that was fetched comes to in a period."""
        found = (counts for day, counts in self.days[cell].items() if day in period)
        return sum(found, Counts())


@dataclass(slots=True)
class Ledger:
    """The counts of one workspace, as one question looks at them on one day."""

    session: AsyncSession
    workspace_id: str
    today: date
    fiscal: Calendar
    fewest: int
    fetched: Fetched = field(default_factory=Fetched)

    async def decide(self, rule: Callable[[Showing], T]) -> T:
        """What the rules on small groups say, once all that they look at has been fetched."""
        showing = Showing(self.fetched, self.today, self.fiscal, self.fewest)
        while True:
            try:
                return rule(showing)
            except _Wanted as wanted:
                await self._fetch(wanted)

    async def days(self, cells: Sequence[Cell]) -> None:
        """Fetch all days of these cells, as far as they are not at hand."""
        new = [cell for cell in dict.fromkeys(cells) if cell not in self.fetched.days]
        kept = [cell for cell in new if not is_deep(cell)]
        if kept:
            found = await nps_counts.daily_of(
                self.session, self.workspace_id, [dict(cell) for cell in kept], date.min, _END
            )
            self.fetched.days |= dict(zip(kept, found, strict=True))
        for cell in (cell for cell in new if is_deep(cell)):
            self.fetched.days[cell] = await nps_deeper.daily(
                self.session, self.workspace_id, dict(cell), date.min, _END
            )

    async def by(self, name: str, where: Cell, period: Period) -> dict[str, Counts]:
        """The counts of a cell in a period by value of another property."""
        by = nps_deeper.by if is_deep((*where, (name, ""))) else nps_counts.by
        return await by(self.session, self.workspace_id, name, dict(where), period.first, period.last)

    async def _fetch(self, wanted: _Wanted) -> None:
        if wanted.name is None or wanted.period is None:
            await self.days(around(wanted.cell))
            return
        found = await self.by(wanted.name, wanted.cell, wanted.period)
        self.fetched.parts[wanted.cell, wanted.name, wanted.period] = found


def is_deep(cell: Cell) -> bool:
    """Whether so many segments meet that only the answers themselves can tell."""
    return len(cell) > MOST_TOGETHER


def shown(cell: Cell, period: Period, showing: Showing) -> Period | None:
    """The rule for one cell, as `Ledger.decide` takes it: the part of the period that may be shown."""
    return showing.shown(cell, period)
