"""Questions about NPS: the command, a mention, a direct message, and the clicks under an answer."""

from __future__ import annotations

import re
from typing import Any

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_bolt.context.respond.async_respond import AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from bot import ids
from bot.desk import Desk
from bot.listeners.clicks import channel_of, workspace_of
from bot.nps.answering import answered
from bot.nps.showing import respond_with, whisper_to
from bot.settings import Settings
from stories.errors import UserError
from stories.language import _
from stories.mrkdwn import as_typed
from stories.nps.grammar.words import WORTH

_MENTION = re.compile(r"<@[UW][A-Z0-9]+(?:\|[^>]*)?>")
_NPS = re.compile(r"\bnps\b", re.IGNORECASE)


def register(app: AsyncApp, settings: Settings) -> None:
    """Listen to the command under the name it has here, to words that name NPS, and to clicks."""
    app.command(settings.firsthand_nps_command)(obey)
    app.event("app_mention", matchers=[_names_nps])(hear)
    app.event("message", matchers=[_is_asked_in_private])(hear)
    app.action(re.compile(rf"{ids.NPS_ASK}:\w+"))(ask_again)
    app.action(ids.NPS_PERIOD)(ask_again)
    app.action(ids.NPS_SEGMENT)(ask_again)
    app.action(ids.NPS_WORKING)(show_working)


async def obey(
    ack: AsyncAck, command: dict[str, Any], client: AsyncWebClient, respond: AsyncRespond, desk: Desk
) -> None:
    """Answer `/nps …`, to the one who asked alone."""
    workspace_id, place = command["team_id"], command["channel_id"]
    await refuse_outsiders(desk, client, workspace_id, command["user_id"])
    typed = as_typed(command.get("text") or "")
    if slow := _takes_its_time(typed):
        await ack()
    payload = await _answer(desk, workspace_id, typed, in_channel=not place.startswith("D"))
    if not slow:
        await ack()
    await respond_with(respond, payload)


async def hear(event: dict[str, Any], client: AsyncWebClient, context: AsyncBoltContext, desk: Desk) -> None:
    """Answer somebody who wrote it to the bot: only they see it."""
    workspace_id, user_id, place = context.team_id or "", str(event["user"]), str(event["channel"])
    try:
        await refuse_outsiders(desk, client, workspace_id, user_id)
        typed = as_typed(_MENTION.sub(" ", event.get("text") or ""))
        payload = await _answer(desk, workspace_id, typed, in_channel=not place.startswith("D"))
    except UserError as error:
        payload = {"text": error.message, "blocks": [{"type": "section", "text": _plain(error.message)}]}
    await whisper_to(client, place, user_id, payload, event.get("thread_ts"))


async def ask_again(
    ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, respond: AsyncRespond, desk: Desk
) -> None:
    """Put the answer to another question in the place of the one that stands."""
    await _put(ack, body, client, respond, desk, _chosen(body), working=False)


async def show_working(
    ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, respond: AsyncRespond, desk: Desk
) -> None:
    """Show what the numbers are made of, or the first screen again."""
    how, _colon, said = _chosen(body).partition(":")
    await _put(ack, body, client, respond, desk, said, working=how == "more")


async def refuse_outsiders(desk: Desk, client: AsyncWebClient, workspace_id: str, user_id: str) -> None:
    """Raise UserError for a guest."""
    if (await desk.colleagues.get(client, workspace_id, user_id)).guest:
        raise UserError(_("What customers answer is for the company’s own people, so I can’t tell guests."))


async def _put(
    ack: AsyncAck,
    body: dict[str, Any],
    client: AsyncWebClient,
    respond: AsyncRespond,
    desk: Desk,
    said: str,
    *,
    working: bool,
) -> None:
    workspace_id = workspace_of(body)
    await refuse_outsiders(desk, client, workspace_id, body["user"]["id"])
    if slow := _takes_its_time(said):
        await ack()
    payload = await _answer(
        desk, workspace_id, said, working=working, in_channel=channel_of(body) is not None
    )
    if not slow:
        await ack()
    await respond_with(respond, payload, replace=True)


async def _answer(desk: Desk, workspace_id: str, typed: str, **how: bool) -> dict[str, Any]:
    command = desk.settings.firsthand_nps_command
    async with desk.database.glance() as quick, desk.read() as session:
        return await answered(
            session, workspace_id, typed, now=desk.now(), command=command, quick=quick, **how
        )


def _takes_its_time(typed: str) -> bool:
    """Whether these words ask what goes together with NPS: whoever asks that is told at once it was heard."""
    said = typed.casefold()
    return any(word in said for word in WORTH)


def _chosen(body: dict[str, Any]) -> str:
    action = body["actions"][0]
    return str(action["selected_option"]["value"] if "selected_option" in action else action["value"])


async def _names_nps(event: dict[str, Any]) -> bool:
    return bool(event.get("user") and not event.get("bot_id") and _NPS.search(event.get("text") or ""))


async def _is_asked_in_private(event: dict[str, Any]) -> bool:
    """A person's own new words that name NPS; files and threads in private are write-ups."""
    own = event.get("channel_type") == "im" and not event.get("subtype") and not event.get("thread_ts")
    return bool(own and await _names_nps(event))


def _plain(text: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": text}
