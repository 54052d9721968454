"""The rota's own window, its short forms, customers who are proposed, and a part's rhythm."""

from __future__ import annotations

from datetime import date
from typing import Any

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot import home
from bot.colleagues import Colleague
from bot.desk import Desk
from bot.ids import STORY_DONE_VIEW
from bot.listeners.clicks import open_view, refuse_guests, workspace_of
from bot.listeners.entitled import refuse_unless
from bot.messages import blocks
from bot.messages import rota as words
from bot.messages import rota_forms as forms
from bot.messages.blocks import Block, values_of
from bot.messages.reacting import done_modal
from bot.permissions import Act
from bot.rota import ids as rota_ids
from bot.rota import joining, proposing, short_forms
from bot.settings import Settings
from bot.terms import rules
from bot.visitors import visitor
from storage import audit, rota
from stories.errors import UserError
from stories.language import _
from stories.rota.talks import Kind
from stories.text import one_line


def register(app: AsyncApp, settings: Settings) -> None:  # noqa: ARG001 every feature registers alike
    """Listen to the window and to what stands in it."""
    app.action(rota_ids.ROTA_OPEN)(open_window)
    app.view(rota_ids.ROTA_VIEW)(join)
    app.action(rota_ids.ROTA_LEAVE)(leave)
    app.action(rota_ids.ROTA_LISTENED)(ask_short)
    app.action(rota_ids.ROTA_HELPED)(ask_short)
    app.view(rota_ids.ROTA_SHORT_VIEW)(keep_short)
    app.action(rota_ids.ROTA_PROPOSE)(ask_whom)
    app.view(rota_ids.ROTA_PROPOSE_VIEW)(propose)
    app.view(rota_ids.ROTA_PART_VIEW)(set_part)


async def window(desk: Desk, client: AsyncWebClient, workspace_id: str, user_id: str) -> Block:
    """What somebody sees of the rota. Raises UserError for guests."""
    colleague = await _colleague(desk, client, workspace_id, user_id)
    async with desk.read() as session:
        if not (await rules(session, workspace_id)).rota:
            return words.switched_off(await joining.agreed(session, workspace_id, colleague))
        return await joining.window(session, workspace_id, colleague)


async def part_view(desk: Desk, client: AsyncWebClient, workspace_id: str, user_id: str) -> Block:
    """Where managers and admins set a part's rhythm. Raises UserError for anybody else."""
    await refuse_unless(desk, client, workspace_id, user_id, Act.SET_RHYTHM)
    async with desk.read() as session:
        known = await rota.known_parts(session, workspace_id)
        return words.part_modal(known, await rota.parts(session, workspace_id))


async def open_window(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, desk: Desk) -> None:
    """Open it from App Home, or wherever the button stands."""
    view = await window(desk, client, workspace_of(body), body["user"]["id"])
    if "text" in view:
        shown = {"callback_id": STORY_DONE_VIEW, "close": _("Close")}
        view = blocks.modal(_("The rota"), view["blocks"], **shown)
    await open_view(client, body, view)
    await ack()


async def join(
    ack: AsyncAck, body: dict[str, Any], view: dict[str, Any], client: AsyncWebClient, desk: Desk
) -> None:
    """Keep what somebody chose."""
    workspace_id, user_id = workspace_of(body), str(body["user"]["id"])
    colleague = await _colleague(desk, client, workspace_id, user_id)
    async with desk.begin() as session:
        if not (await rules(session, workspace_id)).rota:
            raise UserError(words.switched_off()["text"])
        new = await joining.join(session, workspace_id, colleague, values_of(view), desk.now())
    said = _(
        "You are on the rota. When it is your turn you get a message from me; no is always a fine answer."
    )
    await ack(
        response_action="update",
        view=done_modal(_("The rota"), said if new else _("It’s kept. It holds from the next time on.")),
    )
    await home.refresh(desk, client, workspace_id, user_id)


async def leave(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, desk: Desk) -> None:
    """Take somebody off; Slack has asked twice."""
    workspace_id, user_id = workspace_of(body), str(body["user"]["id"])
    colleague = await desk.colleagues.get(client, workspace_id, user_id)
    async with desk.begin() as session:
        await joining.leave(session, workspace_id, colleague, desk.now())
    await ack()
    desk.wake_outbox()
    await _say(
        client, body, _("You are off the rota, and you are not asked again. Thank you for having been on it.")
    )
    await home.refresh(desk, client, workspace_id, user_id)


