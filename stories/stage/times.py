"""When an event is, by its host's clock: kept as that clock shows it, with the zone, and never as an instant.

Rules of time zones change, and clocks are put forward between announcement and day: three in the afternoon in
Berlin stays three in the afternoon there.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

from stories.calendars import known_zone, zone_named
from stories.errors import UserError
from stories.language import _
from stories.values import dataclass

SOON: Final = timedelta(minutes=10)
"""How long before an event its last reminder comes."""

EARLIEST, LATEST = time(9), time(17)
"""Between these hours, where they are, people are reminded the day before."""


class Step(StrEnum):
    """What somebody who signed up hears next."""

    DAY = "day"
    SOON = "soon"


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """A day and a time of day (both without a zone), as clocks in `zone` (an IANA name) show them."""

    wall: datetime
    zone: str
    minutes: int

    @property
    def there(self) -> ZoneInfo:
        """The zone itself; UTC for one that nobody knows any more."""
        return known_zone(self.zone)

    @property
    def starts_at(self) -> datetime:
        """The instant in UTC, by the rules that hold for the zone today.

        A time that occurs twice is the first one; a time that is skipped, by a change of rules since, is as
        long after the change as it would have been.
        """
        return self.wall.replace(tzinfo=self.there, fold=0).astimezone(UTC)

    @property
    def ends_at(self) -> datetime:
        """When it is over, in UTC: `minutes` that really pass, whatever clocks show."""
        return self.starts_at + timedelta(minutes=self.minutes)


def chosen(on_day: date, at: time, zone: str, minutes: int) -> When:
    """What a host chose. Raises UserError for an unknown zone, and for a time that is skipped there."""
    zone_named(zone)
    when = When(wall=datetime.combine(on_day, at), zone=zone, minutes=minutes)
    shown = when.starts_at.astimezone(when.there)
    if shown.replace(tzinfo=None) != when.wall:
        said = _(
            "On that day clocks in {zone} are put forward and never show {time}. {next} is the next time."
        )
        raise UserError(said.format(zone=zone, time=f"{at:%H:%M}", next=f"{shown:%H:%M}"), field="at")
    return when


def day_before(starts_at: datetime, zone: str) -> datetime:
    """When somebody in this zone is reminded the day before, in UTC.

    On the day before where they are, at the time of the event by their clock, though not at night.
    """
    there = known_zone(zone)
    local = starts_at.astimezone(there)
    at = min(max(local.time(), EARLIEST), LATEST)
    return datetime.combine(local.date() - timedelta(days=1), at, tzinfo=there).astimezone(UTC)


def next_reminder(starts_at: datetime, zone: str, now: datetime) -> tuple[Step | None, datetime | None]:
    """What somebody in this zone is to hear next, strictly after now; (None, None) when there is nothing."""
    moments = {Step.DAY: day_before(starts_at, zone), Step.SOON: starts_at - SOON}
    coming = [(at, step) for step, at in moments.items() if at > now]
    at, step = min(coming, default=(None, None))
    return step, at
