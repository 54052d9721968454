"""Who is in the channels that hear something: read from Slack, so that Homes follow what people are near."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import CompoundSelect, and_, bindparam, delete, or_, select, union, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.nps_follows import Cell, cell_of
from storage.prepared import Prepared
from storage.rows import add_many, add_new, run, run_several, table_of
from storage.several import for_each, one_of
from storage.tables_avatars import ProjectRow
from storage.tables_channel_rolls import ChannelMemberRow, ChannelRollRow
from storage.tables_nps_watch import NpsFollowRow
from storage.tables_posts import ChannelRow
from storage.tables_routes import RouteRow
from stories.avatars.project import ProjectState
from stories.channels import ChannelState
from stories.values import dataclass

_R, _M = table_of(ChannelRollRow), table_of(ChannelMemberRow)
_CH, _N, _P, _RO = (table_of(row) for row in (ChannelRow, NpsFollowRow, ProjectRow, RouteRow))


@dataclass(frozen=True, slots=True, kw_only=True)
class NearProject:
    """A project that somebody owns, or whose channel they are in. `segment` says for whom it is."""

    id: int
    channel_id: str
    name: str
    goal: str
    segment: str
    avatar: str
    emoji: str
    owner_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Near:
    """What somebody's channels hear of (those with the fewest people first), and the projects near them.

    A cell without a property ("") is a kind of customers of conversations.
    """

    cells: tuple[Cell, ...] = ()
    projects: tuple[NearProject, ...] = ()


async def to_read(
    session: AsyncSession, workspace_id: str, before: datetime, *, most: int
) -> tuple[str, ...]:
    """Channels that hear something and whose people were never read, or not since then; never read first."""
    hearing = _hearing(workspace_id).subquery()
    own = and_(_R.c.workspace_id == workspace_id, _R.c.channel_id == hearing.c.channel_id)
    query = (
        select(hearing.c.channel_id)
        .join_from(hearing, _R, own, isouter=True)
        .where(or_(_R.c.read_at.is_(None), _R.c.read_at < before))
        .order_by(_R.c.read_at.is_not(None), _R.c.read_at, hearing.c.channel_id)
        .limit(most)
    )
    return tuple((await session.execute(query)).scalars())


async def keep(
    session: AsyncSession,
    workspace_id: str,
    channel_id: str,
    user_ids: Collection[str],
    *,
    now: datetime,
) -> None:
    """Write down who is in a channel; nobody where Slack does not tell, or they are too many."""
    key = {"workspace_id": workspace_id, "channel_id": channel_id}
    values = {"read_at": now, "members": len(user_ids)}
    if not await add_new(session, ChannelRollRow, **key, **values):
        own = (_R.c.workspace_id == workspace_id, _R.c.channel_id == channel_id)
        await session.execute(update(_R).where(*own).values(**values))
    await session.execute(delete(_M).where(*_in(workspace_id, channel_id)))
    await add_many(session, ChannelMemberRow, [{**key, "user_id": one} for one in sorted(user_ids)])


async def came(session: AsyncSession, workspace_id: str, channel_id: str, user_id: str) -> bool:
    """Somebody joined a channel; tells whether its people are known here, so that it changes anything."""
    own = (_R.c.workspace_id == workspace_id, _R.c.channel_id == channel_id, _R.c.members > 0)
    changed = await session.execute(
        update(_R).where(*own).values(members=_R.c.members + 1).returning(_R.c.members)
    )
    if changed.first() is None:
        return False
    key = {"workspace_id": workspace_id, "channel_id": channel_id, "user_id": user_id}
    return await add_new(session, ChannelMemberRow, **key)


async def went(session: AsyncSession, workspace_id: str, channel_id: str, user_id: str) -> bool:
    """Somebody left a channel; tells whether that was known here otherwise."""
    own = (*_in(workspace_id, channel_id), _M.c.user_id == user_id)
    return (await session.execute(delete(_M).where(*own).returning(_M.c.user_id))).first() is not None


async def drop_silent(session: AsyncSession, workspace_id: str) -> None:
    """Forget who is in channels that hear nothing any more."""
    hearing = _hearing(workspace_id).subquery()
    silent = select(_R.c.channel_id).where(
        _R.c.workspace_id == workspace_id, _R.c.channel_id.not_in(select(hearing.c.channel_id))
    )
    gone = tuple((await session.execute(silent)).scalars())
    for table in (_M, _R) if gone else ():
        own = (table.c.workspace_id == workspace_id, table.c.channel_id.in_(gone))
        await session.execute(delete(table).where(*own))


async def near(session: AsyncSession, workspace_id: str, user_id: str, *, most: int) -> Near:
    """What the smallest `most` channels that this person is in hear of, and `most` projects near them."""
    theirs = {"workspace": workspace_id, "user": user_id, "most": most}
    channels = [row.channel_id for row in await run(session, _CHANNELS, theirs)]
    heard = {"workspace": workspace_id, "channels": channels}
    projects, follows, digests, rules = await run_several(
        session, [(_PROJECTS, theirs | heard), (_FOLLOWS, heard), (_DIGESTS, heard), (_RULES, heard)]
    )
    found: dict[str, list[Cell]] = {one: [] for one in channels}
    for row in follows:
        found[row.channel_id] += map(cell_of, row.cells)
    for row in digests:
        found[row.channel_id] += [(("", segment),) for segment in row.segments]
    for row in rules:
        found[row.channel_id] += [((name, value),) for name, value in row.rule.get("segments", ())]
    cells = tuple(dict.fromkeys(cell for one in channels for cell in found[one] if cell))
    return Near(cells=cells, projects=tuple(map(_project, projects)))


def _project(row: Any) -> NearProject:
    return NearProject(
        id=row.id,
        channel_id=row.channel_id,
        name=row.name,
        goal=row.goal,
        segment=row.segment,
        avatar=row.avatar_name,
        emoji=row.avatar_emoji,
        owner_id=row.owner_id,
    )


def _hearing(workspace_id: str) -> CompoundSelect[tuple[str]]:
    """The channels that hear a digest, follow NPS, have rules, or carry a project."""
    told = select(_CH.c.channel_id).where(
        _CH.c.workspace_id == workspace_id, _CH.c.state == ChannelState.ON.value
    )
    follows = select(_N.c.channel_id).where(_N.c.workspace_id == workspace_id)
    ruled = select(_RO.c.channel_id).where(_RO.c.workspace_id == workspace_id)
    carries = select(_P.c.channel_id).where(
        _P.c.workspace_id == workspace_id, _P.c.state == ProjectState.ACTIVE.value
    )
    return union(told, follows, ruled, carries)


def _in(workspace_id: str, channel_id: str) -> tuple[Any, ...]:
    return _M.c.workspace_id == workspace_id, _M.c.channel_id == channel_id


def _in_these(dialect: str, table: Any) -> tuple[Any, ...]:
    return table.c.workspace_id == bindparam("workspace"), one_of(dialect, table.c.channel_id, "channels")


# Built once: they are asked with every Home.

_CHANNELS = Prepared(
    select(_M.c.channel_id)
    .join_from(_M, _R, and_(_R.c.workspace_id == _M.c.workspace_id, _R.c.channel_id == _M.c.channel_id))
    .where(_M.c.workspace_id == bindparam("workspace"), _M.c.user_id == bindparam("user"))
    .order_by(_R.c.members, _M.c.channel_id)
    .limit(bindparam("most"))
)

# Those they own first, then the newest of those in whose channels they are.
_PROJECTS = for_each(
    lambda dialect: (
        select(_P)
        .where(
            _P.c.workspace_id == bindparam("workspace"),
            _P.c.state == ProjectState.ACTIVE.value,
            or_(_P.c.owner_id == bindparam("user"), one_of(dialect, _P.c.channel_id, "channels")),
        )
        .order_by(_P.c.owner_id != bindparam("user"), _P.c.id.desc())
        .limit(bindparam("most"))
    )
)

_FOLLOWS = for_each(lambda dialect: select(_N.c.channel_id, _N.c.cells).where(*_in_these(dialect, _N)))

_DIGESTS = for_each(
    lambda dialect: select(_CH.c.channel_id, _CH.c.segments).where(
        *_in_these(dialect, _CH), _CH.c.state == ChannelState.ON.value
    )
)

_RULES = for_each(
    lambda dialect: select(_RO.c.channel_id, _RO.c.rule).where(*_in_these(dialect, _RO)).order_by(_RO.c.id)
)
