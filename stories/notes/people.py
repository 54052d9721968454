"""The people whom notes name: in labelled lines ("Participants: …"), or in a title that says with whom.

A label decides the side; whoever the title names ("Interview with …", "feat. …") is a customer.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from stories.folding import fold
from stories.notes.labels import is_name, list_side
from stories.notes.names_alike import same_person
from stories.notes.page import Page, label_of, plain
from stories.notes.values import Found, Person, Side
from stories.patterns import late

_WITH = late(
    r"(?:\bfeat(?:\.|uring\b)?|\bft\."
    r"|\b(?:me|conversation|talk|talking|call|chat|meeting|q&a|interview|interviewing|session|visit)\b"
    r"[ .…]*(?:with\b|:)|(?<=\w)\s+with\b|\bwith(?=\s+[^\W\d_a-z]))\s*(?P<who>.+)",
    re.IGNORECASE,
)
_AND = late(r"\s*(?:,\s*(?:and|&)|\band\b|&|\+|/|;)\s*")
_AFTER_NAME = late(r"\s*(?:\(|\[|,|\s[–—|-]\s|\b(?:of|from|at|about|on|in)\b).*")
_JOB = late(
    r"\b(?:head|manager|lead|ceo|cto|cfo|coo|vp|director|engineer|analyst|owner|founder|officer|president|team"
    r"|inc|ltd|gmbh|llc|designer|developer|consultant|assistant|nurse|architect|sales|support|marketing)\b",
    re.IGNORECASE,
)
_FIRST_LINES = 60
_LONGEST_LIST = 1000


def named_people(page: Page, title: Found[str]) -> tuple[Person, ...]:
    """The people that labelled lines and the title name, each once."""
    people = [*_listed(page)]
    people += [Person(name, Side.CUSTOMER, title.line) for name in names_in_title(title.value)]
    kept: list[Person] = []
    for person in people:
        if not any(same_person(person.name, other.name) for other in kept):
            kept.append(person)
    return tuple(kept)


def names_in_title(title: str) -> list[str]:
    """The people whom a title says the conversation was with."""
    match = _WITH.search(title)
    if match is None:
        return []
    tail = match["who"].strip(" .:")
    several = "," in tail and re.search(r"\b(?:and|&)\b|&", tail)
    pieces = re.split(r"\s*,\s*(?:and\s+)?|\s+(?:and|&)\s+", tail) if several else _AND.split(tail)
    names = [_AFTER_NAME.sub("", piece).strip(" .:") for piece in pieces]
    return [name for name in names if is_name(name)]


def _listed(page: Page) -> Iterator[Person]:
    rows = [(key, line.number, line.text) for key, lines in page.front.items() for line in lines]
    for line in page.lines[:_FIRST_LINES]:
        labelled = label_of(line.text)
        if labelled is not None:
            rows.append((plain(labelled[0]), line.number, plain(labelled[1])))
    often = Counter(fold(label) for label, _number in {(label, number) for label, number, _value in rows})
    for label, number, value in rows:
        side = list_side(label)
        # A label that comes again, or has a sentence after it, is somebody speaking and no list of names.
        if (
            side is not None
            and often[fold(label)] == 1
            and len(value) <= _LONGEST_LIST
            and not re.search(r"[.?!]\s+\w|[?!]$", value)
        ):
            yield from (Person(name, Side(side), number) for name in _names_in_list(value))


def _names_in_list(value: str) -> list[str]:
    bare = re.sub(r"\s*[(\[][^)\]]*[)\]]", "", value)
    names = []
    for at, piece in enumerate(re.split(r"\s*[,;]\s*(?:and\s+)?|\s+(?:and|&)\s+", bare)):
        name = re.sub(r"\s+(?:from|at|of|[–—-])\s.*", "", piece).strip(" .")
        # After a comma comes a second person or the first one's job; a single word is too little to tell.
        if is_name(name) and (at == 0 or len(name.split()) > 1) and not _JOB.search(name):
            names.append(name)
    return names
