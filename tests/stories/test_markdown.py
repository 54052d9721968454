"""Customers' words inside Markdown read as they were said, and nothing in them is obeyed."""

from __future__ import annotations

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from stories.markdown import UNSEEN, inert, quoted
from tests.naughty import NAUGHTY

RENDERED = MarkdownIt("gfm-like", {"linkify": False, "html": True, "breaks": True})
OURS = re.compile(r"</?(?:p|blockquote|br ?/?|span)>")

MARKS = st.text(alphabet="ab1 \n\t*_`~#>|[]()!<&;:/-+=.\\$@{}^\"'", max_size=60)


def read(markdown: str) -> tuple[str, str]:
    """What stands on the page, and which tags are in it."""
    page = RENDERED.render(markdown)
    words = (
        html.unescape(OURS.sub("", page)) if not re.search(r"<(?!/?(?:p|blockquote|br|span))", page) else page
    )
    return " ".join(words.replace(UNSEEN, "").split()), page


def as_said(text: str) -> str:
    return " ".join(text.replace(UNSEEN, "").split())


@given(MARKS)
def test_whatever_marks_are_in_them_words_read_as_they_were_said(text: str) -> None:
    assert read(f"Said: {inert(text)}")[0] == as_said(f"Said: {text}")
    assert read(f"Said:\n\n{quoted(text)}\n\nover")[0] == as_said(f"Said: {text} over")


@pytest.mark.parametrize("text", NAUGHTY)
def test_naughty_texts_become_no_tags(text: str) -> None:
    plain = " ".join(text.split())
    page = read(quoted(plain))[1]
    assert not re.search(r"<(?!/?(?:p|blockquote|br|span)\b)", page), page


@pytest.mark.parametrize(
    ("text", "never"),
    [
        ("ask @octocat or @acme/team", r"@\w"),
        ("see #123 and acme/app#4", r"#\d"),
        ("like GH-12 and ABC-7", r"[A-Za-z]-\d"),
        ("go to https://evil.example/x", r"https?:/"),
        ("or www.evil.example", r"www\."),
        ("mail me@example.com", r"@\w"),
        ("fixed in 0123456789abcdef0123456789abcdef01234567", r"\b[0-9a-f]{7,40}\b"),
        (":tada: :+1:", r":[\w+-]"),
        ("[click](javascript:alert(1))", r"(?<!\\)\]\("),
        ("![x](https://evil.example/a.png)", r"(?<!\\)\]\("),
        ("<!-- firsthand:1:0000 -->", r"<!--"),
        ("<img src=x onerror=alert(1)>", r"<img"),
        ("it costs $5 and $7", r"(?<!>)\$"),
        ("[!WARNING] hello", r"(?<!\\)\[!"),
        ("text[^1]", r"(?<!\\)\["),
    ],
)
def test_what_trackers_look_for_in_a_text_is_not_found(text: str, never: str) -> None:
    for made in (inert(text), quoted(text)):
        assert not re.search(never, made), made


def test_words_of_several_lines_stay_one_quotation() -> None:
    made = quoted("one\n\n# two\n- three\n1. four\n```\nfive")
    assert all(line.startswith(">") for line in made.splitlines())
    assert RENDERED.render(made).count("<blockquote>") == 1


def test_plain_words_stay_as_they_are() -> None:
    words = "I do my invoices at four in the morning, with flour on the screen."
    assert quoted(words) == f"> {words}"
