"""A lesson's file read and checked: front matter, then a screen for each heading of the second level.

A heading may begin with what the screen is: `## [choose] Which one?`, `[spot]`, `[check]`,
`[rewrite: question]` (or quote, so_what), `[example: quote]` (or so_what, change, without_name). What there
is to choose is a list of `- [x]` and `- [ ]`, each with its explanation below it as a quotation.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum
from typing import TypeVar

from stories.lessons.blocks_of import Body, Parsed, parsed
from stories.lessons.errors import LessonError
from stories.lessons.front import read_front
from stories.lessons.values import Kind, Lesson, Rewrites, Screen, Shows, plain

FEWEST_SCREENS, MOST_SCREENS = 3, 12
LONGEST_HEADING = 120
LONGEST_SCREEN = 900
"""Letters: more does not fit a phone without scrolling twice."""
MOST_WORDS = 714
"""Three minutes at 238 words a minute (Brysbaert 2019, doi:10.1016/j.jml.2019.104047)."""
FEWEST_CHOICES, MOST_CHOICES = 2, 5
LONGEST_CHOICE, LONGEST_BECAUSE = 250, 350

_MARKED = re.compile(r"\[(?P<kind>\w+)(?::\s*(?P<about>\w+))?\]\s*(?P<heading>.*)")
_Chosen = TypeVar("_Chosen", bound=StrEnum)


def read_lesson(text: str, where: str) -> Lesson:
    """The lesson that a file holds; `where` is what the file is called. Raises LessonError."""
    front = read_front(text, where)
    screens = tuple(_screen(one, where) for one in parsed(front.body, front.line, where))
    _check_whole(screens, where)
    return Lesson(
        key=front.key,
        language=front.language,
        title=front.title,
        summary=front.summary,
        order=front.order,
        offered=front.offered,
        screens=screens,
    )


def _screen(one: Parsed, where: str) -> Screen:
    place = f"line {one.line}"
    marked = _MARKED.fullmatch(one.heading)
    kind = _one_of(Kind, marked["kind"], where, place) if marked else Kind.WORDS
    heading = (marked["heading"] if marked else one.heading).strip()
    if not heading or len(heading) > LONGEST_HEADING:
        raise LessonError(where, place, f"a heading has 1 to {LONGEST_HEADING} letters")
    about = _about(kind, marked["about"] or "" if marked else "", where, place)
    _check_body(kind, one.body, where, place)
    return Screen(
        kind=kind,
        heading=heading,
        passages=one.body.passages,
        choices=one.body.choices,
        about=about,
        line=one.line,
    )


def _about(kind: Kind, about: str, where: str, place: str) -> str:
    if kind is Kind.EXAMPLE:
        return _one_of(Shows, about, where, place).value
    if kind is Kind.REWRITE:
        return _one_of(Rewrites, about, where, place).value
    if about:
        raise LessonError(where, place, f"[{kind}] takes nothing after a colon")
    return ""


def _one_of(known: type[_Chosen], name: str, where: str, place: str) -> _Chosen:
    if name not in {one.value for one in known}:
        named = ", ".join(one.value for one in known)
        raise LessonError(where, place, f"“{name}” is none of these: {named}")
    return known(name)


def _check_body(kind: Kind, body: Body, where: str, place: str) -> None:
    letters = sum(len(passage.plain) for passage in body.passages)
    # A question to choose an answer to may stand in the heading.
    if letters > LONGEST_SCREEN or not (letters or kind.asks):
        raise LessonError(where, place, f"a screen has 1 to {LONGEST_SCREEN} letters; this one has {letters}")
    if not kind.asks:
        if body.choices:
            raise LessonError(where, place, "there is something to choose; say [choose], [spot] or [check]")
        return
    if not (1 if kind is Kind.REWRITE else FEWEST_CHOICES) <= len(body.choices) <= MOST_CHOICES:
        raise LessonError(where, place, f"write {FEWEST_CHOICES} to {MOST_CHOICES} choices, as “- [ ] …”")
    _check_choices(kind, body, where, place)


def _check_choices(kind: Kind, body: Body, where: str, place: str) -> None:
    for choice in body.choices:
        told = sum(len(span.text) for span in choice.because)
        if not 1 <= len(choice.text) <= LONGEST_CHOICE or not 1 <= told <= LONGEST_BECAUSE:
            raise LessonError(
                where,
                place,
                f"“{choice.text[:40]}” needs 1 to {LONGEST_CHOICE} letters, and below it, as “  > …”, "
                f"an explanation of 1 to {LONGEST_BECAUSE}",
            )
    right = sum(choice.right for choice in body.choices)
    wanted = {Kind.REWRITE: len(body.choices), Kind.SPOT: max(1, right)}.get(kind, 1)
    if right != wanted:
        said = {Kind.REWRITE: "every example answer is an [x]", Kind.SPOT: "mark at least one with [x]"}
        raise LessonError(where, place, said.get(kind, "mark exactly one choice with [x]"))
    if kind is Kind.REWRITE and not any(passage.shape == "quote" for passage in body.passages):
        raise LessonError(where, place, "put what is to be rewritten above, as a quotation: “> …”")


def _check_whole(screens: Sequence[Screen], where: str) -> None:
    if not FEWEST_SCREENS <= len(screens) <= MOST_SCREENS:
        raise LessonError(
            where, "body", f"a lesson has {FEWEST_SCREENS} to {MOST_SCREENS} screens (## headings)"
        )
    if not any(screen.kind in (Kind.CHOOSE, Kind.SPOT, Kind.REWRITE) for screen in screens):
        raise LessonError(
            where, "body", "there is no exercise: begin a heading with [choose], [spot] or [rewrite: …]"
        )
    if sum(screen.kind is Kind.CHECK for screen in screens) != 1:
        raise LessonError(where, "body", "have exactly one screen whose heading begins with [check]")
    words = sum(words_on(screen) for screen in screens)
    if words > MOST_WORDS:
        raise LessonError(where, "body", f"{words} words; three minutes are {MOST_WORDS} at most")


def words_on(screen: Screen) -> int:
    """How many words there are to read, with what is said after an answer."""
    told = [screen.heading, *(passage.plain for passage in screen.passages)]
    told += [part for choice in screen.choices for part in (choice.text, plain(choice.because))]
    return sum(len(part.split()) for part in told)
