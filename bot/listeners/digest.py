"""The row of buttons under a digest: why, snooze, tune."""

from __future__ import annotations

from typing import Any

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncSession

from bot import ids
from bot.desk import Desk
from bot.failures import near_or_private
from bot.halting import note
from bot.listeners.channel_settings import first_view
from bot.listeners.clicks import channel_of, open_view, workspace_of
from bot.messages import digest as messages
from bot.messages.channel_words import moment_said, next_said, what_said, when_said
from bot.settings import Settings
from storage import channels
from stories.channels import ChannelSettings, ChannelState, Snooze, snooze_end
from stories.errors import UserError
from stories.language import _
from stories.values import dataclass


def register(app: AsyncApp, settings: Settings) -> None:  # noqa: ARG001 every feature registers alike
    """Listen to the digest's own buttons."""
    app.action(ids.DIGEST_WHY)(explain)
    app.action(ids.DIGEST_SNOOZE)(snooze)
    app.action(ids.DIGEST_WAKE)(wake)
    app.action(ids.DIGEST_TUNE)(tune)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Who clicked, in which channel."""

    workspace_id: str
    user_id: str
    channel_id: str


async def explain(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, desk: Desk) -> None:
    """Say why this digest came, and how to turn it down; only the one who asks sees it."""
    place = _place(body)
    async with desk.read() as session:
        channel = await channels.get(session, place.workspace_id, place.channel_id)
    said = messages.why(
        channel_id=place.channel_id,
        set_up_by=channel.set_up_by if channel else None,
        managers=channel.managers if channel else (),
        what=what_said(channel.digest) if channel else "",
        when=when_said(channel.times) if channel else "",
    )
    await near_or_private(client, place.channel_id, place.user_id, text=said)
    await ack()


async def snooze(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, desk: Desk) -> None:
    """Hold the channel's digest back for a while; anybody may, and is shown the way back."""
    place, chosen = _place(body), Snooze(body["actions"][0]["selected_option"]["value"])
    async with desk.begin() as session:
        channel = await _on(session, place, desk)
        snoozed = channel.snoozed(snooze_end(channel, chosen, desk.now()), desk.now())
        await channels.save(session, place.workspace_id, snoozed, now=desk.now())
        await _note(session, place, desk, "snooze_channel", snooze=chosen.value)
    said = messages.snoozed(channel_id=place.channel_id, until=next_said(snoozed))
    await near_or_private(client, place.channel_id, place.user_id, **said)
    await ack()


async def wake(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, desk: Desk) -> None:
    """End a snooze; from the settings, the view follows."""
    place = _place(body)
    async with desk.begin() as session:
        channel = await _on(session, place, desk)
        awake = channel.snoozed(None, desk.now())
        await channels.save(session, place.workspace_id, awake, now=desk.now())
        await _note(session, place, desk, "wake_channel")
    view = body.get("view")
    if view:
        shown = await first_view(desk, client, place.workspace_id, place.user_id, place.channel_id)
        await client.views_update(view_id=view["id"], view=shown)
    else:
        when = moment_said(awake.times, awake.next_at) if awake.next_at else ""
        said = messages.awake(channel_id=place.channel_id, when=when)
        await near_or_private(client, place.channel_id, place.user_id, text=said)
    await ack()


async def tune(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, desk: Desk) -> None:
    """Open the channel's settings for those who may change them."""
    place = _place(body)
    view = await first_view(desk, client, place.workspace_id, place.user_id, place.channel_id)
    await open_view(client, body, view)
    await ack()


def _place(body: dict[str, Any]) -> Place:
    """Where somebody clicked: the channel, or in a modal the channel that the button names."""
    channel_id = channel_of(body) or body["actions"][0].get("value")
    if not channel_id:
        raise UserError(_("I can’t tell which channel this is about. Please click it in the channel."))
    return Place(workspace_id=workspace_of(body), user_id=body["user"]["id"], channel_id=str(channel_id))


async def _on(session: AsyncSession, place: Place, desk: Desk) -> ChannelSettings:
    """The channel, when it hears digests, kept as it is until the transaction ends: what it hears may be
    stopped meanwhile. Raises UserError with the next step when it hears none.
    """
    channel = await channels.held(session, place.workspace_id, place.channel_id)
    if channel is None or channel.state is not ChannelState.ON:
        command = desk.settings.firsthand_channel_command
        raise UserError(
            _("This channel hears no regular digest at the moment. {command} shows its settings.").format(
                command=command
            )
        )
    return channel


async def _note(session: AsyncSession, place: Place, desk: Desk, act: str, **detail: Any) -> None:
    await note(session, place.workspace_id, act, place.channel_id, by=place.user_id, now=desk.now(), **detail)
