"""Owners at their accounts: which customers belong to them, and the list."""

from __future__ import annotations

from typing import Any

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient

from bot import ids
from bot.accounts.renewal_notes import follow
from bot.desk import Desk
from bot.failures import whisper
from bot.listeners.clicks import refuse_guests, workspace_of
from bot.messages import account_list
from bot.messages.renewals import said_so
from bot.permissions import Act, may
from bot.settings import Settings
from storage import account_customers, accounts, customers
from stories.errors import UserError
from stories.language import _


def register(app: AsyncApp, settings: Settings) -> None:  # noqa: ARG001 every feature registers alike
    """Listen to what owners answer."""
    app.action(ids.ACCOUNT_THEIRS)(theirs)
    app.action(ids.ACCOUNT_NOT_THEIRS)(not_theirs)


async def page(desk: Desk, client: AsyncWebClient, workspace_id: str, user_id: str) -> dict[str, Any]:
    """One's own accounts with what they are worth; to admins all of them, without."""
    await refuse_guests(desk, client, workspace_id, user_id)
    async with desk.read() as session:
        actor = await desk.colleagues.actor(session, client, workspace_id, user_id)
        own = await accounts.of_owner(session, workspace_id, user_id, most=account_list.MOST + 1)
        everybody = may(actor, Act.SET_WORKSPACE)
        all_of_them = (
            await accounts.listed(session, workspace_id, most=account_list.MOST + 1) if everybody else ()
        )
        unknown = await accounts.nobodys(session, workspace_id) if everybody else ()
    others = [one for one in all_of_them if one.owner_id != user_id]
    return account_list.page(own, others, unknown)


async def theirs(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, desk: Desk) -> None:
    """An owner's yes."""
    await _say(ack, body, client, desk, belongs=True)


async def not_theirs(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, desk: Desk) -> None:
    """An owner's no."""
    await _say(ack, body, client, desk, belongs=False)


async def _say(
    ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, desk: Desk, *, belongs: bool
) -> None:
    workspace_id, user_id = workspace_of(body), body["user"]["id"]
    account_id, customer_id = map(int, body["actions"][0]["value"].split(":"))
    async with desk.begin() as session:
        account = await accounts.get(session, workspace_id, account_id)
        customer = await customers.get(session, workspace_id, customer_id)
        if account is None or customer is None or account.owner_id != user_id:
            raise UserError(_("Only whoever looks after this account can say whose customers are whose."))
        await account_customers.say(
            session, workspace_id, account_id, customer_id, belongs=belongs, by=user_id, now=desk.now()
        )
        await follow(session, workspace_id, account, now=desk.now())
    await ack()
    desk.wake_outbox()
    await whisper(client, body, said_so(customer.company, account.name, belongs=belongs))
