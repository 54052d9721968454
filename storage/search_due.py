"""What is not findable yet as it stands: conversations and comments that are new or have changed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import bindparam, exists, func, literal_column, or_, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.prepared import Prepared
from storage.rows import run, run_each, table_of
from storage.tables import WorkspaceRow
from storage.tables_erasing import ErasureRow
from storage.tables_nps import NpsAnswerRow
from storage.tables_search import SearchTextRow, SearchVectorRow
from storage.tables_stories import InterviewRow, StoryRow
from stories.values import dataclass

_S, _I, _A, _T = table_of(StoryRow), table_of(InterviewRow), table_of(NpsAnswerRow), table_of(SearchTextRow)
_V, _W, _E = table_of(SearchVectorRow), table_of(WorkspaceRow), table_of(ErasureRow)

_UNSOUGHT = (~_A.c.searchable, _A.c.comment != literal_column("''"))
"""As the index of what is not findable yet says it: SQLite takes an index only for the same words."""


# Built once: it is asked with every search.
NEWEST = Prepared(
    select(_S.c.id)
    .where(_S.c.workspace_id == bindparam("workspace"), _S.c.searchable_revision != _S.c.revision)
    .order_by(_S.c.id.desc())
    .limit(bindparam("most"))
)
_ERASURES = Prepared(
    select(
        func.coalesce(func.max(_E.c.id), 0).label("latest"), func.count(_E.c.finished_at).label("finished")
    ).where(_E.c.workspace_id == bindparam("workspace"))
)


_ERASURES_ANYWHERE = Prepared(
    select(
        func.coalesce(func.max(_E.c.id), 0).label("latest"), func.count(_E.c.finished_at).label("finished")
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DueComment:
    """A comment that cannot be found yet."""

    source_id: int
    key: str
    score: int
    day: date
    comment: str
    properties: dict[str, str]


async def workspaces(session: AsyncSession, encoder: str) -> tuple[str, ...]:
    """Workspaces in which something is not findable yet, or not by this encoder ("" for none).

    A look at four indexes for each, however much is stored there.
    """
    some = [
        exists().where(_S.c.workspace_id == _W.c.id, _S.c.searchable_revision != _S.c.revision),
        exists().where(_A.c.workspace_id == _W.c.id, *_UNSOUGHT),
    ]
    if encoder:
        some += [
            exists().where(_T.c.workspace_id == _W.c.id, _T.c.encoder < encoder),
            exists().where(_T.c.workspace_id == _W.c.id, _T.c.encoder > encoder),
            exists().where(_V.c.workspace_id == _W.c.id, ~_V.c.sorted),
        ]
    return tuple((await session.execute(select(_W.c.id).where(or_(*some)))).scalars())


async def due_stories(session: AsyncSession, workspace_id: str, *, most: int) -> tuple[int, ...]:
    """Stories whose texts are not those that can be found, the oldest first."""
    query = (
        select(_S.c.id)
        .where(_S.c.workspace_id == workspace_id, _S.c.searchable_revision != _S.c.revision)
        .order_by(_S.c.id)
        .limit(most)
        .with_for_update(skip_locked=True)
    )
    return tuple((await session.execute(query)).scalars())


async def story_is_findable(session: AsyncSession, workspace_id: str, story_id: int, revision: int) -> None:
    """What can be found of a story is what it says at this revision."""
    values = {"workspace": workspace_id, "story": story_id, "found_as": revision}
    await run_each(session, _FINDABLE, [values])


# Built once: every story that is told or changed is marked.
_FINDABLE = Prepared(
    update(_S)
    .where(_S.c.workspace_id == bindparam("workspace"), _S.c.id == bindparam("story"))
    .values(searchable_revision=bindparam("found_as", type_=_S.c.searchable_revision.type))
)


async def story_changed(session: AsyncSession, workspace_id: str, story_id: int) -> None:
    """What may be told of a story has changed, whether or not its revision rose."""
    await story_is_findable(session, workspace_id, story_id, 0)


async def customer_changed(session: AsyncSession, workspace_id: str, customer_id: int) -> None:
    """What the stories of this customer say of them has changed."""
    of_customer = select(_I.c.id).where(_I.c.workspace_id == workspace_id, _I.c.customer_id == customer_id)
    own = (_S.c.workspace_id == workspace_id, _S.c.interview_id.in_(of_customer))
    await session.execute(update(_S).where(*own).values(searchable_revision=0))


async def due_comments(session: AsyncSession, workspace_id: str, *, most: int) -> tuple[DueComment, ...]:
    """Comments that cannot be found yet, in no particular order."""
    columns = (_A.c.source_id, _A.c.key, _A.c.score, _A.c.day, _A.c.comment, _A.c.properties)
    query = (
        select(*columns)
        .where(_A.c.workspace_id == workspace_id, *_UNSOUGHT)
        .limit(most)
        .with_for_update(skip_locked=True)
    )
    return tuple(_comment(row) for row in await session.execute(query))


async def comments_are_findable(
    session: AsyncSession, workspace_id: str, comments: Sequence[DueComment]
) -> None:
    """What can be found of these comments is what they say."""
    keys = [(one.source_id, one.key) for one in comments]
    which = tuple_(_A.c.source_id, _A.c.key).in_(keys)
    await session.execute(update(_A).where(_A.c.workspace_id == workspace_id, which).values(searchable=True))


async def due_for_meaning(
    session: AsyncSession, workspace_id: str, encoder: str, *, most: int
) -> tuple[tuple[int, str, str], ...]:
    """Texts without a vector by this encoder: id, kind and words, the oldest first."""
    columns = (_T.c.id, _T.c.kind, _T.c.words)
    found: list[Any] = []
    # Two ranges of one index; "differs from" would be a look at every text.
    for side in (_T.c.encoder < encoder, _T.c.encoder > encoder):
        query = select(*columns).where(_T.c.workspace_id == workspace_id, side)
        query = query.order_by(_T.c.encoder, _T.c.id).limit(most - len(found))
        found += (await session.execute(query)).all()
    return tuple((row.id, row.kind, row.words) for row in found)


async def erasures(session: AsyncSession, workspace_id: str) -> tuple[int, int]:
    """The latest erasure here and how many are finished: when that changes, texts have gone."""
    found = (await run(session, _ERASURES, {"workspace": workspace_id})).first()
    return (int(found.latest), int(found.finished)) if found else (0, 0)


async def erasures_anywhere(session: AsyncSession) -> tuple[int, int]:
    """The same of all workspaces together."""
    found = (await run(session, _ERASURES_ANYWHERE, {})).first()
    return (int(found.latest), int(found.finished)) if found else (0, 0)


def _comment(row: Any) -> DueComment:
    return DueComment(
        source_id=row.source_id,
        key=row.key,
        score=row.score,
        day=row.day,
        comment=row.comment,
        properties={str(name): str(value) for name, value in row.properties.items()},
    )
