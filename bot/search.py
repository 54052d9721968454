"""A search from words to what the one who asked may see of what was found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy.ext.asyncio import AsyncSession

from bot import account_team, showing
from bot.desk import Desk
from bot.nps.enough import are_enough
from bot.own_customers import not_about
from bot.search_ranking import by_words, newest_texts, ranked_texts, with_theme
from bot.search_seeing import Result, fits, seen
from storage import search_finding
from storage.search_showing import Around
from stories.search import asking, spelling
from stories.search.asking import Narrowed, Search
from stories.search.texts import Kind
from stories.values import dataclass

EVERYTHING = Narrowed()

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

    `asker` is their user id, "" for a screen that anybody looks at: that is what every colleague may see, and
    what a wall shows of it, without names, is told by `bot.centre.wall_results`.
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


async def _with_few(session: AsyncSession, asked: Search) -> Search:
    """The search that knows whether enough customers of the kind it is narrowed to answered to a survey."""
    kind = asked.narrowed.segment
    if not kind:
        return asked
    return replace(asked, few=not await are_enough(session, asked.workspace_id, {"": [kind]}))


async def _found(desk: Desk, asked: Search, terms: Sequence[str]) -> tuple[Result, ...]:
    meaning = await desk.shelves.encoder(desk.settings.firsthand_search_encoder)
    async with desk.read() as session:
        asked = await _with_few(session, asked)
        ranked = await ranked_texts(desk, session, asked, terms, meaning)
        asked = await with_theme(session, asked, ranked)
        results, known = await seen(session, asked, ranked, desk.now(), most=MOST)
        results = await _with_the_newest(session, asked, results, desk, known)
        return await _with_the_team(session, asked, results, desk) if known.on_a_team else results


async def _newest(desk: Desk, asked: Search) -> tuple[Result, ...]:
    async with desk.read() as session:
        asked = await _with_few(session, asked)
        texts = await newest_texts(session, asked)
        asked = await with_theme(session, asked, texts)
        return (await seen(session, asked, texts, desk.now(), most=MOST))[0]


async def _with_the_newest(
    session: AsyncSession, asked: Search, results: tuple[Result, ...], desk: Desk, known: Around
) -> tuple[Result, ...]:
    """The results, and before them stories that were told a moment ago: their own index has them at once."""
    narrowed = asked.narrowed
    if narrowed.kind not in {"", Kind.STORY} or narrowed.band or narrowed.consent:
        return results
    if not known.waiting:
        return results
    there = {one.telling.story_id for one in results if one.telling}
    told = await showing.find(session, asked.workspace_id, asked.words, desk.now(), among=known.waiting)
    told = await not_about(session, asked.workspace_id, asked.user_id, told)
    fresh = (Result(telling=one) for one in told if one.story_id not in there and fits(asked, one))
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
            found = await by_words(session, asked, [term[:KEPT]]) if len(term) > KEPT else {}
            texts = await search_finding.texts(session, asked.workspace_id, tuple(found), "")
        likely = spelling.most_like(term, [one.words for one in texts])
        if likely:
            mended = replace(asked, words=" ".join(likely if one == term else one for one in terms))
            results = await _found(desk, mended, asking.terms(mended.words))
            if results:
                return Answer(results=results, instead=likely, typed=term)
    return Answer(results=())
