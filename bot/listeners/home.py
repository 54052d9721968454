"""App Home: shown when somebody opens it, and its buttons."""

from __future__ import annotations

import json
from typing import Any

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot import home, ids
from bot.desk import Desk
from bot.home_leading import FOLLOWS, chosen_by, followable
from bot.listeners.clicks import open_view, refuse_guests, workspace_of
from bot.messages.blocks import values_of
from bot.messages.home import help_view
from bot.messages.home_leading import follow_view
from bot.preferences import chosen
from bot.settings import Settings
from storage import people, workspaces


def register(app: AsyncApp, settings: Settings) -> None:  # noqa: ARG001 every feature registers alike
    """Listen to App Home."""
    app.event("app_home_opened")(opened)
    app.action(ids.HOME_TELL_ME)(choose_what_to_hear)
    app.action(ids.HOME_HELP)(explain)
    app.action(ids.HOME_FOLLOW)(ask_whom_to_follow)
    app.view(ids.HOME_FOLLOW_VIEW)(follow)


async def opened(
    event: dict[str, Any], context: AsyncBoltContext, client: AsyncWebClient, desk: Desk
) -> None:
    """Bring the Home up to date; the first admin who looks counts as the one who brought the bot in."""
    if event.get("tab") != "home" or context.team_id is None:
        return
    user_id = event["user"]
    shown = (event.get("view") or {}).get("hash")
    try:
        await _know_installer(desk, client, context.team_id, user_id)
        await home.publish(desk, client, context.team_id, user_id, shown=shown)
    except SlackApiError as trouble:
        # When everybody looks at once, Slack does not take all their Homes within the minute.
        await home.put_off(desk, context.team_id, user_id, trouble)


async def choose_what_to_hear(
    ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, desk: Desk
) -> None:
    """Keep which private messages somebody wants; it holds from the next one on."""
    workspace_id, user_id = workspace_of(body), body["user"]["id"]
    wanted = [option["value"] for option in body["actions"][0]["selected_options"]]
    async with desk.begin() as session:
        before = await people.held_settings(session, workspace_id, user_id)
        await people.choose(session, workspace_id, user_id, chosen(before, wanted))
    await ack()
    await home.refresh(desk, client, workspace_id, user_id)


async def ask_whom_to_follow(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, desk: Desk) -> None:
    """Open the window in which somebody chooses whose NPS and voices their Home shows."""
    workspace_id, user_id = workspace_of(body), body["user"]["id"]
    await refuse_guests(desk, client, workspace_id, user_id)
    async with desk.read() as session:
        chosen = chosen_by(await people.settings(session, workspace_id, user_id))
        known = await followable(session, workspace_id)
    await open_view(
        client, body, follow_view([*chosen, *(one for one in known if one not in chosen)], chosen)
    )
    await ack()


async def follow(
    ack: AsyncAck, body: dict[str, Any], view: dict[str, Any], client: AsyncWebClient, desk: Desk
) -> None:
    """Keep whom somebody follows."""
    workspace_id, user_id = workspace_of(body), body["user"]["id"]
    wanted = [json.loads(value) for value in values_of(view)["follows"]]
    async with desk.begin() as session:
        await people.meet(session, workspace_id, user_id, now=desk.now())
        before = await people.held_settings(session, workspace_id, user_id)
        await people.choose(session, workspace_id, user_id, {**before, FOLLOWS: wanted})
    await ack()
    await home.refresh(desk, client, workspace_id, user_id)


async def explain(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, desk: Desk) -> None:
    """Show how Firsthand works."""
    view = help_view(home.commands_of(desk.settings))
    await client.views_open(trigger_id=body["trigger_id"], view=view)
    await ack()


async def _know_installer(desk: Desk, client: AsyncWebClient, workspace_id: str, user_id: str) -> None:
    async with desk.read() as session:
        known = await workspaces.installer(session, workspace_id)
    if known is None and (await desk.colleagues.get(client, workspace_id, user_id)).admin:
        async with desk.begin() as session:
            await workspaces.name_installer(session, workspace_id, user_id)
