"""Links with which screens show the centre: issued, opened, revoked. A hash of each secret is kept."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.link_secrets import hashed, what_opens
from storage.rows import add
from storage.tables_centre import ScreenRow
from stories.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Screen:
    """A screen's link; `opened_at` is when it was opened last. Times are aware."""

    id: int
    workspace_id: str
    name: str
    issued_by: str
    issued_at: datetime
    ends_at: datetime
    opened_at: datetime | None = None


async def issue(
    session: AsyncSession,
    workspace_id: str,
    *,
    name: str,
    public_id: str,
    secret: str,
    by: str,
    now: datetime,
    ends_at: datetime,
) -> int:
    """Let a secret show the centre until then; returns the screen's id.

    `public_id` and `secret` are random, the secret of 256 bits: one round of SHA-256 is enough for it.
    """
    return await add(
        session,
        ScreenRow,
        workspace_id=workspace_id,
        name=name,
        public_id=public_id,
        secret_hash=hashed(secret),
        issued_by=by,
        issued_at=now,
        ends_at=ends_at,
    )


async def check(session: AsyncSession, public_id: str, secret: str, now: datetime) -> Screen | None:
    """The screen that this opens; None for one that is unknown, wrong, revoked or over."""
    row = await what_opens(session, ScreenRow, public_id, secret, now)
    return None if row is None else _screen(row)


async def standing(session: AsyncSession, workspace_id: str, now: datetime) -> tuple[Screen, ...]:
    """The screens that show something now, the newest first."""
    row = ScreenRow
    query = select(row).where(row.workspace_id == workspace_id, row.revoked_at.is_(None), row.ends_at > now)
    return tuple(_screen(one) for one in (await session.execute(query.order_by(row.id.desc()))).scalars())


async def revoke(
    session: AsyncSession, workspace_id: str, screen_id: int, *, by: str, now: datetime
) -> str | None:
    """Let a screen show nothing more; its name, or None when it did not anyway."""
    row = ScreenRow
    ended = await session.execute(
        update(row)
        .where(row.workspace_id == workspace_id, row.id == screen_id, row.revoked_at.is_(None))
        .values(revoked_at=now, revoked_by=by)
        .returning(row.name)
    )
    return ended.scalar_one_or_none()


async def opened(session: AsyncSession, workspace_id: str, screen_id: int, *, now: datetime) -> None:
    """Note that a link was opened."""
    own = (ScreenRow.workspace_id == workspace_id, ScreenRow.id == screen_id)
    await session.execute(update(ScreenRow).where(*own).values(opened_at=now))


def _screen(row: ScreenRow) -> Screen:
    return Screen(
        id=row.id,
        workspace_id=row.workspace_id,
        name=row.name,
        issued_by=row.issued_by,
        issued_at=row.issued_at,
        ends_at=row.ends_at,
        opened_at=row.opened_at,
    )
