"""Setting up what a channel hears: two views, their searches, and saving."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient

from bot import added, home, ids
from bot.desk import Desk
from bot.failures import near_or_private
from bot.halting import halt, obstacle
from bot.home import commands_of
from bot.listeners.clicks import workspace_of
from bot.messages import channel_answers as answers
from bot.messages import channel_settings as views
from bot.messages.blocks import Block, values_of
from bot.messages.halting import may_guests_read
from bot.permissions import Act, Actor, may
from bot.settings import Settings
from bot.tuning import (
    country_set,
    defaults,
    keep,
    read_kinds,
    read_language,
    read_template,
    read_times,
    read_wanted,
    refuse_others,
    refuse_place,
    refuse_visitors,
)
from storage import channels, offers, stories
from stories.channels import ChannelSettings, ChannelState
from stories.errors import UserError
from stories.places import countries_like, zones_like
from stories.story import StoryState


def register(app: AsyncApp, settings: Settings) -> None:  # noqa: ARG001 every feature registers alike
    """Listen to the settings' views and their searches, and say what an added file keeps from being used."""
    added.troubles()
    app.view(ids.HOME_CHANNEL_VIEW)(begin)
    app.view(ids.CHANNEL_VIEW)(go_on)
    app.view(ids.CHANNEL_WHAT_VIEW)(save)
    app.options(ids.CHANNEL_ZONE)(offer_zones)
    app.options(ids.CHANNEL_COUNTRY)(offer_countries)
    app.options(ids.CHANNEL_SEGMENTS)(offer_segments)
    app.options(ids.CHANNEL_THEMES)(offer_themes)


async def first_view(
    desk: Desk, client: AsyncWebClient, workspace_id: str, user_id: str, channel_id: str
) -> Block:
    """The first view for this person and channel. Raises UserError where or for whom there is none."""
    await refuse_visitors(desk, client, workspace_id, user_id)
    await refuse_place(client, channel_id, command=desk.settings.firsthand_channel_command)
    channel, known, _actor = await _for(desk, client, workspace_id, user_id, channel_id)
    return views.when_view(channel, new=not known, now=desk.now())


async def begin(
    ack: AsyncAck, body: dict[str, Any], view: dict[str, Any], client: AsyncWebClient, desk: Desk
) -> None:
    """A channel was chosen on App Home: its settings take the place of that question."""
    channel_id = values_of(view)["channel"]
    try:
        shown = await first_view(desk, client, workspace_of(body), body["user"]["id"], channel_id)
    except UserError as error:
        raise UserError(error.message, field="channel") from error
    await ack(response_action="update", view=shown)


async def go_on(
    ack: AsyncAck, body: dict[str, Any], view: dict[str, Any], client: AsyncWebClient, desk: Desk
) -> None:
    """From when to what; what was chosen travels in the second view's metadata."""
    values, about = values_of(view), json.loads(view["private_metadata"])
    read_times(values)
    workspace_id = workspace_of(body)
    channel, known, _actor = await _for(desk, client, workspace_id, body["user"]["id"], about["channel"])
    async with desk.read() as session:
        told = await offers.topics(session, workspace_id)
    shown = views.what_view(
        channel,
        new=not known,
        segments=bool(told.segments),
        themes=bool(told.themes),
        private_metadata=json.dumps(about | values),
    )
    await ack(response_action="push", view=shown)


