"""People behind answers: known by a keyed hash alone, which cannot be guessed."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.bulk import among
from storage.tables_nps import NpsErasedRow

_DIGITS = 40


def hashed(pepper: bytes, person_key: str) -> str | None:
    """A person's key (an address, a customer number) as it is kept; None for nobody.

    HMAC-SHA256 under the workspace's secret, cut to 160 bits: whoever holds the rows alone cannot try
    addresses until one fits.
    """
    folded = person_key.strip().casefold()
    if not folded:
        return None
    return hmac.digest(pepper, folded.encode(), hashlib.sha256).hex()[:_DIGITS]


async def erased_among(session: AsyncSession, workspace_id: str, people: Collection[str]) -> set[str]:
    """Which of these hashed keys are of people who were erased."""
    any_query = select(NpsErasedRow.person).where(NpsErasedRow.workspace_id == workspace_id)
    if not people or (await session.execute(any_query.limit(1))).first() is None:
        return set()
    query = any_query.where(among(session, NpsErasedRow.person, people))
    return set((await session.execute(query)).scalars())
