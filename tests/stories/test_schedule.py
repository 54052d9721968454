from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stories.calendars import is_holiday
from stories.errors import UserError
from stories.schedule import DigestTimes, is_stale, next_due, slot_of

WEEKDAYS = frozenset(range(5))
EVERY_DAY = frozenset(range(7))
ZONES = sorted(available_timezones())


def times(
    at: str = "09:00",
    zone: str = "Europe/Berlin",
    days: frozenset[int] = EVERY_DAY,
    country: str | None = None,
) -> DigestTimes:
    return DigestTimes(days=days, at=time.fromisoformat(at), time_zone=zone, country=country)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_nine_in_the_morning_is_nine_by_the_channels_clock() -> None:
    assert next_due(times(), utc("2026-11-22 00:00")) == utc("2026-11-22 08:00")
    assert next_due(times(), utc("2026-07-22 00:00")) == utc("2026-07-22 07:00")


def test_the_moment_itself_has_passed() -> None:
    assert next_due(times(), utc("2026-11-22 08:00")) == utc("2026-11-23 08:00")


def test_only_chosen_weekdays_are_told() -> None:
    friday_noon = utc("2026-11-20 12:00")
    assert next_due(times(days=WEEKDAYS), friday_noon) == utc("2026-11-23 08:00")


def test_a_time_that_a_clock_change_skips_moves_to_the_first_that_exists() -> None:
    assert next_due(times("02:30"), utc("2026-03-28 12:00")) == utc("2026-03-29 01:00")
    assert next_due(times("02:30"), utc("2026-03-29 01:00")) == utc("2026-03-30 00:30")


def test_a_time_that_occurs_twice_fires_the_first_time_only() -> None:
    first = next_due(times("02:30"), utc("2026-10-24 12:00"))
    assert first == utc("2026-10-25 00:30")
    assert next_due(times("02:30"), first) == utc("2026-10-26 01:30")


def test_a_day_that_a_zone_left_out_has_no_digest() -> None:
    samoa = times("09:00", "Pacific/Apia")
    thursday = next_due(samoa, utc("2011-12-29 00:00"))
    assert slot_of(samoa, thursday) == "digest:2011-12-29"
    assert slot_of(samoa, next_due(samoa, thursday)) == "digest:2011-12-31"


def test_public_holidays_are_quiet() -> None:
    bavaria = times(country="DE-BY")
    assert next_due(bavaria, utc("2026-01-05 12:00")) == utc("2026-01-07 08:00")
    assert next_due(times(), utc("2026-01-05 12:00")) == utc("2026-01-06 08:00")


@pytest.mark.parametrize("days", [frozenset[int](), frozenset({7}), frozenset({-1, 2})])
def test_a_digest_needs_a_day_of_the_week(days: frozenset[int]) -> None:
    with pytest.raises(UserError, match="at least one day"):
        times(days=days)


def test_unknown_places_are_refused_with_the_nearest() -> None:
    with pytest.raises(UserError, match="America/New_York"):
        times(zone="America/NewYork")
    with pytest.raises(UserError, match="DE-BY"):
        times(country="DE-BX")


def test_a_missed_digest_is_caught_up_the_same_day_only() -> None:
    due = utc("2026-11-22 08:00")
    assert not is_stale(times(), due, due)
    assert not is_stale(times(), due, due + timedelta(hours=6))
    assert is_stale(times(), due, due + timedelta(hours=6, seconds=1))
    late = next_due(times("22:00"), due)
    assert not is_stale(times("22:00"), late, late + timedelta(minutes=119))
    assert is_stale(times("22:00"), late, late + timedelta(minutes=121))


schedules = st.builds(
    DigestTimes,
    days=st.frozensets(st.integers(0, 6), min_size=1),
    at=st.times().map(lambda t: t.replace(microsecond=0, second=0)),
    time_zone=st.sampled_from(ZONES),
    country=st.sampled_from([None, "DE-BY", "US", "JP", "FR", "BR"]),
)
instants = st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 (bounds)


@settings(max_examples=50, deadline=None)
@given(schedules, instants)
def test_every_due_time_is_the_right_time_on_a_chosen_day(wanted: DigestTimes, after: datetime) -> None:
    slots = []
    for _ in range(4):
        due = next_due(wanted, after)
        assert due > after
        assert due.tzinfo is UTC
        local = due.astimezone(ZoneInfo(wanted.time_zone))
        assert local.weekday() in wanted.days
        assert not is_holiday(wanted.country, local.date())
        assert_first_showing(wanted, due)
        slots.append(slot_of(wanted, due))
        after = due
    assert len(set(slots)) == len(slots)


def assert_first_showing(wanted: DigestTimes, due: datetime) -> None:
    """Clocks show the wanted time or the end of the gap that skipped it, and never did so before."""
    zone = ZoneInfo(wanted.time_zone)
    shown = due.astimezone(zone).replace(tzinfo=None)
    target = datetime.combine(shown.date(), wanted.at)
    second_before = (due - timedelta(seconds=1)).astimezone(zone).replace(tzinfo=None)
    assert shown >= target > second_before
    hour_before = {(due - timedelta(minutes=m)).astimezone(zone).replace(tzinfo=None) for m in range(1, 181)}
    assert target not in hour_before


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(ZONES), st.times().map(lambda t: t.replace(microsecond=0)), st.integers(1995, 2080))
def test_no_day_of_a_year_is_told_twice_or_missed(zone: str, at: time, year: int) -> None:
    daily = DigestTimes(days=EVERY_DAY, at=at, time_zone=zone, country=None)
    due = datetime(year, 1, 1, tzinfo=UTC)
    days: list[date] = []
    for _ in range(120):
        due = next_due(daily, due)
        days.append(due.astimezone(ZoneInfo(zone)).date())
    steps = {(later - earlier).days for earlier, later in pairwise(days)}
    # Two only where a change of clocks swallows the rest of a day, or a zone left a day out.
    assert steps <= {1, 2}
