"""What Slack asked to be left alone for a while: a channel, a method, or the whole workspace.

Kept in the database and by its clock, so that a restart does not forget it.
"""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import bindparam, delete, select, union_all, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.moments import moment
from storage.prepared import Prepared
from storage.rows import add_new, run, table_of
from storage.tables import WorkspaceRow
from storage.tables_sending import RestRow


async def rest(session: AsyncSession, workspace_id: str, what: str, wait: timedelta) -> None:
    """Leave a channel (its id) or a method (its name) alone for so long; forgets what is over."""
    await session.execute(
        delete(RestRow).where(RestRow.workspace_id == workspace_id, RestRow.until <= moment())
    )
    until = (await session.execute(select(moment(wait)))).scalar_one()
    if not await add_new(session, RestRow, workspace_id=workspace_id, what=what, until=until):
        own = (RestRow.workspace_id == workspace_id, RestRow.what == what)
        await session.execute(update(RestRow).where(*own).values(until=until))


async def pause(session: AsyncSession, workspace_id: str, wait: timedelta) -> None:
    """Leave the whole workspace alone for so long."""
    await session.execute(
        update(WorkspaceRow).where(WorkspaceRow.id == workspace_id).values(paused_until=moment(wait))
    )


async def resting(session: AsyncSession, workspace_id: str) -> dict[str, float]:
    """What rests, and for how many seconds yet; the workspace itself under its own id."""
    rows = await run(session, _RESTING, {"workspace": workspace_id})
    return {what: (until - now).total_seconds() for what, until, now in rows}


_R, _W = table_of(RestRow), table_of(WorkspaceRow)
# Built once: every drain begins with it.
_RESTING = Prepared(
    union_all(
        select(_R.c.what, _R.c.until, moment().label("now")).where(
            _R.c.workspace_id == bindparam("workspace"), _R.c.until > moment()
        ),
        select(_W.c.id, _W.c.paused_until, moment().label("now")).where(
            _W.c.id == bindparam("workspace"), _W.c.paused_until > moment()
        ),
    )
)
