"""Consents that begin or run out on a day of their own, found when that day has come."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.tables import ConsentRow
from stories.values import dataclass

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_TICK = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Turned:
    """Customers of whom a consent turned, and how far the look came (microseconds since 1970)."""

    customers: tuple[int, ...]
    reached: int


async def turned(
    session: AsyncSession, workspace_id: str, *, after: int, until: datetime, most: int = 200
) -> Turned:
    """Those of whom one began or ran out after one moment and until another, the earliest first.

    Found by indexes that hold only what turns at all; a moment at which more turn than `most` is read whole.
    """
    since = _EPOCH + after * _TICK
    found: list[tuple[datetime, int]] = []
    for turns, moment in _WAYS:
        own = (ConsentRow.workspace_id == workspace_id, turns)
        first = select(moment).where(*own, moment > since, moment <= until).order_by(moment).limit(most)
        moments = list((await session.execute(first)).scalars())
        if moments:
            until = moments[-1] if len(moments) == most else until
            query = select(moment, ConsentRow.customer_id).where(*own, moment > since, moment <= until)
            found += [(at, customer) for at, customer in await session.execute(query)]
    early = [customer for at, customer in sorted(found) if at <= until]
    return Turned(customers=tuple(dict.fromkeys(early)), reached=(until - _EPOCH) // _TICK)


_WAYS: tuple[tuple[Any, Any], ...] = (
    (ConsentRow.valid_from > ConsentRow.recorded_at, ConsentRow.valid_from),
    (ConsentRow.valid_until.is_not(None), ConsentRow.valid_until),
)
