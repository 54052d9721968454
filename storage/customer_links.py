"""Private addresses at which customers read what was written about them: a hash of each secret is kept."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage import connections
from storage.link_secrets import hashed, what_opens
from storage.rows import add
from storage.tables_private import CustomerLinkRow
from stories.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A private address of one story; `opened_at` is when it was read first. Times are aware."""

    id: int
    workspace_id: str
    story_id: int
    given_by: str
    given_at: datetime
    ends_at: datetime
    revoked_at: datetime | None = None
    opened_at: datetime | None = None


async def give(
    session: AsyncSession,
    workspace_id: str,
    story_id: int,
    *,
    public_id: str,
    secret: str,
    by: str,
    now: datetime,
    ends_at: datetime,
) -> int:
    """Let a secret open this story until then; returns the link's id.

    `public_id` and `secret` are random, the secret of 256 bits: one round of SHA-256 is enough for it.
    """
    return await add(
        session,
        CustomerLinkRow,
        workspace_id=workspace_id,
        story_id=story_id,
        public_id=public_id,
        secret_hash=hashed(secret),
        given_by=by,
        given_at=now,
        ends_at=ends_at,
    )


async def check(session: AsyncSession, public_id: str, secret: str, now: datetime) -> Link | None:
    """The link that this opens; None for one that is unknown, wrong, revoked, over, or of who has left."""
    row = await what_opens(session, CustomerLinkRow, public_id, secret, now)
    if row is None:
        return None
    return None if await connections.has_left(session, row.workspace_id) else _link(row)


async def of_story(
    session: AsyncSession, workspace_id: str, story_id: int, now: datetime
) -> tuple[Link, ...]:
    """The links that open this story now, the newest first."""
    row = CustomerLinkRow
    query = select(row).where(
        row.workspace_id == workspace_id,
        row.story_id == story_id,
        row.revoked_at.is_(None),
        row.ends_at > now,
    )
    return tuple(_link(one) for one in (await session.execute(query.order_by(row.id.desc()))).scalars())


async def get(session: AsyncSession, workspace_id: str, link_id: int) -> Link | None:
    """This link, whether or not it still opens anything."""
    query = select(CustomerLinkRow).where(
        CustomerLinkRow.workspace_id == workspace_id, CustomerLinkRow.id == link_id
    )
    row = (await session.execute(query)).scalar_one_or_none()
    return None if row is None else _link(row)


async def revoke(session: AsyncSession, workspace_id: str, link_id: int, *, now: datetime) -> bool:
    """Let a link open nothing more; False when it did not anyway."""
    row = CustomerLinkRow
    ended = await session.execute(
        update(row)
        .where(row.workspace_id == workspace_id, row.id == link_id, row.revoked_at.is_(None))
        .values(revoked_at=now)
        .returning(row.id)
    )
    return ended.first() is not None


async def opened(session: AsyncSession, workspace_id: str, link_id: int, *, now: datetime) -> None:
    """Note that a link was read, the first time that it is."""
    row = CustomerLinkRow
    await session.execute(
        update(row)
        .where(row.workspace_id == workspace_id, row.id == link_id, row.opened_at.is_(None))
        .values(opened_at=now)
    )


def _link(row: CustomerLinkRow) -> Link:
    return Link(
        id=row.id,
        workspace_id=row.workspace_id,
        story_id=row.story_id,
        given_by=row.given_by,
        given_at=row.given_at,
        ends_at=row.ends_at,
        revoked_at=row.revoked_at,
        opened_at=row.opened_at,
    )
