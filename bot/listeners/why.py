"""`/why`: what a channel's project was begun for, set up in a minute and shown to anybody after that."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncSession

from bot import ids
from bot.avatars.reading_form import mark_of
from bot.avatars.restating import said_of
from bot.avatars.sayings import Saying, of_refs
from bot.avatars.setting_up import known, standing
from bot.avatars.telling_outcome import begin_story
from bot.avatars.wishes import wishes_of
from bot.desk import Desk
from bot.listeners.clicks import open_view, refuse_guests, workspace_of
from bot.messages import why, why_forms
from bot.messages.blocks import Block
from bot.messages.why_wishes import Wishes
from bot.permissions import Act, Actor, Thing, may
from bot.settings import Settings
from bot.tuning import refuse_place
from bot.visitors import visitor
from storage import channels, project_changes, projects, reasons
from stories.avatars.project import FoundingReason, Project
from stories.errors import UserError
from stories.language import _


def register(app: AsyncApp, settings: Settings) -> None:
    """Listen to the command under the name it has here, and to the buttons that open a form."""
    app.command(settings.firsthand_why_command)(obey)
    app.action(ids.WHY_SHOW)(show)
    app.action(ids.WHY_PROJECT)(change_project)
    app.action(ids.WHY_RHYTHM)(change_rhythm)
    app.action(ids.WHY_REASON_NEW)(add_reason)
    app.action(ids.WHY_REASON)(change_reason)
    app.action(ids.WHY_DONE)(finish)
    app.action(ids.WHY_STORY)(tell_as_story)


async def obey(ack: AsyncAck, command: dict[str, Any], client: AsyncWebClient, desk: Desk) -> None:
    """Show the channel's why, begin one, or end it with `done`."""
    workspace_id, user_id, place = command["team_id"], command["user_id"], command["channel_id"]
    await refuse_guests(desk, client, workspace_id, user_id)
    typed = (command.get("text") or "").strip().casefold()
    if typed not in {"", "done"}:
        await ack(_help(desk.settings.firsthand_why_command))
        return
    async with desk.read() as session:
        project = await projects.of_channel(session, workspace_id, place)
    if project is None:
        await refuse_place(client, place, command=desk.settings.firsthand_why_command)
        view = why_forms.project_view(place, None, Wishes())
    elif typed == "done":
        await refuse_others(desk, client, workspace_id, user_id, project)
        view = why_forms.done_view(project)
    else:
        view = await shown(desk, client, workspace_id, user_id, project)
    await client.views_open(trigger_id=command["trigger_id"], view=view)
    await ack()


async def show(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, desk: Desk) -> None:
    """Show the whole why from one of the avatar's messages."""
    workspace_id, user_id = workspace_of(body), body["user"]["id"]
    await refuse_guests(desk, client, workspace_id, user_id)
    async with desk.read() as session:
        project = await known(session, workspace_id, _chosen(body))
    await open_view(client, body, await shown(desk, client, workspace_id, user_id, project))
    await ack()


async def change_project(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, desk: Desk) -> None:
    """Open the form of the project and its avatar."""
    project = await _theirs(body, client, desk, _chosen(body))
    address = desk.settings.firsthand_address
    async with desk.read() as session:
        wishes = await wishes_of(session, workspace_of(body), project, address=address)
    await _put(
        ack, body, client, why_forms.project_view(project.channel_id, project, wishes, seen=mark_of(project))
    )


async def change_rhythm(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, desk: Desk) -> None:
    """Ask how often the avatar should remind: anybody here may turn it down."""
    workspace_id = workspace_of(body)
    await refuse_guests(desk, client, workspace_id, body["user"]["id"])
    async with desk.read() as session:
        project = await known(session, workspace_id, _chosen(body))
    await open_view(client, body, why_forms.rhythm_view(project))
    await ack()


async def add_reason(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, desk: Desk) -> None:
    """Open the form of a new reason."""
    project = await _theirs(body, client, desk, _chosen(body))
    await _put(ack, body, client, why_forms.reason_view(project, None, ()))


