"""`/stories themes`: editors find, name, merge, split and drop them; anybody puts a text right."""

from __future__ import annotations

import re
from typing import Any

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncSession

from bot import ids
from bot import themes as work
from bot.desk import Desk
from bot.listeners.clicks import open_view, refuse_guests, workspace_of
from bot.listeners.entitled import refuse_unless
from bot.messages import themes as messages
from bot.messages.blocks import Block, values_of
from bot.permissions import Act, may
from bot.priorities.windows import show_in
from bot.settings import Settings
from storage import audit, themes
from storage.themes import KEPT, Theme
from stories.errors import UserError
from stories.language import _
from stories.text import one_line, says_something


def register(app: AsyncApp, settings: Settings) -> None:  # noqa: ARG001 every feature registers alike
    """Listen to the windows of themes."""
    app.action(ids.THEMES_FIND)(find)
    app.action(ids.THEME_NAME)(ask_name)
    app.view(ids.THEME_NAME_VIEW)(name)
    app.action(ids.THEME_SPLIT)(split)
    app.action(ids.THEME_MERGE)(merge)
    app.action(ids.THEME_DROP)(drop)
    app.action(ids.THEME_LOOK)(look)
    app.action(re.compile(f"^{ids.THEME_CORRECT}"))(correct)


async def open_window(body: dict[str, Any], client: AsyncWebClient, desk: Desk) -> None:
    """Open the window of themes for somebody who typed the command."""
    await client.views_open(
        trigger_id=body["trigger_id"], view=await _window(desk, client, body["team_id"], body["user_id"])
    )


async def find(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, desk: Desk) -> None:
    """Propose themes in what customers said."""
    workspace_id = await _editor(desk, client, body)
    await ack()
    count = await work.find(desk, workspace_id)
    async with desk.begin() as session:
        await _note(session, desk, workspace_id, "find_themes", count, body["user"]["id"])
    await _follow(desk, client, body)


async def ask_name(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, desk: Desk) -> None:
    """Ask what a theme shall be called."""
    workspace_id = await _editor(desk, client, body)
    theme = await _known(desk, workspace_id, int(body["actions"][0]["value"]))
    await open_view(client, body, messages.naming(theme))
    await ack()


async def name(
    ack: AsyncAck, body: dict[str, Any], view: dict[str, Any], client: AsyncWebClient, desk: Desk
) -> None:
    """Keep a theme under the name that a person gave it."""
    workspace_id = await _editor(desk, client, body)
    theme_id, given = int(view["private_metadata"]), values_of(view)
    called, sentence = one_line(given["theme_name"] or ""), one_line(given["theme_sentence"] or "")
    fields = {"theme_name": called, "theme_sentence": sentence}
    wrong = {
        field: _("Please write a word or two.") for field, said in fields.items() if not says_something(said)
    }
    if wrong:
        await ack(response_action="errors", errors=wrong)
        return
    await _known(desk, workspace_id, theme_id)
    vector = await work.described(desk, workspace_id, theme_id, sentence)
    async with desk.begin() as session:
        by = body["user"]["id"]
        await themes.name(
            session, workspace_id, theme_id, called=called, sentence=sentence, described=vector, by=by
        )
        await _note(session, desk, workspace_id, "name_theme", theme_id, by)
    await ack()
    await _follow(desk, client, body)


async def split(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, desk: Desk) -> None:
    """Propose two themes in the place of one."""
    workspace_id = await _editor(desk, client, body)
    theme_id = int(body["actions"][0]["value"])
    await work.split(desk, workspace_id, theme_id)
    async with desk.begin() as session:
        await _note(session, desk, workspace_id, "split_theme", theme_id, body["user"]["id"])
    await ack()
    await _follow(desk, client, body)


