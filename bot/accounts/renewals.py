"""Owners hear of their customers in good time before an account renews: once a renewal, in private."""

from __future__ import annotations

import logging
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncSession

from bot import attention
from bot.batches import together
from bot.desk import Desk
from bot.looping import Stumbled, named, went_well
from bot.terms import rules
from storage import accounts
from storage.attention import Unasked
from stories.accounts import Account
from stories.attention import RENEWAL

log = logging.getLogger(__name__)

_NOBODY = frozenset({"users_not_found", "user_not_found"})
"""What Slack says of an address that belongs to nobody here."""


async def look(desk: Desk, workspace_id: str) -> int:
    """Find owners whom a list named by address, and tell of renewals; how many. To be called at each tick."""
    well = await went_well(named(_find_owners), partial(_find_owners, desk, workspace_id))
    today = desk.now().date()
    async with desk.read() as session:
        days = (await rules(session, workspace_id)).renewal_days
        found = await accounts.renewing(session, workspace_id, today, today + timedelta(days=days))
    if not found and well:
        return 0
    own = await _company_own(desk, workspace_id, {one.owner_id for one in found if one.owner_id})

    async def tell(session: AsyncSession, some: Sequence[Account]) -> None:
        for account in some:
            await _tell(session, workspace_id, account, own, desk.now())

    well &= await went_well(named(tell), partial(together, desk.database, found, tell))
    if not well:
        raise Stumbled
    return sum(own.get(one.owner_id or "", False) for one in found)


async def _tell(
    session: AsyncSession, workspace_id: str, account: Account, own: Mapping[str, bool], now: datetime
) -> None:
    if account.owner_id is None or account.renewal_on is None or account.owner_id not in own:
        return
    if own[account.owner_id]:
        what = Unasked(
            place=account.owner_id,
            kind=RENEWAL,
            slot_key=f"renewal:{account.id}:{account.renewal_on.isoformat()}",
            about={"account": account.id, "stories": []},
        )
        await attention.offer(session, workspace_id, what, now=now)
    await accounts.is_noted(session, workspace_id, account)


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

    async def know(session: AsyncSession, some: Sequence[tuple[int, str | None]]) -> None:
        for account_id, user_id in some:
            said = addresses[account_id]
            await accounts.know_owner(session, workspace_id, account_id, user_id, said=said, now=desk.now())

    await together(desk.database, list(found.items()), know)


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
