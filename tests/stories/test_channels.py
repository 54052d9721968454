from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stories.channels import (
    ChannelSettings,
    ChannelState,
    Snooze,
    StopReason,
    due_digest,
    next_time,
    snooze_end,
)
from stories.digest import DigestSettings
from stories.schedule import DEFAULT_LIMIT, DigestTimes, is_stale, next_due, slot_of

NOW = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)
DAY = timedelta(days=1)
LONDON = DigestTimes(days=frozenset(range(5)), at=time(9), time_zone="Europe/London")
ZONES = [
    "Europe/London",
    "America/New_York",
    "Asia/Kolkata",
    "Pacific/Auckland",
    "Australia/Lord_Howe",
    "UTC",
]

schedules = st.builds(
    DigestTimes,
    days=st.sets(st.integers(0, 6), min_size=1).map(frozenset),
    at=st.times(),
    time_zone=st.sampled_from(ZONES),
)
moments = st.timedeltas(timedelta(0), timedelta(days=700)).map(lambda since: NOW + since)


def channel(times: DigestTimes = LONDON) -> ChannelSettings:
    return ChannelSettings(channel_id="C1", set_up_by="U1", times=times, digest=DigestSettings())


def test_a_stopped_channel_is_never_due_and_a_started_one_is_again() -> None:
    stopped = channel().quiet(ChannelState.STOPPED, StopReason.SHARED)
    assert next_time(stopped, NOW) is None
    assert due_digest(stopped, NOW) is None
    started = stopped.started(NOW)
    assert (started.state, started.stopped_because) == (ChannelState.ON, None)
    assert started.next_at == NOW + DAY


def test_skipping_the_next_one_skips_one_and_a_week_skips_a_week() -> None:
    on = channel().started(NOW)
    skipped = on.snoozed(snooze_end(on, Snooze.NEXT, NOW), NOW)
    assert skipped.next_at == NOW + 2 * DAY
    assert on.snoozed(snooze_end(on, Snooze.WEEK, NOW), NOW).next_at == NOW + 8 * DAY
    assert skipped.snoozed(None, NOW).next_at == on.next_at


def test_a_snooze_survives_a_change_of_settings_but_wakes_nothing_that_is_paused() -> None:
    on = channel().started(NOW)
    snoozed = on.snoozed(snooze_end(on, Snooze.WEEK, NOW), NOW)
    assert snoozed.started(NOW).next_at == NOW + 8 * DAY
    paused = snoozed.quiet(ChannelState.PAUSED)
    assert paused.snoozed(None, NOW).next_at is None


def test_a_digest_is_caught_up_within_hours_and_skipped_when_stale() -> None:
    on = channel().started(NOW)
    assert due_digest(on, NOW) is None
    assert due_digest(on, NOW + DAY) == NOW + DAY
    assert due_digest(on, NOW + DAY + DEFAULT_LIMIT) == NOW + DAY
    assert due_digest(on, NOW + DAY + DEFAULT_LIMIT + timedelta(minutes=1)) is None


@given(times=schedules, start=moments, jump=st.timedeltas(timedelta(0), timedelta(days=90)))
def test_however_far_the_clock_jumps_one_digest_at_most_comes_and_it_is_the_latest(
    times: DigestTimes, start: datetime, jump: timedelta
) -> None:
    on = channel(times).started(start)
    now = start + jump
    due = due_digest(on, now)
    assert on.next_at is not None
    if due is None:
        news = next_due(times, max(start, now - DEFAULT_LIMIT))
        assert news > now or is_stale(times, news, now), "nothing that is still news is missed"
    else:
        assert on.next_at <= due <= now
        assert not is_stale(times, due, now)
    assert due_digest(on.started(now), now) is None, "and not a second time"


@given(
    times=schedules,
    start=moments,
    steps=st.lists(st.timedeltas(timedelta(minutes=1), timedelta(days=3)), max_size=40),
)
def test_no_day_has_two_digests_whatever_the_clock_does(
    times: DigestTimes, start: datetime, steps: list[timedelta]
) -> None:
    current, now, slots = channel(times).started(start), start, []
    for step in steps:
        now += step
        due = due_digest(current, now)
        if due is not None:
            slots.append(slot_of(times, due))
        if current.next_at is not None and current.next_at <= now:
            current = current.started(now)
    assert len(slots) == len(set(slots))


@pytest.mark.parametrize("after", [DAY, 7 * DAY, 30 * DAY])
def test_jumping_to_nine_in_the_morning_always_brings_one(after: timedelta) -> None:
    on = channel(DigestTimes(days=frozenset(range(7)), at=time(9), time_zone="UTC")).started(NOW)
    assert due_digest(on, NOW + after) == NOW + after
