"""What was heard at an event, written up: a draft with what is known filled in, and notes that go into it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.interview_notes import Reply, What
from bot.messages.stage_notes import can_be_written_up
from bot.stage.showing import shown
from storage import customers, drafts, event_posts, event_seats, events
from stories.errors import UserError
from stories.forms import Form, Step
from stories.interviews import How
from stories.knowing import filled_from
from stories.language import _
from stories.stage.events import Event, Kind, Place


async def begin(session: AsyncSession, workspace_id: str, event_id: int, user_id: str, now: datetime) -> int:
    """The write-up that somebody began from an event; a new one where there is none, or it is stored.

    Raises UserError before the event, and where nothing of it may be shown.
    """
    event = await events.get(session, workspace_id, event_id)
    if event is None or not (await shown(session, workspace_id, event, now)).shown:
        raise UserError(_("This event is not shown any more, so there is nothing to write up."))
    if now < event.when.starts_at:
        raise UserError(_("It has not begun yet; write it up once you have heard them."))
    if not can_be_written_up(event):
        raise UserError(
            _("A speaker’s talk is no conversation with a customer, so there is nothing to write up.")
        )
    return await _draft(session, workspace_id, event, user_id, now)


async def take_note(session: AsyncSession, workspace_id: str, reply: Reply, now: datetime) -> None:
    """Have somebody's reply to a private message about an event begin their write-up: its thread is that one.

    Only once it has begun, and for its host and those with a seat. Other replies are left alone.
    """
    if reply.what is not What.WRITTEN:
        return
    place = (reply.channel_id, reply.thread_ts)
    event_id = await event_posts.under(session, workspace_id, reply.user_id, *place)
    event = await events.get(session, workspace_id, event_id) if event_id is not None else None
    if event is None or now < event.when.starts_at or not can_be_written_up(event):
        return
    seat = await event_seats.of_person(session, workspace_id, event.id, reply.user_id)
    has_seat = seat is not None and seat.place is Place.GOING
    if not (has_seat or event.host_id == reply.user_id):
        return
    begun = await events.draft_of(session, workspace_id, event.id, reply.user_id)
    if begun is not None and await drafts.get(session, workspace_id, begun) is None:
        # Sent or thrown away: what is written now is no note for it.
        return
    if not (await shown(session, workspace_id, event, now)).shown:
        return
    draft_id = await _draft(session, workspace_id, event, reply.user_id, now)
    await drafts.move_to_thread(
        session, workspace_id, draft_id, channel_id=reply.channel_id, thread_ts=reply.thread_ts
    )


async def _draft(session: AsyncSession, workspace_id: str, event: Event, user_id: str, now: datetime) -> int:
    known = await events.draft_of(session, workspace_id, event.id, user_id)
    if known is not None and await drafts.get(session, workspace_id, known) is not None:
        return known
    how = How.VISIT if event.kind is Kind.VISIT else How.EVENT
    form = Form(talked_on=event.when.wall.date().isoformat(), how=how.value)
    customer = (
        await customers.get(session, workspace_id, event.customer_id)
        if event.customer_id is not None
        else None
    )
    if customer is not None:
        form = filled_from(replace(form, customer_id=customer.id), customer, alias=False)
    draft_id = await drafts.begin(session, workspace_id, user_id, form, now=now, step=Step.WHO.value)
    await events.note_draft(session, workspace_id, event.id, user_id, draft_id)
    return draft_id
