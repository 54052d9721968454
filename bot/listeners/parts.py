"""Managers at what people of their part chose to show them, and people at that choice."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot import home, ids
from bot.desk import Desk
from bot.listeners.clicks import refuse_guests, workspace_of
from bot.listeners.entitled import refuse_unless
from bot.messages import parts as words
from bot.permissions import Act, Role
from bot.settings import Settings
from bot.terms import rules
from storage import objectives, parts, people
from stories.errors import UserError
from stories.language import _
from stories.talk_parts import TAKING_PART_DAYS


def register(app: AsyncApp, settings: Settings) -> None:  # noqa: ARG001 every feature registers alike
    """Listen to the choice on App Home."""
    app.action(ids.HOME_PART_SHOW)(show)
    app.action(ids.HOME_PART_STOP)(stop)


async def page(desk: Desk, client: AsyncWebClient, workspace_id: str, user_id: str) -> dict[str, Any]:
    """What a manager sees. Raises UserError for somebody who is none."""
    await refuse_unless(desk, client, workspace_id, user_id, Act.READ_PART)
    since = (desk.now() - timedelta(days=TAKING_PART_DAYS)).date()
    async with desk.read() as session:
        if not (await rules(session, workspace_id)).participation:
            return words.switched_off()
        counted = await parts.of_manager(session, workspace_id, user_id, since)
        today = desk.now().date()
        with_one = await objectives.how_many_of(session, workspace_id, counted, today)
    names = await asyncio.gather(*(_name(desk, client, workspace_id, one) for one in counted))
    named = [(name, counted[user]) for user, name in zip(counted, names, strict=True) if name]
    command = desk.settings.firsthand_channel_command
    return words.part_page(named, command=command, objectives=with_one)


async def show(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, desk: Desk) -> None:
    """Let a manager see how many conversations one wrote up."""
    await _choose(ack, body, client, desk, body["actions"][0].get("selected_user"))


async def stop(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, desk: Desk) -> None:
    """Let nobody see it any more."""
    await _choose(ack, body, client, desk, None)


async def _choose(
    ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, desk: Desk, manager: str | None
) -> None:
    workspace_id, user_id = workspace_of(body), body["user"]["id"]
    await refuse_guests(desk, client, workspace_id, user_id)
    async with desk.begin() as session:
        managers = await people.holders(session, workspace_id, Role.MANAGER)
        if manager and not (await rules(session, workspace_id)).participation:
            raise UserError(_("Counting who takes part is switched off for everybody here."))
        if manager and manager not in managers:
            raise UserError(_("That colleague is no manager here, so there is nothing to show them."))
        await parts.show_to(session, workspace_id, user_id, manager, now=desk.now())
    await ack()
    await home.refresh(desk, client, workspace_id, user_id)


async def _name(desk: Desk, client: AsyncWebClient, workspace_id: str, user_id: str) -> str:
    """What a colleague is called; empty for one who is not one any more."""
    try:
        colleague = await desk.colleagues.get(client, workspace_id, user_id)
    except SlackApiError:
        return ""
    return "" if colleague.guest else colleague.name
