"""One of the top three, as people chose it and as it stands."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from stories.nps.counts import Counts
from stories.nps.periods import Calendar, Period, Unit, whole
from stories.values import dataclass

AT_MOST = 3
"""How many may be chosen for one quarter."""

LONGEST_DONE, LONGEST_NOTE = 300, 500
"""Characters of the sentence that says what done means, and of a note."""

Segment = tuple[tuple[str, str], ...]
"""Property and value, as answers of NPS carry them; empty for everybody."""


class State(StrEnum):
    """Where one of the top three is. Whatever was not dropped keeps its place until the quarter ends."""

    STANDING = "standing"
    DONE = "done"
    NOT_DONE = "not_done"
    DROPPED = "dropped"


class Happening(StrEnum):
    """What a line in the log of one of the top three tells."""

    CHOSEN = "chosen"
    PROGRESS = "progress"
    DONE = "done"
    NOT_DONE = "not_done"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """One line of the log: who said when what changed, or why."""

    what: Happening
    by: str
    at: datetime
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Priority:
    """One of a quarter's at most three.

    `quarter` is the quarter's first day, `last_day` its last. `theme_id` is None once nobody has the theme
    any more; `name` stays.
    `start` are the answers of the segment from the 91 days before it was chosen; None without any.
    `latest` is what was last said of it: a note on progress, or the sentence that it ended with.
    """

    id: int
    place: int
    theme_id: int | None
    name: str
    quarter: date
    last_day: date
    owner_id: str
    done_means: str
    segment: Segment
    start: Counts | None
    chosen_by: str
    chosen_on: date
    state: State
    latest: Note | None


def quarter_of(day: date, year_begins: int) -> Period:
    """The quarter of the company's year that a day lies in; `year_begins` is a month, 1 to 12."""
    return whole(Unit.QUARTER, day, Calendar(fiscal_start=year_begins))
