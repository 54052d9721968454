"""The windows of events as somebody may see them right now."""

from __future__ import annotations

from datetime import timedelta

from slack_sdk.web.async_client import AsyncWebClient

from bot.desk import Desk
from bot.listeners.clicks import refuse_guests
from bot.messages import stage_questions, stage_window
from bot.messages.blocks import Block
from bot.permissions import Act, Actor, Thing, may
from bot.stage.inviting import suggestions
from bot.stage.showing import shown
from storage import event_questions, event_seats, events
from stories.errors import UserError
from stories.language import _
from stories.stage.events import Event, Place

LATELY = timedelta(days=60)
MOST_COMING, MOST_LATELY = 10, 5


async def stage_view(desk: Desk, client: AsyncWebClient, workspace_id: str, user_id: str) -> Block:
    """What is coming, and what was lately. Raises UserError for guests."""
    await refuse_guests(desk, client, workspace_id, user_id)
    now = desk.now()
    async with desk.read() as session:
        coming = [one.event for one in await events.coming(session, workspace_id, most=MOST_COMING)]
        before = await events.lately(session, workspace_id, now - LATELY, most=MOST_LATELY)
        seen = [await shown(session, workspace_id, one, now) for one in coming]
        lately = [await shown(session, workspace_id, one, now) for one in before]
    return stage_window.window(seen, [one for one in lately if one.shown or one.event.host_id == user_id])


async def event_view(
    desk: Desk, client: AsyncWebClient, workspace_id: str, user_id: str, event_id: int
) -> Block:
    """One event with what this person can do about it.

    Raises UserError for guests, and for an event that is gone.
    """
    actor = await actor_of(desk, client, workspace_id, user_id)
    async with desk.read() as session:
        event = await events.get(session, workspace_id, event_id)
        if event is None:
            raise UserError(gone())
        seen = await shown(session, workspace_id, event, desk.now())
        seat = await event_seats.of_person(session, workspace_id, event_id, user_id)
    return stage_window.event_view(
        seen,
        seat.place if seat else Place.LEFT,
        host=may_run(actor, event),
        mine=event.host_id == user_id,
        over=desk.now() >= event.when.starts_at,
    )


async def invite_view(desk: Desk, client: AsyncWebClient, workspace_id: str, user_id: str) -> Block:
    """Whom this person might invite. Raises UserError for guests."""
    await refuse_guests(desk, client, workspace_id, user_id)
    async with desk.read() as session:
        found = await suggestions(session, workspace_id, user_id, desk.now())
    return stage_window.invite_view([(one.telling, one.customer_id, one.endings) for one in found])


async def questions_view(
    desk: Desk, workspace_id: str, user_id: str, event_id: int, *, notice: str = ""
) -> Block:
    """What is asked of an event, as this person sees it. Raises UserError for one that is not shown."""
    async with desk.read() as session:
        event = await events.get(session, workspace_id, event_id)
        seen = await shown(session, workspace_id, event, desk.now()) if event else None
        if seen is None or not seen.shown:
            raise UserError(gone())
        asked = await event_questions.of_event(session, workspace_id, event_id)
        voted = await event_questions.votes_of(session, workspace_id, event_id, user_id)
    return stage_questions.questions_modal(seen, asked, user_id=user_id, voted=voted, notice=notice)


async def actor_of(desk: Desk, client: AsyncWebClient, workspace_id: str, user_id: str) -> Actor:
    """Somebody with their roles here. Raises UserError for guests."""
    await refuse_guests(desk, client, workspace_id, user_id)
    async with desk.read() as session:
        return await desk.colleagues.actor(session, client, workspace_id, user_id)


def may_run(actor: Actor, event: Event) -> bool:
    """Whether somebody may change an event and call it off: its host, editors and admins."""
    return may(actor, Act.RUN_EVENT, Thing(owner_id=event.host_id))


def gone() -> str:
    """What somebody hears who asks for an event of which nothing may be shown."""
    return _("This event isn’t shown any more, so there is nothing to do with it here.")
