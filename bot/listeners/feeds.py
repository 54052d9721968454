"""`/firsthand feeds`: which market feeds the workspace follows. For admins."""

from __future__ import annotations

from typing import Any

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient

from bot.desk import Desk
from bot.feeds import following, ids
from bot.listeners.clicks import open_view, workspace_of
from bot.listeners.entitled import refuse_unless
from bot.messages import feeds as words
from bot.messages.blocks import Block, values_of
from bot.messages.reacting import done_modal
from bot.permissions import Act
from bot.priorities.windows import show_in
from bot.settings import Settings
from stories.feeds import LONGEST_NAME, address_of, title_of, topics_of
from stories.language import _
from stories.text import shortened


def register(app: AsyncApp, settings: Settings) -> None:  # noqa: ARG001 every feature registers alike
    """Listen to the window and to its form; the command itself is the channel's."""
    app.action(ids.ADD)(ask)
    app.view(ids.ADD_VIEW)(begin)
    app.action(ids.DROP)(drop)


async def feeds_view(desk: Desk, client: AsyncWebClient, workspace_id: str, user_id: str) -> Block:
    """The feeds that are followed. Raises UserError for anybody but an admin."""
    await refuse_unless(desk, client, workspace_id, user_id, Act.SET_WORKSPACE)
    async with desk.read() as session:
        return await following.window(session, workspace_id)


async def ask(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, desk: Desk) -> None:
    """Open the form for another feed."""
    workspace_id = await _admin(desk, client, body)
    async with desk.read() as session:
        view = words.add_view(await following.kinds_of_customers(session, workspace_id))
    await open_view(client, body, view)
    await ack()


async def begin(
    ack: AsyncAck, body: dict[str, Any], view: dict[str, Any], client: AsyncWebClient, desk: Desk
) -> None:
    """Follow a feed, and show what it says: it is read at once."""
    workspace_id, user_id, values = await _admin(desk, client, body), body["user"]["id"], values_of(view)
    wanted = following.Wanted(
        address=address_of(values["address"] or "", field="address"),
        name=shortened(title_of(values.get("name") or ""), LONGEST_NAME),
        topics=topics_of(values.get("topics") or "", field="topics"),
    )
    async with desk.begin() as session:
        feed_id = await following.follow(session, workspace_id, wanted, by=user_id, now=desk.now())
    await ack(response_action="update", view=words.reading())
    root = body["view"].get("root_view_id")
    shown = await following.first_look(desk, workspace_id, feed_id)
    for view_id in dict.fromkeys((body["view"]["id"], root)):
        if view_id:
            await show_in(client, view_id, shown)


async def drop(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, desk: Desk) -> None:
    """Follow a feed no more."""
    workspace_id, user_id = await _admin(desk, client, body), body["user"]["id"]
    async with desk.begin() as session:
        name = await following.drop(
            session, workspace_id, int(body["actions"][0]["value"]), by=user_id, now=desk.now()
        )
    await ack()
    said = _("“{name}” is followed no more.").format(name=name) if name else _("It was stopped before.")
    if (body.get("view") or {}).get("type") == "modal":
        async with desk.read() as session:
            shown = await following.window(session, workspace_id)
        await show_in(client, body["view"]["id"], shown)
    else:
        await client.views_open(trigger_id=body["trigger_id"], view=done_modal(_("Market feeds"), said))


async def _admin(desk: Desk, client: AsyncWebClient, body: dict[str, Any]) -> str:
    """The workspace, of an admin. Raises UserError for others."""
    workspace_id = workspace_of(body)
    await refuse_unless(desk, client, workspace_id, body["user"]["id"], Act.SET_WORKSPACE)
    return workspace_id
