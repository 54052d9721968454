"""The write-up and the story it becomes: a draft as a story, a story as a form, and what became of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.messages import interview
from bot.messages.blocks import Block
from bot.permissions import Act, Actor, Thing, may
from storage import channels, customers, stories
from storage.drafts import Draft
from stories.consent import FURTHER, Consent, Purpose, permits, sharing
from stories.customers import Customer
from stories.errors import UserError
from stories.forms import Form, alias_of
from stories.headlines import title_of
from stories.interviews import How, Interview, Promise, Quote
from stories.knowing import with_news_of
from stories.language import _
from stories.meanwhile import marks_of
from stories.story import Story, StoryState, Telling
from stories.substance import Judged


def source_of(draft_id: int) -> str:
    """The key under which a draft's conversation is stored, however often it is sent."""
    return f"draft:{draft_id}"


def as_story(
    form: Form, known: Customer | None, *, author_id: str, now: datetime, stored: Story | None = None
) -> Story:
    """A tidied form without problems as the story it will be; `stored` is the one being edited.

    What the form leaves open of a `known` customer stays as it is known.
    """
    told = Interview(
        id=0,
        customer=_customer(form, known),
        author_id=author_id,
        talked_on=date.fromisoformat(form.talked_on),
        how=How(form.how),
        title=title_of(form),
        trying_to=form.trying_to,
        happened=form.happened,
        meaning=form.meaning,
        quotes=tuple(Quote(id=0, text=quote) for quote in form.quotes),
        score=form.score,
        themes=form.themes,
        promise=None,
        created_at=now,
        hidden=form.hidden,
    )
    return Story(
        id=stored.id if stored else 0,
        interview=told,
        state=stored.state if stored else StoryState.KEPT,
        revision=stored.revision if stored else 1,
        published_at=stored.published_at if stored else None,
    )


def as_form(story: Story, consents: Iterable[Consent], at: datetime) -> Form:
    """A stored story as the form it came from, to be edited."""
    told, customer = story.interview, story.interview.customer
    records = tuple(consents)
    own = [record for record in records if record.interview_id == told.id]
    promise = told.promise if told.promise and not told.promise.done else None
    further = tuple(purpose.value for purpose in FURTHER if permits(records, purpose, at))
    level = sharing(records, told.id, at).value
    form = Form(
        customer_id=customer.id,
        name=customer.name,
        alias=customer.alias,
        company=customer.company,
        segment=customer.segment,
        talked_on=told.talked_on.isoformat(),
        how=told.how.value,
        trying_to=told.trying_to,
        happened=told.happened,
        quotes=tuple(quote.text for quote in told.quotes),
        meaning=told.meaning,
        score=told.score,
        themes=told.themes,
        title=told.title,
        sharing=level,
        sharing_before=level,
        consent_words=own[-1].words if own else "",
        promise=promise.what if promise else "",
        promise_by=_day(promise),
        hidden=told.hidden,
        agreed=further,
        agreed_before=further,
        filled=(customer.name, customer.alias, customer.company, customer.segment),
    )
    return replace(form, begun=marks_of(form))


async def being_edited(session: AsyncSession, workspace_id: str, draft: Draft) -> Story | None:
    """The stored story that a draft edits; None for a new write-up."""
    if draft.interview_id is None:
        return None
    return await stories.of_interview(session, workspace_id, draft.interview_id)


async def own_story(session: AsyncSession, workspace_id: str, story_id: int, user_id: str) -> Story:
    """A story that this person wrote. Raises UserError when there is none or it is a colleague's."""
    story = await stories.get(session, workspace_id, story_id)
    if story is None:
        raise UserError(_("This story isn’t here any more: it or its customer was removed."))
    check_own(story, user_id)
    return story


def check_own(story: Story, user_id: str) -> None:
    """Raises UserError when this person did not write the story."""
    if not may(Actor(user_id=user_id), Act.EDIT, Thing(owner_id=story.interview.author_id)):
        raise UserError(_("Only the person who wrote this story can change it."))


async def consents_of(session: AsyncSession, workspace_id: str, story: Story) -> tuple[Consent, ...]:
    """What the customer of a story agreed to, oldest first."""
    customer_id = story.interview.customer.id
    return (await customers.consents(session, workspace_id, [customer_id])).get(customer_id, ())


async def outcome(
    session: AsyncSession,
    workspace_id: str,
    story_id: int | None,
    *,
    user_id: str,
    now: datetime,
    channel_command: str,
) -> Block:
    """The last view: what became of a write-up and what happens next; `channel_command` sets channels up.

    None (or a story that is gone) is said kindly, with a way to start anew.
    """
    story = await stories.get(session, workspace_id, story_id) if story_id else None
    if story is None:
        return interview.gone_view(
            _("This draft isn’t here any more: it was thrown away, or its customer was removed.")
        )
    check_own(story, user_id)
    level = sharing(await consents_of(session, workspace_id, story), story.interview.id, now)
    return await ending_of(session, workspace_id, story, level, channel_command=channel_command)


async def ending_of(
    session: AsyncSession,
    workspace_id: str,
    story: Story,
    level: Purpose,
    *,
    channel_command: str,
    telling: Telling | None = None,
    said: Judged | None = None,
) -> Block:
    """The last view for a story at hand, with the channels that hear stories next.

    `telling` and `said` are as for `bot.messages.interview.done_view`.
    """
    due = await channels.hearing_next(session, workspace_id)
    digests = [interview.NextDigest(channel_id=next_.channel_id, at=next_.next_at) for next_ in due]
    return interview.done_view(
        story, level, digests=digests, channel_command=channel_command, telling=telling, said=said
    )


def _customer(form: Form, known: Customer | None) -> Customer:
    if known is None:
        return Customer(
            id=0, name=form.name, alias=alias_of(form), company=form.company, segment=form.segment
        )
    return with_news_of(known, form)


def _day(promise: Promise | None) -> str:
    return promise.due_on.isoformat() if promise and promise.due_on else ""
