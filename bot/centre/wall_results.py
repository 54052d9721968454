"""What a search found, as a screen may show it: nobody is named there, nor found by a name that is not."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.centre.tellings import tellings
from bot.centre.viewers import Viewer
from bot.search_seeing import Result
from stories.folding import fold
from stories.search import asking, highlighting
from stories.story import Telling, words_of


async def unnamed(
    session: AsyncSession, viewer: Viewer, words: str, results: Sequence[Result], at: datetime
) -> tuple[Result, ...]:
    """Those of these results (of a search by nobody) that a wall shows, told without names.

    The index holds the names of customers who agreed to be named among colleagues. A story that a word of
    the search finds by what a wall hides stays away: that it comes up would tell whose it is.
    """
    terms = asking.terms(words)
    told = {one.telling.story_id: one.telling for one in results if one.telling}
    shown = {one.story_id: one for one in await tellings(session, viewer, list(told), at, wall=True)}
    open_to_all = {
        number: telling for number, telling in shown.items() if _is_found_openly(told[number], telling, terms)
    }
    kept = (
        Result(telling=open_to_all.get(one.telling.story_id)) if one.telling else one
        for one in results
        if one.own is None
    )
    return tuple(one for one in kept if one.telling or one.comment)


def _is_found_openly(told: Telling, shown: Telling, terms: Sequence[str]) -> bool:
    """Whether a story is found by the words that stand on the wall, and by none that do not."""
    if not told.named or not terms:
        return True
    open_words = words_of(shown)
    hidden = _words(words_of(told)) - _words(open_words)
    plain = [fold(term) for term in terms]
    by_name = any(word.startswith(term) for word in hidden for term in plain)
    by_a_form = highlighting.held(plain, " ".join(sorted(hidden))) > 0
    return not by_name and not by_a_form and highlighting.held(plain, fold(open_words)) > 0


def _words(text: str) -> frozenset[str]:
    return frozenset(asking.all_words(fold(text)))
