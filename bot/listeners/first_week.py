"""The first week's list on App Home: a pilot channel, a look at its digest, colleagues to invite."""

from __future__ import annotations

from typing import Any

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncSession

from bot import attention, first_week, home, ids
from bot.desk import Desk
from bot.listeners.asking_now import preview
from bot.listeners.channel_settings import first_view
from bot.listeners.chosen import chosen_colleague
from bot.listeners.clicks import workspace_of
from bot.messages import first_week as messages
from bot.messages.blocks import values_of
from bot.settings import Settings
from storage import homes, people
from storage.attention import Unasked
from stories.errors import UserError
from stories.language import _


def register(app: AsyncApp, settings: Settings) -> None:  # noqa: ARG001 every feature registers alike
    """Listen to the first week's buttons."""
    app.action(ids.HOME_CHANNEL)(ask_channel)
    app.action(ids.HOME_CHANNEL_CHOSEN)(show_settings)
    app.action(ids.HOME_PREVIEW)(look_at_digest)
    app.action(ids.HOME_INVITE)(ask_whom)
    app.view(ids.HOME_INVITE_VIEW)(invite)
    app.action(ids.HOME_FIRST_WEEK_HIDE)(put_away)


async def ask_channel(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
    """Ask which channel is to hear stories first."""
    await client.views_open(trigger_id=body["trigger_id"], view=messages.channel_modal())
    await ack()


async def show_settings(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, desk: Desk) -> None:
    """A channel was chosen: its settings take the place of the question, without another click."""
    channel_id = body["actions"][0]["selected_conversation"]
    settings = await first_view(desk, client, workspace_of(body), body["user"]["id"], channel_id)
    await client.views_update(view_id=body["view"]["id"], view=settings)
    await ack()


async def look_at_digest(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, desk: Desk) -> None:
    """Show what the pilot channel would read, with the button that posts it; only this person sees it."""
    workspace_id, user_id = workspace_of(body), body["user"]["id"]
    async with desk.read() as session:
        pilot = await homes.pilot_channel(session, workspace_id)
    if pilot is None:
        raise UserError(_("There is no channel to look at yet; please choose a pilot channel first."))
    view = await preview(desk, client, workspace_id, user_id, pilot)
    await client.views_open(trigger_id=body["trigger_id"], view=view)
    await ack()
    await first_week.has_seen(desk, client, workspace_id, user_id, view)


async def ask_whom(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, desk: Desk) -> None:
    """Ask whom to invite, and show what they will read."""
    view = messages.invite_modal(body["user"]["id"], desk.settings.firsthand_interview_command)
    await client.views_open(trigger_id=body["trigger_id"], view=view)
    await ack()


async def invite(
    ack: AsyncAck, body: dict[str, Any], view: dict[str, Any], client: AsyncWebClient, desk: Desk
) -> None:
    """Send the invitation to those who were chosen, once each, in the name of who chose them."""
    workspace_id, inviter = workspace_of(body), body["user"]["id"]
    chosen = [user for user in values_of(view)["colleagues"] if user != inviter]
    zones = await _zones_of_colleagues(desk, client, workspace_id, chosen)
    async with desk.begin() as session:
        about = {"by": inviter, "command": desk.settings.firsthand_interview_command}
        for user in chosen:
            what = Unasked(place=user, kind="invitation", slot_key=f"invite:{inviter}", about=about)
            await attention.offer(session, workspace_id, what, now=desk.now(), zone=zones[user])
        await _note_invited(session, workspace_id, inviter, chosen)
    await ack()
    desk.wake_outbox()
    await home.refresh(desk, client, workspace_id, inviter)


async def put_away(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, desk: Desk) -> None:
    """Take the list off this person's App Home for good."""
    workspace_id, user_id = workspace_of(body), body["user"]["id"]
    async with desk.begin() as session:
        await first_week.note(session, workspace_id, user_id, hidden=True)
    await ack()
    await home.refresh(desk, client, workspace_id, user_id)


async def _zones_of_colleagues(
    desk: Desk, client: AsyncWebClient, workspace_id: str, chosen: list[str]
) -> dict[str, str]:
    """Where each of them is. Raises UserError for nobody, and for guests."""
    if not chosen:
        raise UserError(_("Please choose a colleague other than yourself."), field="colleagues")
    people_there = [
        await chosen_colleague(desk, client, workspace_id, user, field="colleagues") for user in chosen
    ]
    outside = next((one for one in people_there if one.guest), None)
    if outside is not None:
        said = _("{name} is a guest or an app; stories are for colleagues. Please take them off the list.")
        raise UserError(said.format(name=outside.name), field="colleagues")
    return {one.user_id: one.time_zone for one in people_there}


async def _note_invited(session: AsyncSession, workspace_id: str, inviter: str, chosen: list[str]) -> None:
    settings = await people.settings(session, workspace_id, inviter)
    before = settings.get("first_week", {}).get("invited", [])
    await first_week.note(session, workspace_id, inviter, invited=sorted({*before, *chosen}))
