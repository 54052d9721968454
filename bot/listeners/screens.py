"""Admins who let screens show the centre, and who take their links back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient

from bot import ids
from bot.centre.viewers import PATH, screen_address
from bot.customer_link.secret import new_secret
from bot.desk import Desk
from bot.listeners.clicks import workspace_of
from bot.listeners.entitled import refuse_unless
from bot.messages import screens as words
from bot.messages.blocks import Block, values_of
from bot.messages.dates import day
from bot.permissions import Act
from bot.settings import Settings
from storage import audit, screens
from stories.errors import UserError
from stories.language import _
from stories.text import one_line, says_something


def register(app: AsyncApp, settings: Settings) -> None:  # noqa: ARG001 every feature registers alike
    """Listen to the window in which screens are listed."""
    app.view(ids.SCREENS_VIEW)(issue)
    app.action(ids.SCREEN_REVOKE)(revoke)


async def screens_view(
    desk: Desk, client: AsyncWebClient, workspace_id: str, user_id: str, name: str = ""
) -> Block:
    """The screens there are, and a form for another. Raises UserError for somebody who is no admin."""
    await refuse_unless(desk, client, workspace_id, user_id, Act.ISSUE_SCREENS)
    return await _listed(desk, workspace_id, one_line(name)[: words.LONGEST_NAME])


async def issue(
    ack: AsyncAck, body: dict[str, Any], view: dict[str, Any], client: AsyncWebClient, desk: Desk
) -> None:
    """Make a link; it is shown once, to whoever asked."""
    workspace_id, user_id, now = workspace_of(body), body["user"]["id"], desk.now()
    await refuse_unless(desk, client, workspace_id, user_id, Act.ISSUE_SCREENS)
    typed, base = values_of(view), desk.settings.firsthand_address
    name, days = _name(typed.get("name")), _days(typed.get("days"))
    if base is None:
        raise UserError(_("No link can be made here any more: the operator took its address away."))
    secret, ends_at = new_secret(), now + timedelta(days=days)
    async with desk.begin() as session:
        if len(await screens.standing(session, workspace_id, now)) >= words.MOST_SCREENS:
            raise UserError(_("Too many screens show the centre. Revoke one first."), field="name")
        screen_id = await screens.issue(
            session,
            workspace_id,
            name=name,
            public_id=secret.public_id,
            secret=secret.secret,
            by=user_id,
            now=now,
            ends_at=ends_at,
        )
        detail = {"name": name, "days": days}
        await audit.note(session, workspace_id, _entry("issue_screen", screen_id, user_id, desk, detail))
    made = words.made_modal(screen_address(base, secret), name, day(ends_at.date()))
    await ack(response_action="update", view=made)


async def revoke(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, desk: Desk) -> None:
    """Let a screen show nothing more."""
    workspace_id, user_id = workspace_of(body), body["user"]["id"]
    await refuse_unless(desk, client, workspace_id, user_id, Act.ISSUE_SCREENS)
    screen_id = int(body["actions"][0]["value"])
    async with desk.begin() as session:
        name = await screens.revoke(session, workspace_id, screen_id, by=user_id, now=desk.now())
        if name is not None:
            entry = _entry("revoke_screen", screen_id, user_id, desk, {"name": name})
            await audit.note(session, workspace_id, entry)
    await ack()
    await client.views_update(view_id=body["view"]["id"], view=await _listed(desk, workspace_id))


async def _listed(desk: Desk, workspace_id: str, name: str = "") -> Block:
    base = desk.settings.firsthand_address
    if base is None:
        return words.none_modal(socket=desk.settings.slack_app_token is not None)
    async with desk.read() as session:
        standing = await screens.standing(session, workspace_id, desk.now())
    can_sign_in = desk.settings.sign_in_client is not None
    return words.screens_modal(standing, signing_in=can_sign_in, address=f"{base}{PATH}", name=name)


def _name(typed: object) -> str:
    name = one_line(str(typed or ""))[: words.LONGEST_NAME]
    if not says_something(name):
        raise UserError(
            _("Please say what the screen is called, so that it can be told apart."), field="name"
        )
    return name


def _days(typed: str | None) -> int:
    try:
        days = int(typed or "")
    except ValueError:
        days = 0
    if not 1 <= days <= words.MOST_DAYS:
        raise UserError(
            _("A screen shows it for 1 to {most} days.").format(most=words.MOST_DAYS), field="days"
        )
    return days


def _entry(act: str, screen_id: int, by: str, desk: Desk, detail: dict[str, Any]) -> audit.Entry:
    return audit.Entry(
        at=desk.now(), actor_id=by, act=act, object_kind="screen", object_id=str(screen_id), detail=detail
    )
