"""The posts that an erasure has to change or take down, and what became of each."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import Select, delete, func, literal, select, union, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from storage.deliveries import POST
from storage.holdings import HOLDINGS, About
from storage.posted import Posted, posted
from storage.rows import table_of
from storage.tables_erasing import ErasurePostRow
from storage.tables_posts import DeliveryRow, DeliverySubjectRow
from storage.tables_stories import InterviewRow, StoryRow

ROWS, WORDS, DOWN = "rows", "words", "down"
"""How a post follows: made anew from what is left, with its words taken out, or taken down."""

WAITING, PLANNED, DONE, REFUSED, UNSURE = "waiting", "planned", "done", "refused", "unsure"
_SETTLED = ("sent", "failed", "cancelled", "in_doubt")


async def collect(
    session: AsyncSession, workspace_id: str, erasure_id: int, about: About, object_key: str
) -> None:
    """Write down every post that carries something of theirs. To be called before their rows are deleted."""
    for how, found in _concerned(workspace_id, about, object_key):
        await _put(session, workspace_id, erasure_id, how, found)


async def count(
    session: AsyncSession,
    workspace_id: str,
    about: About,
    object_key: str,
    *,
    besides: Collection[int] = (),
) -> int:
    """How many posts that would be, with those `besides`, but for those that only mention them."""
    found = [
        select(next(iter(one.subquery().c))) for _how, one in _concerned(workspace_id, about, object_key)
    ]
    found.append(_posts(workspace_id).where(DeliveryRow.id.in_(besides)))
    return await session.scalar(select(func.count()).select_from(union(*found).subquery())) or 0


def _concerned(workspace_id: str, about: About, object_key: str) -> list[tuple[str, Select[Any]]]:
    """The posts that follow, each with how."""
    if about is About.EMPLOYEE:
        to_them = _posts(workspace_id).where(DeliveryRow.channel_id == object_key)
        stories = (
            select(StoryRow.id)
            .join(
                InterviewRow,
                (InterviewRow.workspace_id == StoryRow.workspace_id)
                & (InterviewRow.id == StoryRow.interview_id),
            )
            .where(StoryRow.workspace_id == workspace_id, InterviewRow.author_id == object_key)
        )
        tellings = HOLDINGS.of("tellings").rows
        by_them = select(tellings.c.delivery_id).where(
            tellings.c.workspace_id == workspace_id, tellings.c.story_id.in_(stories)
        )
        return [(DOWN, to_them), (WORDS, by_them)]
    if about is About.WORKSPACE:
        standing = DeliveryRow.state.in_(("sent", "in_doubt", "sending", "pending"))
        return [(DOWN, _posts(workspace_id).where(standing))]
    if about is About.RESPONDENT:
        return []
    return [(ROWS, one) for one in _carrying(workspace_id, about, object_key)]


def _posts(workspace_id: str) -> Select[int]:
    return select(DeliveryRow.id).where(DeliveryRow.workspace_id == workspace_id, DeliveryRow.method == POST)


def _carrying(workspace_id: str, about: About, object_key: str) -> list[Select[Any]]:
    """The posts by what says whose words they carry: subjects, tellings, notes, lines of avatars."""
    found: list[Select[Any]] = []
    for name in ("tellings", "notice_stories", "avatar_lines"):
        rows = HOLDINGS.of(name).rows
        theirs = HOLDINGS.theirs(name, about, workspace_id, object_key)
        found.append(select(rows.c.delivery_id).where(theirs, rows.c.delivery_id.is_not(None)))
    subject = table_of(DeliverySubjectRow)
    if about is About.CUSTOMER:
        whose = subject.c.customer_id == int(object_key)
    else:
        quotes = HOLDINGS.of("quotes").rows
        theirs = HOLDINGS.theirs("quotes", about, workspace_id, object_key)
        whose = subject.c.quote_id.in_(select(quotes.c.id).where(theirs))
    found.append(select(subject.c.delivery_id).where(subject.c.workspace_id == workspace_id, whose))
    return found


async def _put(
    session: AsyncSession, workspace_id: str, erasure_id: int, how: str, found: Select[Any]
) -> None:
    chosen = found.distinct().subquery()
    number = next(iter(chosen.c))
    rows = select(
        literal(workspace_id), literal(erasure_id), number, literal(how), literal(WAITING), literal("")
    )
    insert = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    columns = ["workspace_id", "erasure_id", "delivery_id", "how", "state", "reason"]
    # SQLite takes the conflict clause after a SELECT only when that has a WHERE of its own.
    filled = insert(table_of(ErasurePostRow)).from_select(columns, rows.where(number > 0))
    await session.execute(filled.on_conflict_do_nothing())


async def add(
    session: AsyncSession, workspace_id: str, erasure_id: int, how: str, delivery_ids: Collection[int]
) -> None:
    """Write down more posts, by their numbers."""
    found = select(DeliveryRow.id).where(
        DeliveryRow.workspace_id == workspace_id, DeliveryRow.id.in_(delivery_ids)
    )
    await _put(session, workspace_id, erasure_id, how, found)


async def blank(session: AsyncSession, workspace_id: str, erasure_id: int) -> None:
    """Empty what is stored of the posts that are made anew from rows, and of all that followed them.

    What is on its way keeps its words until it has arrived: `storage.sending` has to know what it sends.
    """
    own = select(ErasurePostRow.delivery_id).where(
        ErasurePostRow.workspace_id == workspace_id,
        ErasurePostRow.erasure_id == erasure_id,
        ErasurePostRow.how == ROWS,
    )
    for which in (DeliveryRow.id, DeliveryRow.target_delivery_id):
        await _emptied(session, workspace_id, which.in_(own))


async def empty(session: AsyncSession, workspace_id: str, delivery_id: int) -> None:
    """Empty what is stored of one post and of what followed it, but for what is still on its way."""
    for which in (DeliveryRow.id, DeliveryRow.target_delivery_id):
        await _emptied(session, workspace_id, which == delivery_id)


async def _emptied(session: AsyncSession, workspace_id: str, which: Any) -> None:
    await session.execute(
        update(DeliveryRow)
        .where(DeliveryRow.workspace_id == workspace_id, which, DeliveryRow.state.in_(_SETTLED))
        .values(payload={})
        .execution_options(synchronize_session=False)
    )


async def waiting(
    session: AsyncSession, workspace_id: str, erasure_id: int, *, most: int, only: Collection[str] = ()
) -> tuple[tuple[str, Posted], ...]:
    """Posts about which nothing is done yet, oldest first, each with how it follows.

    `only` those whose delivery is in one of these states.
    """
    query = (
        select(ErasurePostRow.how, DeliveryRow)
        .join(
            DeliveryRow,
            (DeliveryRow.workspace_id == ErasurePostRow.workspace_id)
            & (DeliveryRow.id == ErasurePostRow.delivery_id),
        )
        .where(
            ErasurePostRow.workspace_id == workspace_id,
            ErasurePostRow.erasure_id == erasure_id,
            ErasurePostRow.state == WAITING,
        )
        .order_by(ErasurePostRow.delivery_id)
        .limit(most)
    )
    query = query.where(DeliveryRow.state.in_(only)) if only else query
    return tuple((how, posted(row)) for how, row in await session.execute(query))


async def note(
    session: AsyncSession, workspace_id: str, erasure_id: int, delivery_id: int, state: str, reason: str = ""
) -> None:
    """Write down what became of one of them."""
    row = ErasurePostRow
    await session.execute(
        update(row)
        .where(row.workspace_id == workspace_id, row.erasure_id == erasure_id, row.delivery_id == delivery_id)
        .values(state=state, reason=reason)
    )


async def forget_settled(session: AsyncSession, workspace_id: str, erasure_id: int) -> None:
    """Forget which posts these were, but for those that Slack refused."""
    row = ErasurePostRow
    own = (row.workspace_id == workspace_id, row.erasure_id == erasure_id, row.state == DONE)
    await session.execute(delete(row).where(*own))
