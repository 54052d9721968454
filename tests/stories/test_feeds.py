"""What of a feed is kept: headlines in plain words with https links, each once, and not for ever."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stories.errors import UserError
from stories.feeds import (
    EVERY,
    KEPT_FOR,
    LONGEST_BREAK,
    LONGEST_TITLE,
    Entry,
    address_of,
    again_after,
    articles,
    called,
    link_of,
    title_of,
    topics_of,
)
from tests.conftest import NOW


def entry(**changes: object) -> Entry:
    values: dict[str, object] = {"id": "1", "title": "Clinics go digital", "link": "https://news.example/a"}
    return Entry(**(values | {"published": NOW.timestamp() - 3600} | changes))  # type: ignore[arg-type]  # made up


def test_an_article_is_kept_once_with_its_day_the_newest_first() -> None:
    older = entry(id="2", link="https://news.example/b", published=(NOW - timedelta(days=3)).timestamp())
    found = articles([older, entry(), entry(title="Clinics go digital, again")], NOW)
    assert [one.link for one in found] == ["https://news.example/a", "https://news.example/b"]
    assert found[0].title == "Clinics go digital"
    assert found[1].at == NOW - timedelta(days=3)


def test_what_is_old_or_has_no_words_or_no_link_is_left_out() -> None:
    old = entry(published=(NOW - KEPT_FOR - timedelta(days=1)).timestamp())
    assert articles([old, entry(title=" <b> </b> …"), entry(link="http://news.example/a")], NOW) == ()


@pytest.mark.parametrize("published", [None, 1e300, -1e300, float("nan"), NOW.timestamp() + 1e6])
def test_what_says_no_day_or_nonsense_came_out_now(published: float | None) -> None:
    assert articles([entry(published=published)], NOW)[0].at == NOW


@pytest.mark.parametrize(
    ("raw", "plain"),
    [
        ("Five &amp; &lt;b&gt;six&lt;/b&gt;", "Five & six"),
        ("&amp;lt;script&amp;gt;alert(1)&amp;lt;/script&amp;gt; News", "alert(1) News"),
        ("Two\n lines\u202e", "Two lines"),
        ("<img src=x onerror=alert(1)>", ""),
        ("x" * 9000, "x" * (LONGEST_TITLE - 1) + "…"),
    ],
)
def test_a_title_is_its_words_alone(raw: str, plain: str) -> None:
    assert title_of(raw) == plain


@pytest.mark.parametrize(
    ("raw", "link"),
    [
        ("https://News.example/a?utm_source=rss&id=3#top", "https://news.example/a?id=3"),
        ("https://news.example/a b", "https://news.example/a%20b"),
        ("javascript:alert(1)", ""),
        ("http://news.example/", ""),
        ("https://me:secret@news.example/", ""),
        ("https://localhost/", ""),
        ("https://[::1/", ""),
        ("https://news.example/a>|b", "https://news.example/a%3E%7Cb"),
        ("https://news.example:x/", ""),
        ("https://news.example/" + "a" * 600, ""),
    ],
)
def test_a_link_leads_to_an_article_on_the_web_and_counts_no_readers(raw: str, link: str) -> None:
    assert link_of(raw) == link


@settings(max_examples=10)
@given(st.text(max_size=40), st.text(max_size=40), st.floats())
def test_nothing_that_a_feed_says_breaks_out_of_a_line(title: str, link: str, published: float) -> None:
    for one in articles([entry(title=title, link="https://a.example/" + link, published=published)], NOW):
        assert "\n" not in one.title
        assert not set(one.link) & set(" <>|\"'`\\")


def test_a_feed_that_fails_is_left_alone_for_longer_each_time_and_a_day_at_most() -> None:
    assert [again_after(n) for n in (0, 1, 2)] == [EVERY, 2 * EVERY, 4 * EVERY]
    assert again_after(99) == LONGEST_BREAK


def test_topics_are_few_and_short_and_each_stands_once() -> None:
    assert topics_of("clinics,  Clinics , billing", field="topics") == ("clinics", "billing")
    assert topics_of(" , ", field="topics") == ()
    for typed in (",".join("abcdefghi"), "x" * 41):
        with pytest.raises(UserError) as refused:
            topics_of(typed, field="topics")
        assert refused.value.field == "topics"


def test_an_address_is_https_and_a_feed_without_a_name_is_called_by_its_host() -> None:
    for typed in ("", "http://news.example/feed", "feed"):
        with pytest.raises(UserError):
            address_of(typed, field="address")
    assert called("", "https://news.example/feed?key=secret") == "news.example"
