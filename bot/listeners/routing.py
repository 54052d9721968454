"""`/firsthand route`: which customers' words a channel hears by its own rules."""

from __future__ import annotations

from typing import Any

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient

from bot.audience import audience
from bot.desk import Desk
from bot.listeners.clicks import workspace_of
from bot.listeners.nps_channels import refuse_strangers, refuse_untuned
from bot.messages import routing_fields as fields
from bot.messages import routing_views as views
from bot.messages.blocks import Block, values_of
from bot.routing import ids, rules
from bot.routing.knowing import known, last_month, read_fields, read_sentence, segments_of
from bot.routing.times import as_for_nobody, coming
from bot.settings import Settings
from storage import channels, routes
from stories.errors import UserError
from stories.folding import fold
from stories.language import _
from stories.routing.grammar import Read
from stories.routing.retyping import retyped
from stories.routing.rule import Rule, rule_of

MOST_OFFERED = 20


def register(app: AsyncApp, settings: Settings) -> None:  # noqa: ARG001 every feature registers alike
    """Listen to the windows of rules; the command itself is the channel's."""
    app.action(ids.FIELDS)(new_by_fields)
    app.action(ids.SENTENCE)(new_by_sentence)
    app.action(ids.CHANGE)(change)
    app.action(ids.STOP)(stop)
    app.options(ids.SEGMENTS)(offer_segments)
    app.options(ids.THEME)(offer_themes)
    app.view(ids.SENTENCE_VIEW)(look_at_sentence)
    app.view(ids.FIELDS_VIEW)(look_at_fields)
    app.view(ids.PREVIEW_VIEW)(begin)


async def route_view(
    desk: Desk, client: AsyncWebClient, workspace_id: str, user_id: str, channel_id: str, sentence: str
) -> Block:
    """The channel's rules; with a sentence what it would bring, or the sentence with what is wrong in it.

    Raises UserError where or for whom there are no rules.
    """
    await refuse_strangers(desk, client, workspace_id, user_id, channel_id)
    if not sentence or fold(sentence) == "list":
        return await _list(desk, workspace_id, channel_id)
    try:
        async with desk.read() as session:
            read = await read_sentence(session, workspace_id, sentence)
        channel_id = await _meant(desk, client, workspace_id, user_id, channel_id, read)
    except UserError as error:
        return views.sentence_view(channel_id, None, sentence, trouble=str(error))
    return await _preview(desk, workspace_id, channel_id, None, read.rule)


