"""The days on which a workspace remembers why it does this: added, listed, removed."""

from __future__ import annotations

from datetime import date
from typing import Any

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncSession

from bot.desk import Desk
from bot.listeners.clicks import workspace_of
from bot.listeners.entitled import refuse_unless
from bot.listeners.interview_showing import put
from bot.messages.blocks import Block, values_of
from bot.messages.remember import remember_modal
from bot.permissions import Act
from bot.settings import Settings
from bot.stage import ids as stage_ids
from storage import audit, remember_days
from stories.errors import UserError
from stories.language import _
from stories.stage.remembering import MOST_DAYS, DayOf
from stories.text import one_line, says_something


def register(app: AsyncApp, settings: Settings) -> None:  # noqa: ARG001 every feature registers alike
    """Listen to the window."""
    app.view(stage_ids.REMEMBER_VIEW)(add)
    app.action(stage_ids.REMEMBER_REMOVE)(remove)


async def remember_view(desk: Desk, client: AsyncWebClient, workspace_id: str, user_id: str) -> Block:
    """The days. Raises UserError for anybody but editors and admins."""
    await refuse_unless(desk, client, workspace_id, user_id, Act.CHOOSE_DAYS)
    return await _listed(desk, workspace_id)


async def add(
    ack: AsyncAck, body: dict[str, Any], view: dict[str, Any], client: AsyncWebClient, desk: Desk
) -> None:
    """Keep another day."""
    workspace_id, user_id, values = workspace_of(body), str(body["user"]["id"]), values_of(view)
    await refuse_unless(desk, client, workspace_id, user_id, Act.CHOOSE_DAYS)
    words, of = one_line(values.get("words") or ""), DayOf(values["of"])
    customer = values.get(stage_ids.REMEMBER_CUSTOMER)
    if not says_something(words):
        raise UserError(_("Please say what the day is called."), field="words")
    if not values.get("since"):
        raise UserError(_("Please choose a day."), field="since")
    if of is DayOf.CUSTOMER and not customer:
        raise UserError(_("Please choose which customer’s day it is."), field=stage_ids.REMEMBER_CUSTOMER)
    async with desk.begin() as session:
        if await remember_days.how_many(session, workspace_id) >= MOST_DAYS:
            raise UserError(_("There are {most} days already; remove one first.").format(most=MOST_DAYS))
        day_id = await remember_days.add_day(
            session,
            workspace_id,
            of=of,
            since=date.fromisoformat(values["since"]),
            words=words,
            customer_id=int(customer) if customer and of is DayOf.CUSTOMER else None,
            by=user_id,
            now=desk.now(),
        )
        await _note(session, workspace_id, "add_remember_day", day_id, user_id, desk)
    await ack(response_action="update", view=await _listed(desk, workspace_id))


async def remove(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, desk: Desk) -> None:
    """Remember a day no more."""
    workspace_id, user_id = workspace_of(body), str(body["user"]["id"])
    await refuse_unless(desk, client, workspace_id, user_id, Act.CHOOSE_DAYS)
    day_id = int(body["actions"][0]["value"])
    async with desk.begin() as session:
        if await remember_days.remove_day(session, workspace_id, day_id):
            await _note(session, workspace_id, "drop_remember_day", day_id, user_id, desk)
    await put(client, body, await _listed(desk, workspace_id))
    await ack()


async def _listed(desk: Desk, workspace_id: str) -> Block:
    async with desk.read() as session:
        days = await remember_days.every(session, workspace_id)
    return remember_modal(days, command=desk.settings.firsthand_channel_command)


async def _note(session: AsyncSession, workspace_id: str, act: str, day_id: int, by: str, desk: Desk) -> None:
    entry = audit.Entry(
        at=desk.now(), actor_id=by, act=act, object_kind="remember_day", object_id=str(day_id)
    )
    await audit.note(session, workspace_id, entry)
