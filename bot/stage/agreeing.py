"""What a customer agreed to about events, as their host heard it: recorded, and acted on at once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot import publishing
from bot.stage.showing import agreements
from storage import customers
from stories.consent import Consent, Purpose, permits

STAGE = (Purpose.ON_STAGE, Purpose.RECORDED)
"""What a customer agrees to about events."""


async def agree(
    session: AsyncSession,
    workspace_id: str,
    customer_id: int,
    purpose: Purpose,
    *,
    words: str,
    by: str,
    now: datetime,
) -> None:
    """Record that a customer agreed, unless that is what they said last."""
    if not permits(await agreements(session, workspace_id, customer_id), purpose, now):
        await _record(session, workspace_id, customer_id, purpose, granted=True, words=words, by=by, now=now)


async def take_back(
    session: AsyncSession,
    workspace_id: str,
    customer_id: int,
    purposes: Iterable[Purpose],
    *,
    by: str,
    now: datetime,
) -> None:
    """Record that a customer took these back, where they had agreed; every message follows at once."""
    agreed = await agreements(session, workspace_id, customer_id)
    for purpose in purposes:
        if permits(agreed, purpose, now):
            await _record(
                session, workspace_id, customer_id, purpose, granted=False, words="", by=by, now=now
            )
    await publishing.follow_customer(session, workspace_id, customer_id, but=0, now=now)


async def _record(
    session: AsyncSession,
    workspace_id: str,
    customer_id: int,
    purpose: Purpose,
    *,
    granted: bool,
    words: str,
    by: str,
    now: datetime,
) -> None:
    said = Consent(
        customer_id=customer_id,
        interview_id=None,
        purpose=purpose,
        granted=granted,
        words=words,
        recorded_by=by,
        recorded_at=now,
        valid_from=now,
    )
    await customers.record_consent(session, workspace_id, said)