async def new_by_fields(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
    """Open the fields of a new rule in the place of the list."""
    channel_id, _route, _rule = views.about(body["view"])
    await client.views_update(view_id=body["view"]["id"], view=fields.fields_view(channel_id, None, Rule()))
    await ack()


async def new_by_sentence(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
    """Open the line for a new rule in the place of the list."""
    channel_id, _route, _rule = views.about(body["view"])
    await client.views_update(view_id=body["view"]["id"], view=views.sentence_view(channel_id, None, ""))
    await ack()


async def change(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, desk: Desk) -> None:
    """Open a rule's fields; one that no field holds (scores of its own) as a sentence."""
    workspace_id, route_id = workspace_of(body), int(body["actions"][0]["value"])
    async with desk.read() as session:
        route = await routes.get(session, workspace_id, route_id)
        names = await known(session, workspace_id)
    if route is None:
        raise UserError(_("This rule was stopped meanwhile."))
    rule = rule_of(route.rule)
    if rule.scores and rules.scores_by_fields(rule.scores) != rule.scores:
        view = views.sentence_view(route.channel_id, route_id, retyped(rule, names))
    else:
        view = fields.fields_view(route.channel_id, route_id, rule)
    await client.views_update(view_id=body["view"]["id"], view=view)
    await ack()


async def stop(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, desk: Desk) -> None:
    """End a rule; the list says so."""
    workspace_id, user_id = workspace_of(body), body["user"]["id"]
    async with desk.read() as session:
        route = await routes.get(session, workspace_id, int(body["actions"][0]["value"]))
    channel_id = route.channel_id if route else views.about(body["view"])[0]
    await refuse_untuned(desk, client, workspace_id, user_id, channel_id)
    if route is not None:
        async with desk.begin() as session:
            await rules.stop(session, workspace_id, route, by=user_id, now=desk.now())
    view = await _list(desk, workspace_id, channel_id, notice=_("It’s stopped. What came stays."))
    await client.views_update(view_id=body["view"]["id"], view=view)
    await ack()


async def look_at_sentence(
    ack: AsyncAck, body: dict[str, Any], view: dict[str, Any], client: AsyncWebClient, desk: Desk
) -> None:
    """Show what a sentence would bring; what is wrong in it is said beside it."""
    workspace_id, user_id = workspace_of(body), body["user"]["id"]
    channel_id, route_id, _rule = views.about(view)
    try:
        async with desk.read() as session:
            read = await read_sentence(session, workspace_id, values_of(view)["sentence"] or "")
        if route_id is None:
            channel_id = await _meant(desk, client, workspace_id, user_id, channel_id, read)
    except UserError as error:
        # Whatever is wrong with it, there is one field to say so beside.
        raise UserError(str(error), field="sentence") from None
    await ack(
        response_action="update", view=await _preview(desk, workspace_id, channel_id, route_id, read.rule)
    )


async def look_at_fields(ack: AsyncAck, body: dict[str, Any], view: dict[str, Any], desk: Desk) -> None:
    """Show what the fields would bring."""
    workspace_id = workspace_of(body)
    channel_id, route_id, _rule = views.about(view)
    async with desk.read() as session:
        rule = await read_fields(session, workspace_id, values_of(view))
    await ack(response_action="update", view=await _preview(desk, workspace_id, channel_id, route_id, rule))


async def begin(
    ack: AsyncAck, body: dict[str, Any], view: dict[str, Any], client: AsyncWebClient, desk: Desk
) -> None:
    """Keep the rule that was looked at; the channel's rules take the window's place."""
    workspace_id, user_id = workspace_of(body), body["user"]["id"]
    channel_id, route_id, rule = views.about(view)
    await refuse_strangers(desk, client, workspace_id, user_id, channel_id)
    if rule is None:
        raise UserError(_("This window is too old; please begin again."))
    await rules.keep(desk, client, workspace_id, channel_id, route_id, rule, by=user_id)
    notice = _("It’s on: what comes from now on is brought here.")
    await ack(response_action="update", view=await _list(desk, workspace_id, channel_id, notice=notice))


async def offer_segments(ack: AsyncAck, body: dict[str, Any], payload: dict[str, Any], desk: Desk) -> None:
    """Segments that hold what is typed."""
    typed = fold(payload.get("value") or "")
    async with desk.read() as session:
        names = await known(session, workspace_of(body))
    fitting = [one for one in segments_of(names) if typed in fold(": ".join(one))]
    await ack(options=fields.segment_options(fitting[:MOST_OFFERED]))


async def offer_themes(ack: AsyncAck, body: dict[str, Any], payload: dict[str, Any], desk: Desk) -> None:
    """Themes that hold what is typed."""
    typed = fold(payload.get("value") or "")
    async with desk.read() as session:
        names = await known(session, workspace_of(body))
    fitting = [name for name in names.themes if typed in fold(name)]
    await ack(options=fields.theme_options(fitting[:MOST_OFFERED]))


async def _list(desk: Desk, workspace_id: str, channel_id: str, *, notice: str = "") -> Block:
    async with desk.read() as session:
        own = await routes.of_channel(session, workspace_id, channel_id)
    return views.list_view(channel_id, own, notice=notice, command=rules.command_of(desk))


async def _preview(desk: Desk, workspace_id: str, channel_id: str, route_id: int | None, rule: Rule) -> Block:
    async with desk.read() as session:
        found = await last_month(session, workspace_id, rule, channel_id, desk.now())
        channel = await channels.get(session, workspace_id, channel_id) or as_for_nobody(desk, channel_id)
    days = [one.day for _item, one in found.items if one.day is not None]
    # Of more than were looked at nobody knows on which days they fall.
    brought = None if found.cut else coming(channel, rule, days)
    return views.preview_view(channel_id, route_id, rule, found, brought)


async def _meant(
    desk: Desk, client: AsyncWebClient, workspace_id: str, user_id: str, channel_id: str, read: Read
) -> str:
    """The channel that a sentence is for: the one it names, else the one it was typed in.

    Raises UserError for one whose id Slack did not tell, and where this person may not say what is heard.
    """
    if read.channel_id and read.channel_id != channel_id:
        await refuse_strangers(desk, client, workspace_id, user_id, read.channel_id)
        return read.channel_id
    if read.named and read.named != (await audience(client, channel_id)).name:
        said = _("To have it come to #{channel}, type it there: rules are kept by the channel they bring to.")
        raise UserError(said.format(channel=read.named), field="sentence")
    return channel_id
