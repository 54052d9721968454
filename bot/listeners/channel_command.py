"""The channel's command: settings, status, a digest now, editors, help."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from difflib import get_close_matches
from html import unescape
from typing import Any

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient

from bot import first_week
from bot.desk import Desk
from bot.home import commands_of
from bot.listeners import accounts, audit, erasing, moderation, parts, retention
from bot.listeners.asking_now import preview
from bot.listeners.channel_settings import first_view
from bot.listeners.feeds import feeds_view
from bot.listeners.lessons import window as lessons_window
from bot.listeners.letters import letter_view
from bot.listeners.nps_channels import follow_view
from bot.listeners.objective import window as objective_window
from bot.listeners.people import people_view
from bot.listeners.remember import remember_view
from bot.listeners.rota import part_view, window
from bot.listeners.routing import route_view
from bot.listeners.screens import screens_view
from bot.listeners.series import series_view
from bot.listeners.stage_windows import stage_view
from bot.listeners.status import status
from bot.listeners.workspace_settings import workspace_view
from bot.messages import channel_answers as answers
from bot.messages.blocks import Block
from bot.settings import Settings
from stories.errors import UserError
from stories.language import _
from stories.values import dataclass

_MENTION = re.compile(r"<@([UW][A-Z0-9]+)(?:\|[^>]*)?>")


def register(app: AsyncApp, settings: Settings) -> None:
    """Listen to the command under the name it has here."""
    app.command(settings.firsthand_channel_command)(obey)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The command as it was typed, and where."""

    desk: Desk
    client: AsyncWebClient
    workspace_id: str
    user_id: str
    channel_id: str
    text: str


async def obey(ack: AsyncAck, command: dict[str, Any], client: AsyncWebClient, desk: Desk) -> None:
    """Do what was typed: a view that opens, or an answer (a sentence, a message) that only they see."""
    asked = Asked(
        desk=desk,
        client=client,
        workspace_id=command["team_id"],
        user_id=command["user_id"],
        channel_id=command["channel_id"],
        text=command.get("text", "").strip(),
    )
    answer = await _meaning(asked.text)(asked)
    if isinstance(answer, str) or "text" in answer:
        await ack(answer)
    else:
        await client.views_open(trigger_id=command["trigger_id"], view=answer)
        await ack()
        await first_week.has_seen(desk, client, asked.workspace_id, asked.user_id, answer)


Answer = str | Block
Meaning = Callable[[Asked], Awaitable[Answer]]


def _theirs(view: Callable[[Desk, AsyncWebClient, str, str], Awaitable[Answer]]) -> Meaning:
    """What somebody gets wherever they type it."""
    return lambda asked: view(asked.desk, asked.client, asked.workspace_id, asked.user_id)


def _here(view: Callable[[Desk, AsyncWebClient, str, str, str], Awaitable[Answer]]) -> Meaning:
    """What is about the channel that somebody types it in."""
    return lambda asked: view(asked.desk, asked.client, asked.workspace_id, asked.user_id, asked.channel_id)


async def _route(asked: Asked) -> Answer:
    sentence = asked.text.partition(" ")[2].strip()
    place = (asked.workspace_id, asked.user_id, asked.channel_id)
    return await route_view(asked.desk, asked.client, *place, sentence)


async def _help(asked: Asked) -> Answer:
    return answers.help_text(commands_of(asked.desk.settings))


async def _people(asked: Asked) -> Answer:
    named = _MENTION.findall(asked.text)
    return await people_view(asked.desk, asked.client, asked.workspace_id, asked.user_id, named)


async def _screen(asked: Asked) -> Answer:
    # Slack writes what is special to it in another way.
    name = unescape(asked.text.partition(" ")[2])
    return await screens_view(asked.desk, asked.client, asked.workspace_id, asked.user_id, name)


async def _erasures(asked: Asked) -> Answer:
    again = asked.text.split()[-1] if " again " in asked.text else ""
    return await erasing.progress(asked.desk, asked.client, asked.workspace_id, asked.user_id, again)


WORDS: dict[str, Meaning] = {
    "": _here(first_view),
    "settings": _here(first_view),
    "help": _help,
    "status": _here(status),
    "digest now": _here(preview),
    "people": _people,
    "editors": _people,
    "audit": _theirs(audit.page),
    "audit export": _theirs(audit.page),
    "erase": _theirs(erasing.erase_view),
    "erasures": _erasures,
    "export": _theirs(erasing.export_view),
    "retention": _theirs(retention.retention_view),
    "nps": _here(follow_view),
    "route": _route,
    "waiting": _theirs(moderation.page),
    "part": _theirs(parts.page),
    "accounts": _theirs(accounts.page),
    "workspace": _theirs(workspace_view),
    "series": _here(series_view),
    "feeds": _theirs(feeds_view),
    "rota": _theirs(window),
    "rota part": _theirs(part_view),
    "objective": _theirs(objective_window),
    "lessons": _theirs(lessons_window),
    "letter": _here(letter_view),
    "event": _theirs(stage_view),
    "events": _theirs(stage_view),
    "remember": _theirs(remember_view),
    "screen": _screen,
    "screens": _screen,
}
"""What can be typed after the command, and what it means."""

_TAKING_MORE = {"route": _route, "editors": _people, "erasures": _erasures, "screen": _screen}
"""Words that are followed by names, numbers, or a sentence."""


def _meaning(text: str) -> Meaning:
    """What was meant. Raises UserError with the nearest words there are."""
    typed = " ".join(_MENTION.sub("", text).casefold().split())
    first = typed.partition(" ")[0]
    found = WORDS.get(typed) or _TAKING_MORE.get(first)
    if found is not None:
        return found
    known = [word for word in WORDS if word]
    near = get_close_matches(typed, known, n=2, cutoff=0.6) or [w for w in known if w.startswith(first)]
    raise UserError(
        _("I don’t know “{typed}”. Did you mean {words}? There is also help.").format(
            typed=text[:60], words=_(" or ").join(near)
        )
        if near
        else _("I don’t know “{typed}”. These I do: {words}.").format(typed=text[:60], words=", ".join(known))
    )
