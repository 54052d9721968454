"""Channels: what each asked for, and which digests are due."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.prepared import Gathered, Prepared
from storage.rows import add_new, run, table_of
from storage.tables_posts import ChannelRow
from stories.channels import ChannelSettings, ChannelState, Kind, StopReason
from stories.digest import DigestSettings
from stories.errors import UserError
from stories.schedule import DigestTimes
from stories.values import dataclass

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True, slots=True, order=True)
class Due:
    """A channel whose time has come (or will come at `next_at`), without its settings."""

    next_at: datetime
    workspace_id: str
    channel_id: str


async def get(session: AsyncSession, workspace_id: str, channel_id: str) -> ChannelSettings | None:
    """This channel's settings; None for one that nobody set up. Raises UserError for unusable ones."""
    values = {"workspace": workspace_id, "channel": channel_id}
    row = (await run(session, _ONE, values)).first()
    return None if row is None else _value(row)


async def some(
    session: AsyncSession, workspace_id: str, channel_ids: Sequence[str], *, hold: bool = False
) -> dict[str, ChannelSettings | UserError]:
    """The settings of these channels by id; for unusable ones what is wrong with them.

    `hold` keeps them as they are until the transaction ends, so that of two that look at once one decides.
    """
    values = {"workspace": workspace_id, "channels": list(channel_ids)}
    found: dict[str, ChannelSettings | UserError] = {}
    for row in await run(session, _HELD if hold else _SOME, values):
        try:
            found[row.channel_id] = _value(row)
        except UserError as error:
            found[row.channel_id] = error
    return found


async def held(session: AsyncSession, workspace_id: str, channel_id: str) -> ChannelSettings | None:
    """A channel's settings, kept as they are until the transaction ends; None for one without any.

    Raises UserError for unusable ones.
    """
    found = (await some(session, workspace_id, [channel_id], hold=True)).get(channel_id)
    if isinstance(found, UserError):
        raise found
    return found


async def languages_wanted(session: AsyncSession, workspace_id: str, channel_id: str) -> frozenset[str]:
    """The languages of stories that a channel chose to hear; none for all, also where its settings are
    unusable: what may stand there is asked for as a story is taken back, which nothing is to stop.
    """
    values = {"workspace": workspace_id, "channel": channel_id}
    row = (await run(session, _ONE, values)).first()
    return frozenset(row.languages) if row is not None else frozenset()


async def templates_of(
    session: AsyncSession, workspace_id: str, channel_ids: Sequence[str]
) -> dict[str, str]:
    """The key of the template by which stories are told in those of these channels that chose one."""
    values = {"workspace": workspace_id, "channels": list(channel_ids)}
    return {row.channel_id: row.template for row in await run(session, _TEMPLATES, values)}


async def save(session: AsyncSession, workspace_id: str, channel: ChannelSettings, *, now: datetime) -> None:
    """Keep a channel's settings, in place of those it had."""
    values = _columns(channel)
    key = {"workspace_id": workspace_id, "channel_id": channel.channel_id}
    if not await add_new(session, ChannelRow, **key, **values, created_at=now):
        await session.execute(
            update(ChannelRow)
            .where(ChannelRow.workspace_id == workspace_id, ChannelRow.channel_id == channel.channel_id)
            .values(**values)
        )


async def forget(session: AsyncSession, workspace_id: str, channel_id: str) -> None:
    """Drop a channel's settings; what it was told stays known, so that nothing is repeated there."""
    await session.execute(
        delete(ChannelRow).where(ChannelRow.workspace_id == workspace_id, ChannelRow.channel_id == channel_id)
    )


async def due(
    session: AsyncSession, now: datetime, *, after: Due | None = None, most: int = 500
) -> tuple[Due, ...]:
    """The channels whose digest is due, the longest waiting first; `after` asks for the next page."""
    query = select(*_DUE).where(ChannelRow.next_at <= now)
    return await _page(session, query, after, most)


async def due_later(
    session: AsyncSession, than: datetime, *, after: Due | None = None, most: int = 500
) -> tuple[Due, ...]:
    """The channels whose next digest is further away than that, the nearest first."""
    query = select(*_DUE).where(ChannelRow.next_at > than)
    return await _page(session, query, after, most)


async def hearing_next(session: AsyncSession, workspace_id: str, *, most: int = 3) -> tuple[Due, ...]:
    """The channels of this workspace that hear a digest soonest."""
    rows = await run(session, _HEARING_NEXT, {"workspace": workspace_id, "most": most})
    return tuple(Due(next_at, team, channel) for next_at, team, channel in rows if next_at)


