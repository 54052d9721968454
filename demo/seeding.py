"""The sample company's past, told to the bot's database the way the bot itself would have stored it."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot import publishing
from demo.company import SampleCompany
from demo.company.records import Customer, Interview, Reaction
from demo.workspace import person_id
from storage import customers, follow_ups, interviews, reactions, stories
from storage.database import Database
from stories.consent import Consent, Purpose
from stories.forms import Form
from stories.story import Reaction as Click

WORK_BEGINS = time(10, 30)
DONE_AFTER = timedelta(days=24)
"""What a colleague took on because of a story was done by then; what is younger is still open."""


class Past:
    """Tells a company's past up to a morning: conversations, consent, stories and what readers said."""

    def __init__(
        self, company: SampleCompany, workspace_id: str, *, channel_id: str, morning: datetime
    ) -> None:
        self._company, self._workspace_id = company, workspace_id
        self._channel_id, self._morning = channel_id, morning
        self._people = {customer.key: customer for customer in company.customers}
        self._known: dict[str, int] = {}

    async def tell(self, database: Database) -> None:
        """Store it all; each conversation in a transaction of its own, the oldest first."""
        for number, interview in enumerate(self._company.interviews):
            told_at = self._when(interview.days_ago) + timedelta(minutes=number)
            async with database.begin() as session:
                await self._tell_one(session, interview, told_at)

    def _when(self, days_ago: int) -> datetime:
        day = self._morning - timedelta(days=days_ago)
        return (
            day.replace(hour=WORK_BEGINS.hour, minute=WORK_BEGINS.minute)
            if days_ago
            else day - timedelta(hours=1)
        )

    async def _tell_one(self, session: AsyncSession, interview: Interview, told_at: datetime) -> None:
        customer, author = self._people[interview.customer], person_id(interview.author)
        form = self._form(interview, customer, told_at)
        story_id = await interviews.store(
            session,
            self._workspace_id,
            form,
            source_key=f"sample:{interview.slug}",
            author_id=author,
            now=told_at,
        )
        story = await stories.get(session, self._workspace_id, story_id)
        if story is None:
            raise LookupError(f"{interview.slug} was not stored")
        if interview.customer not in self._known:
            self._known[interview.customer] = story.interview.customer.id
            await self._agree(session, customer, story.interview.customer.id, by=author, at=told_at)
        await self._keep_promise(session, interview, story.interview.id, told_at)
        if form.sharing == Purpose.NOT_SHARED:
            return
        await publishing.publish(session, self._workspace_id, story_id, by=author, now=told_at)
        for minutes, reaction in enumerate(interview.reactions, start=1):
            at = told_at + timedelta(minutes=minutes)
            await self._react(session, reaction, story_id, story.interview.id, at)

    def _form(self, interview: Interview, customer: Customer, told_at: datetime) -> Form:
        promise = interview.promise
        due = promise and told_at.date() + timedelta(days=promise.in_days)
        return Form(
            customer_id=self._known.get(customer.key),
            name=customer.name,
            alias=customer.alias,
            company=customer.company,
            segment=customer.segment,
            talked_on=told_at.date().isoformat(),
            how=interview.how,
            trying_to=interview.trying_to,
            happened=interview.happened,
            quotes=interview.quotes,
            meaning=interview.meaning,
            score=interview.score,
            themes=interview.themes,
            title=interview.title,
            sharing=interview.consent,
            consent_words=interview.consent_words,
            promise=promise.what if promise else "",
            promise_by=due.isoformat() if due else "",
        )

    async def _agree(
        self, session: AsyncSession, customer: Customer, customer_id: int, *, by: str, at: datetime
    ) -> None:
        """What a customer agreed to beyond the sharing of one conversation."""
        for purpose in (Purpose.QUOTED_BY_AVATAR, Purpose.CONTACTED_AGAIN, Purpose.FOLLOWED_IN_SERIES):
            if purpose.value in customer.consents:
                consent = Consent(
                    customer_id=customer_id,
                    interview_id=None,
                    purpose=purpose,
                    recorded_by=by,
                    recorded_at=at,
                    valid_from=at,
                )
                await customers.record_consent(session, self._workspace_id, consent)

    async def _keep_promise(
        self, session: AsyncSession, interview: Interview, interview_id: int, at: datetime
    ) -> None:
        """Promises whose day has come were kept on it: nobody's morning begins with last winter's."""
        due = interview.promise and at + timedelta(days=interview.promise.in_days)
        kept = await follow_ups.promise_of(session, self._workspace_id, interview_id)
        if kept and due and due < self._morning:
            await self._done(session, kept.id, kept.owner_id, due)

    async def _done(self, session: AsyncSession, follow_up_id: int, owner_id: str, at: datetime) -> None:
        await follow_ups.finish(session, self._workspace_id, follow_up_id, owner_id=owner_id, now=at)

    async def _react(
        self, session: AsyncSession, reaction: Reaction, story_id: int, interview_id: int, at: datetime
    ) -> None:
        who = person_id(reaction.who)
        await reactions.react(
            session,
            self._workspace_id,
            story_id,
            who,
            Click(reaction.kind),
            channel_id=self._channel_id,
            now=at,
        )
        if reaction.kind == Click.ACT and reaction.note:
            taken_on = await follow_ups.take_on(
                session,
                self._workspace_id,
                interview_id,
                kind=follow_ups.ACT,
                owner_id=who,
                what=reaction.note,
                due_on=None,
                now=at,
            )
            if at + DONE_AFTER < self._morning:
                await self._done(session, taken_on, who, at + DONE_AFTER)
