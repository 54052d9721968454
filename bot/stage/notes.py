"""Messages about events, made anew from their slots: planned, and made to follow what becomes of it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot.attention import to_person
from bot.messages import stage, stage_notes
from bot.messages.stage_words import Shown
from bot.revising import say_now
from bot.stage.showing import shown, subjects
from bot.tongues import speaking_to
from storage import customers, deliveries, event_posts, event_questions, event_seats, events, posted
from storage.deliveries import Post
from storage.event_posts import KIND, event_in, slot_of
from storage.posted import Posted
from stories.language import spoken
from stories.stage.events import Asked, Event, Place, State, top
from stories.stage.times import Step

Payload = dict[str, Any]

ANNOUNCED, HOUR, TICKET, MOVED, UP, OFF = "announced", "hour", "ticket", "moved", "up", "off"
QUESTIONS, AFTER = "questions", "after"
"""What kinds of messages there are, beside the two reminders (`stories.stage.times.Step`)."""


async def said(
    session: AsyncSession, workspace_id: str, place: str, slot: str, now: datetime
) -> Payload | None:
    """What the message in this slot and place says now; None for one that is not to stand there."""
    event = await events.get(session, workspace_id, event_in(slot)[0])
    async with speaking_to(session, workspace_id, place):
        if event is None:
            return stage_notes.forgotten() if to_person(place) else None
        return await _said(session, workspace_id, await shown(session, workspace_id, event, now), place, slot)


async def _said(
    session: AsyncSession, workspace_id: str, seen: Shown, place: str, slot: str
) -> Payload | None:
    event, what = seen.event, event_in(slot)[1]
    if to_person(place):
        return await _to_person(session, workspace_id, seen, place, what)
    if place not in event.channels:
        return None
    if what == ANNOUNCED:
        return stage.announcement(seen)
    asked = await event_questions.of_event(session, workspace_id, event.id)
    return stage.hour(seen, top(asked))


async def restated(session: AsyncSession, workspace_id: str, post: Posted, now: datetime) -> Payload | None:
    """A message about an event as it reads now."""
    return await said(session, workspace_id, post.channel_id, post.slot_key, now)


async def put(
    session: AsyncSession,
    workspace_id: str,
    event: Event,
    place: str,
    *what: object,
    now: datetime,
    thread_ts: str | None = None,
) -> int | None:
    """Plan a message about an event, once for this place and slot; None where there is nothing to say.

    What is said once its customer took it back carries nobody's name, and stays whatever becomes of them.
    """
    slot = slot_of(event.id, *what)
    payload = await said(session, workspace_id, place, slot, now)
    if payload is None:
        return None
    whose = () if event.state is State.GONE else subjects(event)
    post = Post(
        channel_id=place, kind=KIND, slot_key=slot, payload=payload, thread_ts=thread_ts, subjects=whose
    )
    return await deliveries.plan(session, workspace_id, post, now=now)


async def announcement_in(
    session: AsyncSession, workspace_id: str, event: Event, channel_id: str
) -> Posted | None:
    """The announcement that stands in a channel, or is on its way there; None for one taken down again."""
    for post in reversed(await event_posts.of_event(session, workspace_id, event.id, [channel_id])):
        announced = event_in(post.slot_key)[1] == ANNOUNCED
        if announced and await posted.says(session, workspace_id, post.id) is not None:
            return post
    return None


async def follow(
    session: AsyncSession,
    workspace_id: str,
    event: Event,
    places: Collection[str],
    now: datetime,
    *,
    at_once: bool = True,
) -> None:
    """Have every message about an event in these places say what is so now. The outbox wants waking.

    Counts need not follow `at_once`.
    """
    seen: dict[str, Shown] = {}
    for post in await event_posts.of_event(session, workspace_id, event.id, places):
        async with speaking_to(session, workspace_id, post.channel_id):
            language = spoken().language
            if language not in seen:
                seen[language] = await shown(session, workspace_id, event, now)
            payload = await _said(session, workspace_id, seen[language], post.channel_id, post.slot_key)
        await say_now(session, workspace_id, post.id, payload, now=now, at_once=at_once)


async def _to_person(
    session: AsyncSession, workspace_id: str, seen: Shown, user_id: str, what: str
) -> Payload:
    event = seen.event
    if what in (QUESTIONS, AFTER):
        return await _to_host(session, workspace_id, seen, what)
    if what == OFF:
        return stage_notes.off(seen, host=user_id == event.host_id)
    seat = await event_seats.of_person(session, workspace_id, event.id, user_id)
    place = seat.place if seat else Place.LEFT
    says = {TICKET: stage_notes.ticket, MOVED: stage_notes.moved, UP: stage_notes.moved_up}.get(what)
    return says(seen, place) if says else stage_notes.reminder(seen, Step(what), place)


async def _to_host(session: AsyncSession, workspace_id: str, seen: Shown, what: str) -> Payload:
    event = seen.event
    if what == AFTER:
        return stage_notes.afterwards(seen, first_name=await _first_name(session, workspace_id, event))
    asked = await event_questions.of_event(session, workspace_id, event.id)
    return stage_notes.questions_wait(seen, sum(one.asked is Asked.WAITING for one in asked))


async def _first_name(session: AsyncSession, workspace_id: str, event: Event) -> str:
    """What whoever came is called in a message to them; "" where nobody in particular did."""
    if event.customer_id is None:
        return event.speaker.partition(" ")[0]
    customer = await customers.get(session, workspace_id, event.customer_id)
    return customer.name.partition(" ")[0] if customer else ""
