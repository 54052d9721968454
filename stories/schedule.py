"""When a channel's digest is next due: in the channel's own time, told as an instant in UTC."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from stories.calendars import check_country, is_holiday, zone_named
from stories.errors import UserError
from stories.language import _
from stories.values import dataclass

DEFAULT_LIMIT = timedelta(hours=6)
"""How late a missed digest may still be caught up."""

_HORIZON_DAYS = 400
"""Looking a year and a bit ahead meets every weekday outside every holiday, if there is such a day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestTimes:
    """On which days and at what local time a channel hears stories.

    `days` are weekdays, Monday 0 to Sunday 6, at least one. `at` is a local time of day. `time_zone` is
    an IANA name. `country` is an ISO code, optionally with a part ("DE-BY"), whose public holidays are
    quiet; None keeps none. Raises UserError naming the field, the value and the nearest valid ones.
    """

    days: frozenset[int]
    at: time
    time_zone: str
    country: str | None = None

    def __post_init__(self) -> None:
        if not self.days or not self.days <= frozenset(range(7)):
            raise UserError(_("Choose at least one day of the week for the digest."), field="days")
        if self.at.tzinfo is not None:
            raise ValueError("`at` is a local time of day and has no zone of its own.")
        zone_named(self.time_zone)
        if self.country is not None:
            check_country(self.country)

    @property
    def zone(self) -> ZoneInfo:
        """The zone itself (the standard library keeps one object a name)."""
        return ZoneInfo(self.time_zone)


def next_due(times: DigestTimes, after: datetime) -> datetime:
    """The first moment strictly after `after` (aware) at which the digest is due, in UTC.

    A local time that a clock change skips moves forward to the first that exists; should that be
    another day, that day has no digest. A local time that occurs twice counts the first time only.
    Public holidays of the country are left out. Raises UserError when no day of a year is left.
    """
    zone = times.zone
    # One day back, so that an instant right at a change of date over a zone's jump is not missed.
    day = after.astimezone(zone).date() - timedelta(days=1)
    for _step in range(_HORIZON_DAYS):
        if day.weekday() in times.days and not is_holiday(times.country, day):
            due = _moment(day, times.at, zone)
            if due is not None and due > after:
                return due
        day += timedelta(days=1)
    raise UserError(
        _("Every chosen day is a public holiday in {country}. Choose another day.").format(
            country=times.country
        ),
        field="days",
    )


def slot_of(times: DigestTimes, due: datetime) -> str:
    """The name of one day's digest, such as "digest:2026-11-22": the same however its time is changed."""
    return f"digest:{local_day(times, due).isoformat()}"


def local_day(times: DigestTimes, moment: datetime) -> date:
    """Which day it is in the channel's zone."""
    return moment.astimezone(times.zone).date()


def is_stale(times: DigestTimes, due: datetime, now: datetime, limit: timedelta = DEFAULT_LIMIT) -> bool:
    """Whether a digest that was due is too old to be caught up.

    It is still news on the same local day and within `limit` of when it was due.
    """
    return now - due > limit or local_day(times, now) != local_day(times, due)


def _moment(day: date, at: time, zone: ZoneInfo) -> datetime | None:
    """The first instant at which clocks there show `at` or, if they skip it, later on that same day."""
    local = datetime.combine(day, at)
    first = local.replace(tzinfo=zone, fold=0).astimezone(UTC)
    if first.astimezone(zone).replace(tzinfo=None) == local:
        return first
    landed = _end_of_gap(local, zone)
    return landed if landed.astimezone(zone).date() == day else None


def _end_of_gap(local: datetime, zone: ZoneInfo) -> datetime:
    """The instant of the clock change that skips `local`, to the second.

    PEP 495: inside a gap, fold=1 lands before the change and fold=0 after it; halving finds the change.
    """
    before = int(local.replace(tzinfo=zone, fold=1).timestamp())
    after = int(local.replace(tzinfo=zone, fold=0).timestamp())
    while after - before > 1:
        middle = (before + after) // 2
        shown = datetime.fromtimestamp(middle, UTC).astimezone(zone).replace(tzinfo=None)
        before, after = (before, middle) if shown >= local else (middle, after)
    return datetime.fromtimestamp(after, UTC)
