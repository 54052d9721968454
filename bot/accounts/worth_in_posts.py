"""What an account is worth, in posts: kept there as a mark, and put in as the post goes to its owner."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot.messages.renewals import WORTH_OF, money
from bot.tongues import speaking_to
from storage import accounts
from storage.sending import Claimed

UNTOLD = "…"
"""What stands there once there is nothing to tell, or whoever reads it does not look after the account."""


async def spelt_out(session: AsyncSession, delivery: Claimed) -> Claimed:
    """The delivery with amounts in place of their marks; itself where there are none.

    Nobody but an account's owner is told, wherever a mark comes from.
    """
    numbers = {int(one) for one in WORTH_OF.findall(str(delivery.payload.get("text", "")))}
    if not numbers:
        return delivery
    known = [await accounts.get(session, delivery.workspace_id, one) for one in sorted(numbers)]
    theirs = [one for one in known if one is not None and one.owner_id == delivery.channel_id]
    async with speaking_to(session, delivery.workspace_id, delivery.channel_id):
        said = {str(one.id): money(one.worth) for one in theirs if one.worth is not None}
    return replace(delivery, payload=_filled(delivery.payload, said))


def _filled(part: Any, said: dict[str, str]) -> Any:
    """The same part of a payload, its texts filled in."""
    if isinstance(part, str):
        return WORTH_OF.sub(lambda mark: said.get(mark[1], UNTOLD), part)
    if isinstance(part, dict):
        return {name: _filled(inner, said) for name, inner in part.items()}
    return [_filled(inner, said) for inner in part] if isinstance(part, list) else part
