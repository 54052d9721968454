"""Files dropped on the bot in a direct message, and the clicks on what was read from them."""

from __future__ import annotations

import re
from typing import Any

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot import home, ids, interviewing
from bot.desk import Desk
from bot.dropping import picking
from bot.dropping.board import Board
from bot.dropping.files import Drop, take_in
from bot.interviewing import Errors
from bot.listeners import interview_thread
from bot.listeners.interview_showing import put, show
from bot.messages import dropped_files as messages
from bot.settings import Settings
from bot.visitors import Visitor, visitor, writer
from storage import drafts, uploads
from stories.errors import UserError
from stories.language import _
from stories.mrkdwn import as_typed

_VOICE = re.compile(rf"{ids.FILE_VOICE}(?::\d+)?")
_CHOICE = re.compile(r"(?P<draft>\d{1,15}):(?P<voice>\d{1,3})")


def register(app: AsyncApp, settings: Settings) -> None:  # noqa: ARG001 every feature registers alike
    """Listen to files in direct messages, and to what is clicked on what was read from them."""
    app.event("message", matchers=[_has_files])(dropped)
    app.action(_VOICE)(choose_voice)
    app.action(ids.FILE_MORE_LINES)(more_lines)
    app.action(ids.FILE_DROP)(throw_away)
    app.action(ids.FILE_READ_AGAIN)(read_again)
    app.view(ids.FILE_LINES_VIEW)(picked)


async def dropped(
    event: dict[str, Any], client: AsyncWebClient, context: AsyncBoltContext, desk: Desk
) -> None:
    """Read every file of a message, each once however often Slack tells of it."""
    thread = event.get("thread_ts") or event["ts"]
    if await _is_written_in(desk, context, event, thread):
        # A reply in a write-up's thread is that write-up's, whatever comes with it.
        await interview_thread.hear(event, client, context, desk)
        return
    new = await _new(desk, context, event)
    if not new:
        return
    board = Board(client, event["channel"], thread)
    try:
        who = await visitor(desk, context)
    except UserError as refusal:
        await board.settle(messages.refused(refusal.message))
        return
    await _take_in_all(desk, client, who, new, board)


async def read_again(
    ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, context: AsyncBoltContext, desk: Desk
) -> None:
    """*Try again*, in the message that said what went wrong."""
    await ack()
    who = await visitor(desk, context)
    message = body["message"]
    file_id, _colon, name = str(body["actions"][0]["value"]).partition(":")
    board = Board(client, body["channel"]["id"], message.get("thread_ts") or message["ts"], ts=message["ts"])
    await take_in(desk, client, who, Drop(file_id=file_id, name=name, slack_ts=message["ts"]), board)


async def choose_voice(
    ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, context: AsyncBoltContext, desk: Desk
) -> None:
    """The customer was chosen: what they said that is worth telling."""
    who = await visitor(desk, context)
    action = body["actions"][0]
    chosen = action["selected_option"]["value"] if "selected_option" in action else action["value"]
    parts = _CHOICE.fullmatch(chosen)
    if parts is None:
        raise UserError(_("This button is from an older version. Please drop the file once more."))
    async with desk.begin() as session:
        view = await picking.choose_voice(session, who, int(parts["draft"]), int(parts["voice"]))
    await ack()
    await show(client, body, view)


async def more_lines(
    ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, context: AsyncBoltContext, desk: Desk
) -> None:
    """Further lines below those that are shown."""
    who = await writer(desk, context)
    async with desk.begin() as session:
        view = await picking.more_lines(session, who, body["view"])
    await ack()
    await put(client, body, view)


async def picked(ack: AsyncAck, view: dict[str, Any], context: AsyncBoltContext, desk: Desk) -> None:
    """The lines were picked: on to the write-up, filled in."""
    who = await writer(desk, context)
    async with desk.begin() as session:
        ahead = await picking.pick(session, who, view)
    if isinstance(ahead, Errors):
        await ack(response_action="errors", errors=dict(ahead.by_block))
    else:
        await ack(response_action="update", view=ahead)


async def throw_away(
    ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, context: AsyncBoltContext, desk: Desk
) -> None:
    """What was read goes, and the draft with it; Slack has asked twice."""
    who = await writer(desk, context)
    draft_id, message = int(body["actions"][0]["value"]), body["message"]
    file = await _thrown(desk, who, draft_id)
    await ack()
    board = Board(client, body["channel"]["id"], message.get("thread_ts") or message["ts"], ts=message["ts"])
    await board.settle(messages.thrown_away(file))
    await home.refresh(desk, client, who.workspace_id, who.user_id)


async def _thrown(desk: Desk, who: Visitor, draft_id: int) -> str:
    """The name of the file whose draft was thrown away. Raises UserError when it is gone."""
    async with desk.begin() as session:
        draft = await interviewing.own_draft(session, who, draft_id)
        talk = await uploads.talk_of(session, who.workspace_id, draft_id)
        if draft is None or talk is None:
            raise UserError(
                _("There is nothing left of it to throw away: it was sent or thrown away before.")
            )
        await drafts.drop(session, who.workspace_id, draft_id)
    return str(talk["file"])


async def _has_files(event: dict[str, Any]) -> bool:
    """A person's message with files in a direct message; files in channels are none of ours."""
    shared = event.get("subtype") == "file_share" and event.get("channel_type") == "im"
    return bool(shared and event.get("user") and not event.get("bot_id") and event.get("files"))


async def _take_in_all(
    desk: Desk, client: AsyncWebClient, who: Visitor, drops: list[Drop], board: Board
) -> None:
    """One after the other, each with a message of its own; trouble with one leaves the others alone."""
    if drops:
        try:
            await take_in(desk, client, who, drops[0], board.another())
        finally:
            await _take_in_all(desk, client, who, drops[1:], board)


async def _is_written_in(desk: Desk, context: AsyncBoltContext, event: dict[str, Any], thread: str) -> bool:
    """Whether a write-up is being typed in this thread: then its replies are its own."""
    async with desk.read() as session:
        return await drafts.of_thread(session, context.team_id or "", event["channel"], thread) is not None


async def _new(desk: Desk, context: AsyncBoltContext, event: dict[str, Any]) -> list[Drop]:
    """The files that Slack had not told of before; what was said with them goes with the first."""
    said = as_typed(event.get("text") or "")
    async with desk.begin() as session:
        new = [
            file
            for file in event["files"]
            if await uploads.arrive(
                session, context.team_id or "", str(file["id"]), event["ts"], now=desk.now()
            )
        ]
    return [
        Drop(
            file_id=str(file["id"]),
            name=str(file.get("name") or ""),
            slack_ts=event["ts"],
            said=said if number == 0 else "",
        )
        for number, file in enumerate(new)
    ]
