"""What a transcript is called, when it was recorded and who was there: from its head and the file's name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from stories.notes.date_words import without_dates
from stories.notes.dates import Place, read_date
from stories.notes.labels import is_name
from stories.notes.values import AmbiguousDate, Found, FoundDate, Source
from stories.patterns import late
from stories.text import one_line
from stories.transcripts.speakers import speaker

_LONGEST_TITLE = 150
_FIRST_LINES = 12
_GMT = late(r"GMT(?=\d{8}-\d{6})")
"""Zoom's "GMT20240305-140012_Recording.transcript.vtt"."""

_CLOCK = late(r"(?<!\d)(?P<day>(?:19|20)\d{6})[-_T]\d{6}Z?(?!\d)")
"""Teams' "…-20240305_140012-Meeting Recording.docx"."""

_BRACKETS = late(r"\s*[(\[][^()\[\]]{0,80}\d{1,2}:\d\d[^()\[\]]{0,80}[)\]]")
"""Meet's "… (2024-03-05 14:00 GMT-5) - Transcript"."""

_DECORATION = late(
    r"(?:[\s_.–—-]*\b(?:meeting[ _](?:recording|transcript)|recording|transcript(?:ion)?|otter[ _.]ai"
    r"|notes by gemini|captions?|closed[ _]captions?|subtitles?|copy|final|\(\d\)))+[\s_.]*$",
    re.IGNORECASE,
)
_ENDING = late(r"(?:\.(?:transcript|captions?|[a-z]{2}(?:-[A-Za-z]{2})?))?\.[A-Za-z]{1,8}$")
_HEADINGS = frozenset(
    {
        "attendees",
        "invited",
        "transcript",
        "speakers",
        "keywords",
        "summary keywords",
        "summary",
        "participants",
    }
)
_ATTENDEES = late(r"(?:attendees|invited|speakers|participants)\b\W*(?P<names>.*)", re.IGNORECASE)
_YEAR = late(r"(?<!\d)(?:19|20)\d\d(?!\d)")

Head = Sequence[tuple[int, str]]


def title_of(head: Head, filename: str) -> Found[str]:
    """The first line of the head that is one, or else the file's name without tools' words."""
    for number, words in head[:_FIRST_LINES]:
        title = _tidy(words)
        taken = not title or words.casefold().strip(" :") in _HEADINGS or _is_other(words)
        if not taken and len(words) <= _LONGEST_TITLE:
            return Found(title, number, Source.LINE, words)
        if words.casefold().strip(" :") in _HEADINGS:
            break
    stem = re.sub(r"[_\s]+", " ", _GMT.sub("", _ENDING.sub("", _base(filename))))
    name = re.sub(r"(?<=\w)-(?=\w)", " ", stem) if " " not in stem.strip() else stem
    title = _tidy(name) or one_line(without_dates(_CLOCK.sub("", name), fewest=1)) or _base(filename)
    return Found(title[:1].upper() + title[1:_LONGEST_TITLE], 0, Source.FILE_NAME, filename)


def day_of(head: Head, filename: str, today: date) -> tuple[FoundDate | None, tuple[AmbiguousDate, ...]]:
    """When it was recorded; and the dates at the head and in the name that somebody has to be asked about."""
    read = [found for place in _places(head, filename) if (found := read_date(place, today)) is not None]
    clear = [found for found in read if isinstance(found, FoundDate)]
    unclear = [found for found in read if isinstance(found, AmbiguousDate)]
    exact = [found for found in clear if found.exact]
    # A date that can be read in two ways is settled by another that is one of the two.
    settled = next((f for f in exact if any(f.value in question.readings for question in unclear)), None)
    if settled is not None:
        unclear = [question for question in unclear if settled.value not in question.readings]
    best = settled or next(iter(exact or clear), None)
    return best, tuple({question.readings: question for question in unclear}.values())


def attendees_of(head: Head) -> tuple[str, ...]:
    """Those whom the head lists as present, by name."""
    names: list[str] = []
    below = False
    for _number, words in head:
        match = _ATTENDEES.fullmatch(words[:2000])
        listed = match["names"] if match is not None else words[:2000] if below else ""
        below = match is not None and not match["names"].strip()
        pieces = (speaker(piece)[0] for piece in re.split(r"\s*[,;]\s*", listed))
        names += [piece for piece in pieces if is_name(piece)]
    return tuple(dict.fromkeys(names))


def _places(head: Head, filename: str) -> Iterator[Place]:
    for number, words in head[:_FIRST_LINES]:
        if len(words) <= _LONGEST_TITLE:
            spaced = _CLOCK.sub(r"\g<day> ", words)
            yield Place(spaced, number, Source.LINE, labelled=_YEAR.search(words) is not None)
    name = _CLOCK.sub(r"\g<day> ", _GMT.sub(" ", _ENDING.sub("", _base(filename))))
    yield Place(name.replace("_", " "), 0, Source.FILE_NAME)


def _tidy(words: str) -> str:
    bare = _DECORATION.sub("", _BRACKETS.sub("", words[:500]))
    bare = without_dates(_CLOCK.sub(" ", bare), fewest=1)
    return one_line(_DECORATION.sub("", bare)).strip(" -–—_.,|#*")


def _is_other(words: str) -> bool:
    """A date, a length, or a list, rather than a title."""
    left = re.sub(r"[^\W\d_]*\d[\w:.,]*|[•·|]", " ", without_dates(words, fewest=0))
    short = len(re.findall(r"[^\W\d_]{3,}", left)) <= 1 and any(character.isdigit() for character in words)
    return short or _ATTENDEES.match(words) is not None or words.startswith(("http", "WEBVTT"))


def _base(filename: str) -> str:
    return filename.replace("\\", "/").rsplit("/", 1)[-1][:300]
