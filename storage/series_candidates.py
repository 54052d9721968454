"""Customers whom a season could follow: those of whom something is told already."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from sqlalchemy import func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.tables import CustomerRow
from storage.tables_stories import InterviewRow, StoryRow
from stories.story import StoryState
from stories.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A customer by their alias, of whom so many stories are told; `last_on` is the latest conversation."""

    customer_id: int
    alias: str
    segment: str
    told: int
    last_on: date


async def candidates(
    session: AsyncSession, workspace_id: str, words: str = "", *, most: int = 20
) -> tuple[Candidate, ...]:
    """Customers with told stories whose alias or segment holds these words, who told most at the top.

    Nobody is found by their name: whoever looks may not know it.
    """
    customer, talk, story = CustomerRow, InterviewRow, StoryRow
    number = func.count(story.id)
    query = (
        select(customer.id, customer.alias, customer.segment, number, func.max(talk.talked_on))
        .join(talk, (talk.workspace_id == customer.workspace_id) & (talk.customer_id == customer.id))
        .join(story, (story.workspace_id == talk.workspace_id) & (story.interview_id == talk.id))
        .where(
            customer.workspace_id == workspace_id,
            story.state == StoryState.PUBLISHED.value,
            or_(
                customer.alias.icontains(words, autoescape=True),
                customer.segment.icontains(words, autoescape=True),
            ),
        )
        .group_by(customer.id, customer.alias, customer.segment)
        .order_by(number.desc(), customer.id)
        .limit(most)
    )
    return tuple(
        Candidate(customer_id=number_, alias=alias, segment=segment, told=told, last_on=last_on)
        for number_, alias, segment, told, last_on in await session.execute(query)
    )


async def met_by(
    session: AsyncSession, workspace_id: str, customer_ids: Collection[int]
) -> dict[int, tuple[str, date]]:
    """Who talked with each of these customers last, and when: whoever is to ask them for their consent."""
    talk = InterviewRow
    query = select(talk.customer_id, talk.author_id, talk.talked_on).where(
        talk.workspace_id == workspace_id, talk.customer_id.in_(customer_ids)
    )
    rows = await session.execute(query.order_by(talk.talked_on, talk.id))
    return {customer_id: (author_id, day) for customer_id, author_id, day in rows}
