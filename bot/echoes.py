"""What a channel would hear twice: a second write-up of what it was told of the same customer of late."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from storage import pools, stories
from stories.digest import FRESH_FOR, Candidate, Choice
from stories.echoes import is_echo, words_told

LATELY = FRESH_FOR
"""For so long a channel remembers what it was told of a customer: as long as a story is news."""

MOST_COMPARED = 10
"""Stories that are compared for one channel; the newest, and each with MOST_EARLIER that were told."""

MOST_EARLIER = 5

_ADDS_NOTHING = 1

Pick = Callable[[str, Sequence[Candidate]], tuple[Choice, ...]]
"""What a channel (its id) hears of these."""


async def chosen_once(
    session: AsyncSession,
    workspace_id: str,
    offered: Mapping[str, Sequence[Candidate]],
    pick: Pick,
    now: datetime,
) -> dict[str, tuple[Choice, ...]]:
    """What `pick` chooses for each channel, where what only says again what was told there counts as thin.

    Nothing is read where no chosen story is of a customer of whom the channel heard of late.
    """
    chosen = {channel_id: pick(channel_id, offers) for channel_id, offers in offered.items()}
    hearing = [channel_id for channel_id, choices in chosen.items() if choices]
    told = await pools.told_of(session, workspace_id, hearing, now - LATELY)
    compared = {
        channel_id: _of_customers(offered[channel_id], earlier)
        for channel_id, earlier in told.items()
        if _concerns(chosen[channel_id], offered[channel_id], earlier)
    }
    ids = {one for pairs in compared.values() for story_id, earlier in pairs for one in (story_id, *earlier)}
    if not ids:
        return chosen
    loaded = await stories.some(session, workspace_id, sorted(ids))
    words = {story.id: words_told(story.interview) for story in loaded}
    for channel_id, pairs in compared.items():
        echoes = {
            story_id
            for story_id, earlier in pairs
            if any(is_echo(words.get(story_id, frozenset()), words.get(one, frozenset())) for one in earlier)
        }
        if echoes:
            chosen[channel_id] = pick(channel_id, _thinned(offered[channel_id], echoes))
    return chosen


Earlier = Mapping[int, Sequence[int]]
"""The stories that a channel heard of each customer, by the customer's id, the latest first."""


def _concerns(choices: Sequence[Choice], offers: Sequence[Candidate], earlier: Earlier) -> bool:
    ids = {choice.story_id for choice in choices}
    return any(one.story_id in ids and one.customer_id in earlier for one in offers)


def _of_customers(offers: Sequence[Candidate], earlier: Earlier) -> list[tuple[int, Sequence[int]]]:
    newest = sorted(offers, key=lambda one: (one.published_at, one.story_id), reverse=True)
    known = [one for one in newest if one.customer_id in earlier]
    return [(one.story_id, earlier[one.customer_id][:MOST_EARLIER]) for one in known[:MOST_COMPARED]]


def _thinned(offers: Sequence[Candidate], echoes: set[int]) -> list[Candidate]:
    return [replace(one, substance=_ADDS_NOTHING) if one.story_id in echoes else one for one in offers]
