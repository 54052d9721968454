"""Choosing one of the top three: for editors, on the evidence of that moment."""

from __future__ import annotations

import json
from typing import Any

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient

from bot import home, ids
from bot.desk import Desk
from bot.listeners.chosen import chosen_colleague
from bot.listeners.clicks import open_view, workspace_of
from bot.listeners.entitled import refuse_unless
from bot.messages.blocks import values_of
from bot.messages.priorities_choosing import choose_view
from bot.messages.reacting import done_modal
from bot.permissions import Act
from bot.priorities import choosing, windows
from bot.priorities.choosing import Choice
from bot.settings import Settings
from storage import priorities, themes
from stories.errors import UserError
from stories.language import _
from stories.nps.periods import Period
from stories.priorities.priority import AT_MOST, State


def register(app: AsyncApp, settings: Settings) -> None:  # noqa: ARG001 every feature registers alike
    """Listen to the button and to its window."""
    app.action(ids.PRIORITY_CHOOSE)(ask)
    app.view(ids.PRIORITY_CHOOSE_VIEW)(choose)


async def ask(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, desk: Desk) -> None:
    """Open the window in which a theme is chosen."""
    workspace_id, theme_id = await _editor(desk, client, body), int(body["actions"][0]["value"])
    async with desk.read() as session:
        quarters = await choosing.quarters(session, workspace_id, desk.now())
        theme = await themes.get(session, workspace_id, theme_id)
        chosen = [await priorities.of_quarter(session, workspace_id, one.first) for one in quarters]
        segments = await windows.segments(session, workspace_id)
    if theme is None:
        raise UserError(_("That theme isn’t there any more: somebody merged, split or dropped it."))
    standing = [one for some in chosen for one in some if one.state is State.STANDING]
    full = any(len(some) >= AT_MOST for some in chosen)
    view = choose_view(theme.id, theme.name, quarters, standing, segments, full=full)
    await open_view(client, body, view)
    await ack()


async def choose(
    ack: AsyncAck, body: dict[str, Any], view: dict[str, Any], client: AsyncWebClient, desk: Desk
) -> None:
    """Keep the choice; channels that asked for it hear of it."""
    workspace_id, user_id = await _editor(desk, client, body), body["user"]["id"]
    values = values_of(view)
    owner = await chosen_colleague(desk, client, workspace_id, values["owner"], field="owner")
    if owner.guest:
        said = _("{name} is a guest or an app; an owner is a colleague.")
        raise UserError(said.format(name=owner.name), field="owner")
    async with desk.read() as session:
        quarters = await choosing.quarters(session, workspace_id, desk.now())
        choice = _choice(int(view["private_metadata"]), values, quarters)
        weighed = await choosing.weigh(session, workspace_id, choice, desk.now())
    command = desk.settings.firsthand_channel_command
    async with desk.begin() as session:
        await choosing.choose(
            session, workspace_id, choice, weighed, by=user_id, now=desk.now(), command=command
        )
    desk.wake_outbox()
    done = _("It stands. Channels that asked for it hear of it, with customers’ words.")
    await ack(response_action="update", view=done_modal(_("Chosen"), done))
    await windows.follow(desk, client, body, workspace_id)
    await home.refresh(desk, client, workspace_id, owner.user_id)


def _choice(theme_id: int, values: dict[str, Any], quarters: tuple[Period, ...]) -> Choice:
    quarter = next((one for one in quarters if one.first.isoformat() == values["quarter"]), quarters[0])
    return Choice(
        theme_id=theme_id,
        quarter=quarter,
        owner_id=values["owner"],
        done_means=values["done_means"] or "",
        segment=tuple((str(name), str(value)) for name, value in json.loads(values["segment"])),
        drop_id=int(values["drop"]) if values.get("drop") else None,
        drop_why=values.get("drop_why") or "",
    )


async def _editor(desk: Desk, client: AsyncWebClient, body: dict[str, Any]) -> str:
    """The workspace, of somebody who may choose. Raises UserError for others."""
    workspace_id = workspace_of(body)
    await refuse_unless(desk, client, workspace_id, body["user"]["id"], Act.APPROVE)
    return workspace_id
