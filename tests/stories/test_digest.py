from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stories.digest import (
    FRESH_FOR,
    RETELL_AFTER,
    Candidate,
    DigestSettings,
    Heard,
    appreciation_of,
    choose,
    score,
    topics,
)
from stories.errors import UserError

NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)
DAY = timedelta(days=1)


def story(
    story_id: int,
    *,
    customer: int | None = None,
    days_old: float = 1,
    segment: str = "bakeries",
    themes: tuple[str, ...] = (),
    loved: int = 0,
    told_days_ago: float | None = None,
    substance: int = 0,
) -> Candidate:
    return Candidate(
        story_id=story_id,
        customer_id=story_id if customer is None else customer,
        author_id="U1",
        segment=segment,
        themes=themes,
        published_at=NOW - timedelta(days=days_old),
        loved=loved,
        told_at=None if told_days_ago is None else NOW - timedelta(days=told_days_ago),
        substance=substance,
    )


RETELL = DigestSettings(retell=True)


def chosen(
    *candidates: Candidate, settings: DigestSettings | None = None, likes: dict[str, float] | None = None
) -> list[int]:
    choices = choose(candidates, settings or DigestSettings(), now=NOW, appreciation=likes or {})
    return [choice.story_id for choice in choices]


def test_the_newest_come_first_and_no_more_than_asked() -> None:
    assert chosen(
        story(1, days_old=3), story(2, days_old=1), story(3, days_old=2), settings=DigestSettings(how_many=2)
    ) == [2, 3]


def test_what_the_channel_heard_is_not_told_again() -> None:
    assert chosen(story(1, told_days_ago=1), story(2)) == [2]


def test_a_month_later_it_is_no_longer_news() -> None:
    assert chosen(story(1, days_old=30), story(2, days_old=30.1)) == [1]


def test_a_channel_hears_only_its_segments_and_themes() -> None:
    fits = story(1, segment="Bakeries", themes=("ovens", "Delivery"))
    wrong_segment, wrong_theme = story(2, segment="banks", themes=("delivery",)), story(3, themes=("ovens",))
    asked = DigestSettings(segments=frozenset({"bakeries"}), themes=frozenset({"delivery"}))
    assert chosen(fits, wrong_segment, wrong_theme, settings=asked) == [1]


def test_one_digest_has_no_customer_and_no_first_theme_twice() -> None:
    same_customer = story(2, customer=1, days_old=2)
    same_theme = story(3, days_old=3, themes=("Price ",))
    first = story(1, themes=("price", "trust"))
    other = story(4, days_old=4, themes=("trust", "price"))
    assert chosen(first, same_customer, same_theme, other) == [1, 4]


def test_earlier_favourites_weigh_as_much_as_a_half_life() -> None:
    older, newer = story(1, days_old=5.9, themes=("trust",)), story(2, days_old=1)
    assert chosen(older, newer) == [2, 1]
    assert chosen(older, newer, likes={"theme:trust": 1.0}) == [1, 2]
    assert score(older, now=NOW, appreciation={"theme:trust": 9.0}) == pytest.approx(2 * 2 ** (-5.9 / 5))


def test_nothing_new_is_nothing_or_one_loved_story_marked_as_retold() -> None:
    heard_lately = story(1, days_old=200, loved=9, told_days_ago=89)
    heard_long_ago = story(2, days_old=200, loved=5, told_days_ago=91)
    never_heard = story(3, days_old=60, loved=4)
    unloved = story(4, days_old=60)
    old = (heard_lately, heard_long_ago, never_heard, unloved)
    assert chosen(*old) == []
    assert chosen(*old, settings=RETELL) == [2]
    assert choose(old, RETELL, now=NOW, appreciation={})[0].retold
    assert chosen(heard_lately, unloved, settings=RETELL) == []


def test_no_older_story_comes_while_there_is_news() -> None:
    assert chosen(story(1), story(2, days_old=100, loved=50), settings=RETELL) == [1]


def test_a_thin_story_comes_after_better_ones_and_never_alone() -> None:
    thin, older = story(1, substance=12), story(2, days_old=20, substance=130)
    assert chosen(thin, older) == [2, 1]
    assert chosen(thin, older, settings=DigestSettings(how_many=1)) == [2]
    assert chosen(thin, story(3, substance=39)) == []
    assert chosen(thin, story(4, days_old=2)) == [4, 1], "what nobody counted is told as ever"
    assert [
        one.story_id for one in choose([thin], DigestSettings(), now=NOW, appreciation={}, asked=True)
    ] == [1]


def test_instead_of_a_thin_story_alone_comes_an_older_one_that_is_none() -> None:
    loved, thin_but_loved = story(2, days_old=200, loved=3), story(3, days_old=200, loved=9, substance=12)
    assert chosen(story(1, substance=12), loved, thin_but_loved, settings=RETELL) == [2]


