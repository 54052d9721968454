"""Reading a file of notes: one interview, or several when that is clearly marked.

A file is split only at headings of one level that each announce a conversation ("Interview 2",
"Interview with …", "Call with …", "Customer: …", "Session 3") when there are at least two of them, and no
other heading of that level follows the first. What stands above the first belongs to none of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from stories.notes.cast import gather
from stories.notes.date_words import without_dates
from stories.notes.dates import find_dates
from stories.notes.decoding import decode, fingerprint_of
from stories.notes.page import Page, plain, read_page
from stories.notes.people import named_people
from stories.notes.quotes import read_quotes
from stories.notes.sections import is_part_name, read_sections
from stories.notes.speech import read_turns
from stories.notes.values import Found, ReadNotes, Source
from stories.patterns import late

_ANNOUNCES = late(
    r"(?:(?:user |customer )?"
    r"(?:interview|call|conversation|session|visit|participant|customer|interviewee|meeting)\b"
    r"(?:\s*(?:#|no\.?)?\s*\d+\b|\s+with\b|\s*[:–—-]\s*\S).*)",
    re.IGNORECASE,
)
_MARKER = late(r"\[[A-Z ]{3,12}\]\s*")
_LONGEST_TITLE = 150


def read_notes(filename: str, data: bytes, *, today: date) -> tuple[ReadNotes, ...]:
    """The conversations in a file, in its order; at least one.

    `today` bounds dates and fills in missing years. Raises UserError naming the file, the limit and the
    fix when the file cannot be read (see `decode`).
    """
    text = decode(filename, data)
    whole = read_page(text)
    cuts = _cuts(whole)
    if not cuts:
        return (_read(whole, filename, today, first=1),)
    lines = text.split("\n")
    ends = [*cuts[1:], len(lines) + 1]
    parts = zip(cuts, ends, strict=True)
    pages = (read_page("\n".join(lines[start - 1 : end - 1]), start) for start, end in parts)
    return tuple(_read(page, filename, today, first=start) for page, start in zip(pages, cuts, strict=True))


def _cuts(page: Page) -> list[int]:
    for level in sorted({heading.level for heading in page.headings}):
        announcing = [h for h in page.headings if h.level == level and _ANNOUNCES.fullmatch(h.text)]
        if len(announcing) < 2:
            continue
        later = [h for h in page.headings if h.level <= level and h.number > announcing[0].number]
        if len(later) == len(announcing) - 1:
            return [heading.number for heading in announcing]
    return []


def _read(page: Page, filename: str, today: date, *, first: int) -> ReadNotes:
    title = _title(page, filename)
    talked_on, unclear = find_dates(page, filename, title.line, today)
    named = named_people(page, title)
    turns = read_turns(page, named)
    cast = gather(named, turns)
    wanted, happened, meaning = read_sections(page)
    return ReadNotes(
        title=title,
        talked_on=talked_on,
        ambiguous_dates=unclear,
        people=cast.people,
        wanted=wanted,
        happened=happened,
        meaning=meaning,
        quotes=read_quotes(page, cast, turns),
        body=page.text,
        line=first,
        fingerprint=fingerprint_of(page.text),
    )


def _title(page: Page, filename: str) -> Found[str]:
    return next(_titles(page), None) or _from_file_name(filename)


def _titles(page: Page) -> Iterator[Found[str]]:
    """From the likeliest down: front matter, the first heading of the highest level, the first line."""
    for line in page.front.get("title", ()):
        yield Found(line.text, line.number, Source.FRONT_MATTER, line.text)
    top = min((heading.level for heading in page.headings), default=0)
    for heading in page.headings:
        if heading.level == top:
            # Several top headings that only name parts are no titles; the file's name says more.
            if not is_part_name(heading.text):
                yield Found(_tidy(heading.text), heading.number, Source.HEADING, heading.text)
            return
    for line in page.lines:
        words = plain(line.text)
        if words:
            sentence = words.endswith((".", "!", "?", ",")) and len(words) > 60
            if (
                len(words) <= 100
                and not sentence
                and ": " not in words
                and not words.startswith((">", "-", "|"))
            ):
                yield Found(_tidy(words), line.number, Source.LINE, words)
            return


def _from_file_name(filename: str) -> Found[str]:
    stem = re.sub(r"\.[A-Za-z]{1,8}$", "", filename.replace("\\", "/").rsplit("/", 1)[-1])
    spaced = (
        re.sub(r"(?<=\w)-(?=\w)", " ", stem.replace("__", ", ").replace("_", " "))
        if " " not in stem
        else stem
    )
    words = re.sub(r"[\s,]+(?:copy|final|v\d+|\(\d+\))$", "", without_dates(spaced, fewest=1))
    tidy = re.sub(r"\s+", " ", words).strip(" ,-–—")
    return Found(tidy[:1].upper() + tidy[1:] or filename, 0, Source.FILE_NAME, filename)


def _tidy(title: str) -> str:
    words = re.sub(r"\s+", " ", without_dates(_MARKER.sub("", title[:500]))).strip()
    return words if len(words) <= _LONGEST_TITLE else words[:_LONGEST_TITLE].rsplit(" ", 1)[0] + " …"