async def change_reason(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, desk: Desk) -> None:
    """Open the form of a reason."""
    workspace_id, reason_id = workspace_of(body), _chosen(body)
    async with desk.read() as session:
        project_id = await reasons.reason_of(session, workspace_id, reason_id)
    project = await _theirs(body, client, desk, project_id or 0)
    reason = standing(project, reason_id)
    async with desk.read() as session:
        said = await _behind(session, workspace_id, reason, body["user"]["id"], desk.now())
    await _put(ack, body, client, why_forms.reason_view(project, reason, said))


async def finish(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, desk: Desk) -> None:
    """Ask what came of it."""
    project = await _theirs(body, client, desk, _chosen(body))
    await _put(ack, body, client, why_forms.done_view(project))


async def tell_as_story(
    ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, context: AsyncBoltContext, desk: Desk
) -> None:
    """Begin the write-up of a project that is done, with what came of it in it."""
    who = await visitor(desk, context)
    async with desk.begin() as session:
        project = await known(session, who.workspace_id, _chosen(body))
        view = await begin_story(session, who, project)
    await open_view(client, body, view)
    await ack()


async def shown(
    desk: Desk, client: AsyncWebClient, workspace_id: str, user_id: str, project: Project, *, notice: str = ""
) -> Block:
    """The project as this person sees it."""
    may_change = await _may_change(desk, client, workspace_id, user_id, project)
    async with desk.read() as session:
        said = await said_of(session, workspace_id, project, desk.now(), user_id)
        changes = await project_changes.changes(session, workspace_id, project.id, most=why.MOST_CHANGES)
    return why.view(project, said, changes, may_change=may_change, notice=notice)


async def refuse_others(
    desk: Desk, client: AsyncWebClient, workspace_id: str, user_id: str, project: Project
) -> None:
    """Raise UserError for somebody who may not change a project, naming who set it up."""
    if not await _may_change(desk, client, workspace_id, user_id, project):
        owner = (await desk.colleagues.get(client, workspace_id, project.owner_id)).name
        said = _("{owner} set this up. They, the channel’s managers and admins can change it.")
        raise UserError(said.format(owner=owner))


async def _may_change(
    desk: Desk, client: AsyncWebClient, workspace_id: str, user_id: str, project: Project
) -> bool:
    await desk.colleagues.get(client, workspace_id, user_id)
    async with desk.read() as session:
        channel = await channels.get(session, workspace_id, project.channel_id)
        actor: Actor = await desk.colleagues.actor(session, client, workspace_id, user_id)
    managers = (project.owner_id, *(channel.managers if channel else ()))
    return may(actor, Act.TUNE_CHANNEL, Thing(managers=managers))


async def _theirs(body: dict[str, Any], client: AsyncWebClient, desk: Desk, project_id: int) -> Project:
    workspace_id = workspace_of(body)
    async with desk.read() as session:
        project = await known(session, workspace_id, project_id)
    await refuse_others(desk, client, workspace_id, body["user"]["id"], project)
    return project


async def _put(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, view: Block) -> None:
    """The form in the place of what stands, so that saving leads back to it."""
    if (body.get("view") or {}).get("type") == "modal":
        await client.views_update(view_id=body["view"]["id"], view=view)
    else:
        await client.views_open(trigger_id=body["trigger_id"], view=view)
    await ack()


async def _behind(
    session: AsyncSession, workspace_id: str, reason: FoundingReason, user_id: str, at: datetime
) -> tuple[Saying, ...]:
    said = await of_refs(session, workspace_id, reason.evidence, at, user_id)
    return tuple(said[ref] for ref in reason.evidence if ref in said)[: why_forms.MOST_QUOTES]


def _chosen(body: dict[str, Any]) -> int:
    return int(body["actions"][0]["value"])


def _help(command: str) -> str:
    return _(
        "{command} shows why this channel’s project was begun and what customers said about it, or sets one "
        "up. {command} done ends it and tells what came of it."
    ).format(command=command)
