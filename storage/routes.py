"""Rules that bring customers' words to channels, and what they brought."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import and_, bindparam, delete, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.prepared import Prepared
from storage.rows import add, run, table_of
from storage.tables_nps import NpsAnswerRow, NpsSourceRow
from storage.tables_routes import RouteItemRow, RoutePostRow, RouteRow
from storage.tables_search import SearchTextRow
from stories.values import dataclass

_I, _A, _S = table_of(RouteItemRow), table_of(NpsAnswerRow), table_of(NpsSourceRow)


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """A rule of a channel (see `stories.routing.rule.rule_of`); texts up to `seen_text` were looked at."""

    id: int
    workspace_id: str
    channel_id: str
    rule: Mapping[str, Any]
    seen_text: int
    asked_by: str
    asked_at: datetime
    next_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A comment (by source and key) or a story that was brought, by which of the post's parts."""

    part: int
    source_id: int | None = None
    answer_key: str | None = None
    story_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """What was brought to a channel at one moment; `parts` are a rule as it is kept and how many more fitted.

    A rule of earlier days is kept in words.
    """

    id: int
    channel_id: str
    parts: tuple[tuple[dict[str, Any] | str, int], ...]
    items: tuple[Item, ...]


async def add_route(
    session: AsyncSession,
    workspace_id: str,
    channel_id: str,
    rule: dict[str, Any],
    *,
    by: str,
    now: datetime,
    next_at: datetime,
) -> int:
    """Begin a rule, for what comes from now on; its id."""
    return await add(
        session,
        RouteRow,
        workspace_id=workspace_id,
        channel_id=channel_id,
        rule=rule,
        seen_text=await last_text(session, workspace_id),
        asked_by=by,
        asked_at=now,
        next_at=next_at,
    )


async def of_channel(session: AsyncSession, workspace_id: str, channel_id: str) -> tuple[Route, ...]:
    """A channel's rules, the oldest first."""
    query = select(RouteRow).where(RouteRow.workspace_id == workspace_id, RouteRow.channel_id == channel_id)
    return tuple(_route(row) for row in (await session.execute(query.order_by(RouteRow.id))).scalars())


async def get(session: AsyncSession, workspace_id: str, route_id: int) -> Route | None:
    """This rule; None once it was stopped."""
    query = select(RouteRow).where(RouteRow.workspace_id == workspace_id, RouteRow.id == route_id)
    row = (await session.execute(query)).scalar_one_or_none()
    return None if row is None else _route(row)


async def change(
    session: AsyncSession, workspace_id: str, route_id: int, rule: dict[str, Any], *, next_at: datetime
) -> bool:
    """Put another rule in its place; False when it was stopped meanwhile."""
    own = (RouteRow.workspace_id == workspace_id) & (RouteRow.id == route_id)
    query = update(RouteRow).where(own).values(rule=rule, next_at=next_at).returning(RouteRow.id)
    return (await session.execute(query)).first() is not None


async def stop(session: AsyncSession, workspace_id: str, route_id: int) -> bool:
    """End a rule; what it brought stands. False when it was stopped before."""
    own = (RouteRow.workspace_id == workspace_id) & (RouteRow.id == route_id)
    return (await session.execute(delete(RouteRow).where(own).returning(RouteRow.id))).first() is not None


async def due(
    session: AsyncSession, now: datetime, *, after: Route | None = None, most: int = 200
) -> tuple[Route, ...]:
    """The rules of all workspaces whose moment has come, the longest waiting first; those `after` one."""
    query = select(RouteRow).where(RouteRow.next_at <= now).order_by(RouteRow.next_at, RouteRow.id)
    if after is not None:
        then = and_(RouteRow.next_at == after.next_at, RouteRow.id > after.id)
        query = query.where(or_(RouteRow.next_at > after.next_at, then))
    return tuple(_route(row) for row in (await session.execute(query.limit(most))).scalars())


async def move_on(
    session: AsyncSession, workspace_id: str, seen: Route, *, next_at: datetime, seen_text: int
) -> bool:
    """Set when a rule is looked at next and from which text on, unless somebody was quicker: then False."""
    own = (RouteRow.workspace_id == workspace_id) & (RouteRow.id == seen.id)
    same = (RouteRow.next_at == seen.next_at) & (RouteRow.seen_text == seen.seen_text)
    values: dict[str, Any] = {"next_at": next_at, "seen_text": seen_text}
    moved = update(RouteRow).where(own, same).values(**values).returning(RouteRow.id)
    return (await session.execute(moved)).first() is not None


async def last_text(session: AsyncSession, workspace_id: str) -> int:
    """The highest number of a text that can be found here; 0 for none."""
    query = select(func.max(SearchTextRow.id)).where(SearchTextRow.workspace_id == workspace_id)
    return (await session.execute(query)).scalar_one_or_none() or 0


async def keep(
    session: AsyncSession,
    workspace_id: str,
    channel_id: str,
    parts: Sequence[tuple[dict[str, Any] | str, int]],
    items: Sequence[Item],
    *,
    now: datetime,
) -> int:
    """Write down what is brought, in its order; the number of its post."""
    values: dict[str, Any] = {"channel_id": channel_id, "parts": [list(part) for part in parts], "at": now}
    post_id = await add(session, RoutePostRow, workspace_id=workspace_id, **values)
    for position, item in enumerate(items):
        row = {name: getattr(item, name) for name in Item.__dataclass_fields__}
        own = {"workspace_id": workspace_id, "post_id": post_id, "position": position, "stands": True}
        session.add(RouteItemRow(**own, **row))
    await session.flush()
    return post_id


