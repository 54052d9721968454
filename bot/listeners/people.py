"""Who does what: admins name editors, privacy officers and managers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncSession

from bot import ids
from bot.desk import Desk
from bot.listeners.chosen import chosen_colleague
from bot.listeners.clicks import open_view, workspace_of
from bot.listeners.entitled import refuse_unless
from bot.messages.blocks import Block, values_of
from bot.messages.people import MOST_NAMED, field_of, people_modal, people_saved
from bot.messages.reacting import done_modal
from bot.permissions import NAMED, Act, Role
from bot.settings import Settings
from storage import audit, people
from stories.errors import UserError
from stories.language import _

Holders = Mapping[Role, Sequence[str]]


def register(app: AsyncApp, settings: Settings) -> None:  # noqa: ARG001 every feature registers alike
    """Listen to the naming of people, and to the way there from App Home."""
    app.view(ids.PEOPLE_VIEW)(name_people)
    app.action(ids.HOME_PEOPLE)(from_home)


async def people_view(
    desk: Desk, client: AsyncWebClient, workspace_id: str, user_id: str, editors: Sequence[str] = ()
) -> Block:
    """The view with those who hold a role, and `editors` just named added. Raises UserError for others."""
    await refuse_unless(desk, client, workspace_id, user_id, Act.NAME_PEOPLE)
    async with desk.read() as session:
        holders = await _holders(session, workspace_id)
    more = tuple(dict.fromkeys((*holders[Role.EDITOR], *editors)))[:MOST_NAMED]
    return people_modal({**holders, Role.EDITOR: more})


async def from_home(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, desk: Desk) -> None:
    """Open the view from App Home."""
    await open_view(client, body, await people_view(desk, client, workspace_of(body), body["user"]["id"]))
    await ack()


async def name_people(
    ack: AsyncAck, body: dict[str, Any], view: dict[str, Any], client: AsyncWebClient, desk: Desk
) -> None:
    """Give and take roles, one audited line for each person and role it changes."""
    workspace_id, user_id = workspace_of(body), body["user"]["id"]
    await refuse_unless(desk, client, workspace_id, user_id, Act.NAME_PEOPLE)
    given = values_of(view)
    chosen = {role: tuple(given[field_of(role)] or ()) for role in NAMED}
    await _refuse_outsiders(desk, client, workspace_id, chosen)
    async with desk.begin() as session:
        standing = await _holders(session, workspace_id)
        for role in NAMED:
            await _give(session, workspace_id, role, chosen[role], by=user_id, now=desk.now())
            # Whom another admin named since the window opened was not taken out in it.
            gone = set(standing[role]) & _shown_in(view, role) - set(chosen[role])
            await _take(session, workspace_id, role, gone, by=user_id, now=desk.now())
    await ack(response_action="update", view=done_modal(_("Saved"), people_saved(chosen)))


async def _holders(session: AsyncSession, workspace_id: str) -> dict[Role, tuple[str, ...]]:
    return {role: await people.holders(session, workspace_id, role) for role in NAMED}


async def _give(
    session: AsyncSession, workspace_id: str, role: Role, chosen: Sequence[str], *, by: str, now: datetime
) -> None:
    for person in chosen:
        if await people.grant(session, workspace_id, person, role, by=by, now=now):
            await audit.note(session, workspace_id, _entry("name", person, role, by, now))


async def _take(
    session: AsyncSession, workspace_id: str, role: Role, gone: set[str], *, by: str, now: datetime
) -> None:
    for person in sorted(gone):
        await people.revoke(session, workspace_id, person, role)
        await audit.note(session, workspace_id, _entry("unname", person, role, by, now))


async def _refuse_outsiders(desk: Desk, client: AsyncWebClient, workspace_id: str, chosen: Holders) -> None:
    for role, people_chosen in chosen.items():
        for person in people_chosen:
            colleague = await chosen_colleague(desk, client, workspace_id, person, field=field_of(role))
            if colleague.guest:
                raise UserError(
                    _("{name} is a guest or an app; roles are for the company’s own people.").format(
                        name=colleague.name
                    ),
                    field=field_of(role),
                )


def _shown_in(view: Mapping[str, Any], role: Role) -> set[str]:
    """Who held a role when this view of it was opened."""
    pickers = [one["element"] for one in view["blocks"] if one.get("block_id") == field_of(role)]
    return {user for picker in pickers for user in picker.get("initial_users") or ()}


def _entry(act: str, person: str, role: Role, by: str, now: datetime) -> audit.Entry:
    return audit.Entry(at=now, actor_id=by, act=f"{act}_{role}", object_kind="person", object_id=person)