async def move_on_many(
    session: AsyncSession, workspace_id: str, moves: Sequence[tuple[Due, datetime | None]]
) -> None:
    """Set when these hear their next digest; those for which somebody was quicker stay as they are."""
    rows = [
        {
            "of_workspace": workspace_id,
            "of_channel": seen.channel_id,
            "seen_at": seen.next_at,
            "new_at": next_at,
        }
        for seen, next_at in sorted(moves, key=lambda move: move[0].channel_id)
    ]
    if rows:
        await run(session, _MOVE_ON, rows)


_DUE = (ChannelRow.next_at, ChannelRow.workspace_id, ChannelRow.channel_id)
# Built once: they answer every submission, every digest and every post.
_C = table_of(ChannelRow)
_ONE = Prepared(
    select(_C).where(_C.c.workspace_id == bindparam("workspace"), _C.c.channel_id == bindparam("channel"))
)
_SOME = (
    select(_C)
    .where(
        _C.c.workspace_id == bindparam("workspace"),
        _C.c.channel_id.in_(bindparam("channels", expanding=True)),
    )
    .order_by(_C.c.channel_id)
)
_HELD = _SOME.with_for_update()
_TEMPLATES = select(_C.c.channel_id, _C.c.template).where(
    _C.c.workspace_id == bindparam("workspace"),
    _C.c.channel_id.in_(bindparam("channels", expanding=True)),
    _C.c.template != "",
)
_HEARING_NEXT = Gathered(
    select(_C.c.next_at, _C.c.workspace_id, _C.c.channel_id)
    .where(_C.c.workspace_id == bindparam("workspace"), _C.c.next_at.is_not(None))
    .order_by(_C.c.next_at, _C.c.channel_id)
    .limit(bindparam("most")),
    """SELECT given.n, hearing.* FROM json_to_recordset(%(given)s::json)
    AS given (n int, workspace text, most bigint) CROSS JOIN LATERAL
    (SELECT next_at, workspace_id, channel_id FROM channels
    WHERE workspace_id = given.workspace AND next_at IS NOT NULL
    ORDER BY next_at, channel_id LIMIT given.most) AS hearing ORDER BY given.n, next_at, channel_id""",
)
_MOVE_ON = (
    update(_C)
    .where(
        _C.c.workspace_id == bindparam("of_workspace"),
        _C.c.channel_id == bindparam("of_channel"),
        _C.c.next_at == bindparam("seen_at"),
    )
    .values(next_at=bindparam("new_at"))
)


async def _page(session: AsyncSession, query: Any, after: Due | None, most: int) -> tuple[Due, ...]:
    if after is not None:
        place = (after.next_at, after.workspace_id, after.channel_id)
        query = query.where(tuple_(*_DUE) > place)
    rows = await session.execute(query.order_by(*_DUE).limit(most))
    return tuple(Due(*row) for row in rows)


def _columns(channel: ChannelSettings) -> dict[str, Any]:
    times, digest = channel.times, channel.digest
    return {
        "state": channel.state.value,
        "set_up_by": channel.set_up_by,
        "managers": list(channel.managers),
        "kinds": [kind.value for kind in channel.kinds],
        "days": [_DAYS[day] for day in sorted(times.days)],
        "at": times.at,
        "time_zone": times.time_zone,
        "country": times.country,
        "how_many": digest.how_many,
        "segments": sorted(digest.segments),
        "themes": sorted(digest.themes),
        "languages": sorted(digest.languages),
        "language": channel.language,
        "template": channel.template,
        "retell": digest.retell,
        "guests_allowed_by": channel.guests_allowed_by,
        "snoozed_until": channel.snoozed_until,
        "stopped_because": channel.stopped_because and channel.stopped_because.value,
        "next_at": channel.next_at,
    }


def _value(row: Any) -> ChannelSettings:
    return ChannelSettings(
        channel_id=row.channel_id,
        set_up_by=row.set_up_by,
        times=DigestTimes(
            days=frozenset(_DAYS.index(day) for day in row.days),
            at=row.at,
            time_zone=row.time_zone,
            country=row.country,
        ),
        digest=DigestSettings(
            how_many=row.how_many,
            segments=frozenset(row.segments),
            themes=frozenset(row.themes),
            retell=row.retell,
            languages=frozenset(row.languages),
        ),
        state=ChannelState(row.state),
        managers=tuple(row.managers),
        kinds=tuple(Kind(kind) for kind in row.kinds),
        language=row.language,
        template=row.template,
        guests_allowed_by=row.guests_allowed_by,
        snoozed_until=row.snoozed_until,
        stopped_because=StopReason(row.stopped_because) if row.stopped_because else None,
        next_at=row.next_at,
    )
