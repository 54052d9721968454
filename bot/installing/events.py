"""What Slack tells of installations: removed, revoked, let into a workspace of an organisation or no more."""

from __future__ import annotations

from typing import Any

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.async_context import AsyncBoltContext

from bot.desk import Desk
from bot.installing.installed import Installed
from bot.installing.leaving import leave, moment_of, removed


def register(app: AsyncApp, installed: Installed) -> None:
    """Listen to them; only where workspaces install the bot by themselves."""

    async def gone(body: dict[str, Any], context: AsyncBoltContext, desk: Desk) -> None:
        organisation = context.enterprise_id if context.is_enterprise_install else None
        await removed(
            desk,
            installed,
            context.team_id or "",
            told_at=moment_of(body),
            enterprise_id=organisation,
        )

    async def revoked(body: dict[str, Any], context: AsyncBoltContext, desk: Desk) -> None:
        if body["event"].get("tokens", {}).get("bot"):
            await gone(body, context, desk)

    async def granted(context: AsyncBoltContext) -> None:
        if context.enterprise_id:
            await installed.of_organisation(context.enterprise_id)

    async def withdrawn(event: dict[str, Any], desk: Desk) -> None:
        for workspace_id in event.get("team_ids", ()):
            await leave(desk, installed, str(workspace_id))

    app.event("app_uninstalled")(gone)
    app.event("tokens_revoked")(revoked)
    app.event("team_access_granted")(granted)
    app.event("team_access_revoked")(withdrawn)
