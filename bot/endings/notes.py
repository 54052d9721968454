"""Private notes about how stories end: made from their slots, with what their reader may know right now."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot.endings.drafting import LONGEST_QUOTE, Told, draft, language_of_draft, mailto
from bot.gathered import gathered
from bot.messages import endings as words
from bot.messages import hand_over
from bot.messages.endings import Draft
from bot.showing import show, title_for
from storage import customers, follow_ups, stories
from storage.follow_ups import DONE, PROMISE, FollowUp
from storage.posted import Posted
from stories.interviews import Interview
from stories.story import Ending, Telling
from stories.text import shortened


def to_tell_slot(follow_up_id: int) -> str:
    """The slot of the note with the message to a customer."""
    return f"tell:{follow_up_id}"


async def to_tell(
    session: AsyncSession, workspace_id: str, follow_up_id: int, now: datetime
) -> dict[str, Any] | None:
    """What whoever did it is asked to tell the customer; None for what is gone or not done."""
    task = await follow_ups.get(session, workspace_id, follow_up_id)
    story = await stories.get(session, workspace_id, task.story_id) if task else None
    if task is None or story is None or task.outcome != DONE:
        return None
    interview, told = story.interview, await show(session, workspace_id, task.story_id, now)
    own = interview.author_id == task.owner_id
    message = draft(_told(task, interview, told, own=own))
    address = await customers.contact_of(session, workspace_id, interview.customer.id) if own else None
    made = Draft(
        words=message,
        language=language_of_draft(interview.language),
        mailto=mailto(address, message) if address else "",
    )
    return words.to_tell(task, made, knows="" if own else interview.author_id)


async def asked_to_take_over(
    session: AsyncSession, workspace_id: str, follow_up_id: int, colleague: str, now: datetime
) -> dict[str, Any] | None:
    """What a colleague is asked who might take something over, as it stands; None for what is gone."""
    task = await follow_ups.get(session, workspace_id, follow_up_id)
    if task is None:
        return None
    if task.owner_id == colleague:
        return hand_over.yours(task)
    if task.offered_to != colleague or task.done_at is not None:
        return hand_over.not_asked(task)
    return hand_over.asked(task, about=await title_for(session, workspace_id, task, colleague, now))


async def heard(
    session: AsyncSession, workspace_id: str, note: Posted, now: datetime
) -> dict[str, Any] | None:
    """What those who listened hear: of this story, and of those whose notes it gathers; None for nothing."""
    slots = {note.slot_key, *(one.slot_key for one in await gathered(session, workspace_id, note, now))}
    told = [await ending_told(session, workspace_id, int(slot.split(":")[1]), now) for slot in sorted(slots)]
    found = [one for one in told if one is not None]
    return words.heard(found) if found else None


async def ending_told(
    session: AsyncSession, workspace_id: str, follow_up_id: int, now: datetime
) -> tuple[Telling, Ending] | None:
    """A story as it may be told now, and this ending of it; None where either may not be told any more."""
    task = await follow_ups.get(session, workspace_id, follow_up_id)
    telling = await show(session, workspace_id, task.story_id, now) if task else None
    endings = telling.endings if telling else ()
    ending = next((one for one in endings if one.follow_up_id == follow_up_id), None)
    return (telling, ending) if telling and ending else None


def _told(task: FollowUp, interview: Interview, telling: Telling | None, *, own: bool) -> Told:
    """What the sender may know of the customer: all of it where they had the conversation."""
    if own:
        name = interview.customer.name
        quotes: tuple[str, ...] = tuple(quote.text for quote in interview.told_quotes)
    else:
        name = telling.who if telling and telling.named else ""
        quotes = telling.quotes if telling else ()
    return Told(
        name=name,
        quote=shortened(quotes[0], LONGEST_QUOTE) if quotes else "",
        talked_on=interview.talked_on,
        in_person=own,
        promised=task.what if task.kind == PROMISE else "",
        closing=task.closing,
        language=interview.language,
    )
