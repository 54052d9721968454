"""Owners hear of their customers in good time before an account renews: once a renewal, in private."""

from __future__ import annotations

import logging
from collections.abc import Collection
from datetime import timedelta

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_client import AsyncWebClient

from bot import attention
from bot.desk import Desk
from bot.terms import rules
from storage import accounts
from storage.attention import Unasked
from stories.attention import RENEWAL

log = logging.getLogger(__name__)

_NOBODY = frozenset({"users_not_found", "user_not_found"})
"""What Slack says of an address that belongs to nobody here."""


async def look(desk: Desk, workspace_id: str) -> int:
    """Find owners whom a list named by address, and tell of renewals; how many. To be called at each tick."""
    await _find_owners(desk, workspace_id)
    today = desk.now().date()
    async with desk.read() as session:
        days = (await rules(session, workspace_id)).renewal_days
        found = await accounts.renewing(session, workspace_id, today, today + timedelta(days=days))
    if not found:
        return 0
    own = await _company_own(desk, workspace_id, {one.owner_id for one in found if one.owner_id})
    async with desk.database.begin() as session:
        for account in found:
            if account.owner_id is None or account.renewal_on is None or account.owner_id not in own:
                continue
            if not own[account.owner_id]:
                await accounts.is_noted(session, workspace_id, account)
                continue
            what = Unasked(
                place=account.owner_id,
                kind=RENEWAL,
                slot_key=f"renewal:{account.id}:{account.renewal_on.isoformat()}",
                about={"account": account.id, "stories": []},
            )
            await attention.offer(session, workspace_id, what, now=desk.now())
            await accounts.is_noted(session, workspace_id, account)
    return sum(own.get(one.owner_id or "", False) for one in found)


async def _company_own(desk: Desk, workspace_id: str, people: Collection[str]) -> dict[str, bool]:
    """Whether these are the company's own people: guests hear of nothing. None of whom Slack is silent."""
    client, found = await desk.connections.client(workspace_id), dict[str, bool]()
    for user_id in sorted(people):
        try:
            colleague = await desk.colleagues.get(client, workspace_id, user_id)
        except (SlackClientError, aiohttp.ClientError, OSError, TimeoutError) as trouble:
            gone = isinstance(trouble, SlackApiError) and trouble.response.get("error") in _NOBODY
            if gone:
                found[user_id] = False
            else:
                log.info("owners of accounts hear of renewals later: %s", trouble)
        else:
            found[user_id] = not (colleague.guest or colleague.deactivated)
    return found


async def _find_owners(desk: Desk, workspace_id: str) -> None:
    """Ask Slack once for each address; where it may not be asked, the address stays for people to see."""
    async with desk.read() as session:
        unknown = await accounts.unknown_owners(session, workspace_id)
    if not unknown:
        return
    client = await desk.connections.client(workspace_id)
    addresses, found = dict(unknown), dict[int, str | None]()
    known: dict[str, str | None] = {}
    for account_id, address in unknown:
        try:
            if address not in known:
                known[address] = await _person(client, address)
        except (SlackClientError, aiohttp.ClientError, OSError, TimeoutError) as trouble:
            log.info("owners of accounts are looked up later: %s", trouble)
            break
        found[account_id] = known[address]
    async with desk.database.begin() as session:
        for account_id, user_id in found.items():
            said = addresses[account_id]
            await accounts.know_owner(session, workspace_id, account_id, user_id, said=said, now=desk.now())


async def _person(client: AsyncWebClient, address: str) -> str | None:
    """Who this is in Slack; None for nobody. Raises what Slack's client raises when it does not answer."""
    try:
        told = await client.users_lookupByEmail(email=address)
    except SlackApiError as error:
        if error.response.get("error") in _NOBODY | {"missing_scope"}:
            return None
        raise
    user = told["user"]
    return None if user.get("deleted") or user.get("is_bot") else str(user["id"])