@pytest.mark.parametrize("number", [0, -1, 11])
def test_a_digest_has_a_sensible_length(number: int) -> None:
    with pytest.raises(UserError, match="1 to 10") as caught:
        DigestSettings(how_many=number)
    assert caught.value.field == "how_many"


def test_a_channels_favourites_are_learnt_from_what_it_loved() -> None:
    likes = appreciation_of(
        [Heard(segment="Banks", themes=("trust",), reactions=9) for _ in range(8)]
        + [Heard(segment="banks", themes=("price", "price"), reactions=0)]
        + [Heard(segment="", themes=("luck",), reactions=3)]
    )
    assert likes["theme:trust"] == pytest.approx(0.8)
    assert likes["segment:banks"] == pytest.approx(8 / 11)
    assert likes["theme:price"] == 0
    assert likes["theme:luck"] == pytest.approx(1 / 3)
    assert set(likes) == {"theme:trust", "segment:banks", "theme:price", "theme:luck"}
    assert topics(" Big  Banks", ()) == ("segment:big banks",)


THEMES = st.sampled_from(["price", "trust", "speed", "docs", "setup"])
candidates = st.lists(
    st.builds(
        story,
        st.integers(1, 40),
        customer=st.integers(1, 8),
        days_old=st.floats(0, 150),
        segment=st.sampled_from(["", "bakeries", "banks"]),
        themes=st.lists(THEMES, max_size=3).map(tuple),
        loved=st.integers(0, 5),
        told_days_ago=st.none() | st.floats(0, 150),
        substance=st.sampled_from([0, 12, 130]),
    ),
    max_size=25,
    unique_by=lambda c: c.story_id,
)
asked = st.builds(
    DigestSettings,
    how_many=st.integers(1, 10),
    segments=st.frozensets(st.sampled_from(["bakeries", "banks"])),
    themes=st.frozensets(THEMES),
    retell=st.booleans(),
)
likes = st.dictionaries(st.sampled_from(["theme:price", "theme:trust", "segment:banks"]), st.floats(0, 1))


@given(candidates, asked, likes, st.randoms())
def test_a_digest_keeps_its_promises(
    offered: list[Candidate], wanted: DigestSettings, loved: dict[str, float], shuffler: random.Random
) -> None:
    choices = choose(offered, wanted, now=NOW, appreciation=loved)
    by_id = {c.story_id: c for c in offered}
    told = [by_id[choice.story_id] for choice in choices]
    assert len(told) <= wanted.how_many
    assert len({c.customer_id for c in told}) == len(told)
    firsts = [c.themes[0] for c in told if c.themes]
    assert len(set(firsts)) == len(firsts)
    for choice, candidate in zip(choices, told, strict=True):
        if choice.retold:
            assert candidate.told_at is None or NOW - candidate.told_at >= RETELL_AFTER
        else:
            assert candidate.told_at is None
            assert NOW - candidate.published_at <= FRESH_FOR
    shuffler.shuffle(offered)
    assert choose(offered, wanted, now=NOW, appreciation=loved) == choices


@given(candidates, asked, likes, st.data())
def test_becoming_fresher_never_costs_a_story_its_place(
    offered: list[Candidate], wanted: DigestSettings, loved: dict[str, float], data: st.DataObject
) -> None:
    told = [c.story_id for c in choose(offered, wanted, now=NOW, appreciation=loved)]
    if not told:
        return
    lucky = data.draw(st.sampled_from(told))
    sooner = data.draw(st.floats(0, 1))
    fresher = [
        replace(c, published_at=NOW - (NOW - c.published_at) * sooner) if c.story_id == lucky else c
        for c in offered
    ]
    again = choose(fresher, wanted, now=NOW, appreciation=loved)
    by_id = {c.story_id: c for c in fresher}
    if by_id[lucky].told_at is None:
        assert lucky in [c.story_id for c in again]


def test_a_month_of_digests_repeats_nothing() -> None:
    chance = random.Random(22)
    library = [
        story(
            n,
            customer=n % 17,
            days_old=chance.uniform(-30, 200),
            themes=tuple(chance.sample(["price", "trust", "speed", "docs", "setup", "staff"], 2)),
            loved=chance.randrange(4),
        )
        for n in range(120)
    ]
    told: dict[int, datetime] = {}
    days_with_stories = retold = 0
    for day in range(30):
        now = NOW + day * DAY
        published = [replace(c, told_at=told.get(c.story_id)) for c in library if c.published_at <= now]
        choices = choose(published, RETELL, now=now, appreciation={})
        assert not set(told) & {choice.story_id for choice in choices}
        told |= {choice.story_id: now for choice in choices}
        days_with_stories += bool(choices)
        retold += sum(choice.retold for choice in choices)
    assert days_with_stories == 30
    assert retold > 0
