"""Where a write-up begins: the command, the shortcuts, and buttons wherever they stand."""

from __future__ import annotations

from typing import Any

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_bolt.context.respond.async_respond import AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from bot import home, ids, interviewing
from bot.desk import Desk
from bot.interview_notes import lay_in
from bot.listeners.interview_showing import is_in_modal, put, show
from bot.messages import interview
from bot.messages.blocks import Block
from bot.messages.interview_frame import Place
from bot.settings import Settings
from bot.visitors import visitor
from storage import draft_notes, drafts
from stories.errors import UserError
from stories.forms import LONGEST, Form
from stories.language import _
from stories.mrkdwn import as_typed
from stories.placing import cut

HELP = frozenset({"help", "?", "-h", "--help"})


def register(app: AsyncApp, settings: Settings) -> None:
    """Listen to everything that opens a write-up."""
    app.command(settings.firsthand_interview_command)(by_command)
    app.shortcut(ids.INTERVIEW_SHORTCUT)(by_shortcut)
    app.shortcut(ids.STORY_FROM_MESSAGE)(from_message)
    app.action(ids.INTERVIEW_OPEN)(by_button)
    app.action(ids.DRAFT_OPEN)(go_on)
    app.action(ids.DRAFT_DROP)(drop)
    app.action(ids.STORY_EDIT)(edit)
    app.view(ids.INTERVIEW_CHOOSE_VIEW)(start_anew)


async def by_command(
    ack: AsyncAck,
    command: dict[str, Any],
    client: AsyncWebClient,
    context: AsyncBoltContext,
    desk: Desk,
    respond: AsyncRespond,
) -> None:
    """`/interview` opens a write-up, `/interview help` says what it is."""
    if command.get("text", "").strip().lower() in HELP:
        settings = desk.settings
        await ack(interview.help_message(command["command"], settings.firsthand_stories_command))
        return
    view = await _first(desk, context)
    await ack()
    await show(client, command, view, respond)


async def by_shortcut(
    ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, context: AsyncBoltContext, desk: Desk
) -> None:
    """The lightning menu."""
    view = await _first(desk, context)
    await ack()
    await show(client, body, view)


by_button = by_shortcut


async def from_message(
    ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, context: AsyncBoltContext, desk: Desk
) -> None:
    """*Turn into customer story*: what the message says is what happened; all of it is kept as a note."""
    who = await visitor(desk, context)
    text = as_typed(body["message"].get("text") or "")
    happened = cut(text, LONGEST["happened"])[0]
    async with desk.begin() as session:
        view = await interviewing.begin(session, who, Form(happened=happened))
        if text:
            draft_id = Place.of(view).draft_id
            await draft_notes.keep(session, who.workspace_id, draft_id, body["message"]["ts"], text)
    await ack()
    await show(client, body, view)


async def start_anew(ack: AsyncAck, context: AsyncBoltContext, desk: Desk) -> None:
    """*Start a new one*, asked of somebody who has drafts."""
    who = await visitor(desk, context)
    async with desk.begin() as session:
        view = await interviewing.begin(session, who)
    await ack(response_action="update", view=view)


async def go_on(
    ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, context: AsyncBoltContext, desk: Desk
) -> None:
    """Go on with a draft where it was left."""
    who = await visitor(desk, context)
    async with desk.begin() as session:
        await lay_in(session, who, _chosen(body))
        view = await interviewing.go_on(session, who, _chosen(body))
    await ack()
    await show(client, body, view)


async def edit(
    ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, context: AsyncBoltContext, desk: Desk
) -> None:
    """Change a story that is stored."""
    who = await visitor(desk, context)
    async with desk.begin() as session:
        view = await interviewing.edit(session, who, _chosen(body))
    await ack()
    await show(client, body, view)


async def drop(
    ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, context: AsyncBoltContext, desk: Desk
) -> None:
    """Throw a draft away; Slack has asked twice."""
    who = await visitor(desk, context)
    async with desk.begin() as session:
        draft = await interviewing.own_draft(session, who, _chosen(body))
        if draft is not None:
            await drafts.drop(session, who.workspace_id, draft.id)
        left = await drafts.of_author(session, who.workspace_id, who.user_id, most=interview.MOST_DRAFTS)
    await ack()
    if is_in_modal(body):
        choosing = body["view"]["callback_id"] == ids.INTERVIEW_CHOOSE_VIEW
        thrown = interview.gone_view(_("Thrown away. Nothing of it was kept."))
        shown = [(one.id, one.form, one.updated_at) for one in left]
        await put(client, body, interview.choose_view(shown) if choosing and shown else thrown)
    await home.refresh(desk, client, who.workspace_id, who.user_id)


async def _first(desk: Desk, context: AsyncBoltContext) -> Block:
    who = await visitor(desk, context)
    async with desk.begin() as session:
        return await interviewing.first_view(session, who)


def _chosen(body: dict[str, Any]) -> int:
    """The draft or story that a button, or an entry of a menu, stands for."""
    action = body["actions"][0]
    value = str(action["selected_option"]["value"] if "selected_option" in action else action["value"])
    if not value.rpartition(":")[2].isdecimal():
        raise UserError(_("This button is from an older version. Please open the Home tab and try there."))
    return int(value.rpartition(":")[2])
