"""What is kept of a secret that opens a page, and whether what somebody brings is that secret."""

from __future__ import annotations

import hashlib
import hmac
from datetime import datetime
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.tables_centre import ScreenRow
from storage.tables_private import CustomerLinkRow

Opens = TypeVar("Opens", ScreenRow, CustomerLinkRow)
"""A row that keeps what a secret opens: `public_id`, `secret_hash`, `revoked_at`, `ends_at`."""


def hashed(secret: str) -> str:
    """What is kept of it: one round of SHA-256 is enough for 256 random bits."""
    return hashlib.sha256(secret.encode()).hexdigest()


def fits(kept: str | None, secret: str) -> bool:
    """Whether this is what was hashed; compared in constant time, also where nothing is kept (None)."""
    same = hmac.compare_digest(kept or hashed(""), hashed(secret))
    return same and kept is not None


async def what_opens(
    session: AsyncSession, kind: type[Opens], public_id: str, secret: str, now: datetime
) -> Opens | None:
    """What this secret opens now; None for one that is unknown, wrong, revoked or over.

    Compared in constant time, also where there is none.
    """
    query = select(kind).where(kind.public_id == public_id)
    row = (await session.execute(query)).scalar_one_or_none()
    fitting = fits(row.secret_hash if row else None, secret)
    return row if row and fitting and row.revoked_at is None and row.ends_at > now else None
