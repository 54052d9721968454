"""Links read by the grammar of `/nps`, trends as places in a picture, emojis as letters."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.centre.chart import HEIGHT, WIDTH, chart
from bot.centre.filters import Asked, asked_of, understood, values_of
from bot.centre.projects import drawn
from bot.nps.facts import Point
from stories.nps.counts import Counts
from stories.nps.grammar import Vocabulary
from stories.nps.periods import Calendar, Period, Unit

TODAY = date(2026, 11, 22)
KNOWN = Vocabulary(
    {
        "segment": ("Enterprise", "Small business"),
        "plan": ("Pro", "Basic"),
        "product": ("Billing", "Chat"),
        "region": ("EMEA", "Last month", "Pro"),
    }
)


def narrowed(**query: str) -> tuple[dict[str, str], str, list[tuple[str, tuple[str, ...]]]]:
    found = understood(asked_of(query), KNOWN, TODAY, Calendar())
    return dict(found.cell), found.period.words, [(one.field, one.nearest) for one in found.wrong]


def test_a_link_means_what_the_same_words_mean_in_slack() -> None:
    assert narrowed() == ({}, "last 13 weeks", [])
    assert narrowed(segment="enterprise")[0] == {"segment": "Enterprise"}
    assert narrowed(segment="enterprze")[0] == {"segment": "Enterprise"}
    assert narrowed(product="biling", segment="EMEA")[0] == {"product": "Billing", "region": "EMEA"}
    assert narrowed(period="last quarter")[1] == "last quarter"


def test_what_means_nothing_here_is_left_out_with_the_nearest_that_does() -> None:
    assert narrowed(product="bill chat") == ({}, "last 13 weeks", [("product", ("Billing", "Chat"))])
    assert narrowed(segment="enter")[2] == [("segment", ("Enterprise",))]
    assert narrowed(segment="pro")[2] == [("segment", ('"plan":"Pro"', '"region":"Pro"'))]
    assert narrowed(segment="last month")[2] == [("segment", ('"region":"Last month"',))]
    for words in ("pro vs basic", "by plan", "trend", "help", "worth revenue", "voices"):
        assert [field for field, _near in narrowed(segment=words)[2]] == ["segment"], words
    assert narrowed(segment="emea enterprise", product="chat")[2][0][0] == "segment", "one property too many"
    assert narrowed(period="soonish")[2] == [("period", ("last month", "last 13 weeks"))]


def test_every_value_that_is_offered_is_understood_as_itself() -> None:
    for name, values in values_of(KNOWN):
        for value, link in values:
            assert narrowed(segment=link)[0] == {name: value}


@settings(max_examples=12)
@given(st.dictionaries(st.sampled_from(["segment", "product", "period", "look", "view", "x"]), st.text()))
def test_whatever_a_link_says_it_is_read_and_says_the_same_again(query: dict[str, str]) -> None:
    asked = asked_of(query)
    found = understood(asked, KNOWN, TODAY, Calendar())
    assert len(found.cell) <= 2
    assert asked.but(segment="", product="", period="", look="", view="") == ""
    assert asked.look in ("", "light", "dark")


def test_a_link_keeps_what_is_not_changed() -> None:
    asked = Asked(segment="a&b c", look="dark")
    assert asked.but(view="projector") == "?segment=a%26b+c&look=dark&view=projector"


def week(number: int, counts: Counts | None) -> Point:
    first = date(2026, 8, 3) + timedelta(weeks=number)
    return Point(period=Period(first=first, last=first + timedelta(days=6), unit=Unit.WEEK), counts=counts)


def test_a_trend_is_drawn_within_its_picture_and_pretends_nothing_where_too_few_answered() -> None:
    some = Counts(promoters=20, passives=5, detractors=9)
    points = [
        week(0, some),
        week(1, None),
        week(2, some),
        week(3, Counts(promoters=30, passives=1)),
        week(4, None),
    ]
    picture = chart(points)
    assert picture is not None
    assert [len(run) for run in picture.runs] == [1, 2]
    for run in picture.runs:
        for dot in run:
            assert 0 <= dot.high <= dot.y <= dot.low <= HEIGHT
            assert 0 <= dot.x <= WIDTH
        assert picture.band(run).endswith("Z")
    assert picture.line(picture.runs[1]).count("L") == 1
    assert all(low < high for (low, _), (high, _) in zip(picture.levels, picture.levels[1:], strict=False))
    assert chart([week(0, some), week(1, None)]) is None


def test_an_emoji_is_drawn_where_unicode_knows_it_by_slacks_name() -> None:
    assert drawn(":seedling:", "Mair") == "🌱"
    assert drawn(":bear:", "Mair") == "🐻"
    assert drawn(":our-own_logo:", "mair") == "M"
    assert drawn("", "") == "·"
