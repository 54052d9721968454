"""Who is asked when something of a story has to be decided."""

from __future__ import annotations

from sqlalchemy.ext.asyncio import AsyncSession

from bot.permissions import Role
from storage import people, workspaces


async def editors_for(session: AsyncSession, workspace_id: str, *, but: str) -> tuple[str, ...]:
    """Editors, else admins we know of, else whoever installed the bot.

    Not `but` (the author), unless there is nobody else.
    """
    named: list[str] = []
    for role in (Role.EDITOR, Role.ADMIN):
        named += await people.holders(session, workspace_id, role)
        if others := [user for user in named if user != but]:
            return tuple(dict.fromkeys(others))
    installer = await workspaces.installer(session, workspace_id)
    last = [*named, *([installer] if installer else [])]
    return tuple(dict.fromkeys([user for user in last if user != but] or last))
