"""Searching on the centre: what `/stories search` finds, as whoever looks may see it."""

from __future__ import annotations

from collections.abc import Iterable

from bot import search as searching
from bot.centre.search_asked import Sought
from bot.centre.viewers import Viewer
from bot.centre.wall_results import unnamed
from bot.desk import Desk
from bot.messages.search import Choices
from bot.search import Answer
from bot.search_choices import choices
from bot.search_seeing import Result
from stories.folding import fold
from stories.search import asking, highlighting
from stories.search.highlighting import Pieces
from stories.values import dataclass

PAGE = 20
"""Results on one page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """Something that was found: what it is called, and the part of it that answers."""

    result: Result
    pieces: Pieces


@dataclass(frozen=True, slots=True, kw_only=True)
class Hits:
    """What was found, best first: `shown` is the page that was asked for, `answer` all of it.

    `on_a_wall`: names are hidden, and there is nobody whose own write-ups there could be.
    """

    sought: Sought
    answer: Answer
    shown: tuple[Hit, ...]
    offered: Choices
    on_a_wall: bool

    @property
    def first(self) -> int:
        """The place of the first that is shown, from 1 on."""
        return (self.sought.number - 1) * PAGE + 1

    @property
    def pages(self) -> range:
        """The numbers of the pages that there are."""
        return range(1, (len(self.answer.results) + PAGE - 1) // PAGE + 1)


async def find(desk: Desk, viewer: Viewer, sought: Sought) -> Hits:
    """What this viewer may see of what fits: a screen, and a wall that somebody hung, what everybody may."""
    on_a_wall = viewer.is_screen or bool(sought.view)
    asker = "" if on_a_wall else viewer.user_id
    answer = await searching.find(desk, viewer.workspace_id, asker, sought.q, sought.narrowed)
    async with desk.read() as session:
        if on_a_wall:
            words = f"{sought.q} {answer.instead}"
            results = await unnamed(session, viewer, words, answer.results, desk.now())
            answer = _as_a_wall_says_it(answer, results)
        offered = await choices(session, viewer.workspace_id, asker)
    start = (sought.number - 1) * PAGE
    terms = asking.terms(f"{sought.q} {answer.instead}")
    hits = (Hit(result=one, pieces=_best(one, terms)) for one in answer.results[start : start + PAGE])
    return Hits(sought=sought, answer=answer, shown=tuple(hits), offered=offered, on_a_wall=on_a_wall)


def _as_a_wall_says_it(answer: Answer, results: tuple[Result, ...]) -> Answer:
    """The answer with these results alone; a word it mended is said only where it stands in one of them."""
    told = (fold(text) for one in results for text in _texts(one))
    if answer.instead and any(highlighting.held((fold(answer.instead),), text) for text in told):
        return Answer(results=results, instead=answer.instead, typed=answer.typed)
    return Answer(results=results)


def _best(result: Result, terms: tuple[str, ...]) -> Pieces:
    """The part of what was found in which most of the words stand."""
    texts = [text for text in _texts(result) if text]
    best = max(texts, key=lambda text: highlighting.held(terms, text), default="")
    return highlighting.excerpt(best, terms)


def _texts(result: Result) -> Iterable[str]:
    if result.comment:
        return (result.comment.words,)
    if result.telling:
        told = result.telling
        return (*told.quotes, told.happened, told.trying_to, told.meaning)
    if result.own:
        own = result.own.interview
        return (*(quote.text for quote in own.quotes), own.happened, own.trying_to, own.meaning)
    return ()
