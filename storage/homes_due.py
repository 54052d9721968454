"""Which stories stand on whose App Home, and whose has to be put there anew (after a restart too)."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from storage.rows import add_new, run, table_of
from storage.tables import PersonRow
from storage.tables_following import DueHomeRow, HomeStoryRow
from stories.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class DueHome:
    """An App Home that is behind, by so many changes in all."""

    workspace_id: str
    user_id: str
    changes: int


async def standing_on(session: AsyncSession, workspace_id: str, user_id: str) -> frozenset[int]:
    """The stories noted for this person's Home."""
    query = select(HomeStoryRow.story_id).where(
        HomeStoryRow.workspace_id == workspace_id, HomeStoryRow.user_id == user_id
    )
    return frozenset((await session.execute(query)).scalars())


async def note(session: AsyncSession, workspace_id: str, user_id: str, story_ids: Iterable[int]) -> None:
    """Write down that these stories stand on this person's Home: to be done before they are shown there."""
    for story_id in sorted(story_ids):
        values = {"workspace_id": workspace_id, "user_id": user_id, "story_id": story_id}
        await add_new(session, HomeStoryRow, **values)


async def forget(session: AsyncSession, workspace_id: str, user_id: str, story_ids: Iterable[int]) -> None:
    """These stories do not stand on this person's Home any more."""
    await session.execute(
        delete(HomeStoryRow).where(
            HomeStoryRow.workspace_id == workspace_id,
            HomeStoryRow.user_id == user_id,
            HomeStoryRow.story_id.in_(sorted(story_ids)),
        )
    )


async def mark(session: AsyncSession, workspace_id: str, story_id: int) -> None:
    """Have every Home on which this story stands put there anew."""
    statement = _MARK[session.get_bind().dialect.name]
    await run(session, statement, {"workspace": workspace_id, "story": story_id})


async def waiting(session: AsyncSession, workspace_id: str, *, most: int) -> tuple[DueHome, ...]:
    """Homes that are behind, in a steady order."""
    query = select(DueHomeRow).where(
        DueHomeRow.workspace_id == workspace_id, DueHomeRow.changes > DueHomeRow.followed
    )
    rows = await session.execute(query.order_by(DueHomeRow.user_id).limit(most))
    return tuple(
        DueHome(workspace_id=row.workspace_id, user_id=row.user_id, changes=row.changes)
        for row in rows.scalars()
    )


async def caught_up(session: AsyncSession, home: DueHome) -> None:
    """This Home has followed so many changes; what changed once more meanwhile is still to come."""
    await session.execute(
        update(DueHomeRow)
        .where(
            DueHomeRow.workspace_id == home.workspace_id,
            DueHomeRow.user_id == home.user_id,
            DueHomeRow.followed < home.changes,
        )
        .values(followed=home.changes)
    )


async def changes_of(session: AsyncSession, workspace_id: str, user_id: str) -> int:
    """How often something changed on this person's Home so far."""
    query = select(DueHomeRow.changes).where(
        DueHomeRow.workspace_id == workspace_id, DueHomeRow.user_id == user_id
    )
    return (await session.execute(query)).scalar_one_or_none() or 0


async def put_there(session: AsyncSession, home: DueHome) -> None:
    """A Home made after so many changes was put there: if there were more meanwhile, it may be the older one.

    Two that are put there at once may arrive in either order.
    """
    await session.execute(
        update(DueHomeRow)
        .where(
            DueHomeRow.workspace_id == home.workspace_id,
            DueHomeRow.user_id == home.user_id,
            DueHomeRow.changes != home.changes,
        )
        .values(changes=DueHomeRow.changes + 1)
    )


async def remember(session: AsyncSession, workspace_id: str, user_id: str, shows: str) -> str | None:
    """Keep what a Home shows now; what it showed before. Others who keep it for this person wait."""
    own = (PersonRow.workspace_id == workspace_id, PersonRow.user_id == user_id)
    query = select(PersonRow.home_hash).where(*own).with_for_update()
    before = (await session.execute(query)).scalar_one_or_none()
    await session.execute(update(PersonRow).where(*own).values(home_hash=shows))
    return before


async def stands(
    session: AsyncSession, workspace_id: str, user_id: str, story_ids: Iterable[int], *, overtaken: bool
) -> None:
    """A Home with these stories was put there: each is to be noted for it.

    Of two that are put there at once the older one may arrive last, while the newer one has forgotten what
    only the older one shows. Where another one was put there meanwhile (`overtaken`), or something is
    missing, the Home is put there once more. To be called after `remember`.
    """
    missing = set(story_ids) - await standing_on(session, workspace_id, user_id)
    if not missing and not overtaken:
        return
    await note(session, workspace_id, user_id, missing)
    await once_more(session, workspace_id, user_id)


async def once_more(session: AsyncSession, workspace_id: str, user_id: str) -> None:
    """Have this person's Home put there anew."""
    due = {"workspace_id": workspace_id, "user_id": user_id}
    if not await add_new(session, DueHomeRow, **due):
        own = (DueHomeRow.workspace_id == workspace_id, DueHomeRow.user_id == user_id)
        await session.execute(update(DueHomeRow).where(*own).values(changes=DueHomeRow.changes + 1))


def _mark(insert: sqlite.Insert | postgresql.Insert) -> sqlite.Insert | postgresql.Insert:
    shown, due = table_of(HomeStoryRow), table_of(DueHomeRow)
    found = select(shown.c.workspace_id, shown.c.user_id, bindparam("one", 1), bindparam("none", 0)).where(
        shown.c.workspace_id == bindparam("workspace"), shown.c.story_id == bindparam("story")
    )
    filled = insert.from_select(["workspace_id", "user_id", "changes", "followed"], found)
    return filled.on_conflict_do_update(
        index_elements=["workspace_id", "user_id"], set_={"changes": due.c.changes + 1}
    )


_MARK = {
    "sqlite": _mark(sqlite.insert(table_of(DueHomeRow))),
    "postgresql": _mark(postgresql.insert(table_of(DueHomeRow))),
}
