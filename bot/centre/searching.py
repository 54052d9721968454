"""Searching on the centre: the same search as `/stories search`, and the same of it is seen."""

from __future__ import annotations

from dataclasses import dataclass

from bot import search as searching
from bot.centre.viewers import Viewer
from bot.desk import Desk
from bot.search import Answer
from bot.search_seeing import Result
from stories.search import asking, highlighting
from stories.search.highlighting import Pieces
from stories.text import one_line, shortened

LONGEST_WORDS = 100
"""Characters of a search that are read."""

MOST_SHOWN = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """Something that was found: what it is called, and the part of it that answers."""

    result: Result
    pieces: Pieces


@dataclass(frozen=True, slots=True, kw_only=True)
class Hits:
    """What was found, best first. `more` is whether there is more than is shown; `answer` all of it."""

    words: str
    answer: Answer
    shown: tuple[Hit, ...]

    @property
    def more(self) -> bool:
        """Whether better words would help."""
        return len(self.answer.results) > len(self.shown)


async def find(desk: Desk, viewer: Viewer, typed: str) -> Hits:
    """What this person may see of what fits these words; not to be asked for a screen."""
    words = shortened(one_line(typed), LONGEST_WORDS)
    asker = (viewer.workspace_id, viewer.user_id)
    answer = await searching.find(desk, *asker, words) if words else Answer(results=())
    terms = asking.terms(f"{words} {answer.instead}")
    hits = (Hit(result=one, pieces=_best(one, terms)) for one in answer.results[:MOST_SHOWN])
    return Hits(words=words, answer=answer, shown=tuple(hits))


def _best(result: Result, terms: tuple[str, ...]) -> Pieces:
    """The part of what was found in which most of the words stand."""
    texts = [text for text in _texts(result) if text]
    best = max(texts, key=lambda text: highlighting.held(terms, text), default="")
    return highlighting.excerpt(best, terms)


def _texts(result: Result) -> tuple[str, ...]:
    if result.comment:
        return (result.comment.words,)
    if result.telling:
        told = result.telling
        return (*told.quotes, told.happened, told.trying_to, told.meaning)
    if result.own:
        own = result.own.interview
        return (*(quote.text for quote in own.quotes), own.happened, own.trying_to, own.meaning)
    return ()
