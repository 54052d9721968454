"""The programme in the demo: somebody on the rota, customers who agreed, an objective, a thanks, a letter."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot import attention
from bot.momentum.letters import slot_of
from demo.company import SampleCompany
from demo.workspace import person_id, room_id
from storage import contacts, endings, follow_ups, letters, momentum, objectives, rota, rota_talks, stories
from storage.attention import Unasked
from storage.contacts import NewContact, Source
from storage.database import Database
from storage.rota_talks import NewTalk
from stories.attention import PART_LETTER
from stories.consent import Purpose
from stories.nps.periods import Calendar
from stories.objectives.objective import Aim, Span, days_of, new_objective
from stories.rota.hours import Party, shared_slots
from stories.rota.people import Member
from stories.rota.talks import Step
from stories.story import Story

LONDON = Party("Europe/London", "GB")
PART = "First weeks"
OBJECTIVE = "Hear from four new customers in their first week, and make that week easier."
CHANGED = {
    "08-dogs-on-the-left": "The first-day help is one morning now, from logging in to the first visit.",
    "17-puffins-on-the-map": "We asked five agencies: they ring round at six, from the kitchen table.",
}
"""What colleagues said they had changed, by the conversation that set it going."""

JOINED_BEFORE = timedelta(days=60)
CHANGED_BEFORE = timedelta(days=34)
"""The latest of these changes was made so long before this morning."""


async def tell_programme(
    database: Database, company: SampleCompany, workspace_id: str, *, morning: datetime
) -> None:
    """Store it; the round, the thanks and the letter are the bot's own. All of it is made up."""
    visitor = person_id(company.morning.visitor)
    async with database.begin() as session:
        await _join(session, workspace_id, visitor, morning)
        asked = await _agreed(session, company, workspace_id, morning)
        await _invite(session, workspace_id, visitor, asked, morning)
        # As if it had been looked at before: what is older than the first look is left alone.
        await momentum.looked(session, workspace_id, morning - timedelta(days=2))
        span = days_of(Span.QUARTER, morning.date(), Calendar())
        new = new_objective(OBJECTIVE, Aim.GATHERING, *span)
        await objectives.begin(session, workspace_id, visitor, new, now=morning)
        for slug, words in CHANGED.items():
            await _changed(session, company, workspace_id, slug, words)


async def write_letter(
    database: Database, company: SampleCompany, workspace_id: str, *, now: datetime
) -> None:
    """Have the month's letter wait for the project's channel: the one in which the latest change was made."""
    place = room_id(company, company.project.channel)
    manager = next(one.manager for one in company.channels if one.name == company.project.channel)
    async with database.begin() as session:
        await letters.want(session, workspace_id, place, "", by=person_id(manager or "imran"), now=now)
        slot = slot_of((now - CHANGED_BEFORE).date().replace(day=1), "")
        what = Unasked(place=place, kind=PART_LETTER, slot_key=slot, about={})
        await attention.offer(session, workspace_id, what, now=now)


async def _join(session: AsyncSession, workspace_id: str, user_id: str, morning: datetime) -> None:
    joined = Member(
        user_id=user_id, part=PART, party=LONDON, every_weeks=4, joined_at=morning - JOINED_BEFORE
    )
    await rota.choose(session, workspace_id, joined)


async def _agreed(session: AsyncSession, company: SampleCompany, workspace_id: str, morning: datetime) -> int:
    """Those who agreed to be contacted again are whom the rota may ask; the number of the last one."""
    customer_id = None
    for customer in company.customers:
        if Purpose.CONTACTED_AGAIN.value not in customer.consents:
            continue
        new = NewContact(
            key=customer.key,
            name=customer.name,
            company=customer.company,
            segment=customer.segment,
            reach=f"{customer.key}@made-up.example",
            party=LONDON,
        )
        await contacts.take_in(
            session, workspace_id, new, source=Source.FILE, by="sample", now=morning - JOINED_BEFORE
        )
        customer_id = await contacts.customer_of(session, workspace_id, new)
    if customer_id is None:
        raise LookupError("nobody in the sample company agreed to be contacted again")
    return customer_id


async def _invite(
    session: AsyncSession, workspace_id: str, user_id: str, customer_id: int, morning: datetime
) -> None:
    """It is the visitor's turn this morning, as they are here today; a round would ask in three weeks."""
    talk = NewTalk(
        user_id=user_id,
        customer_id=customer_id,
        starts_at=shared_slots((LONDON,), morning.date())[3],
        step=Step.INVITE,
        next_at=morning,
    )
    await rota_talks.begin(session, workspace_id, talk, now=morning)


async def _changed(
    session: AsyncSession,
    company: SampleCompany,
    workspace_id: str,
    slug: str,
    words: str,
) -> None:
    """Say what came of a conversation; everybody who listened has heard of it."""
    told = next(one for one in company.interviews if one.slug == slug)
    author = person_id(told.author)
    found: tuple[Story, ...] = await stories.of_author(session, workspace_id, author, most=50)
    story = next(one for one in found if one.interview.title == told.title)
    for task in await follow_ups.of_story(session, workspace_id, story.id):
        if task.kind == follow_ups.ACT and task.done_at is not None:
            await endings.reword(session, workspace_id, task.id, words)
            await endings.is_heard(session, workspace_id, task.id, now=task.done_at)
