"""The window of events: planning one, changing it, calling it off, and whom to invite."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient

from bot.audience import audience, refuse_unheard
from bot.desk import Desk
from bot.guests import refuse_unknown_readers
from bot.listeners import stage_windows as window
from bot.listeners.clicks import open_view, refuse_guests, workspace_of
from bot.listeners.interview_showing import put
from bot.messages.blocks import values_of
from bot.messages.reacting import done_modal
from bot.messages.rota_words import called
from bot.messages.stage_forms import plan_modal
from bot.old_windows import refuse_overtaken
from bot.settings import Settings
from bot.stage import form, planning
from bot.stage import ids as stage_ids
from bot.stage.agreeing import STAGE, agree, take_back
from bot.stage.inviting import still_suggested
from bot.stage.showing import agreements
from storage import customers, events
from stories.consent import Purpose, permits
from stories.errors import UserError
from stories.language import _
from stories.stage.events import Event
from stories.text import clean


def register(app: AsyncApp, settings: Settings) -> None:  # noqa: ARG001 every feature registers alike
    """Listen to the window and its forms."""
    app.action(stage_ids.STAGE_WINDOW)(show_window)
    app.action(stage_ids.STAGE_NEW)(ask_what)
    app.action(stage_ids.STAGE_CHANGE)(ask_change)
    app.action(stage_ids.STAGE_OPEN)(show_one)
    app.action(stage_ids.STAGE_INVITE)(show_whom)
    app.action(stage_ids.STAGE_CALL_OFF)(call_off)
    app.action(stage_ids.STAGE_TAKE_BACK)(taken_back)
    app.view(stage_ids.STAGE_PLAN_VIEW)(plan)
    app.view(stage_ids.STAGE_CHANGE_VIEW)(change)


async def show_window(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, desk: Desk) -> None:
    """Open what is coming, from App Home."""
    view = await window.stage_view(desk, client, workspace_of(body), str(body["user"]["id"]))
    await open_view(client, body, view)
    await ack()


async def ask_what(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, desk: Desk) -> None:
    """Open the form; with a customer filled in where one was suggested, whom everybody reads of by name."""
    workspace_id, user_id, value = workspace_of(body), str(body["user"]["id"]), body["actions"][0]["value"]
    await refuse_guests(desk, client, workspace_id, user_id)
    colleague = await desk.colleagues.get(client, workspace_id, user_id)
    customer_id = int(value) if str(value).isdecimal() else None
    async with desk.read() as session:
        customer_id = await still_suggested(session, workspace_id, user_id, customer_id, desk.now())
    event = form.blank(user_id, colleague.time_zone, desk.now(), customer_id=customer_id)
    await open_view(client, body, await _form(desk, workspace_id, event, new=True))
    await ack()


async def ask_change(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, desk: Desk) -> None:
    """Open the form with an event in it."""
    event = await _own(desk, client, body, int(body["actions"][0]["value"]))
    if not event.is_coming:
        raise UserError(window.gone())
    await open_view(client, body, await _form(desk, workspace_of(body), event, new=False))
    await ack()


async def show_one(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, desk: Desk) -> None:
    """Open one event."""
    event_id = int(body["actions"][0]["value"])
    view = await window.event_view(desk, client, workspace_of(body), str(body["user"]["id"]), event_id)
    await open_view(client, body, view)
    await ack()


async def show_whom(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, desk: Desk) -> None:
    """Open the customers who might be invited."""
    view = await window.invite_view(desk, client, workspace_of(body), str(body["user"]["id"]))
    await open_view(client, body, view)
    await ack()


async def plan(
    ack: AsyncAck, body: dict[str, Any], view: dict[str, Any], client: AsyncWebClient, desk: Desk
) -> None:
    """Keep a new event and announce it."""
    workspace_id, user_id = workspace_of(body), str(body["user"]["id"])
    await refuse_guests(desk, client, workspace_id, user_id)
    colleague = await desk.colleagues.get(client, workspace_id, user_id)
    values, now = values_of(view), desk.now()
    new = form.read(values, form.blank(user_id, colleague.time_zone, now))
    planning.refuse_time(new, now)
    await _refuse_channels(desk, client, workspace_id, new.channels)
    async with desk.begin() as session:
        await _agreed(session, workspace_id, new, values, by=user_id, desk=desk)
        await planning.plan(session, workspace_id, new, now=now)
    desk.wake_outbox()
    said = _(
        "It is on its way to the channels. Those who sign up hear from me, and so do you when it is over."
    )
    await ack(response_action="update", view=done_modal(_("Announced"), said))


async def change(
    ack: AsyncAck, body: dict[str, Any], view: dict[str, Any], client: AsyncWebClient, desk: Desk
) -> None:
    """Keep an event as it was changed; those who signed up hear of it.

    Raises UserError where somebody else changed it meanwhile.
    """
    workspace_id, user_id = workspace_of(body), str(body["user"]["id"])
    event_id, _colon, seen = view["private_metadata"].partition(":")
    known = await _own(desk, client, body, int(event_id))
    values, now = values_of(view), desk.now()
    wanted = form.read(values, known)
    await _refuse_channels(
        desk, client, workspace_id, [one for one in wanted.channels if one not in known.channels]
    )
    async with desk.begin() as session:
        before = await events.get(session, workspace_id, known.id, hold=True)
        if before is None:
            raise UserError(window.gone())
        refuse_overtaken(seen, form.mark_of(before))
        await planning.change(session, workspace_id, before, form.read(values, before), by=user_id, now=now)
    desk.wake_outbox()
    said = _("It’s changed. Where the day, the time or the place is another, those who signed up hear of it.")
    await ack(response_action="update", view=done_modal(_("Changed"), said))


async def call_off(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, desk: Desk) -> None:
    """It is not to be; Slack has asked twice."""
    workspace_id, user_id = workspace_of(body), str(body["user"]["id"])
    known = await _own(desk, client, body, int(body["actions"][0]["value"]))
    async with desk.begin() as session:
        event = await events.get(session, workspace_id, known.id, hold=True)
        if event is not None:
            await planning.call_off(session, workspace_id, event, by=user_id, now=desk.now())
    desk.wake_outbox()
    await _say(client, body, _("It’s off. Everybody who signed up hears of it."))
    await ack()


async def taken_back(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, desk: Desk) -> None:
    """The customer would rather not be named any more: their name goes from everywhere at once.

    Slack has asked twice.
    """
    workspace_id, user_id = workspace_of(body), str(body["user"]["id"])
    event = await _own(desk, client, body, int(body["actions"][0]["value"]))
    if event.customer_id is None:
        raise UserError(window.gone())
    async with desk.begin() as session:
        await take_back(session, workspace_id, event.customer_id, STAGE, by=user_id, now=desk.now())
        await planning.note(session, workspace_id, "stage_taken_back", event, by=user_id, now=desk.now())
    desk.wake_outbox()
    await _say(client, body, _("Their name is gone from every announcement, thread and recording."))
    await ack()


async def _form(desk: Desk, workspace_id: str, event: Event, *, new: bool) -> dict[str, Any]:
    name, agreed = "", False
    if event.customer_id is not None:
        async with desk.read() as session:
            customer = await customers.get(session, workspace_id, event.customer_id)
            records = await agreements(session, workspace_id, event.customer_id)
        name = called(customer.name, customer.company) if customer else ""
        agreed = permits(records, Purpose.ON_STAGE, desk.now())
    return plan_modal(event, customer=name, agreed=agreed, new=new, seen=form.mark_of(event))


async def _own(desk: Desk, client: AsyncWebClient, body: dict[str, Any], event_id: int) -> Event:
    """An event that this person may change. Raises UserError for anybody else."""
    workspace_id = workspace_of(body)
    actor = await window.actor_of(desk, client, workspace_id, str(body["user"]["id"]))
    async with desk.read() as session:
        event = await events.get(session, workspace_id, event_id)
    if event is None:
        raise UserError(window.gone())
    if not window.may_run(actor, event):
        raise UserError(_("Only its host and editors can change an event. Please ask one of them."))
    return event


async def _refuse_channels(
    desk: Desk, client: AsyncWebClient, workspace_id: str, channels: Sequence[str]
) -> None:
    """Raise UserError where a channel cannot be told, or guests or other companies read along."""

    async def look(channel_id: str) -> None:
        refuse_unheard(await audience(client, channel_id))
        await refuse_unknown_readers(desk, client, workspace_id, channel_id)

    try:
        await asyncio.gather(*(look(one) for one in channels))
    except UserError as error:
        raise UserError(error.message, field="channels") from error


async def _agreed(
    session: Any, workspace_id: str, event: Event, values: dict[str, Any], *, by: str, desk: Desk
) -> None:
    """Record that the customer agreed to be named; raises UserError where nobody says so."""
    if event.customer_id is None:
        return
    if not form.has_agreed(values):
        raise UserError(
            _("A customer is only announced once they agreed to be named. Ask them, and tick this."),
            field="agreed",
        )
    words = clean(values.get("words") or "")
    await agree(
        session, workspace_id, event.customer_id, Purpose.ON_STAGE, words=words, by=by, now=desk.now()
    )


async def _say(client: AsyncWebClient, body: dict[str, Any], said: str) -> None:
    if (body.get("view") or {}).get("type") == "modal":
        await put(client, body, done_modal(_("An event"), said))
