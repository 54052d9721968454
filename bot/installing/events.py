"""What Slack tells of installations: removed, revoked, let into a workspace of an organisation or no more."""

from __future__ import annotations

from typing import Any

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.async_context import AsyncBoltContext

from bot.connections import Connections
from bot.desk import Desk
from bot.installing.installed import Installed
from bot.installing.leaving import leave, moment_of, removed


def register(app: AsyncApp, connections: Connections) -> None:
    """Listen to them, as far as they concern this way of being connected."""

    async def revoked(body: dict[str, Any], context: AsyncBoltContext, desk: Desk) -> None:
        if body["event"].get("tokens", {}).get("bot"):
            await _gone(body, context, desk)

    app.event("app_uninstalled")(_gone)
    app.event("tokens_revoked")(revoked)
    if isinstance(connections, Installed):
        _of_organisations(app, connections)


def _of_organisations(app: AsyncApp, installed: Installed) -> None:
    async def granted(context: AsyncBoltContext) -> None:
        if context.enterprise_id:
            await installed.of_organisation(context.enterprise_id)

    async def withdrawn(event: dict[str, Any], desk: Desk) -> None:
        for workspace_id in event.get("team_ids", ()):
            await leave(desk, installed, str(workspace_id))

    app.event("team_access_granted")(granted)
    app.event("team_access_revoked")(withdrawn)


async def _gone(body: dict[str, Any], context: AsyncBoltContext, desk: Desk) -> None:
    """The bot was removed. With one token in the settings, that is the operator's to mend."""
    workspace_id, installed = context.team_id or "", desk.connections
    if not isinstance(installed, Installed):
        await installed.lost(workspace_id, str(body["event"]["type"]))
        return
    organisation = context.enterprise_id if context.is_enterprise_install else None
    await removed(desk, installed, workspace_id, told_at=moment_of(body), enterprise_id=organisation)
