"""What a customer reads at their private link, as values: made anew from what holds at that moment."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot import account_team
from bot.messages.audit_words import CUSTOMER
from storage import corrections, customers, stories, workspaces
from storage.corrections import Correction
from storage.customer_links import Link
from stories.consent import FURTHER, Consent, Purpose, permits, sharing
from stories.story import Story, StoryState, Telling, preview
from stories.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteShown:
    """A quote as it is told, with what its customer would have in its place. `mark` finds it again."""

    mark: str
    words: str
    suggested: Correction | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """All that stands on a customer's page.

    `team`: it is told to the colleagues who look after their account alone.
    `telling` is None where whoever gave the link may not hand these words out (any more). `told`: others
    read it now. `level` is what the customer agreed to for this story, `further` what else; `withdrawn`: it
    was they who took it back, here.
    """

    place: str
    ends_at: datetime
    telling: Telling | None
    quotes: tuple[QuoteShown, ...]
    told: bool
    level: Purpose
    further: tuple[Purpose, ...]
    team: bool
    agreed: Consent | None
    withdrawn: bool


async def page_of(session: AsyncSession, link: Link, now: datetime) -> Page | None:
    """What stands on the page; None when the story is gone."""
    story = await stories.get(session, link.workspace_id, link.story_id)
    if story is None:
        return None
    customer_id = story.interview.customer.id
    records = (await customers.consents(session, link.workspace_id, [customer_id])).get(customer_id, ())
    level = sharing(records, story.interview.id, now)
    own = next((r for r in reversed(records) if _about(r, story)), None)
    telling = _words(story, level, link)
    said = await corrections.of_interview(session, link.workspace_id, story.interview.id)
    return Page(
        place=dict(await workspaces.known(session)).get(link.workspace_id, ""),
        ends_at=link.ends_at,
        telling=telling,
        quotes=_quotes(story, telling, said),
        told=story.state is StoryState.PUBLISHED and level is not Purpose.NOT_SHARED,
        level=level,
        team=bool(await account_team.how_many(session, link.workspace_id, [story], now)),
        further=tuple(purpose for purpose in FURTHER if permits(records, purpose, now)),
        agreed=own if own and own.granted else None,
        withdrawn=level is Purpose.NOT_SHARED and own is not None and own.recorded_by == CUSTOMER,
    )


def mark_of(text: str) -> str:
    """What finds a quote again by its words as they stand, and says nothing of them."""
    return hashlib.sha256(text.encode()).hexdigest()[:24]


def _about(record: Consent, story: Story) -> bool:
    from_it = record.interview_id in (None, story.interview.id)
    return from_it and record.purpose in (Purpose.NOT_SHARED, Purpose.WITHOUT_NAME, Purpose.WITH_NAME)


def _words(story: Story, level: Purpose, link: Link) -> Telling | None:
    """The story as it is told. What is told to nobody stands on a link of its author's alone."""
    whole = replace(
        story,
        interview=replace(
            story.interview, quotes=tuple(replace(one, held=False) for one in story.interview.quotes)
        ),
    )
    shared = story.state is StoryState.PUBLISHED and level is not Purpose.NOT_SHARED
    if not shared and link.given_by != story.interview.author_id:
        return None
    return preview(whole, level if level is not Purpose.NOT_SHARED else Purpose.WITH_NAME)


def _quotes(story: Story, telling: Telling | None, said: tuple[Correction, ...]) -> tuple[QuoteShown, ...]:
    if telling is None:
        return ()
    waiting = {one.before: one for one in said if one.open}
    return tuple(
        QuoteShown(mark=mark_of(quote.text), words=words, suggested=waiting.get(quote.text))
        for quote, words in zip(story.interview.quotes, telling.quotes, strict=True)
    )
