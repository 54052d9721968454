"""Dates and times as files write them; what can be read in two ways is told apart by the column, or asked."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from stories.language import _
from stories.patterns import late
from stories.values import dataclass

EARLIEST = 1990
"""The year before which no answer is believed: nobody asked the question then."""

_NOON = time(12)
_MONTHS = {"jan": 1, "feb": 2, "mar": 3, "apr": 4, "may": 5, "jun": 6} | {
    "jul": 7,
    "aug": 8,
    "sep": 9,
    "oct": 10,
    "nov": 11,
    "dec": 12,
}
_TIME = (
    r"(?:(?:,?\s+|T)(?P<time>\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)\s*(?P<half>[AaPp]\.?[Mm]\.?)?"
    r"\s*(?P<zone>Z|UTC|GMT|[+-]\d{2}:?\d{2})?)?"
)
_WEEKDAY, _MONTH = r"(?:[A-Za-z]{3,9},?\s+)?", r"(?P<month>[A-Za-z]{3,9})\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_NUMERIC = late(r"(?P<a>\d{1,2})(?P<mark>[/.-])(?P<b>\d{1,2})[/.-](?P<year>\d{4}|\d{2})" + _TIME)
_YEAR_FIRST = late(r"(?P<year>\d{4})[/.-](?P<month>\d{1,2})[/.-](?P<day>\d{1,2})" + _TIME)
_DAY_MONTH = late(_WEEKDAY + _DAY + r"[\s-]+" + _MONTH + r",?[\s-]+(?P<year>\d{4})" + _TIME)
_MONTH_DAY = late(_WEEKDAY + _MONTH + r"\s+" + _DAY + r",?\s+(?P<year>\d{4})" + _TIME)
_EPOCH = late(r"\d{10}(?:\d{3})?")


class Order(StrEnum):
    """How a column writes a day in numbers: which comes first where it does not begin with the year."""

    DAY_FIRST = "dmy"
    MONTH_FIRST = "mdy"


@dataclass(frozen=True, slots=True)
class Moment:
    """When something was answered; `day` where only the day was told, in the workspace's own zone."""

    at: datetime
    day: date | None = None


def orders_of(cells: Iterable[str]) -> set[Order]:
    """The orders in which every cell of a column can be read: both where nothing tells them apart.

    Dates with dots have the day first: nobody writes them otherwise.
    """
    fitting = set(Order)
    for cell in cells:
        found = _NUMERIC.fullmatch(cell.strip())
        if found and (int(found["a"]) > 12 or found["mark"] == "."):
            fitting.discard(Order.MONTH_FIRST)
        if found and int(found["b"]) > 12:
            fitting.discard(Order.DAY_FIRST)
    return fitting


def needs_order(cells: Iterable[str]) -> str | None:
    """The first cell that means two days, such as 03/04/2025; None when there is none."""
    for cell in cells:
        found = _NUMERIC.fullmatch(cell.strip())
        if found and found["mark"] != "." and found["a"].zfill(2) != found["b"].zfill(2):
            return cell.strip()
    return None


class Moments:
    """Reads the cells of one column; remembers days, of which there are far fewer than cells."""

    def __init__(self, zone: ZoneInfo, order: Order | None, now: datetime) -> None:
        self._zone, self._order = zone, order
        self._latest = now + timedelta(days=1)
        self._days: dict[str, Moment] = {}

    def read(self, cell: str) -> Moment:
        """When that was. Raises ValueError that says in words what is wrong."""
        known = self._days.get(cell)
        if known is not None:
            return known
        moment = self._read(cell.strip())
        if moment.at > self._latest:
            raise ValueError(_("that day is still to come"))
        if moment.at.year < EARLIEST:
            raise ValueError(_("that is before {year}").format(year=EARLIEST))
        if moment.day is not None:
            self._days[cell] = moment
        return moment

    def _read(self, cell: str) -> Moment:
        if not cell:
            raise ValueError(_("there is no date"))
        if len(cell) > len("2025-01-01") and cell[4] == "-":
            try:
                return self._iso(cell)
            except ValueError:
                pass
        if _EPOCH.fullmatch(cell):
            return Moment(datetime.fromtimestamp(int(cell[:10]), UTC))
        parts = _parts(cell, self._order)
        if parts is None:
            raise ValueError(_("this is no date that Firsthand can read: write 2025-03-31, or with a time"))
        return self._moment(*parts)

    def _moment(self, day: date, found: re.Match[str]) -> Moment:
        if found["time"] is None:
            return Moment(datetime.combine(day, _NOON, self._zone), day)
        at = datetime.combine(day, _time(found["time"], found["half"]))
        zone = found["zone"]
        if zone is None:
            return self._aware(at)
        offset = "+00:00" if zone in {"Z", "UTC", "GMT"} else zone
        try:
            return Moment(datetime.fromisoformat(f"{at.isoformat()}{offset}"))
        except ValueError:
            raise ValueError(_("there is no such time")) from None

    def _iso(self, cell: str) -> Moment:
        """What most tools write. Raises ValueError for anything else."""
        if cell.endswith(" UTC"):
            return Moment(datetime.fromisoformat(cell[:-4]).replace(tzinfo=UTC))
        return self._aware(datetime.fromisoformat(cell))

    def _aware(self, at: datetime) -> Moment:
        """A time without a zone is the workspace's own; one that never came is as much later."""
        return Moment(at if at.tzinfo else at.replace(tzinfo=self._zone))


def _parts(cell: str, order: Order | None) -> tuple[date, re.Match[str]] | None:
    """The day, and the match with the time. Raises ValueError for a day that there never was."""
    if found := _YEAR_FIRST.fullmatch(cell):
        return _day(found["year"], int(found["month"]), found["day"]), found
    if found := _NUMERIC.fullmatch(cell):
        first_is_day = order is Order.DAY_FIRST or (order is None and found["mark"] == ".")
        day, month = (found["a"], found["b"]) if first_is_day else (found["b"], found["a"])
        if order is None and found["mark"] != "." and found["a"].zfill(2) != found["b"].zfill(2):
            raise ValueError(_("this means two days: say whether the day or the month comes first"))
        return _day(found["year"], int(month), day), found
    for pattern in (_DAY_MONTH, _MONTH_DAY):
        found = pattern.fullmatch(cell)
        month_number = _MONTHS.get(found["month"].lower()[:3]) if found else None
        if found and month_number:
            return _day(found["year"], month_number, found["day"]), found
    return None


def _day(year: str, month: int, day: str) -> date:
    full = int(year) + (2000 if len(year) == 2 else 0)
    try:
        return date(full, month, int(day))
    except ValueError:
        raise ValueError(_("there was no such day")) from None


def _time(clock: str, half: str | None) -> time:
    hours, minutes, *rest = clock.split(":")
    hour = int(hours)
    if half:
        if not 1 <= hour <= 12:
            raise ValueError(_("there is no such time"))
        hour = hour % 12 + (12 if half[0] in "pP" else 0)
    seconds = float(rest[0]) if rest else 0.0
    try:
        return time(hour, int(minutes), int(seconds), int(seconds % 1 * 1_000_000))
    except ValueError:
        raise ValueError(_("there is no such time")) from None
