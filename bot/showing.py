"""What of a story may be shown to others right now: asked anew every time, never remembered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.own_customers import not_about
from storage import customers, search, stories
from storage.asked_before import Agreed, Served, agreed_and_served
from storage.deliveries import Subject
from storage.follow_ups import FollowUp
from stories.consent import Consent, Purpose, sharing
from stories.names import NamesOf, contains_name
from stories.story import Story, StoryState, Telling, tell

MOST_FOUND = 60
"""Results of one search: whoever needs more needs better words."""


async def show(session: AsyncSession, workspace_id: str, story_id: int, at: datetime) -> Telling | None:
    """The story as others may read it at this moment; None when nothing of it may be shown."""
    found = await show_some(session, workspace_id, [story_id], at)
    return found[0] if found else None


async def show_some(
    session: AsyncSession, workspace_id: str, story_ids: Sequence[int], at: datetime
) -> tuple[Telling, ...]:
    """Those of these stories that may be shown, in the order asked for."""
    return await told(session, workspace_id, await stories.some(session, workspace_id, story_ids), at)


async def told(
    session: AsyncSession, workspace_id: str, loaded: Iterable[Story], at: datetime
) -> tuple[Telling, ...]:
    """Those of these stories that may be shown, as others may read them."""
    loaded = tuple(loaded)
    of_customers = {story.interview.customer.id for story in loaded}
    talks = [story.interview.id for story in loaded if story.state is StoryState.PUBLISHED]
    agreed, serving = await agreed_and_served(session, workspace_id, of_customers, talks, at.date())
    return tell_all(loaded, agreed, serving, at)


def tell_all(loaded: Iterable[Story], agreed: Agreed, serving: Served, at: datetime) -> tuple[Telling, ...]:
    """The same, where it is known what the customers agreed to and which of the top three they speak of."""
    found = []
    for story in loaded:
        telling = tell(story, agreed.get(story.interview.customer.id, ()), at)
        if telling is not None:
            serves = serving.get(story.interview.id, ())
            found.append(replace(telling, serves=serves) if serves else telling)
    return tuple(found)


async def levels(
    session: AsyncSession, workspace_id: str, loaded: Sequence[Story], at: datetime
) -> tuple[Purpose, ...]:
    """How far each of these stories may travel now, whatever its state."""
    agreed = await _agreed(session, workspace_id, loaded)
    return tuple(
        sharing(agreed.get(story.interview.customer.id, ()), story.interview.id, at) for story in loaded
    )


async def find(
    session: AsyncSession,
    workspace_id: str,
    words: str,
    at: datetime,
    *,
    among: Sequence[int] | None = None,
) -> tuple[Telling, ...]:
    """The stories that hold all these words and may be shown, best first, at most MOST_FOUND.

    Only `among` these is looked, where it is given. Nobody is found by a name that is not shared: consent
    can have changed since the words were indexed.
    """
    story_ids = await search.find(session, workspace_id, words, most=MOST_FOUND, among=among)
    loaded = await stories.some(session, workspace_id, story_ids)
    tellings = {one.story_id: one for one in await told(session, workspace_id, loaded, at)}
    shown = ((story, tellings[story.id]) for story in loaded if story.id in tellings)
    return tuple(telling for story, telling in shown if telling.named or not _asks_for(story, words))


def _asks_for(story: Story, words: str) -> bool:
    customer = story.interview.customer
    return contains_name(words, NamesOf(full_name=customer.name, company=customer.company))


async def _agreed(
    session: AsyncSession, workspace_id: str, loaded: Iterable[Story]
) -> Mapping[int, tuple[Consent, ...]]:
    of_customers = {story.interview.customer.id for story in loaded}
    return await customers.consents(session, workspace_id, of_customers)


async def title_for(
    session: AsyncSession, workspace_id: str, task: FollowUp, user_id: str, at: datetime
) -> str:
    """The title of the story behind a follow-up as this person may read it; empty when they may not."""
    telling = await show(session, workspace_id, task.story_id, at)
    told = await not_about(session, workspace_id, user_id, [telling]) if telling else ()
    return as_read_by(user_id, task, told[0] if told else None)


def as_read_by(user_id: str, task: FollowUp, telling: Telling | None) -> str:
    """The same, of a telling at hand: whole for its author, as told for others, or empty."""
    if task.author_id == user_id:
        return task.title
    return telling.title if telling else ""


def subjects_of(story: Story) -> tuple[Subject, ...]:
    """Whose words a post of this story carries: consent and erasure find the post by them."""
    told = story.interview
    quotes = (Subject(customer_id=told.customer.id, quote_id=quote.id) for quote in told.quotes)
    return (Subject(customer_id=told.customer.id), *quotes)