async def merge(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, desk: Desk) -> None:
    """Have one theme go into another."""
    workspace_id = await _editor(desk, client, body)
    one, _colon, into = body["actions"][0]["selected_option"]["value"].partition(":")
    await _known(desk, workspace_id, int(into))
    async with desk.begin() as session:
        await themes.merge(session, workspace_id, int(into), [int(one)], now=desk.now())
        await _note(session, desk, workspace_id, "merge_themes", int(into), body["user"]["id"])
    await ack()
    await _follow(desk, client, body)


async def drop(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, desk: Desk) -> None:
    """Let go of a theme."""
    workspace_id = await _editor(desk, client, body)
    theme_id = int(body["actions"][0]["value"])
    async with desk.begin() as session:
        await themes.drop(session, workspace_id, theme_id)
        await _note(session, desk, workspace_id, "drop_theme", theme_id, body["user"]["id"])
    await ack()
    await _follow(desk, client, body)


async def look(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, desk: Desk) -> None:
    """Show what was said about a theme."""
    workspace_id = workspace_of(body)
    await refuse_guests(desk, client, workspace_id, body["user"]["id"])
    shown = await _voices(desk, workspace_id, body["user"]["id"], int(body["actions"][0]["value"]))
    await open_view(client, body, shown)
    await ack()


async def correct(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, desk: Desk) -> None:
    """Keep where somebody says that a text belongs."""
    workspace_id, user_id = workspace_of(body), body["user"]["id"]
    await refuse_guests(desk, client, workspace_id, user_id)
    action = body["actions"][0]
    value = action["selected_option"]["value"] if "selected_option" in action else action["value"]
    text_id, theme_id, to = value.split(":")
    async with desk.begin() as session:
        await themes.correct(
            session,
            workspace_id,
            int(text_id),
            theme_id=int(theme_id),
            to_id=None if to == messages.NONE else int(to),
            by=user_id,
            now=desk.now(),
        )
    await ack()
    shown = await _voices(desk, workspace_id, user_id, int(theme_id))
    await client.views_update(view_id=body["view"]["id"], view=shown)


async def _window(desk: Desk, client: AsyncWebClient, workspace_id: str, user_id: str) -> Block:
    async with desk.read() as session:
        actor = await desk.colleagues.actor(session, client, workspace_id, user_id)
    known = await work.look(desk, workspace_id, user_id)
    return messages.window(known, editor=may(actor, Act.APPROVE))


async def _voices(desk: Desk, workspace_id: str, user_id: str, theme_id: int) -> Block:
    theme = await _known(desk, workspace_id, theme_id)
    said = await work.voices(desk, workspace_id, user_id, theme_id, most=messages.VOICES)
    async with desk.read() as session:
        others = [one for one in await themes.every(session, workspace_id) if one.state == KEPT]
    return messages.voices_window(theme, said, others)


async def _editor(desk: Desk, client: AsyncWebClient, body: dict[str, Any]) -> str:
    """The workspace, of somebody who may change themes. Raises UserError for others."""
    workspace_id = workspace_of(body)
    await refuse_unless(desk, client, workspace_id, body["user"]["id"], Act.APPROVE)
    return workspace_id


async def _known(desk: Desk, workspace_id: str, theme_id: int) -> Theme:
    async with desk.read() as session:
        found = [one for one in await themes.every(session, workspace_id) if one.id == theme_id]
    if not found:
        raise UserError(_("That theme isn’t there any more: somebody merged, split or dropped it."))
    return found[0]


async def _follow(desk: Desk, client: AsyncWebClient, body: dict[str, Any]) -> None:
    """Have the window of all themes show what there is now."""
    view = body["view"]
    shown = await _window(desk, client, workspace_of(body), body["user"]["id"])
    await show_in(client, view.get("root_view_id") or view["id"], shown)


async def _note(session: AsyncSession, desk: Desk, workspace_id: str, act: str, number: int, by: str) -> None:
    entry = audit.Entry(at=desk.now(), actor_id=by, act=act, object_kind="theme", object_id=str(number))
    await audit.note(session, workspace_id, entry)
