"""Browsers in which somebody signed in with Slack: known again by a secret of which a hash is kept."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.link_secrets import fits, hashed
from storage.rows import add_many
from storage.tables_centre import WebSessionRow
from stories.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedIn:
    """Somebody in a browser."""

    workspace_id: str
    user_id: str


async def begin(
    session: AsyncSession,
    workspace_id: str,
    user_id: str,
    *,
    public_id: str,
    secret: str,
    now: datetime,
    ends_at: datetime,
) -> None:
    """Know a browser again by this secret (random, of 256 bits) until then.

    Those of theirs whose time is over are forgotten.
    """
    row = WebSessionRow
    over = (row.workspace_id == workspace_id, row.user_id == user_id, row.ends_at <= now)
    await session.execute(delete(row).where(*over))
    kept = {"public_id": public_id, "secret_hash": hashed(secret), "user_id": user_id}
    await add_many(
        session, row, [{"workspace_id": workspace_id, **kept, "begun_at": now, "ends_at": ends_at}]
    )


async def check(session: AsyncSession, public_id: str, secret: str, now: datetime) -> SignedIn | None:
    """Who signed in with this; None for what is unknown, wrong or over.

    Compared in constant time, also where there is none.
    """
    row = WebSessionRow
    query = select(row.workspace_id, row.user_id, row.secret_hash, row.ends_at)
    found = (await session.execute(query.where(row.public_id == public_id))).first()
    opens = fits(found.secret_hash if found else None, secret)
    if found is None or not opens or found.ends_at <= now:
        return None
    return SignedIn(workspace_id=found.workspace_id, user_id=found.user_id)


async def end(session: AsyncSession, workspace_id: str, public_id: str) -> None:
    """Know this browser no more."""
    own = (WebSessionRow.workspace_id == workspace_id, WebSessionRow.public_id == public_id)
    await session.execute(delete(WebSessionRow).where(*own))


async def end_all(session: AsyncSession, workspace_id: str, user_id: str) -> None:
    """Know none of this person's browsers any more."""
    own = (WebSessionRow.workspace_id == workspace_id, WebSessionRow.user_id == user_id)
    await session.execute(delete(WebSessionRow).where(*own))