async def brought(session: AsyncSession, workspace_id: str, post_id: int) -> Brought | None:
    """What this post brought, whether or not it may be shown now."""
    query = select(RoutePostRow).where(RoutePostRow.workspace_id == workspace_id, RoutePostRow.id == post_id)
    row = (await session.execute(query)).scalar_one_or_none()
    if row is None:
        return None
    items = select(_I).where(_I.c.workspace_id == workspace_id, _I.c.post_id == post_id)
    found = (await session.execute(items.order_by(_I.c.position))).all()
    return Brought(
        id=row.id,
        channel_id=row.channel_id,
        parts=tuple((rule, int(more)) for rule, more in row.parts),
        items=tuple(_item(one) for one in found),
    )


async def posts_with_story(session: AsyncSession, workspace_id: str, story_id: int) -> tuple[int, ...]:
    """The posts that brought this story."""
    rows = await run(session, _WITH_STORY, {"workspace": workspace_id, "story": story_id})
    return tuple(post_id for (post_id,) in rows)


_BY_STORY = (_I.c.workspace_id == bindparam("workspace"), _I.c.story_id == bindparam("story"))
_WITH_STORY = Prepared(select(_I.c.post_id).distinct().where(*_BY_STORY).order_by(_I.c.post_id))


async def posts_with_answers(
    session: AsyncSession, workspace_id: str, keys: Sequence[tuple[int, str]]
) -> tuple[int, ...]:
    """The posts that brought comments of these answers."""
    wanted = {source for source, _key in keys}
    query = select(_I.c.post_id, _I.c.source_id, _I.c.answer_key).where(
        _I.c.workspace_id == workspace_id,
        _I.c.source_id.in_(wanted),
        _I.c.answer_key.in_([key for _source, key in keys]),
    )
    rows = await session.execute(query.order_by(_I.c.post_id))
    return tuple(dict.fromkeys(row.post_id for row in rows if (row.source_id, row.answer_key) in set(keys)))


async def answers_brought(
    session: AsyncSession, workspace_id: str, channel_id: str, since: datetime
) -> frozenset[tuple[int, str]]:
    """The answers, by source and key, whose comments a channel's rules brought there since then."""
    here = (RoutePostRow.workspace_id == workspace_id) & (RoutePostRow.channel_id == channel_id)
    of_post = (_I.c.workspace_id == RoutePostRow.workspace_id) & (_I.c.post_id == RoutePostRow.id)
    query = select(_I.c.source_id, _I.c.answer_key).join(RoutePostRow, of_post)
    query = query.where(here, RoutePostRow.at >= since, _I.c.source_id.is_not(None))
    return frozenset((row.source_id, row.answer_key) for row in await session.execute(query))


async def turned(session: AsyncSession, *, most: int = 500) -> tuple[tuple[str, int], ...]:
    """Posts of every workspace with a comment that may not be shown any more, or may again: owner, number."""
    of_answer = (_A.c.workspace_id == _I.c.workspace_id) & (_A.c.source_id == _I.c.source_id)
    of_source = (_S.c.workspace_id == _I.c.workspace_id) & (_S.c.id == _I.c.source_id)
    query = (
        select(_I.c.workspace_id, _I.c.post_id)
        .distinct()
        .join_from(_I, _A, of_answer & (_A.c.key == _I.c.answer_key) & (_A.c.comment != ""), isouter=True)
        .join(_S, of_source & _S.c.verbatims_shared, isouter=True)
        .where(_I.c.source_id.is_not(None))
        .where(_I.c.stands != (_A.c.key.is_not(None) & _S.c.id.is_not(None)))
        .order_by(_I.c.workspace_id, _I.c.post_id)
        .limit(most)
    )
    return tuple((row.workspace_id, row.post_id) for row in await session.execute(query))


async def settle(
    session: AsyncSession, workspace_id: str, post_id: int, shown: Sequence[tuple[int, str]]
) -> None:
    """Remember which comments a post shows once it was put right; forget those whose answers are gone."""
    own = (_I.c.workspace_id == workspace_id) & (_I.c.post_id == post_id) & _I.c.source_id.is_not(None)
    there = select(_A.c.key).where(
        _A.c.workspace_id == workspace_id, _A.c.source_id == _I.c.source_id, _A.c.key == _I.c.answer_key
    )
    await session.execute(delete(_I).where(own, ~there.exists()))
    rows = (await session.execute(select(_I.c.position, _I.c.source_id, _I.c.answer_key).where(own))).all()
    stands = {row.position: (row.source_id, row.answer_key) in set(shown) for row in rows}
    for position, one in stands.items():
        await session.execute(update(_I).where(own, _I.c.position == position).values(stands=one))


def _item(row: Any) -> Item:
    return Item(**{name: getattr(row, name) for name in Item.__dataclass_fields__})


def _route(row: RouteRow) -> Route:
    return Route(**{name: getattr(row, name) for name in Route.__dataclass_fields__})
