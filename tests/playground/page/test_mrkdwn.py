"""Slack's mrkdwn becomes the HTML that people expect, and nothing typed becomes markup of its own."""

from __future__ import annotations

from datetime import UTC, datetime
from html.parser import HTMLParser
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.page.markdown import markdown
from playground.page.mrkdwn import mrkdwn, plain
from playground.page.reading import Reading

NAMES = {"U1": "Ana Sousa", "C1": "pilot", "S1": "readers"}
READING = Reading(
    viewer_id="U1",
    zone=ZoneInfo("Europe/Lisbon"),
    now=datetime(2026, 3, 2, 8, 55, tzinfo=UTC),
    user_name=NAMES.get,
    channel_name=NAMES.get,
    usergroup_name=NAMES.get,
)
PIECES = [
    "<",
    ">",
    "&",
    "&lt;",
    "&gt;",
    "&amp;",
    '"',
    "'",
    "`",
    "```",
    "*",
    "_",
    "~",
    "|",
    "@U1",
    "#C1",
    "!",
    "\n",
]
HOSTILE = [
    "<script>alert(1)</script>",
    "<https://a.b|<img src=x onerror=alert(1)>>",
    "<javascript:alert(1)|click>",
    '<https://a.b" onmouseover="alert(1)|x>',
    "`<b onclick=alert(1)>`",
    "<@U1|<script>>",
    "\ue0000\ue001",
    ":tada::<script>:",
]
hostile = st.lists(st.one_of(st.sampled_from(PIECES + HOSTILE), st.text(max_size=8))).map("".join)


class Tags(HTMLParser):
    """Collects tags and attributes of drawn HTML."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes.update(name for name, _value in attrs)
        self.addresses += [value or "" for name, value in attrs if name == "href"]


def tags_in(html: str) -> Tags:
    found = Tags()
    found.feed(str(html))
    found.close()
    return found


@pytest.mark.parametrize(
    ("typed", "drawn"),
    [
        ("*bold* _it_ ~s~ `c*d*`", "<b>bold</b> <i>it</i> <s>s</s> <code>c*d*</code>"),
        ("*_both_*", "<b><i>both</i></b>"),
        ("2*3*4 and snake_case_name", "2*3*4 and snake_case_name"),
        ("* not bold *", "* not bold *"),
        ("a &amp; b &lt;c&gt; &quot;", "a &amp; b &lt;c&gt; &amp;quot;"),
        ("one\ntwo", "one<br>two"),
        ("&gt; a\n&gt; b\nc", "<blockquote>a<br>b</blockquote>c"),
        ("&gt;&gt;&gt;a\nb", "<blockquote>a<br>b</blockquote>"),
        ("x\n```\n*raw*\n```\ny", "x<pre>*raw*</pre>y"),
        ("• a\n• b", "• a<br>• b"),
        ("<#C1>", '<a href="#C1" class="mention" data-open-channel="C1">#pilot</a>'),
        ("<!subteam^S1>", '<span class="mention">@readers</span>'),
        ("<!date^1772445600^{date_pretty} at {time}|later>", "<time>today at 10:00</time>"),
        ("<!date^1772445600^{nonsense}|later>", "<time>later</time>"),
        ("<!date^soon^{time}|later>", "<time>later</time>"),
        ("<nothing known>", "&lt;nothing known&gt;"),
    ],
)
def test_marks_are_drawn(typed: str, drawn: str) -> None:
    assert mrkdwn(typed, READING) == drawn


def test_a_link_opens_apart_and_keeps_its_label() -> None:
    drawn = mrkdwn("<https://example.com/a?b=1&amp;c=2|the *notes*>", READING)
    assert 'href="https://example.com/a?b=1&amp;c=2"' in drawn
    assert 'rel="noopener noreferrer"' in drawn
    assert ">the *notes*</a>" in drawn


def test_the_reader_sees_that_they_are_meant() -> None:
    assert "mention-me" in mrkdwn("<@U1>", READING)
    assert "mention-me" in mrkdwn("<!here>", READING)
    assert "mention-me" not in mrkdwn("<@U2>", READING)


def test_known_emoji_are_drawn_and_unknown_stay_words() -> None:
    assert "🎉" in mrkdwn(":tada:", READING)
    assert "👋🏽" in mrkdwn(":wave::skin-tone-4:", READING)
    assert mrkdwn(":no_such_thing:", READING) == ":no_such_thing:"
    assert plain(":tada:", emoji=False) == ":tada:"


@given(hostile)
def test_nothing_typed_becomes_markup_of_its_own(text: str) -> None:
    found = tags_in(mrkdwn(text, READING) + plain(text))
    assert found.tags <= {"b", "i", "s", "code", "pre", "blockquote", "br", "a", "span", "time"}
    known = {
        "href",
        "target",
        "rel",
        "class",
        "role",
        "aria-label",
        "title",
        "data-user",
        "data-open-channel",
    }
    assert found.attributes <= known
    assert all(
        address.startswith(("http://", "https://", "mailto:", "tel:", "#C")) for address in found.addresses
    )


@given(hostile)
def test_markdown_lets_no_html_through(text: str) -> None:
    found = tags_in(markdown(text))
    assert not found.tags & {"script", "img", "iframe", "object", "svg", "style", "form", "input"}
    assert found.attributes <= {"href", "target", "rel", "class", "title", "start"}
    assert all(
        address.lower().startswith(("http://", "https://", "mailto:", "tel:")) for address in found.addresses
    )


@given(hostile)
def test_every_word_survives_plain_drawing(text: str) -> None:
    class Words(HTMLParser):
        seen = ""

        def handle_data(self, data: str) -> None:
            self.seen += data

    words = Words()
    words.feed(str(plain(text.replace("\r", ""), emoji=False)))
    words.close()
    # What Slack escaped comes back once, as Slack shows it; newlines are drawn as <br>.
    shown = text.replace("\r", "").replace("\n", "")
    for escaped, sign in (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")):
        shown = shown.replace(escaped, sign)
    assert words.seen == shown.replace("\0", "\ufffd") or "\0" in shown


def test_a_very_long_text_of_marks_is_drawn_quickly() -> None:
    for mark in ("*a ", "`", "<", ":", "&gt;", "*_~"):
        assert mrkdwn(mark * 10_000, READING)
