"""When the demo's morning is, and that the past it tells is over."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from demo.company import load_company
from demo.wiring import digest_times, this_morning
from demo.workspace import workspace_of
from stories.schedule import next_due

TIMES = digest_times(load_company())
NEW_YEAR = datetime(2026, 1, 1, 12, tzinfo=UTC)


def test_whatever_day_it_is_there_is_a_digest_this_morning_and_tomorrow() -> None:
    for day in range(370):
        now = NEW_YEAR + timedelta(days=day)
        morning = this_morning(TIMES, now)
        assert morning <= now
        assert now - morning < timedelta(days=8), "the demo is set in this week or the last"
        tomorrow = next_due(TIMES, morning)
        assert tomorrow - morning <= timedelta(hours=25)


def test_on_a_friday_the_demo_is_set_on_thursday_because_saturday_has_no_digest() -> None:
    friday = datetime(2026, 11, 20, 15, tzinfo=UTC)
    assert this_morning(TIMES, friday) == datetime(2026, 11, 19, 9, tzinfo=UTC)


def test_the_page_says_that_everything_is_made_up() -> None:
    company = load_company()
    assert workspace_of(company, NEW_YEAR).notice == company.about.notice
