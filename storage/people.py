"""Colleagues: their roles, their own settings, what their App Home showed last."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.prepared import Prepared
from storage.rows import add_new, run, table_of
from storage.tables import PersonRow, RoleRow


async def meet(session: AsyncSession, workspace_id: str, user_id: str, *, now: datetime) -> bool:
    """Know this person; tells whether it is the first time."""
    return await add_new(
        session, PersonRow, workspace_id=workspace_id, user_id=user_id, settings={}, created_at=now
    )


async def settings(session: AsyncSession, workspace_id: str, user_id: str) -> dict[str, Any]:
    """What this person chose for themself; empty for a stranger."""
    found = await run(session, _SETTINGS, {"workspace": workspace_id, "user": user_id})
    return dict(found.scalar_one_or_none() or {})


async def held_settings(session: AsyncSession, workspace_id: str, user_id: str) -> dict[str, Any]:
    """The same, to be chosen anew in this transaction: whoever else means to waits until it is over."""
    found = await session.execute(_HELD_SETTINGS, {"workspace": workspace_id, "user": user_id})
    return dict(found.scalar_one_or_none() or {})


async def choose(session: AsyncSession, workspace_id: str, user_id: str, chosen: dict[str, Any]) -> None:
    """Replace what this person chose for themself."""
    await session.execute(
        update(PersonRow)
        .where(PersonRow.workspace_id == workspace_id, PersonRow.user_id == user_id)
        .values(settings=chosen)
    )


async def roles(session: AsyncSession, workspace_id: str, user_id: str) -> frozenset[str]:
    """The roles this person was given here."""
    query = select(RoleRow.role).where(RoleRow.workspace_id == workspace_id, RoleRow.user_id == user_id)
    return frozenset((await session.execute(query)).scalars())


async def holders(session: AsyncSession, workspace_id: str, role: str) -> tuple[str, ...]:
    """Everybody who has this role here, in a steady order."""
    query = select(RoleRow.user_id).where(RoleRow.workspace_id == workspace_id, RoleRow.role == role)
    return tuple((await session.execute(query.order_by(RoleRow.user_id))).scalars())


async def grant(
    session: AsyncSession, workspace_id: str, user_id: str, role: str, *, by: str, now: datetime
) -> bool:
    """Give somebody a role; tells whether they did not have it."""
    return await add_new(
        session,
        RoleRow,
        workspace_id=workspace_id,
        user_id=user_id,
        role=role,
        granted_by=by,
        granted_at=now,
    )


async def revoke(session: AsyncSession, workspace_id: str, user_id: str, role: str) -> None:
    """Take a role back."""
    await session.execute(
        delete(RoleRow).where(
            RoleRow.workspace_id == workspace_id, RoleRow.user_id == user_id, RoleRow.role == role
        )
    )


_P = table_of(PersonRow).c
_OWN = select(_P.settings).where(_P.workspace_id == bindparam("workspace"), _P.user_id == bindparam("user"))
_SETTINGS = Prepared(_OWN)
_HELD_SETTINGS = _OWN.with_for_update()
