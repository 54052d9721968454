"""A company of 120 with 800 customers in nine time zones lives through a year on the real rules."""

from __future__ import annotations

import pytest

from benchmarks.rota_company import PLACES
from benchmarks.rota_year import Company
from stories.attention_hours import MOST_A_WEEK

PEOPLE, CUSTOMERS = 120, 800


@pytest.fixture(scope="module")
def company() -> Company:
    company = Company(PEOPLE, CUSTOMERS, seed=7)
    company.run()
    return company


def test_it_is_fair_on_both_sides(company: Company) -> None:
    assert len({place.time_zone for place, _tongue in PLACES}) == 9
    year = company.year
    shares = year.a_head(company.people, company.whole_year)
    assert sum(year.talks.values()) > 400
    assert shares.gini < 0.25, "against what each one's own rhythm asks for"
    assert max(year.heard.values()) <= 4, "no customer more often than their rest allows"
    assert year.at_once == 0
    assert year.missed > 20


def test_every_segment_is_heard_and_none_is_silent_for_long(company: Company) -> None:
    assert company.year.segments == {one.segment for one in company.contacts.values()}
    assert company.year.longest_silence < 120


def test_nobody_is_bothered(company: Company) -> None:
    year = company.year
    assert max(year.messages.values()) <= MOST_A_WEEK, "thanks, first times and letters among them"
    assert year.invitations > 600
    assert year.notes["reached"] > 200, "what came of stories reaches those who told them"
    assert 60 < year.notes["first_time"] <= len(company.people), "once a head at the most"
    assert year.notes["letter"] > 120
    assert (year.outside_hours, year.after_opting_out, year.after_taking_back) == (0, 0, 0)


def test_the_same_seed_gives_the_same_year() -> None:
    few = [Company(10, 30, seed=3).run().talks for _time in range(2)]
    assert few[0] == few[1]
