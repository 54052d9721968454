"""What came of a simulated year on the rota."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime

from stories.rota.figures import Spread, spread
from stories.rota.people import Employee


@dataclass(slots=True)
class Underway:
    """A conversation on its way."""

    user_id: str
    customer_id: int
    at: datetime
    partner: str | None = None
    tries: int = 0
    accepted: bool = False
    written: datetime | None = None


@dataclass(slots=True)
class Note:
    """A private message of another kind than the rota's: thanks, a first time, a letter; news until then."""

    user_id: str
    kind: str
    since: datetime
    fresh_until: datetime


@dataclass(slots=True)
class Year:
    """What came of it. `notes`: thanks, first times and letters that went. The last four must never be."""

    talks: Counter[str] = field(default_factory=Counter)
    heard: Counter[int] = field(default_factory=Counter)
    segments: set[str] = field(default_factory=set)
    unheard: dict[str, date] = field(default_factory=dict)
    longest_silence: int = 0
    by_seniority: Counter[str] = field(default_factory=Counter)
    messages: Counter[tuple[str, str]] = field(default_factory=Counter)
    notes: Counter[str] = field(default_factory=Counter)
    invitations: int = 0
    missed: int = 0
    outside_hours: int = 0
    after_opting_out: int = 0
    after_taking_back: int = 0
    at_once: int = 0

    def hears(self, segment: str, begins: date, day: date) -> None:
        """A segment is heard on this day."""
        self.longest_silence = max(self.longest_silence, (day - self.unheard.get(segment, begins)).days)
        self.unheard[segment] = day
        self.segments.add(segment)

    def ends(self, segments: set[str], begins: date, day: date) -> None:
        """The year is over: what was not heard since counts too."""
        for segment in segments:
            self.longest_silence = max(self.longest_silence, (day - self.unheard.get(segment, begins)).days)

    def a_head(self, people: dict[str, Employee], whole_year: set[str]) -> Spread:
        """Conversations of those who were there all year, in percent of what their own rhythm asks for."""
        shares = [100 * self.talks[user] * people[user].every_weeks // 52 for user in sorted(whole_year)]
        return spread(shares)
