"""Stories that are for an account's team alone: who that is, and what of them they may read now."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.showing import levels
from bot.terms import rules
from storage import account_teams, customer_colleagues, moderation, stories
from storage.customers import folded
from storage.moderation import Terms
from stories.customers import Customer
from stories.story import Story, StoryState, Telling, preview, words_of
from stories.workspace_rules import WorkspaceRules

MOST = 100
"""Stories of one team that are looked at."""

_WORD = re.compile(r"\w+")


def account_of(customer: Customer) -> str:
    """What an account is known by: the company, whoever of it somebody talked with, else the customer."""
    return f"company:{folded(customer.company)}" if customer.company else f"customer:{customer.id}"


async def readable(
    session: AsyncSession, workspace_id: str, user_id: str, now: datetime, *, most: int = MOST
) -> tuple[Telling, ...]:
    """What this colleague reads as one of an account's team, the newest first. Not to be asked for guests."""
    teams = await account_teams.teams_of(session, workspace_id, user_id)
    if not teams:
        return ()
    owners = sorted({owner for owner, _account in teams})
    found = await account_teams.kept_to_team(session, workspace_id, owners, most=most)
    theirs = [story for story in await stories.some(session, workspace_id, found) if _team(story) in teams]
    themselves = await customer_colleagues.customers_who_are(session, workspace_id, user_id)
    others = [story for story in theirs if story.interview.customer.id not in themselves]
    return await _told(session, workspace_id, others, now)


async def telling(
    session: AsyncSession, workspace_id: str, story_id: int, user_id: str, now: datetime
) -> Telling | None:
    """This story as this colleague reads it as one of its account's team; None for anybody else."""
    found = await readable(session, workspace_id, user_id, now)
    return next((one for one in found if one.story_id == story_id), None)


async def find(
    session: AsyncSession, workspace_id: str, user_id: str, words: str, now: datetime
) -> tuple[Telling, ...]:
    """Those that hold all these words, the last one as a beginning."""
    terms = [folded(word) for word in _WORD.findall(words)]
    if not terms:
        return ()
    found = await readable(session, workspace_id, user_id, now)
    return tuple(one for one in found if _holds(one, terms))


async def readers(session: AsyncSession, workspace_id: str, story: Story) -> tuple[str, ...]:
    """Whom its author named as its account's team."""
    return await account_teams.members(session, workspace_id, *_team(story))


async def how_many(
    session: AsyncSession, workspace_id: str, loaded: Iterable[Story], now: datetime
) -> Mapping[int, int]:
    """How many people read each of these as its account's team; no entry for one that no team reads now."""
    kept = [story for story in loaded if story.state is StoryState.KEPT]
    told = {one.story_id for one in await _told(session, workspace_id, kept, now)} if kept else set()
    named = {one.id: await readers(session, workspace_id, one) for one in kept if one.id in told}
    return {story_id: len(people) for story_id, people in named.items() if people}


def _team(story: Story) -> tuple[str, str]:
    return (story.interview.author_id, account_of(story.interview.customer))


async def _told(
    session: AsyncSession, workspace_id: str, loaded: Sequence[Story], now: datetime
) -> tuple[Telling, ...]:
    """Those of these that a team may read now: labelled so, agreed to, their day come, an editor asked."""
    terms = await moderation.some(session, workspace_id, [story.id for story in loaded])
    labelled = [story for story in loaded if story.id in terms and terms[story.id].account_only]
    if not labelled:
        return ()
    hold = await rules(session, workspace_id)
    ready = [story for story in labelled if _is_ready(story, terms[story.id], hold, now)]
    at_levels = zip(ready, await levels(session, workspace_id, ready, now), strict=True)
    shown = (preview(story, level) for story, level in at_levels)
    return tuple(one for one in shown if one is not None)


def _is_ready(story: Story, terms: Terms, hold: WorkspaceRules, now: datetime) -> bool:
    asked = hold.needs_editor(story.interview.customer.segment) and not terms.approved_by
    early = terms.not_before is not None and now.date() < terms.not_before
    return story.state is StoryState.KEPT and not asked and not early


def _holds(one: Telling, terms: Sequence[str]) -> bool:
    held = [folded(word) for word in _WORD.findall(words_of(one))]
    return all(term in held for term in terms[:-1]) and any(word.startswith(terms[-1]) for word in held)
