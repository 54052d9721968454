"""Editors: who they are, and their word on channels that guests read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.respond.async_respond import AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from bot import ids
from bot.desk import Desk
from bot.halting import allow_guests, tell
from bot.listeners.clicks import workspace_of
from bot.messages import channel_answers as answers
from bot.messages.blocks import Block, values_of
from bot.messages.channel_words import next_said
from bot.messages.halting import allowed
from bot.messages.reacting import done_modal
from bot.permissions import Act, Role, may
from bot.settings import Settings
from storage import audit, people
from stories.errors import UserError
from stories.language import _


def register(app: AsyncApp, settings: Settings) -> None:  # noqa: ARG001 every feature registers alike
    """Listen to the naming of editors and to their permission."""
    app.view(ids.EDITORS_VIEW)(name_editors)
    app.action(ids.DIGEST_ALLOW_GUESTS)(let_guests_in)


async def editors_view(
    desk: Desk, client: AsyncWebClient, workspace_id: str, user_id: str, named: Sequence[str]
) -> Block:
    """The view with those who are editors, and those just `named` added. Raises UserError for others."""
    await _refuse_unless(desk, client, workspace_id, user_id, Act.NAME_EDITORS)
    async with desk.read() as session:
        standing = await people.holders(session, workspace_id, Role.EDITOR)
    return answers.editors_modal(tuple(dict.fromkeys((*standing, *named)))[: answers.MOST_EDITORS])


async def name_editors(
    ack: AsyncAck, body: dict[str, Any], view: dict[str, Any], client: AsyncWebClient, desk: Desk
) -> None:
    """Give and take the role, one audited line for each person it changes for."""
    workspace_id, user_id = workspace_of(body), body["user"]["id"]
    await _refuse_unless(desk, client, workspace_id, user_id, Act.NAME_EDITORS)
    chosen = tuple(values_of(view)[ids.EDITORS_VIEW] or ())
    await _refuse_outsiders(desk, client, workspace_id, chosen)
    now = desk.now()
    async with desk.begin() as session:
        standing = await people.holders(session, workspace_id, Role.EDITOR)
        for person in chosen:
            if await people.grant(session, workspace_id, person, Role.EDITOR, by=user_id, now=now):
                await audit.note(session, workspace_id, _entry("name_editor", person, user_id, now))
        for person in standing:
            if person not in chosen:
                await people.revoke(session, workspace_id, person, Role.EDITOR)
                await audit.note(session, workspace_id, _entry("unname_editor", person, user_id, now))
    await ack(response_action="update", view=done_modal(_("Saved"), answers.editors_saved(chosen)))


async def let_guests_in(
    ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, desk: Desk, respond: AsyncRespond
) -> None:
    """An editor's yes: the channel hears stories from now on, and whoever asked for it is told."""
    workspace_id, user_id = workspace_of(body), body["user"]["id"]
    channel_id = body["actions"][0]["value"]
    await _refuse_unless(desk, client, workspace_id, user_id, Act.ALLOW_GUESTS)
    async with desk.begin() as session:
        started = await allow_guests(session, workspace_id, channel_id, by=user_id, now=desk.now())
        if started is None:
            raise UserError(_("That channel does not wait for anybody’s word any more."))
        said = allowed(channel_id, by=user_id, when=next_said(started))
        if started.set_up_by != user_id:
            await tell(
                session, workspace_id, started.set_up_by, f"allowed:{channel_id}", said, now=desk.now()
            )
    desk.wake_outbox()
    await ack()
    await respond(replace_original=True, **said)


async def _refuse_unless(
    desk: Desk, client: AsyncWebClient, workspace_id: str, user_id: str, act: Act
) -> None:
    await desk.colleagues.get(client, workspace_id, user_id)
    async with desk.read() as session:
        actor = await desk.colleagues.actor(session, client, workspace_id, user_id)
    if may(actor, act):
        return
    if act is Act.NAME_EDITORS:
        raise UserError(_("Only workspace admins name editors. Please ask one of them."))
    raise UserError(_("Only editors and workspace admins decide that. Please ask one of them."))


async def _refuse_outsiders(
    desk: Desk, client: AsyncWebClient, workspace_id: str, chosen: Sequence[str]
) -> None:
    for person in chosen:
        colleague = await desk.colleagues.get(client, workspace_id, person)
        if colleague.guest:
            raise UserError(
                _("{name} is a guest or an app; editors are the company’s own people.").format(
                    name=colleague.name
                ),
                field=ids.EDITORS_VIEW,
            )


def _entry(act: str, person: str, by: str, now: Any) -> audit.Entry:
    return audit.Entry(at=now, actor_id=by, act=act, object_kind="person", object_id=person)
