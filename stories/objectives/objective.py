"""A customer-insight objective: in one's own words, for a period, of one of three kinds."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from stories.errors import UserError
from stories.language import _
from stories.nps.periods import DAY, Calendar, Unit, starting, whole
from stories.text import clean, says_something
from stories.values import dataclass

LONGEST_WORDS: Final = 300
LONGEST_NOTE: Final = 2_000
LONGEST_PERIOD: Final = timedelta(days=366 * 2)


class Aim(StrEnum):
    """What an objective is for. Any of the three fulfils it, whichever was meant at first."""

    GATHERING = "gathering"
    MAKING_SENSE = "making_sense"
    CHANGING = "changing"


class Span(StrEnum):
    """For how long, as people choose it."""

    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"
    DATES = "dates"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewObjective:
    """What somebody set out to do. `first` and `last` are the period's days, both in it."""

    words: str
    aim: Aim
    first: date
    last: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Objective(NewObjective):
    """One that is kept. `struck` are the keys of lines its owner wants on no page, `note` their own words."""

    id: int
    user_id: str
    struck: tuple[str, ...] = ()
    note: str = ""


def days_of(span: Span, today: date, fiscal: Calendar) -> tuple[date, date]:
    """The first and the last day of the quarter, half-year or year in which a day lies.

    Raises ValueError for `Span.DATES`, which says its own.
    """
    if span is Span.DATES:
        raise ValueError("dates say their own days")
    if span is Span.HALF:
        return _half(today, fiscal)
    found = whole(Unit.QUARTER if span is Span.QUARTER else Unit.YEAR, today, fiscal)
    return found.first, found.last


def new_objective(words: str, aim: Aim, first: date | None, last: date | None) -> NewObjective:
    """The objective of what somebody typed. Raises UserError that names the field and the fix."""
    said = clean(words)
    if not says_something(said):
        raise UserError(_("A sentence, please: what would you like to do?"), field="words")
    if len(said) > LONGEST_WORDS:
        wrong = _("This is {length} characters; {most} fit here. Please shorten it.")
        raise UserError(wrong.format(length=len(said), most=LONGEST_WORDS), field="words")
    if first is None:
        raise UserError(_("Please choose the first day."), field="first")
    if last is None:
        raise UserError(_("Please choose the last day."), field="last")
    if last < first:
        raise UserError(_("The last day comes before the first; please choose a later one."), field="last")
    if last - first > LONGEST_PERIOD:
        raise UserError(_("That is longer than two years; please choose an earlier day."), field="last")
    return NewObjective(words=said, aim=aim, first=first, last=last)


def _half(today: date, fiscal: Calendar) -> tuple[date, date]:
    year = whole(Unit.YEAR, today, fiscal)
    # The second half begins 190 days on, give or take: the quarter of that day is its first.
    second = starting(Unit.QUARTER, year.first + timedelta(days=190), fiscal)
    return (year.first, second - DAY) if today < second else (second, year.last)
