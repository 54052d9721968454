"""What they wanted, what happened and what it means, where a heading or a label says so."""

from __future__ import annotations

import re
from collections.abc import Iterator

from stories.folding import fold
from stories.notes.page import Line, Page, Section, label_of, plain
from stories.notes.values import Found, Source
from stories.patterns import late

LONGEST_SECTION = 2000
"""Characters from which on a part with headings of its own is told by these."""

_WANTED = late(
    r"(?:our |their |research |key )?(?:goals?|objectives?)(?: (?:&|and) .*)?"
    r"|context|background|motivation|problem(?: statement)?|overview|needs|expected outcomes"
    r"|(?:what )?(?:we|they|he|she) wanted(?: to (?:learn|do|know|achieve))?|what (?:we|they) wanted.*"
    r"|what (?:they|he|she)(?: were| was|'re|'s)? try(?:ing)? to do"
    r"|trying to|jobs? to be done|why (?:we|they) (?:talked|called)"
)
_HAPPENED = late(
    r"(?:key |main |our |top )?(?:findings|insights|observations|results|learnings)"
    r"|what (?:we )?(?:learned|learnt|found|heard|saw|happened).*|what went (?:well|wrong).*"
    r"|happened|story|experience|notes|discussion|pain ?points|feedback|what (?:they|we) (?:said|told us)"
    r"|summary(?: of .*)?"
)
_MEANING = late(
    r"(?:key |main )?take-?aways?|next steps?|what'?s next|what (?:it|this) means.*|implications|conclusions?"
    r"|recommendations?|action items?|actions|so what|(?:project )?impacts?|meaning|follow-?ups?|decisions?"
)
_OTHER_PARTS = late(
    r"(?:table of )?contents|jump to|description|introductions?|agenda|(?:transcript|appendix).*"
    r"|whom? we .*|what we .*"
)
_WEAK = late(r"summary.*|context|background|overview|notes|conclusions?|discussion|impact")
_GOODBYE = late(r"(?:that (?:brings|wraps)|thank|bye|see you)", re.IGNORECASE)


def read_sections(page: Page) -> tuple[Found[str] | None, Found[str] | None, Found[str] | None]:
    """What they wanted, what happened, what it means; the first place for each that has words.

    Plain names such as "Goals" and "Findings" come before vague ones such as "Background" and "Summary".
    """
    sections = [(_name(section.heading.text), section) for section in page.sections()]
    labels = [(_name(label.words), label) for label in _labelled(page)]
    return (
        _first(_WANTED, sections, labels),
        _first(_HAPPENED, sections, labels),
        _first(_MEANING, sections, labels),
    )


def is_part_name(text: str) -> bool:
    """Whether a heading only names a part of the notes, such as "What we learned"."""
    name = _name(text)
    return any(pattern.fullmatch(name) for pattern in (_WANTED, _HAPPENED, _MEANING, _OTHER_PARTS))


def _first(
    pattern: re.Pattern[str], sections: list[tuple[str, Section]], labels: list[tuple[str, Found[str]]]
) -> Found[str] | None:
    """The first plainly named part with words, else the first vaguely named one; names are folded."""
    vague = None
    for name, found in _parts(pattern, sections, labels):
        if _GOODBYE.match(found.value):
            continue
        if not _WEAK.fullmatch(name):
            return found
        vague = vague or found
    return vague


def _parts(
    pattern: re.Pattern[str], sections: list[tuple[str, Section]], labels: list[tuple[str, Found[str]]]
) -> Iterator[tuple[str, Found[str]]]:
    for name, section in sections:
        if pattern.fullmatch(name) and (text := _told(section)):
            yield name, Found(text, section.heading.number, Source.HEADING, section.heading.text)
    yield from ((name, label) for name, label in labels if pattern.fullmatch(name))


def _labelled(page: Page) -> Iterator[Found[str]]:
    """Labelled lines ("Goal: …") with the lines below them up to a blank line, a heading or another label."""
    lines = {line.number: line for line in page.lines}
    headings = {heading.number for heading in page.headings}
    for line in page.lines:
        labelled = label_of(line.text)
        if labelled is None or line.number in headings or not _is_part(labelled[0]):
            continue
        words, number = [plain(labelled[1])], line.number + 1
        while number in lines and number not in headings and _goes_on(lines[number], bool(words[-1])):
            words.append(_clean(lines[number]))
            number += 1
        text = "\n".join(word for word in words if word)
        if text:
            yield Found(text, line.number, Source.LINE, plain(labelled[0]))


def _is_part(label: str) -> bool:
    name = _name(plain(label))
    return any(pattern.fullmatch(name) for pattern in (_WANTED, _HAPPENED, _MEANING))


def _goes_on(line: Line, begun: bool) -> bool:
    if not line.text.strip():
        return not begun
    labelled = label_of(line.text)
    return labelled is None or not _is_part(labelled[0])


def _told(section: Section) -> str:
    text = "\n".join(word for word in map(_clean, section.lines) if word)
    if len(text) <= LONGEST_SECTION:
        return text
    top = min((_level(line) for line in section.lines if _level(line)), default=None)
    outline = [f"- {plain(line.text.lstrip('# '))}" for line in section.lines if _level(line) == top]
    return "\n".join(outline) if len(outline) > 1 else text


def _level(line: Line) -> int:
    return len(line.text) - len(line.text.lstrip("#"))


def _clean(line: Line) -> str:
    """The line's words; nothing of rules, tables, tables of contents and pictures."""
    text = line.text.strip()
    if re.fullmatch(
        r"[-=_*\s|:]*|\|.*|(?:[-*+]|\d+\.)\s+\[[^\]]*\]\(#[^)]*\)?.*|\[?jump to.*", text, re.IGNORECASE
    ):
        return ""
    item = re.match(r"(?:[-*+•]|\d+[.)])\s+", text)
    words = plain(text[item.end() :] if item else text.lstrip("#> "))
    return f"- {words}" if item and words else words


def _name(text: str) -> str:
    return re.sub(r"\s+", " ", fold(plain(text))).strip(" .:?!#*_").removesuffix(" (top insights)")
