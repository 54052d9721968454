"""Events by their host's clock: over changes of the clock, and where a clock skips or repeats an hour."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stories.errors import UserError
from stories.stage.times import SOON, Step, When, chosen, day_before, next_reminder

ZONES = ("Europe/Berlin", "Europe/London", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "UTC")


def utc(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=UTC)


def test_three_in_berlin_stays_three_in_berlin_on_both_sides_of_the_change() -> None:
    before, after = (chosen(date(2027, 3, day), time(15), "Europe/Berlin", 60) for day in (27, 28))
    assert (before.starts_at, after.starts_at) == (utc(2027, 3, 27, 14), utc(2027, 3, 28, 13))


def test_a_time_that_is_skipped_is_refused_with_the_next_one() -> None:
    with pytest.raises(UserError, match=r"never show 02:30\. 03:30 is the next") as refused:
        chosen(date(2027, 3, 28), time(2, 30), "Europe/Berlin", 60)
    assert refused.value.field == "at"
    with pytest.raises(UserError, match="no time zone"):
        chosen(date(2027, 3, 28), time(9), "Mars/Olympus", 60)


def test_a_time_that_comes_twice_is_the_first_one_and_an_hour_lasts_an_hour() -> None:
    twice = chosen(date(2027, 10, 31), time(2, 30), "Europe/Berlin", 60)
    assert twice.starts_at == utc(2027, 10, 31, 0, 30)
    assert twice.ends_at == utc(2027, 10, 31, 1, 30)


def test_the_day_before_is_each_ones_own_and_not_at_night() -> None:
    starts_at = utc(2027, 3, 28, 13)
    assert day_before(starts_at, "Europe/London") == utc(2027, 3, 27, 14), (
        "two by both clocks, 23 hours before"
    )
    assert day_before(starts_at, "America/New_York") == utc(2027, 3, 27, 13)
    assert day_before(starts_at, "Asia/Tokyo") == utc(2027, 3, 27, 8), "at five, not at ten in the evening"
    there = day_before(starts_at, "Pacific/Auckland")
    assert there == utc(2027, 3, 27, 20), "two in the morning of the 29th there: at nine on the 28th"


def test_whoever_signs_up_late_is_reminded_of_what_is_left() -> None:
    starts_at = utc(2026, 11, 20, 15)
    assert next_reminder(starts_at, "UTC", utc(2026, 11, 18)) == (Step.DAY, utc(2026, 11, 19, 15))
    assert next_reminder(starts_at, "UTC", utc(2026, 11, 19, 15)) == (Step.SOON, starts_at - SOON)
    assert next_reminder(starts_at, "UTC", starts_at - SOON) == (None, None)


@given(
    wall=st.datetimes(min_value=datetime(2026, 1, 1), max_value=datetime(2030, 1, 1)),  # noqa: DTZ001 wall clocks
    zone=st.sampled_from(ZONES),
    theirs=st.sampled_from(ZONES),
)
def test_a_reminder_is_always_on_the_day_before_and_by_day(wall: datetime, zone: str, theirs: str) -> None:
    when = When(wall=wall.replace(second=0, microsecond=0), zone=zone, minutes=60)
    local = when.starts_at.astimezone(ZoneInfo(theirs))
    reminded = day_before(when.starts_at, theirs).astimezone(ZoneInfo(theirs))
    assert reminded.date() == local.date() - timedelta(days=1)
    assert time(9) <= reminded.time() <= time(17)
    assert reminded < when.starts_at - SOON
