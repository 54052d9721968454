"""A search from words to what the one who asked may see of what was found."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy.ext.asyncio import AsyncSession

from bot import showing
from bot.desk import Desk
from bot.own_customers import not_about
from bot.search_seeing import Result, fits, seen
from storage import search_finding
from storage.search_finding import FoundText
from stories.search import asking, fusing, spelling
from stories.search.asking import Search
from stories.search.encoders import Encoder
from stories.search.texts import Kind

BY_WORDS = 200
"""Texts that full text hands on to be ranked by meaning."""

BY_MEANING = 100
"""Texts that are near in meaning, whatever their words."""

MOST = 60
"""Results of one search: whoever needs more needs better words."""

MOST_MENDED = 3
"""Words of a search that are looked at for a slip of the keys."""

KEPT = 3
"""Letters at the beginning of a word that are taken as typed right."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a search found, best first. `instead` is the word that was looked for in place of a typed one."""

    results: tuple[Result, ...]
    instead: str = ""
    typed: str = ""


async def search(desk: Desk, asked: Search) -> Answer:
    """What this person may see of what fits; a word that nobody said is taken for one that is like it."""
    terms = asking.terms(asked.words)
    if not terms:
        return Answer(results=())
    results = await _found(desk, asked, terms)
    if results:
        return Answer(results=results)
    return await _misspelt(desk, asked, terms)


async def _found(desk: Desk, asked: Search, terms: Sequence[str]) -> tuple[Result, ...]:
    meaning = await desk.shelves.encoder(desk.settings.firsthand_search_encoder)
    async with desk.read() as session:
        ranked = await ranked_texts(desk, session, asked, terms, meaning)
        results = await seen(session, asked, ranked, desk.now(), most=MOST)
        return await _with_the_newest(session, asked, results, desk)


async def ranked_texts(
    desk: Desk, session: AsyncSession, asked: Search, terms: Sequence[str], meaning: Encoder | None
) -> list[FoundText]:
    """The texts that are about it, best first, whoever may see them."""
    near = await _near(desk, asked, meaning)
    said = await _by_words(session, asked, terms)
    texts = await _texts(session, asked, (*said, *near), meaning)
    fitting = {one.id: one for one in texts if one.id in said or _bears(one, asked)}
    return await asyncio.to_thread(_ranked, fitting, said, asked.words, meaning)


async def _by_words(session: AsyncSession, asked: Search, terms: Sequence[str]) -> dict[int, float]:
    marks = tuple(asking.marks(asked))
    found = await search_finding.by_words(session, asked.workspace_id, terms, marks, most=BY_WORDS)
    return dict(found)


async def _texts(
    session: AsyncSession, asked: Search, ids: Sequence[int], meaning: Encoder | None
) -> tuple[FoundText, ...]:
    name = meaning.name if meaning else ""
    return await search_finding.texts(session, asked.workspace_id, tuple(dict.fromkeys(ids)), name)


def _ranked(
    texts: Mapping[int, FoundText],
    said: Mapping[int, float],
    words: str,
    meaning: Encoder | None,
) -> list[FoundText]:
    """The texts that are about it, best first."""
    alike: Mapping[int, float] = {}
    if meaning is not None:
        alike = _likeness(meaning, words, [one for one in texts.values() if one.vector is not None])
    found = {one: score for one, score in said.items() if one in texts}
    order = fusing.fused(found, alike, meaning.weight if meaning else 0.0)
    near_enough = meaning.near_enough if meaning else 1.0
    # A floor for how many of a question's words a text has to hold cost right answers.
    return [texts[one] for one, _ in order if one in found or alike.get(one, 0.0) >= near_enough]


def _likeness(meaning: Encoder, words: str, texts: Sequence[FoundText]) -> dict[int, float]:
    from stories.search.codes import likeness

    alike = likeness(meaning.encode([words])[0], [one.vector or b"" for one in texts])
    return {one.id: float(value) for one, value in zip(texts, alike, strict=True)}


def _bears(text: FoundText, asked: Search) -> bool:
    """Whether a text bears all marks that are asked for: what is near in meaning is not filtered yet."""
    borne = set(text.facets.split())
    return all(borne.intersection(some) for some in asking.marks(asked))


async def _near(desk: Desk, asked: Search, meaning: Encoder | None) -> tuple[int, ...]:
    if meaning is None:
        return ()
    await desk.shelves.look_again(desk.database, asked.workspace_id, meaning.name, desk.now())
    return await desk.shelves.nearest(asked.workspace_id, meaning, asked.words, most=BY_MEANING)


async def _with_the_newest(
    session: AsyncSession, asked: Search, results: tuple[Result, ...], desk: Desk
) -> tuple[Result, ...]:
    """The results, and before them stories that were told a moment ago: their own index has them at once."""
    narrowed = asked.narrowed
    if narrowed.kind not in {"", Kind.STORY} or narrowed.band or narrowed.consent:
        return results
    known = {one.telling.story_id for one in results if one.telling}
    told = await showing.find(session, asked.workspace_id, asked.words, desk.now())
    told = await not_about(session, asked.workspace_id, asked.user_id, told)
    fresh = (Result(telling=one) for one in told if one.story_id not in known and fits(asked, one))
    return (*fresh, *results)[:MOST]


async def _misspelt(desk: Desk, asked: Search, terms: Sequence[str]) -> Answer:
    """The same search with the word that is most like one that nobody said; nothing where there is none."""
    for term in sorted(terms, key=len, reverse=True)[:MOST_MENDED]:
        async with desk.read() as session:
            found = await _by_words(session, asked, [term[:KEPT]]) if len(term) > KEPT else {}
            texts = await _texts(session, asked, tuple(found), None)
        likely = spelling.most_like(term, [one.words for one in texts])
        if likely:
            mended = replace(asked, words=" ".join(likely if one == term else one for one in terms))
            results = await _found(desk, mended, asking.terms(mended.words))
            if results:
                return Answer(results=results, instead=likely, typed=term)
    return Answer(results=())
