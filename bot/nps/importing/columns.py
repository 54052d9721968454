"""One column of a table that is looked at: what its cells mostly are."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bot.nps.importing.moments import Moments, Order
from stories.values import dataclass

MOSTLY = 0.8
PARTLY = 0.4
"""The share of good cells that a column needs whose name says what it is."""

_FEW = 500
_FAR_FUTURE = datetime(9000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Column:
    """A column's name, and its cells as they were read."""

    name: str
    cells: tuple[str, ...]

    @property
    def filled(self) -> list[str]:
        """The cells that hold something, without spaces around it."""
        return [cell.strip() for cell in self.cells if cell.strip()]

    def mostly(self, fits: Callable[[str], bool], share: float = MOSTLY) -> bool:
        """Whether this share of the filled cells (0 to 1) fits, and there are any."""
        filled = self.filled
        return bool(filled) and sum(map(fits, filled)) >= share * len(filled)

    def is_dates(self, zone: ZoneInfo) -> bool:
        """Whether it holds dates; if the day or the month comes first does not matter here."""
        readers = [Moments(zone, order, _FAR_FUTURE) for order in Order]

        def reads(cell: str) -> bool:
            for reader in readers:
                try:
                    reader.read(cell)
                except ValueError:
                    continue
                return True
            return False

        return Column(self.name, tuple(self.filled[:_FEW])).mostly(reads, PARTLY)
