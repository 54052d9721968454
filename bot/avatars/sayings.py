"""What an avatar may say at this moment: real customers' words, asked anew of consent every time."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.ext.asyncio import AsyncSession

from storage import avatar_quotes, customers, stories
from storage.deliveries import Subject
from stories.consent import Purpose, permits
from stories.story import Story, tell


@dataclass(frozen=True, slots=True, kw_only=True)
class Saying:
    """One quote as an avatar may say it: `words` with names hidden as consent says.

    `kind_of_customer` is empty when nobody said. `story_id` is where the line can be followed to,
    `told_at` when its story was published.
    """

    quote_id: int
    story_id: int
    customer_id: int
    words: str
    kind_of_customer: str
    talked_on: date
    told_at: datetime


async def sayings(
    session: AsyncSession, workspace_id: str, at: datetime, *, segment: str = ""
) -> tuple[Saying, ...]:
    """All that avatars may say of this kind of customer (of all when empty), the newest talks first."""
    found = await avatar_quotes.agreed_once(session, workspace_id, segment=segment)
    return await _sayable(session, workspace_id, found, at)


async def of_quotes(
    session: AsyncSession, workspace_id: str, quote_ids: Collection[int], at: datetime
) -> Mapping[int, Saying]:
    """Those of these quotes that an avatar may say now, by their ids."""
    if not quote_ids:
        return {}
    known = await avatar_quotes.stories_of(session, workspace_id, quote_ids)
    await stories.hold(session, workspace_id, known)
    loaded = await stories.some(session, workspace_id, known)
    found = await _sayable(session, workspace_id, loaded, at)
    return {saying.quote_id: saying for saying in found if saying.quote_id in quote_ids}


def subjects_of(said: Iterable[Saying]) -> tuple[Subject, ...]:
    """Whose words a post with these carries; each customer also without a quote, which an edit may drop."""
    found = []
    for saying in said:
        found += [Subject(customer_id=saying.customer_id)]
        found += [Subject(customer_id=saying.customer_id, quote_id=saying.quote_id)]
    return tuple(dict.fromkeys(found))


async def _sayable(
    session: AsyncSession, workspace_id: str, loaded: Collection[Story], at: datetime
) -> tuple[Saying, ...]:
    whose = {story.interview.customer.id for story in loaded}
    agreed = await customers.consents(session, workspace_id, whose)
    found: list[Saying] = []
    for story in loaded:
        records = agreed.get(story.interview.customer.id, ())
        telling = tell(story, records, at)
        if telling is None or not permits(records, Purpose.QUOTED_BY_AVATAR, at):
            continue
        for quote, words in zip(story.interview.told_quotes, telling.quotes, strict=True):
            found.append(
                Saying(
                    quote_id=quote.id,
                    story_id=story.id,
                    customer_id=story.interview.customer.id,
                    words=words,
                    kind_of_customer=telling.segment,
                    talked_on=telling.talked_on,
                    told_at=story.published_at or story.interview.created_at,
                )
            )
    return tuple(found)
