"""A search from words to what the one who asked may see of what was found."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy.ext.asyncio import AsyncSession

from bot import account_team, showing
from bot.desk import Desk
from bot.own_customers import not_about
from bot.search_seeing import Result, fits, seen
from storage import search_finding, search_themes
from storage.search_asked import Asked
from storage.search_finding import FoundText
from stories.search import asking, fusing, spelling
from stories.search.asking import Narrowed, Search
from stories.search.encoders import Encoder
from stories.search.texts import Kind

EVERYTHING = Narrowed()

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


async def find(
    desk: Desk, workspace_id: str, asker: str, words: str, narrowed: Narrowed = EVERYTHING
) -> Answer:
    """What this person may see of what fits; words may hold `theme:billing` and `segment:large` too.

    `asker` is their user id, "" for a screen that anybody looks at: it shows what every colleague may see.
    Guests are to be refused before.
    """
    words, narrowed = asking.typed(words, narrowed)
    today = desk.now().date()
    return await search(
        desk,
        Search(workspace_id=workspace_id, user_id=asker, words=words, today=today, narrowed=narrowed),
    )


async def search(desk: Desk, asked: Search) -> Answer:
    """What this person may see of what fits; a word that nobody said is taken for one that is like it.

    Without words it is what is newest of what results are narrowed to; nothing where that is everything.
    """
    terms = asking.terms(asked.words)
    if not terms:
        return Answer(results=await _newest(desk, asked) if asked.narrowed != EVERYTHING else ())
    results = await _found(desk, asked, terms)
    if results:
        return Answer(results=results)
    return await _misspelt(desk, asked, terms)


async def _found(desk: Desk, asked: Search, terms: Sequence[str]) -> tuple[Result, ...]:
    meaning = await desk.shelves.encoder(desk.settings.firsthand_search_encoder)
    async with desk.read() as session:
        ranked = await ranked_texts(desk, session, asked, terms, meaning)
        asked = await _with_theme(session, asked, ranked)
        results = await seen(session, asked, ranked, desk.now(), most=MOST)
        results = await _with_the_newest(session, asked, results, desk)
        return await _with_the_team(session, asked, results, desk)


async def _newest(desk: Desk, asked: Search) -> tuple[Result, ...]:
    async with desk.read() as session:
        themes = await _themes(session, asked)
        ids = [
            one
            for wanted in _wanted(asked, (), themes)
            for one in await search_finding.newest(session, asked.workspace_id, wanted)
        ]
        texts = sorted(
            await _texts(session, asked, ids, None), key=lambda one: (one.day, one.id), reverse=True
        )
        asked = await _with_theme(session, asked, texts)
        return await seen(session, asked, texts, desk.now(), most=MOST)


async def ranked_texts(
    desk: Desk, session: AsyncSession, asked: Search, terms: Sequence[str], meaning: Encoder | None
) -> list[FoundText]:
    """The texts that are about it, best first, whoever may see them."""
    near = await _near(desk, asked, meaning)
    said = await _by_words(session, asked, terms)
    texts = await _texts(session, asked, (*said, *near), meaning)
    themed = await _about(session, asked, [one.id for one in texts])
    fitting = {one.id: one for one in texts if one.id in said or _bears(one, asked, one.id in themed)}
    return await asyncio.to_thread(_ranked, fitting, said, asked.words, meaning)


async def _by_words(session: AsyncSession, asked: Search, terms: Sequence[str]) -> dict[int, float]:
    found: dict[int, float] = {}
    for wanted in _wanted(asked, terms, await _themes(session, asked)):
        for one, score in await search_finding.by_words(session, asked.workspace_id, wanted):
            found[one] = max(score, found.get(one, score))
    return found


def _wanted(asked: Search, terms: Sequence[str], themes: tuple[int, ...]) -> Iterator[Asked]:
    """What is asked of the index: texts with a theme that their author gave, and those of a named one."""
    every = Asked(
        words=tuple(terms),
        marks=tuple(asking.marks(asked)),
        most=BY_WORDS,
        recent=asking.recent(asked.today),
    )
    yield every
    if themes:
        yield replace(every, marks=tuple(asking.marks(asked, themed=False)), themes=themes)


async def _themes(session: AsyncSession, asked: Search) -> tuple[int, ...]:
    """The themes that people gave the name that results are narrowed to."""
    name = asked.narrowed.theme
    return await search_themes.called(session, asked.workspace_id, name) if name else ()


async def _about(session: AsyncSession, asked: Search, ids: Sequence[int]) -> frozenset[int]:
    """Those of these texts that are about the named theme that results are narrowed to."""
    themes = await _themes(session, asked)
    return await search_themes.about(session, asked.workspace_id, themes, ids) if themes else frozenset()


async def _with_theme(session: AsyncSession, asked: Search, texts: Sequence[FoundText]) -> Search:
    """The search that knows which conversations a named theme is about: their stories do not say so."""
    about = await _about(session, asked, [one.id for one in texts])
    talks = (one.interview_id for one in texts if one.id in about)
    return replace(asked, themed=frozenset(talk for talk in talks if talk is not None))


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


def _bears(text: FoundText, asked: Search, themed: bool) -> bool:
    """Whether a text bears all marks that are asked for: what is near in meaning is not filtered yet."""
    borne = set(text.facets.split())
    return all(borne.intersection(some) for some in asking.marks(asked, themed=not themed))


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


async def _with_the_team(
    session: AsyncSession, asked: Search, results: tuple[Result, ...], desk: Desk
) -> tuple[Result, ...]:
    """The results after what is for an account's team alone, where the one who asks is on it."""
    narrowed = asked.narrowed
    if not asked.user_id or narrowed.kind not in {"", Kind.STORY} or narrowed.band or narrowed.consent:
        return results
    told = await account_team.find(session, asked.workspace_id, asked.user_id, asked.words, desk.now())
    known = {one.telling.story_id for one in results if one.telling}
    theirs = (Result(telling=one) for one in told if one.story_id not in known and fits(asked, one))
    return (*theirs, *results)[:MOST]


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
