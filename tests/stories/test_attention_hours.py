"""When a channel or a person may be addressed: hours, working days, weeks and nights where they are."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

from stories.attention_hours import channel_hours, person_hours
from stories.schedule import DigestTimes

MONDAY = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)
LONDON = DigestTimes(days=frozenset(range(5)), at=time(9), time_zone="Europe/London", country="GB")


def test_a_channel_is_addressed_at_its_own_hour_on_working_days() -> None:
    before = channel_hours(LONDON, MONDAY - timedelta(minutes=1))
    assert (before.opens, before.window) == (MONDAY, "day:2026-11-16")
    at_nine = channel_hours(LONDON, MONDAY)
    assert at_nine.opens <= MONDAY
    assert at_nine.next_opens == MONDAY + timedelta(days=1)
    evening = channel_hours(LONDON, MONDAY + timedelta(hours=7))
    assert evening.opens == MONDAY + timedelta(days=1)
    saturday = channel_hours(LONDON, MONDAY + timedelta(days=5))
    assert saturday.opens == MONDAY + timedelta(days=7)


def test_weekends_and_holidays_are_those_of_the_country() -> None:
    christmas = channel_hours(LONDON, datetime(2026, 12, 25, 10, tzinfo=UTC))
    assert christmas.opens == datetime(2026, 12, 29, 9, tzinfo=UTC)
    riyadh = replace(LONDON, time_zone="Asia/Riyadh", country="SA", days=frozenset({6}))
    friday = channel_hours(riyadh, datetime(2026, 11, 20, 9, tzinfo=UTC))
    assert friday.opens == datetime(2026, 11, 22, 6, tzinfo=UTC)


def test_a_channel_that_hears_digests_on_saturdays_is_addressed_then() -> None:
    weekend = replace(LONDON, days=frozenset({5}))
    saturday = MONDAY + timedelta(days=5)
    assert channel_hours(weekend, saturday).opens <= saturday


def test_a_snooze_holds_everything_back() -> None:
    later = channel_hours(LONDON, MONDAY, after=MONDAY + timedelta(days=7))
    assert later.opens == MONDAY + timedelta(days=8)


def test_a_person_is_left_alone_at_night_where_they_are() -> None:
    night = person_hours("Asia/Tokyo", MONDAY + timedelta(hours=3))
    assert night.opens == datetime(2026, 11, 16, 23, tzinfo=UTC)
    assert person_hours("Asia/Tokyo", night.opens).opens == night.opens
    assert person_hours("Moon/Crater", MONDAY).opens == MONDAY


def test_a_persons_week_begins_on_their_own_monday() -> None:
    sunday_in_utc = datetime(2026, 11, 15, 23, 30, tzinfo=UTC)
    assert person_hours("Europe/Berlin", sunday_in_utc).window == "week:2026-W47"
    assert person_hours("America/New_York", sunday_in_utc).window == "week:2026-W46"
    assert person_hours("Europe/London", MONDAY).next_opens == datetime(2026, 11, 23, 8, tzinfo=UTC)


def test_the_week_around_new_year_is_one() -> None:
    eve, day = datetime(2026, 12, 31, 12, tzinfo=UTC), datetime(2027, 1, 1, 12, tzinfo=UTC)
    assert person_hours("UTC", eve).window == person_hours("UTC", day).window == "week:2026-W53"


def test_what_was_missed_is_made_up_within_six_hours_of_the_same_day() -> None:
    late = replace(LONDON, at=time(22))
    assert channel_hours(late, MONDAY.replace(hour=23)).opens <= MONDAY.replace(hour=23)
    past_midnight = MONDAY.replace(day=17, hour=0, minute=30)
    assert channel_hours(late, past_midnight).opens == MONDAY.replace(day=17, hour=22)
