"""*Plan a conversation*: who asks a customer what, and by when."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient

from bot import home, ids
from bot.avatars.wanting import Wanted, want
from bot.desk import Desk
from bot.listeners.clicks import channel_of, open_view, refuse_guests, workspace_of
from bot.messages import wanted as words
from bot.messages.blocks import values_of
from bot.messages.reacting import done_modal
from bot.settings import Settings
from storage import projects
from stories.avatars.project import Project
from stories.errors import UserError
from stories.language import _
from stories.text import clean, says_something


def register(app: AsyncApp, settings: Settings) -> None:  # noqa: ARG001 every feature registers alike
    """Listen to the button, wherever it stands, and to its window."""
    app.action(ids.TALK_PLAN)(ask)
    app.view(ids.TALK_PLAN_VIEW)(plan)


async def ask(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, desk: Desk) -> None:
    """Open the window with the question that nobody has answered yet, if there is one."""
    user_id = str(body["user"]["id"])
    await refuse_guests(desk, client, workspace_of(body), user_id)
    project = await _project(body, desk)
    view = words.plan_view(
        str(body["actions"][0].get("value") or ""),
        segment=project.segment if project else "",
        user_id=user_id,
        project_id=project.id if project else None,
    )
    await open_view(client, body, view)
    await ack()


async def plan(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, desk: Desk) -> None:
    """Keep it: the write-up is begun for whoever is to ask, and they hear of it."""
    workspace_id, user_id = workspace_of(body), str(body["user"]["id"])
    await refuse_guests(desk, client, workspace_id, user_id)
    values = values_of(body["view"])
    question = clean(values.get("question") or "")
    if not says_something(question):
        raise UserError(_("Please say in a sentence what to ask."), field="question")
    owner = await desk.colleagues.get(client, workspace_id, values.get("owner") or user_id)
    if owner.guest:
        said = _("{name} is a guest or an app; talks with customers are for colleagues.")
        raise UserError(said.format(name=owner.name), field="owner")
    wanted = Wanted(
        question=question,
        segment=values.get(ids.WHY_SEGMENT) or "",
        asked_by=user_id,
        owner=owner,
        due_on=_due(values.get("due_on"), desk),
        project_id=json.loads(body["view"]["private_metadata"])["project"],
    )
    async with desk.begin() as session:
        await want(session, workspace_id, wanted, desk)
    desk.wake_outbox()
    told = words.planned(owner.user_id, user_id)
    await ack(response_action="update", view=done_modal(_("It’s planned"), told))
    await home.refresh(desk, client, workspace_id, owner.user_id)


async def _project(body: dict[str, Any], desk: Desk) -> Project | None:
    """The project that the button is about: that of the window or of the channel it stands in."""
    held = json.loads((body.get("view") or {}).get("private_metadata") or "{}")
    workspace_id, channel_id = workspace_of(body), channel_of(body)
    async with desk.read() as session:
        if held.get("project"):
            return await projects.get(session, workspace_id, int(held["project"]))
        return await projects.of_channel(session, workspace_id, channel_id) if channel_id else None


def _due(chosen: str | None, desk: Desk) -> date | None:
    if not chosen:
        return None
    due_on = date.fromisoformat(chosen)
    # It may still be yesterday where somebody sits.
    if due_on < desk.now().date() - timedelta(days=1):
        raise UserError(_("That day has passed; please choose today or later."), field="due_on")
    return due_on
