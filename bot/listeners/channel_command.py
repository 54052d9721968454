"""The channel's command: settings, status, a digest now, editors, help."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from difflib import get_close_matches
from html import unescape
from typing import Any

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient

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


Answer = str | Block


async def _settings(asked: Asked) -> Answer:
    return await first_view(asked.desk, asked.client, asked.workspace_id, asked.user_id, asked.channel_id)


async def _nps(asked: Asked) -> Answer:
    return await follow_view(asked.desk, asked.client, asked.workspace_id, asked.user_id, asked.channel_id)


async def _route(asked: Asked) -> Answer:
    sentence = asked.text.partition(" ")[2].strip()
    place = (asked.workspace_id, asked.user_id, asked.channel_id)
    return await route_view(asked.desk, asked.client, *place, sentence)


async def _help(asked: Asked) -> Answer:
    return answers.help_text(commands_of(asked.desk.settings))


async def _status(asked: Asked) -> Answer:
    return await status(asked.desk, asked.client, asked.workspace_id, asked.user_id, asked.channel_id)


async def _now(asked: Asked) -> Answer:
    return await preview(asked.desk, asked.client, asked.workspace_id, asked.user_id, asked.channel_id)


async def _people(asked: Asked) -> Answer:
    named = _MENTION.findall(asked.text)
    return await people_view(asked.desk, asked.client, asked.workspace_id, asked.user_id, named)


async def _audit(asked: Asked) -> Answer:
    return await audit.page(asked.desk, asked.client, asked.workspace_id, asked.user_id)


async def _waiting(asked: Asked) -> Answer:
    return await moderation.page(asked.desk, asked.client, asked.workspace_id, asked.user_id)


async def _part(asked: Asked) -> Answer:
    return await parts.page(asked.desk, asked.client, asked.workspace_id, asked.user_id)


async def _accounts(asked: Asked) -> Answer:
    return await accounts.page(asked.desk, asked.client, asked.workspace_id, asked.user_id)


async def _workspace(asked: Asked) -> Answer:
    return await workspace_view(asked.desk, asked.client, asked.workspace_id, asked.user_id)


async def _screen(asked: Asked) -> Answer:
    # Slack writes what is special to it in another way.
    name = unescape(asked.text.partition(" ")[2])
    return await screens_view(asked.desk, asked.client, asked.workspace_id, asked.user_id, name)


async def _series(asked: Asked) -> Answer:
    place = (asked.workspace_id, asked.user_id, asked.channel_id)
    return await series_view(asked.desk, asked.client, *place)


async def _feeds(asked: Asked) -> Answer:
    return await feeds_view(asked.desk, asked.client, asked.workspace_id, asked.user_id)


async def _rota(asked: Asked) -> Answer:
    return await window(asked.desk, asked.client, asked.workspace_id, asked.user_id)


async def _rota_part(asked: Asked) -> Answer:
    return await part_view(asked.desk, asked.client, asked.workspace_id, asked.user_id)


async def _objective(asked: Asked) -> Answer:
    return await objective_window(asked.desk, asked.client, asked.workspace_id, asked.user_id)


async def _lessons(asked: Asked) -> Answer:
    return await lessons_window(asked.desk, asked.client, asked.workspace_id, asked.user_id)


async def _event(asked: Asked) -> Answer:
    return await stage_view(asked.desk, asked.client, asked.workspace_id, asked.user_id)


async def _remember(asked: Asked) -> Answer:
    return await remember_view(asked.desk, asked.client, asked.workspace_id, asked.user_id)


async def _letter(asked: Asked) -> Answer:
    return await letter_view(asked.desk, asked.client, asked.workspace_id, asked.user_id, asked.channel_id)


async def _erase(asked: Asked) -> Answer:
    return await erasing.erase_view(asked.desk, asked.client, asked.workspace_id, asked.user_id)


async def _export(asked: Asked) -> Answer:
    return await erasing.export_view(asked.desk, asked.client, asked.workspace_id, asked.user_id)


async def _retention(asked: Asked) -> Answer:
    return await retention.retention_view(asked.desk, asked.client, asked.workspace_id, asked.user_id)


async def _erasures(asked: Asked) -> Answer:
    again = asked.text.split()[-1] if " again " in asked.text else ""
    return await erasing.progress(asked.desk, asked.client, asked.workspace_id, asked.user_id, again)


_WORDS: dict[str, Callable[[Asked], Awaitable[Answer]]] = {
    "": _settings,
    "settings": _settings,
    "help": _help,
    "status": _status,
    "digest now": _now,
    "people": _people,
    "editors": _people,
    "audit": _audit,
    "audit export": _audit,
    "erase": _erase,
    "erasures": _erasures,
    "export": _export,
    "retention": _retention,
    "nps": _nps,
    "route": _route,
    "waiting": _waiting,
    "part": _part,
    "accounts": _accounts,
    "workspace": _workspace,
    "series": _series,
    "feeds": _feeds,
    "rota": _rota,
    "rota part": _rota_part,
    "objective": _objective,
    "lessons": _lessons,
    "letter": _letter,
    "event": _event,
    "events": _event,
    "remember": _remember,
    "screen": _screen,
    "screens": _screen,
}

_TAKING_MORE = {"route": _route, "editors": _people, "erasures": _erasures, "screen": _screen}
"""Words that are followed by names, numbers, or a sentence."""


def _meaning(text: str) -> Callable[[Asked], Awaitable[Answer]]:
    """What was meant. Raises UserError with the nearest words there are."""
    typed = " ".join(_MENTION.sub("", text).casefold().split())
    first = typed.partition(" ")[0]
    found = _WORDS.get(typed) or _TAKING_MORE.get(first)
    if found is not None:
        return found
    known = [word for word in _WORDS if word]
    near = get_close_matches(typed, known, n=2, cutoff=0.6) or [w for w in known if w.startswith(first)]
    raise UserError(
        _("I don’t know “{typed}”. Did you mean {words}? There is also help.").format(
            typed=text[:60], words=_(" or ").join(near)
        )
        if near
        else _("I don’t know “{typed}”. These I do: {words}.").format(typed=text[:60], words=", ".join(known))
    )
