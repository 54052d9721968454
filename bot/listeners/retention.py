"""How long things are kept in a workspace: admins choose, and each change is in the audit log."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient

from bot import ids
from bot.desk import Desk
from bot.erasing.retaining import CONVERSATIONS, give_notice
from bot.listeners.clicks import workspace_of
from bot.listeners.entitled import refuse_unless
from bot.messages.blocks import Block, values_of
from bot.messages.reacting import done_modal
from bot.messages.retention import kept_said, retention_modal
from bot.permissions import Act
from bot.settings import Settings
from bot.terms import rules
from storage import audit, workspace_settings
from stories.keeping import chosen_of, days_of
from stories.language import _


def register(app: AsyncApp, settings: Settings) -> None:  # noqa: ARG001 every feature registers alike
    """Listen to the view."""
    app.view(ids.RETENTION_VIEW)(choose)


async def retention_view(desk: Desk, client: AsyncWebClient, workspace_id: str, user_id: str) -> Block:
    """The view as it stands. Raises UserError for somebody who may not choose."""
    await refuse_unless(desk, client, workspace_id, user_id, Act.SET_WORKSPACE)
    async with desk.read() as session:
        return retention_modal((await rules(session, workspace_id)).keep)


async def choose(
    ack: AsyncAck, body: dict[str, Any], view: dict[str, Any], client: AsyncWebClient, desk: Desk
) -> None:
    """Keep what was chosen; it holds from the next daily look on."""
    workspace_id, user_id, now = workspace_of(body), body["user"]["id"], desk.now()
    await refuse_unless(desk, client, workspace_id, user_id, Act.SET_WORKSPACE)
    keep, old = chosen_of(values_of(view)), 0
    async with desk.begin() as session:
        standing = await rules(session, workspace_id)
        days = keep[CONVERSATIONS]
        if days != days_of(standing.keep)[CONVERSATIONS]:
            old = await give_notice(session, workspace_id, days, now)
        chosen = replace(standing, keep=keep)
        if changed := chosen.changed(standing):
            await workspace_settings.choose(session, workspace_id, chosen.as_chosen(), by=user_id, now=now)
            entry = audit.Entry(
                at=now,
                actor_id=user_id,
                act="set_workspace",
                object_kind="workspace",
                object_id=workspace_id,
                detail={"changed": [*changed], "to": {"keep": keep}},
            )
            await audit.note(session, workspace_id, entry)
    await ack(response_action="update", view=done_modal(_("Saved"), kept_said(keep, old=old)))
