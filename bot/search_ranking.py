"""The texts that are about what somebody searches for, best first, whoever may see them."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from sqlalchemy.ext.asyncio import AsyncSession

from bot.desk import Desk
from storage import search_finding, search_themes
from storage.search_asked import Asked, Marks
from storage.search_finding import FoundText
from stories.search import asking, fusing
from stories.search.asking import Search
from stories.search.encoders import Encoder

if TYPE_CHECKING:
    # A process that nobody searches in does without.
    from stories.search.codes import Vectors

BY_WORDS = 200
"""Texts that full text hands on to be ranked by meaning."""

BY_MEANING = 100
"""Texts that are near in meaning, whatever their words."""


async def ranked_texts(
    desk: Desk, session: AsyncSession, asked: Search, terms: Sequence[str], meaning: Encoder | None
) -> list[FoundText]:
    """The texts that are about it, best first, whoever may see them."""
    # The database looks for the words while this process looks for what is near in meaning.
    searching = asyncio.create_task(_near(desk, asked, meaning))
    try:
        themes = await _themes(session, asked)
        said = await _by_words(session, asked, terms, themes)
        meant, near = await searching
    finally:
        searching.cancel()
    texts = await _texts(session, asked, (*said, *near), meaning)
    themed = await _about(session, asked, themes, [one.id for one in texts])
    needed, of_theme = tuple(asking.marks(asked)), tuple(asking.marks(asked, themed=False))
    fitting = {
        one.id: one
        for one in texts
        if one.id in said or _bears(one, of_theme if one.id in themed else needed)
    }
    return _ranked(fitting, said, meant, meaning)


async def _near(desk: Desk, asked: Search, meaning: Encoder | None) -> tuple[Vectors | None, tuple[int, ...]]:
    """What the words mean, and the texts nearest to it."""
    if meaning is None:
        return None, ()
    await desk.shelves.look_again(desk.database, asked.workspace_id, meaning.name, desk.now())
    return await desk.shelves.nearest(asked.workspace_id, meaning, asked.words, most=BY_MEANING)


async def by_words(session: AsyncSession, asked: Search, terms: Sequence[str]) -> dict[int, float]:
    """Texts that hold any of these words, by their ids, with how well each fits."""
    return await _by_words(session, asked, terms, await _themes(session, asked))


async def newest_texts(session: AsyncSession, asked: Search) -> list[FoundText]:
    """The newest texts of what a search is narrowed to, whatever their words."""
    themes = await _themes(session, asked)
    ids = [
        one
        for wanted in _wanted(asked, (), themes)
        for one in await search_finding.newest(session, asked.workspace_id, wanted)
    ]
    texts = await _texts(session, asked, ids, None)
    return sorted(texts, key=lambda one: (one.day, one.id), reverse=True)


async def with_theme(session: AsyncSession, asked: Search, texts: Sequence[FoundText]) -> Search:
    """The search that knows which conversations a named theme is about: their stories do not say so."""
    themes = await _themes(session, asked)
    about = await _about(session, asked, themes, [one.id for one in texts])
    talks = (one.interview_id for one in texts if one.id in about)
    return replace(asked, themed=frozenset(talk for talk in talks if talk is not None))


async def _by_words(
    session: AsyncSession, asked: Search, terms: Sequence[str], themes: tuple[int, ...]
) -> dict[int, float]:
    found: dict[int, float] = {}
    for wanted in _wanted(asked, terms, themes):
        for one, score in await search_finding.by_words(session, asked.workspace_id, wanted):
            found[one] = max(score, found.get(one, score))
    return found


def _wanted(asked: Search, terms: Sequence[str], themes: tuple[int, ...]) -> Iterator[Asked]:
    """What is asked of the index: texts with a theme that their author gave, and those of a named one."""
    every = Asked(
        words=tuple(terms),
        marks=tuple(asking.marks(asked)),
        most=BY_WORDS,
    )
    yield every
    if themes:
        yield replace(every, marks=tuple(asking.marks(asked, themed=False)), themes=themes)


async def _themes(session: AsyncSession, asked: Search) -> tuple[int, ...]:
    """The themes that people gave the name that results are narrowed to."""
    name = asked.narrowed.theme
    return await search_themes.called(session, asked.workspace_id, name) if name else ()


async def _about(
    session: AsyncSession, asked: Search, themes: tuple[int, ...], ids: Sequence[int]
) -> frozenset[int]:
    """Those of these texts that are about the named theme that results are narrowed to."""
    return await search_themes.about(session, asked.workspace_id, themes, ids) if themes else frozenset()


async def _texts(
    session: AsyncSession, asked: Search, ids: Sequence[int], meaning: Encoder | None
) -> tuple[FoundText, ...]:
    name = meaning.name if meaning else ""
    return await search_finding.texts(session, asked.workspace_id, tuple(dict.fromkeys(ids)), name)


def _ranked(
    texts: Mapping[int, FoundText],
    said: Mapping[int, float],
    meant: Vectors | None,
    meaning: Encoder | None,
) -> list[FoundText]:
    """The texts that are about it, best first."""
    alike: Mapping[int, float] = {}
    if meant is not None:
        alike = _likeness(meant, [one for one in texts.values() if one.vector is not None])
    found = {one: score for one, score in said.items() if one in texts}
    order = fusing.fused(found, alike, meaning.weight if meaning else 0.0)
    near_enough = meaning.near_enough if meaning else 1.0
    # A floor for how many of a question's words a text has to hold cost right answers.
    return [texts[one] for one, _ in order if one in found or alike.get(one, 0.0) >= near_enough]


def _likeness(meant: Vectors, texts: Sequence[FoundText]) -> dict[int, float]:
    from stories.search.codes import likeness

    alike = likeness(meant[0], [one.vector or b"" for one in texts])
    return {one.id: float(value) for one, value in zip(texts, alike, strict=True)}


def _bears(text: FoundText, marks: Marks) -> bool:
    """Whether a text bears one mark of each of these: what is near in meaning is not filtered yet."""
    borne = set(text.facets.split())
    return all(borne.intersection(some) for some in marks)
