"""The day a conversation took place: from a label, the title, the file's name, or when it was published.

They are tried in that order. Two numbers that can each be a month ("03/04/2024") are never guessed: the
date is ambiguous unless another date in the notes is one of its readings. A date in the future and one
without a year are asked about as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from stories.notes.date_words import parse_label, read_words
from stories.notes.page import Page, label_of, plain
from stories.notes.values import AmbiguousDate, FoundDate, Source
from stories.patterns import late
from stories.values import dataclass

_LONGEST_WORDS = 500
_TALK = "interview|call|meeting|session|recording|talk|conversation"
_TALKED = late(
    rf"(?:(?:{_TALK}) )?(?:dates?|day)(?: of (?:the )?(?:{_TALK}))?"
    r"|(?:talked|spoke|met|held|interviewed|recorded|called)(?: on)?|when|datum|fecha|data",
    re.IGNORECASE,
)
_PUBLISHED = late(
    r"\W{0,3}(?:published|posted|written|created|(?:last )?updated)(?: on| at)?\b:?\s*(?P<value>.*\d.*)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Place:
    """Words that may hold a date, and where they stand."""

    words: str
    line: int
    source: Source
    labelled: bool = False


def find_dates(
    page: Page, filename: str, title_line: int, today: date
) -> tuple[FoundDate | None, tuple[AmbiguousDate, ...]]:
    """When they talked and from where that is known; and the dates that somebody has to be asked about."""
    unclear: list[AmbiguousDate] = []
    found: list[FoundDate] = []
    for place in _places(page, filename, title_line):
        read = read_date(place, today)
        if isinstance(read, AmbiguousDate):
            unclear.append(read)
        elif read is not None:
            found.append(read)
    for question in list(unclear):
        answer = next((f for f in found if f.exact and f.value in question.readings), None)
        if answer is not None:
            unclear.remove(question)
            found.insert(0, answer)
    asked = {question.readings: question for question in reversed(unclear)}
    return _best(found), tuple(reversed(asked.values()))


def read_date(place: Place, today: date) -> FoundDate | AmbiguousDate | None:
    """The first date in some words; an AmbiguousDate when it has to be asked about."""
    certain, read = True, read_words(place.words)
    if read is None and place.labelled:
        parsed = parse_label(place.words, today)
        read, certain = (place.words, parsed[0]) if parsed else None, parsed is not None and parsed[1]
    if read is None:
        return None
    words, days = read
    if not certain or len(days) != 1 or days[0][0] > today + timedelta(days=1):
        return AmbiguousDate(words, place.line, tuple(first for first, _last in days))
    first, last = days[0]
    return FoundDate(first, min(last, max(first, today)), place.line, place.source, words)


def _places(page: Page, filename: str, title_line: int) -> Iterator[Place]:
    for key, lines in page.front.items():
        if _TALKED.fullmatch(key.replace("_", " ").replace("-", " ")):
            yield from (
                Place(line.text, line.number, Source.FRONT_MATTER, labelled=True) for line in lines[:1]
            )
    for line in page.lines[:80]:
        labelled = label_of(line.text)
        if labelled is not None and _TALKED.fullmatch(plain(labelled[0])) and labelled[1]:
            yield Place(plain(labelled[1]), line.number, Source.LINE, labelled=True)
    for heading in page.headings[:3]:
        if heading.number == title_line or heading.level == 1:
            yield Place(heading.text[:_LONGEST_WORDS], heading.number, Source.HEADING)
    yield Place(re.sub(r"\.[A-Za-z]{1,8}$", "", filename), 0, Source.FILE_NAME)
    for line in page.lines[:80]:
        published = _PUBLISHED.fullmatch(plain(line.text))
        if published is not None and len(line.text) < 80:
            yield Place(published["value"], line.number, Source.LINE)


def _best(found: Iterable[FoundDate]) -> FoundDate | None:
    """The first found; a day further down that lies inside a month or season found first tells it better."""
    ordered = list(found)
    if not ordered:
        return None
    first = ordered[0]
    inside = (f for f in ordered if f.exact and first.value <= f.value <= first.until)
    return first if first.exact else next(inside, first)
