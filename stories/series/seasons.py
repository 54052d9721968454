"""A season: which customers are followed, what each agreed to for it, and where it stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from stories.consent import Consent, Purpose, permits
from stories.names import within_text
from stories.series.episodes import Shape
from stories.values import dataclass

MOST = 8
"""How many customers one season follows at the most."""

LONGEST = timedelta(days=366)
"""A season lasts at most so long: then everybody is asked anew."""


class SeasonState(StrEnum):
    """RUNNING: episodes come. ENDED: told to its end, with what we changed. CLOSED: nobody is left in it."""

    RUNNING = "running"
    ENDED = "ended"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """A customer of a season and what they agreed to for it, at the moment of asking.

    `who` is what they may be called now, `named` whether that is their own name. `agreed`: they said yes
    since the season was opened, and that holds. `photo` and `voice`: that they may be shown, or heard, said
    in the same way each.
    """

    customer_id: int
    who: str
    segment: str
    added_at: datetime
    named: bool = False
    agreed: bool = False
    photo: bool = False
    voice: bool = False

    def called(self, who: str, *, named: bool) -> Followed:
        """The same customer, called so."""
        return replace(self, who=who, named=named)

    @property
    def in_sentence(self) -> str:
        """What they are called within a sentence, where an alias has to fit any case."""
        return self.who if self.named else within_text(self.who)


@dataclass(frozen=True, slots=True, kw_only=True)
class Season:
    """A season. `every_days` is how often it is looked whether there is an episode; `next_on` the next day.

    `opened_at` is since when a customer's yes counts for it; `began_with` how many customers it began with,
    so that one who left is missed without being named.
    """

    id: int
    number: int
    title: str
    state: SeasonState
    begins_on: date
    ends_on: date
    every_days: int
    next_on: date | None
    shape: Shape
    opened_at: datetime
    opened_by: str
    began_with: int = 0
    ended_at: datetime | None = None
    followed: tuple[Followed, ...] = ()

    @property
    def agreed(self) -> tuple[Followed, ...]:
        """Those who may be told of now."""
        return tuple(one for one in self.followed if one.agreed)

    @property
    def left(self) -> int:
        """How many of those it began with are no longer in it."""
        return max(0, self.began_with - len(self.agreed))


def agreed(records: Iterable[Consent], purpose: Purpose, season: Season, at: datetime) -> bool:
    """Whether a customer said yes to this for this season, and it holds: a yes from before does not count."""
    said = tuple(record for record in records if record.purpose is purpose)
    renewed = any(record.granted and season.opened_at <= record.recorded_at <= at for record in said)
    return renewed and permits(said, purpose, at)