async def ask_short(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, desk: Desk) -> None:
    """Open the short form for listening in or helping."""
    workspace_id, user_id = workspace_of(body), str(body["user"]["id"])
    await refuse_guests(desk, client, workspace_id, user_id)
    kind, _colon, talk = str(body["actions"][0]["value"]).partition(":")
    today = desk.now().date()
    view = forms.short_modal(Kind(kind), today, talk_id=int(talk) if talk else None)
    await open_view(client, body, view)
    await ack()


async def keep_short(
    ack: AsyncAck, view: dict[str, Any], client: AsyncWebClient, context: AsyncBoltContext, desk: Desk
) -> None:
    """Count it, and begin a write-up of what stayed, where something did."""
    who = await visitor(desk, context)
    values = values_of(view)
    on_day = date.fromisoformat(values["on_day"])
    kind, _colon, talk = str(view["private_metadata"]).partition(":")
    async with desk.begin() as session:
        begun = await short_forms.keep(
            session,
            who,
            Kind(kind),
            name=one_line(values.get("name") or ""),
            on_day=on_day,
            heard=values.get("heard") or "",
            talk_id=int(talk) if talk else None,
        )
    desk.wake_outbox()
    said = _("It counts as a conversation. Thank you.")
    if begun:
        said = _("It counts as a conversation. What stayed with you is in a draft on your Home tab.")
    await ack(response_action="update", view=done_modal(_("Thank you"), said))
    await home.refresh(desk, client, who.workspace_id, who.user_id)


async def ask_whom(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, desk: Desk) -> None:
    """Open the window in which somebody proposes a customer."""
    await refuse_guests(desk, client, workspace_of(body), str(body["user"]["id"]))
    await open_view(client, body, forms.propose_modal())
    await ack()


async def propose(
    ack: AsyncAck, body: dict[str, Any], view: dict[str, Any], client: AsyncWebClient, desk: Desk
) -> None:
    """Keep a customer who agreed to be asked."""
    workspace_id, user_id = workspace_of(body), str(body["user"]["id"])
    await refuse_guests(desk, client, workspace_id, user_id)
    async with desk.begin() as session:
        said = await proposing.propose(session, workspace_id, values_of(view), by=user_id, now=desk.now())
    await ack(response_action="update", view=done_modal(_("Propose a customer"), said))


async def set_part(
    ack: AsyncAck, body: dict[str, Any], view: dict[str, Any], client: AsyncWebClient, desk: Desk
) -> None:
    """Keep a part's rhythm; one audited line says who set it."""
    workspace_id, user_id = workspace_of(body), str(body["user"]["id"])
    await refuse_unless(desk, client, workspace_id, user_id, Act.SET_RHYTHM)
    values, now = values_of(view), desk.now()
    part, weeks = one_line(values.get("part") or ""), int(values["weeks"])
    if not part:
        raise UserError(_("Please say which part of the business it is for."), field="part")
    async with desk.begin() as session:
        await rota.set_part(session, workspace_id, part, weeks, by=user_id, now=now)
        entry = audit.Entry(
            at=now,
            actor_id=user_id,
            act="set_rhythm",
            object_kind="part",
            object_id=part,
            detail={"every_weeks": weeks},
        )
        await audit.note(session, workspace_id, entry)
    said = _("It holds for those of {part} who chose no rhythm of their own.").format(part=part)
    await ack(response_action="update", view=done_modal(_("A part’s rhythm"), said))


async def _colleague(desk: Desk, client: AsyncWebClient, workspace_id: str, user_id: str) -> Colleague:
    await refuse_guests(desk, client, workspace_id, user_id)
    return await desk.colleagues.get(client, workspace_id, user_id)


async def _say(client: AsyncWebClient, body: dict[str, Any], said: str) -> None:
    """Put one sentence in the place of the window in which somebody clicked."""
    if (body.get("view") or {}).get("type") == "modal":
        await client.views_update(view_id=body["view"]["id"], view=done_modal(_("The rota"), said))
