"""Coming and going: what invites the bot, what takes a channel away from it, and what gives it back."""

from __future__ import annotations

from typing import Any

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot import channel_rolls, delivery_care, own_posts
from bot.attention_rounds import tell_soon
from bot.audience import audience
from bot.avatars import listening_switch
from bot.desk import Desk
from bot.failures import near_or_private
from bot.halting import halt
from bot.messages.channel_answers import invited
from bot.settings import Settings
from storage import channels
from stories.channels import StopReason


def register(app: AsyncApp, settings: Settings) -> None:  # noqa: ARG001 every feature registers alike
    """Listen to what happens to channels."""
    app.event("member_joined_channel")(greet)
    app.event("member_left_channel")(went)
    app.event("channel_shared")(stop_shared)
    app.event("channel_archive")(stop_archived)
    app.event("group_archive")(stop_archived)
    app.event("channel_unarchive")(catch_up)
    app.event("group_unarchive")(catch_up)
    app.event("channel_left")(stop_left)
    app.event("group_left")(stop_left)
    app.event("channel_deleted")(stop_deleted)
    app.event("group_deleted")(stop_deleted)


async def greet(event: dict[str, Any], context: AsyncBoltContext, client: AsyncWebClient, desk: Desk) -> None:
    """Tell whoever brought the bot in what to do next; the channel itself reads nothing.

    Anybody else who joins does not find their own story there, should they be a customer too.
    """
    inviter, channel_id = event.get("inviter"), event["channel"]
    if event["user"] != context.bot_user_id:
        await own_posts.joined(desk, str(context.team_id), channel_id, event["user"])
        await channel_rolls.came(desk, client, str(context.team_id), channel_id, event["user"])
        return
    if not inviter:
        return
    there = await audience(client, channel_id)
    async with desk.read() as session:
        known = await channels.get(session, str(context.team_id), channel_id)
    said = invited(
        channel_id,
        command=desk.settings.firsthand_channel_command,
        back=known is not None and known.stopped_because is StopReason.LEFT,
        shared=there.external,
    )
    await near_or_private(client, channel_id, inviter, text=said)


async def went(event: dict[str, Any], context: AsyncBoltContext, client: AsyncWebClient, desk: Desk) -> None:
    """Somebody left a channel: what it hears of is not theirs any more."""
    await channel_rolls.went(desk, client, str(context.team_id), event["channel"], event["user"])


async def stop_shared(event: dict[str, Any], context: AsyncBoltContext, desk: Desk) -> None:
    """A channel that another company joins hears nothing more."""
    await _stop(event["channel"], StopReason.SHARED, context, desk)


async def stop_archived(event: dict[str, Any], context: AsyncBoltContext, desk: Desk) -> None:
    """Nobody reads an archived channel."""
    await _stop(event["channel"], StopReason.ARCHIVED, context, desk)


async def catch_up(event: dict[str, Any], context: AsyncBoltContext, desk: Desk) -> None:
    """An archived channel is back: what customers or authors took back meanwhile goes from it now."""
    async with desk.begin() as session:
        missed = await delivery_care.after_archive(
            session, str(context.team_id), event["channel"], by=event["user"], now=desk.now()
        )
    if missed:
        desk.wake_outbox()


async def stop_left(event: dict[str, Any], context: AsyncBoltContext, desk: Desk) -> None:
    """The bot was taken out of a channel."""
    await _stop(event["channel"], StopReason.LEFT, context, desk)


async def stop_deleted(event: dict[str, Any], context: AsyncBoltContext, desk: Desk) -> None:
    """The channel is gone."""
    await _stop(event["channel"], StopReason.DELETED, context, desk)


async def _stop(channel_id: str, because: StopReason, context: AsyncBoltContext, desk: Desk) -> None:
    async with desk.begin() as session:
        halted = await halt(session, str(context.team_id), channel_id, because, desk=desk)
        await listening_switch.leave(session, str(context.team_id), channel_id, now=desk.now())
    if halted is not None:
        await tell_soon(desk, str(context.team_id), halted.set_up_by)
        desk.wake_outbox()