async def save(
    ack: AsyncAck, body: dict[str, Any], view: dict[str, Any], client: AsyncWebClient, desk: Desk
) -> None:
    """Keep the settings, and only then look at who reads the channel, which may take a while."""
    values, about = values_of(view), json.loads(view["private_metadata"])
    workspace_id, user_id, channel_id = workspace_of(body), body["user"]["id"], about["channel"]
    channel, _known, actor = await _for(desk, client, workspace_id, user_id, channel_id)
    chosen = replace(
        channel,
        times=read_times(about),
        digest=read_wanted(values, channel.digest),
        kinds=read_kinds(values, channel.kinds),
        language=read_language(values, channel.language),
        template=read_template(values, channel.template),
        managers=tuple(values["managers"]) or (user_id,),
    )
    state = values.get("state") or ChannelState.ON.value
    async with desk.begin() as session:
        kept = await keep(session, workspace_id, chosen, state, by=user_id, now=desk.now())
        told = (await stories.counts(session, workspace_id)).get(StoryState.PUBLISHED, 0)
    await ack(response_action="clear")
    said = await _outcome(desk, client, workspace_id, kept, actor, channel_id, empty=not told)
    await near_or_private(client, channel_id, user_id, **said)
    await home.refresh(desk, client, workspace_id, user_id)


async def offer_zones(ack: AsyncAck, payload: dict[str, Any]) -> None:
    """Time zones that are like what is typed."""
    await ack(options=views.zone_options(zones_like(payload["value"])))


async def offer_countries(ack: AsyncAck, payload: dict[str, Any]) -> None:
    """Countries that are like what is typed."""
    await ack(options=views.country_options(countries_like(payload["value"])))


async def offer_segments(ack: AsyncAck, body: dict[str, Any], payload: dict[str, Any], desk: Desk) -> None:
    """Kinds of customer that hold what is typed."""
    async with desk.read() as session:
        known = (await offers.topics(session, workspace_of(body))).segments
    await ack(options=views.topic_options(_like(known, payload["value"])))


async def offer_themes(ack: AsyncAck, body: dict[str, Any], payload: dict[str, Any], desk: Desk) -> None:
    """Themes that hold what is typed, commonest first."""
    async with desk.read() as session:
        known = (await offers.topics(session, workspace_of(body))).themes
    await ack(options=views.topic_options(_like(known, payload["value"])))


async def _for(
    desk: Desk, client: AsyncWebClient, workspace_id: str, user_id: str, channel_id: str
) -> tuple[ChannelSettings, bool, Actor]:
    """The channel's settings (or those to begin with), whether it has any, and who asks.

    Raises UserError for somebody who may not change them.
    """
    colleague = await desk.colleagues.get(client, workspace_id, user_id)
    async with desk.read() as session:
        known = await channels.get(session, workspace_id, channel_id)
        actor = await desk.colleagues.actor(session, client, workspace_id, user_id)
    await refuse_others(desk, client, workspace_id, actor, known)
    channel = known or defaults(channel_id, colleague, country=country_set(desk))
    return channel, known is not None, actor


async def _outcome(
    desk: Desk,
    client: AsyncWebClient,
    workspace_id: str,
    kept: ChannelSettings | None,
    actor: Actor,
    channel_id: str,
    *,
    empty: bool,
) -> dict[str, Any]:
    """What the person hears: what the channel gets from now on, or what keeps it from getting it."""
    commands = commands_of(desk.settings)
    if kept is None:
        return {"text": answers.turned_off(channel_id, command=commands.channel)}
    if kept.state is ChannelState.ON:
        against = await obstacle(desk, client, workspace_id, kept)
        if against is not None:
            async with desk.begin() as session:
                halted = await halt(session, workspace_id, channel_id, against, desk=desk)
            desk.wake_outbox()
            return _kept_out(halted or kept, actor, desk)
    return {"text": answers.saved(kept, empty=empty, commands=commands)}


def _kept_out(halted: ChannelSettings, actor: Actor, desk: Desk) -> dict[str, Any]:
    """What keeps the channel from hearing stories; somebody who may let guests in is asked right here."""
    because = halted.stopped_because
    if halted.state is ChannelState.WAITING and because and may(actor, Act.ALLOW_GUESTS):
        return may_guests_read(halted.channel_id, because, asked_by=actor.user_id)
    command = desk.settings.firsthand_channel_command
    return {"text": answers.status(halted, now=desk.now(), command=command)}


def _like(known: tuple[str, ...], typed: str) -> list[str]:
    wanted = typed.strip().casefold()
    return [name for name in known if wanted in name.casefold()][:100]
