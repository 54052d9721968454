"""App Home: shown when somebody opens it, and its buttons."""

from __future__ import annotations

from typing import Any

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot import home, ids
from bot.desk import Desk
from bot.listeners.clicks import workspace_of
from bot.messages.home import help_view
from bot.preferences import chosen
from bot.settings import Settings
from storage import people, workspaces


def register(app: AsyncApp, settings: Settings) -> None:  # noqa: ARG001 every feature registers alike
    """Listen to App Home."""
    app.event("app_home_opened")(opened)
    app.action(ids.HOME_TELL_ME)(choose_what_to_hear)
    app.action(ids.HOME_HELP)(explain)


async def opened(
    event: dict[str, Any], context: AsyncBoltContext, client: AsyncWebClient, desk: Desk
) -> None:
    """Bring the Home up to date; the first admin who looks counts as the one who brought the bot in."""
    if event.get("tab") != "home" or context.team_id is None:
        return
    user_id = event["user"]
    await _know_installer(desk, client, context.team_id, user_id)
    shown = (event.get("view") or {}).get("hash")
    await home.publish(desk, client, context.team_id, user_id, shown=shown)


async def choose_what_to_hear(
    ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, desk: Desk
) -> None:
    """Keep which private messages somebody wants; it holds from the next one on."""
    workspace_id, user_id = workspace_of(body), body["user"]["id"]
    wanted = [option["value"] for option in body["actions"][0]["selected_options"]]
    async with desk.begin() as session:
        before = await people.settings(session, workspace_id, user_id)
        await people.choose(session, workspace_id, user_id, chosen(before, wanted))
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
