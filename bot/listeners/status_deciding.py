"""An editor's word on a post whose fate Slack does not tell: it stands, it is missing, leave it out."""

from __future__ import annotations

from typing import Any

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.respond.async_respond import AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from bot import ids
from bot.delivery_care import Decision, decide, found, said
from bot.desk import Desk
from bot.listeners.clicks import workspace_of
from bot.messages import delivery_trouble as words
from bot.messages.blocks import values_of
from bot.messages.reacting import done_modal
from bot.permissions import Act, may
from bot.settings import Settings
from stories.errors import UserError
from stories.language import _


def register(app: AsyncApp, settings: Settings) -> None:  # noqa: ARG001 every feature registers alike
    """Listen to the buttons under posts in doubt."""
    app.action(ids.DELIVERY_STANDS)(ask_which)
    app.view(ids.DELIVERY_STANDS_VIEW)(settle)
    app.action(ids.DELIVERY_AGAIN)(again)
    app.action(ids.DELIVERY_GIVE_UP)(give_up)


async def may_mend(desk: Desk, client: AsyncWebClient, workspace_id: str, user_id: str) -> bool:
    """Whether this person looks after posts here."""
    await desk.colleagues.get(client, workspace_id, user_id)
    async with desk.read() as session:
        actor = await desk.colleagues.actor(session, client, workspace_id, user_id)
    return may(actor, Act.MEND_POSTS)


async def ask_which(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, desk: Desk) -> None:
    """Ask for the link of the message that stands."""
    workspace_id, _user_id = await _editor(body, client, desk)
    async with desk.read() as session:
        delivery = await found(session, workspace_id, int(body["actions"][0]["value"]))
    view = words.which_message(delivery.id, delivery.channel_id)
    await client.views_open(trigger_id=body["trigger_id"], view=view)
    await ack()


async def settle(
    ack: AsyncAck, body: dict[str, Any], view: dict[str, Any], client: AsyncWebClient, desk: Desk
) -> None:
    """Take the post as sent: it stands where the link leads."""
    workspace_id, user_id = await _editor(body, client, desk)
    link = values_of(view)["link"] or ""
    async with desk.begin() as session:
        delivery = await decide(
            session,
            workspace_id,
            int(view["private_metadata"]),
            Decision.STANDS,
            by=user_id,
            now=desk.now(),
            link=link,
        )
    desk.wake_outbox()
    settled = said(Decision.STANDS, delivery.channel_id, user_id)
    await ack(response_action="update", view=done_modal(_("Settled"), settled))


async def again(
    ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, desk: Desk, respond: AsyncRespond
) -> None:
    """Have the post sent again."""
    await _decide(ack, body, client, desk, respond, Decision.AGAIN)


async def give_up(
    ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, desk: Desk, respond: AsyncRespond
) -> None:
    """Leave the post out."""
    await _decide(ack, body, client, desk, respond, Decision.GIVE_UP)


async def _decide(
    ack: AsyncAck,
    body: dict[str, Any],
    client: AsyncWebClient,
    desk: Desk,
    respond: AsyncRespond,
    decision: Decision,
) -> None:
    workspace_id, user_id = await _editor(body, client, desk)
    number = int(body["actions"][0]["value"])
    async with desk.begin() as session:
        delivery = await decide(session, workspace_id, number, decision, by=user_id, now=desk.now())
    desk.wake_outbox()
    await ack()
    await respond(replace_original=True, **words.decided(said(decision, delivery.channel_id, user_id)))


async def _editor(body: dict[str, Any], client: AsyncWebClient, desk: Desk) -> tuple[str, str]:
    """The workspace and the person, who may decide. Raises UserError for others."""
    workspace_id, user_id = workspace_of(body), body["user"]["id"]
    if not await may_mend(desk, client, workspace_id, user_id):
        raise UserError(_("Only editors and workspace admins decide that. Please ask one of them."))
    return workspace_id, user_id
