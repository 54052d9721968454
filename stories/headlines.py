"""What stands over a story whose author gave it no title."""

from __future__ import annotations

import re

from stories.forms import Form
from stories.text import shortened

LONGEST, _FEWEST = 90, 20
"""Characters of a title that is made of a quote."""


def title_of(form: Form) -> str:
    """The author's title, or the first sentence of a quote that is short enough for one.

    Of longer quotes the first, as far as its last clause that fits; without any, what they were trying to do.
    """
    if form.title:
        return form.title
    firsts = [_first_sentence(text) for text in form.quotes or (form.trying_to,)]
    fitting = [first for first in firsts if len(first) <= LONGEST]
    return fitting[0] if fitting else _clauses(firsts[0])


def _first_sentence(text: str) -> str:
    first = text.split("\n", 1)[0]
    for end in (". ", "! ", "? "):
        first = first.split(end, 1)[0] + (end.strip() if end in first else "")
    return first.strip(" .“”\"'")


def _clauses(sentence: str) -> str:
    """As many of its clauses as fit; cut with an ellipsis where not even the first does."""
    ends = [match.start() for match in re.finditer(r"[,;:—] ?", sentence)]
    fitting = [end for end in ends if _FEWEST <= end <= LONGEST]
    return sentence[: fitting[-1]].rstrip() if fitting else shortened(sentence, LONGEST)
