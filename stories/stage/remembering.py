"""Days on which a workspace remembers why it does what it does: the same day each year."""

from __future__ import annotations

from calendar import isleap
from datetime import date
from enum import StrEnum
from typing import Final

from stories.values import dataclass

LONGEST_WORDS: Final = 120
MOST_DAYS: Final = 100


class DayOf(StrEnum):
    """Whose day it is."""

    OURS = "ours"
    CUSTOMER = "customer"
    MILESTONE = "milestone"


@dataclass(frozen=True, slots=True, kw_only=True)
class Remembered:
    """A day that somebody chose: since when, and what it is called. `customer_id` for a customer's own."""

    id: int
    of: DayOf
    since: date
    words: str
    customer_id: int | None = None
    added_by: str


def comes_round(since: date, today: date) -> bool:
    """Whether the day comes round today; one of 29 February does on the 28th in a year without one."""
    if today < since:
        return False
    month_day = (since.month, since.day)
    if month_day == (2, 29) and not isleap(today.year):
        month_day = (2, 28)
    return (today.month, today.day) == month_day


def years(since: date, today: date) -> int:
    """How many years it has been on such a day; 0 on the very first."""
    return today.year - since.year
