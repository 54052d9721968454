"""What somebody searches for: words, and what the results are narrowed to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from importlib.resources import files

from stories.phrasebook import phrasebook, speaking_them
from stories.search import facets
from stories.search.texts import Kind
from stories.values import dataclass

MOST_WORDS = 16
"""Words of a search that are looked for: of a long question the first."""

WHEN = {"month": 31, "quarter": 92, "year": 366}
"""How long ago something may have been said at most, in days."""

_NARROWING = re.compile(
    r'(?<!\S)(?P<name>[^\W\d_]+):(?:["“”„](?P<quoted>[^"“”„]+)["“”]|(?P<plain>[^\s"“”„]+))', re.IGNORECASE
)
_NARROWED_TO = ("theme", "segment")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_MARKS = re.compile(r"['’]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrowed:
    """What results are narrowed to; empty for everything.

    `band` is promoter, passive or detractor; `when` one of WHEN; `consent` a purpose that the customer has to
    have agreed to by now (`stories.consent.Purpose`).
    """

    kind: str = ""
    segment: str = ""
    theme: str = ""
    band: str = ""
    when: str = ""
    consent: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """A search by somebody: what is found is what this person may see ("" for whoever looks at a screen).

    `themed` are the conversations with a text that a theme of that name was found to be about. `few`: of the
    kind of customers that it is narrowed to so few answered that a comment would tell whose it is.
    """

    workspace_id: str
    user_id: str
    words: str
    today: date
    narrowed: Narrowed = Narrowed()
    themed: frozenset[int] = frozenset()
    few: bool = False

    @property
    def since(self) -> date | None:
        """The first day on which it may have been said; None for ever."""
        days = WHEN.get(self.narrowed.when)
        return self.today - timedelta(days=days) if days else None


def typed(words: str, narrowed: Narrowed) -> tuple[str, Narrowed]:
    """The words without `theme:billing` and `segment:"large firms"`, and what these narrow results to."""
    names, said = _names(), dict[str, str]()

    def taken(found: re.Match[str]) -> str:
        name = names.get(found["name"].casefold())
        if name is None:
            return found[0]
        said[name] = found["quoted"] or found["plain"]
        return " "

    left = _NARROWING.sub(taken, words)
    return (" ".join(left.split()), replace(narrowed, **said)) if said else (words, narrowed)


@cache
def _names() -> dict[str, str]:
    """What narrows results, by how it is typed in each language that has phrases for it."""
    books = (phrasebook(code, "search") for code in speaking_them("search"))
    own = {said: meant for book in books if book for said, meant in book.read.items()}
    return {said: meant for said, meant in own.items() if meant in _NARROWED_TO} | {
        name: name for name in _NARROWED_TO
    }


def terms(words: str) -> tuple[str, ...]:
    """The words to look for, in order and each once: what only holds a question together is left out.

    A search of nothing but such words keeps them.
    """
    said = tuple(dict.fromkeys(_MARKS.split(word.lower())[0] for word in _WORD.findall(words)))
    return (tuple(word for word in said if word not in little_words()) or said)[:MOST_WORDS]


def all_words(words: str) -> tuple[str, ...]:
    """Every word, in order and each once."""
    return tuple(dict.fromkeys(word.lower() for word in _WORD.findall(words)))


def marks(search: Search, *, themed: bool = True) -> Iterator[tuple[str, ...]]:
    """The marks that a text needs: one of each of these; not that of a theme without `themed`."""
    narrowed = search.narrowed
    everybody, own = (
        facets.visible_to(search.workspace_id),
        facets.visible_to(search.workspace_id, search.user_id),
    )
    if narrowed.kind:
        yield (own,) if narrowed.kind == Kind.INTERVIEW else (everybody,)
        yield (facets.of_kind(narrowed.kind),)
    else:
        yield (everybody, own)
    if narrowed.segment:
        yield (facets.of_segment(narrowed.segment),)
    if narrowed.theme and themed:
        yield (facets.of_theme(narrowed.theme),)
    if narrowed.band:
        yield (facets.of_band(narrowed.band),)
    if search.since:
        yield facets.months(search.since, search.today)


@cache
def little_words() -> frozenset[str]:
    """The words that only hold a question together; a longer list of them cost right answers."""
    lists = (one for one in files("stories.search").iterdir() if one.name.startswith("little_words"))
    return frozenset(word for one in lists for word in one.read_text("utf-8").split())
