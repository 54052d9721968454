"""What an owner hears before an account renews: made when it goes, and anew when something of it changes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot import account_team
from bot.accounts.account_nps import nps_of
from bot.messages import renewals as words
from bot.messages.renewals import Asked, Promised, Renewal
from bot.own_customers import meets
from bot.preferences import Private, wants
from bot.showing import show_some, subjects_of
from bot.tongues import said_to
from storage import (
    account_customers,
    accounts,
    attention,
    avatar_quotes,
    deliveries,
    follow_ups,
    notices,
    people,
    stories,
)
from storage.account_customers import Customers
from storage.attention import Unasked
from storage.deliveries import Subject
from stories.accounts import Account
from stories.attention import RENEWAL
from stories.story import Telling
from stories.values import dataclass

MOST_STORIES, MOST_PROMISES, MOST_ASKED = 3, 5, 3
_LOOKED_AT = 20
QUIET_AFTER = timedelta(days=90)
"""A customer of whom nothing was heard for so long is worth asking."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """The note, the stories it speaks of, and whose words it carries."""

    payload: dict[str, Any]
    stories: frozenset[int]
    subjects: tuple[Subject, ...]


async def told_now(
    session: AsyncSession, workspace_id: str, user_id: str, slot: str, now: datetime
) -> Note | None:
    """The note of this slot as its owner may read it now; None once it is not theirs, or of another day."""
    _kind, number, day = slot.split(":")
    account = await accounts.get(session, workspace_id, int(number))
    if account is None or account.owner_id != user_id or account.renewal_on != date.fromisoformat(day):
        return None
    if not wants(await people.settings(session, workspace_id, user_id), Private.RENEWALS):
        return None
    found = await account_customers.of_account(session, workspace_id, account)
    talks = await account_customers.talks_with(session, workspace_id, found.surely, most=_LOOKED_AT)
    told = await _readable(session, workspace_id, user_id, [story for story, _day in talks], now)
    renewal = Renewal(
        account=account,
        today=now.date(),
        stories=tuple(told[:MOST_STORIES]),
        more=max(0, len(told) - MOST_STORIES),
        promises=await _promises(session, workspace_id, user_id, found, told),
        heard_on=talks[0][1] if talks else None,
        quiet=not talks or now.date() - talks[0][1] > QUIET_AFTER,
        nps=await nps_of(session, workspace_id, account, now),
        asked=tuple(Asked(customer_id=one, company=company) for one, company in found.asked[:MOST_ASKED]),
    )
    shown = frozenset(one.story_id for one in told)
    known = await stories.some(session, workspace_id, sorted(shown))
    theirs = [Subject(customer_id=one.customer_id) for one in renewal.asked]
    subjects = dict.fromkeys([*(subject for story in known for subject in subjects_of(story)), *theirs])
    payload = await said_to(session, workspace_id, user_id, lambda: words.note(renewal))
    return Note(payload=payload, stories=shown, subjects=tuple(subjects))


async def follow(session: AsyncSession, workspace_id: str, account: Account, *, now: datetime) -> None:
    """Have the note that stands say what its owner has just said of its customers."""
    if account.owner_id is None or account.renewal_on is None:
        return
    slot = f"renewal:{account.id}:{account.renewal_on.isoformat()}"
    what = Unasked(place=account.owner_id, kind=RENEWAL, slot_key=slot, about={})
    offered = await attention.offered(session, workspace_id, what)
    standing = offered.delivery_id if offered else None
    told = await told_now(session, workspace_id, account.owner_id, slot, now) if standing else None
    if standing is None or told is None:
        return
    known = await avatar_quotes.subjects(session, workspace_id, standing)
    new = tuple(subject for subject in told.subjects if subject not in known)
    await deliveries.set_subjects(session, workspace_id, standing, new)
    await notices.speaks_of(session, workspace_id, standing, told.stories)
    await deliveries.revise(session, workspace_id, standing, told.payload, now=now, at_once=True)


async def _readable(
    session: AsyncSession, workspace_id: str, user_id: str, story_ids: Sequence[int], now: datetime
) -> list[Telling]:
    """What this owner may read of these: what everybody may, and what is kept to a team they are on."""
    team = await account_team.readable(session, workspace_id, user_id, now)
    told = [*await show_some(session, workspace_id, story_ids, now), *team]
    by_id = {one.story_id: one for one in told}
    themselves = await meets(session, workspace_id, user_id)
    apart = {
        story.id
        for story in await stories.some(session, workspace_id, story_ids)
        if story.interview.customer.id in themselves
    }
    return [by_id[one] for one in story_ids if one in by_id and one not in apart]


async def _promises(
    session: AsyncSession, workspace_id: str, user_id: str, found: Customers, told: Sequence[Telling]
) -> tuple[Promised, ...]:
    """The open promises: in words where their story may be read, else by whom alone."""
    open_ones = await account_customers.promised_to(session, workspace_id, found.surely, most=MOST_PROMISES)
    readable = {one.story_id for one in told}
    tasks = await follow_ups.some(session, workspace_id, open_ones)
    return tuple(
        Promised(
            owner_id=task.owner_id,
            what=task.what if task.story_id in readable or user_id in (task.owner_id, task.author_id) else "",
            due_on=task.due_on,
        )
        for task in tasks
    )
