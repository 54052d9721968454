"""What stands over a story whose author gave it no title."""

from __future__ import annotations

import pytest

from stories.forms import Form
from stories.headlines import LONGEST, title_of

LONG = "I started in tech support, but when people kept calling about outages I went and learned all of it."


@pytest.mark.parametrize(
    ("quotes", "title"),
    [
        (("I print them. Every day.", "Nobody asked."), "I print them"),
        ((LONG, "It was all in my head!"), "It was all in my head!"),
        ((LONG,), "I started in tech support"),
        (("We forked " + "it and " * 20 + "it.",), None),
    ],
)
def test_a_quote_stands_over_it_whole_or_as_far_as_a_clause_goes(
    quotes: tuple[str, ...], title: str | None
) -> None:
    found = title_of(Form(quotes=quotes))
    assert len(found) <= LONGEST
    assert found == title if title else found.endswith("…")


def test_the_authors_own_title_comes_first_and_what_they_wanted_last() -> None:
    assert title_of(Form(title="Flour", quotes=(LONG,))) == "Flour"
    assert title_of(Form(trying_to="Print the rota. Quickly.")) == "Print the rota"
    assert title_of(Form()) == ""
