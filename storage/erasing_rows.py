"""The rows of a customer, a conversation or a colleague: counted, deleted, their words out of the index."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from functools import cache

from sqlalchemy import (
    BigInteger,
    String,
    bindparam,
    column,
    delete,
    func,
    literal,
    or_,
    select,
    table,
    update,
)
from sqlalchemy.ext.asyncio import AsyncSession

from storage import nps_erasing, nps_sources
from storage.held import naming
from storage.holdings import HOLDINGS, About, keyed
from storage.nps_answers import remove_rows
from storage.prepared import Prepared
from storage.rows import run
from storage.tables import CustomerRow
from storage.tables_nps import NpsAnswerRow, NpsSourceRow
from storage.tables_posts import DeliveryRow
from storage.tables_stories import DraftRow, FollowUpRow, InterviewRow, StoryRow
from stories.story import StoryState

LATER = frozenset({"deliveries"})
"""Rows that go only once Slack has taken down what they stand for."""


async def count(session: AsyncSession, workspace_id: str, about: About, object_key: str) -> dict[str, int]:
    """How many rows of each table are theirs; no entry where there are none."""
    found: dict[str, int] = {}
    for one in HOLDINGS:
        if one.way(about) is not None:
            theirs = HOLDINGS.theirs(one.table, about, workspace_id, object_key)
            number = await session.scalar(select(func.count()).select_from(one.rows).where(theirs))
            found |= {one.table: number} if number else {}
    return found


async def count_named(session: AsyncSession, workspace_id: str, object_key: str) -> dict[str, int]:
    """How many rows of each table name this colleague, though they are not theirs."""
    found: dict[str, int] = {}
    for one in HOLDINGS:
        if one.names:
            query = select(func.count()).select_from(one.rows)
            own = one.rows.c[one.owner] == workspace_id
            number = await session.scalar(query.where(own, or_(*naming(one, object_key))))
            found |= {one.table: number} if number else {}
    return found


async def delete_all(
    session: AsyncSession, workspace_id: str, about: About, object_key: str, *, now: datetime
) -> dict[str, int]:
    """Delete every row that is theirs, what depends on others first; how many of each table.

    What posts say is left for `storage.erasing_posts`. A colleague's unpublished conversations go too:
    nobody else may ever read them.
    """
    gone = dict[str, int]()
    if about is About.EMPLOYEE:
        await _remind_no_more(session, workspace_id, object_key, now)
        gone |= await _kept_to_themself(session, workspace_id, object_key)
    elif about is About.RESPONDENT:
        number = await nps_erasing.erase_hashed(session, workspace_id, object_key, now=now)
        gone |= {"nps_answers": number} if number else {}
    else:
        gone |= await _around(session, workspace_id, about, object_key, now=now)
    for one in HOLDINGS.children_first():
        if one.way(about) is None or one.table in LATER:
            continue
        values = {"workspace": workspace_id, "key": keyed(about, object_key)}
        number = len((await run(session, _deleting(one.table, about), values)).all())
        gone |= {one.table: gone.get(one.table, 0) + number} if number else {}
    return gone


# Built once: there are a hundred tables, and building a statement takes longer than it does.
@cache
def _deleting(table_name: str, about: About) -> Prepared:
    theirs = HOLDINGS.theirs(table_name, about, bindparam("workspace"), bindparam("key"))
    return Prepared(delete(HOLDINGS.of(table_name).rows).where(theirs).returning(literal(1).label("gone")))


async def needles_of(session: AsyncSession, workspace_id: str, customer_id: int) -> tuple[str, ...]:
    """What may name a customer in other people's words: whole names of two words or more, and addresses.

    A single word is left out: it would be taken from everybody else of that name too.
    """
    query = select(CustomerRow.name, CustomerRow.former_names, CustomerRow.contact).where(
        CustomerRow.workspace_id == workspace_id, CustomerRow.id == customer_id
    )
    row = (await session.execute(query)).first()
    if row is None:
        return ()
    names = [name for name in (row.name, *row.former_names) if len(name.split()) > 1]
    return tuple(dict.fromkeys(one.strip() for one in (*names, row.contact or "") if one.strip()))


async def _around(
    session: AsyncSession, workspace_id: str, about: About, object_key: str, *, now: datetime
) -> dict[str, int]:
    """What belongs to a customer's conversations without a key that says so."""
    number = int(object_key)
    talks = select(InterviewRow.id).where(HOLDINGS.theirs("interviews", about, workspace_id, object_key))
    ids = list((await session.execute(talks)).scalars())
    gone = {"story_words": await _forget_words(session, workspace_id, ids)}
    gone["nps_answers"] = await _forget_scores(session, workspace_id, ids)
    if about is About.CUSTOMER:
        known = await session.scalar(
            select(CustomerRow.contact).where(
                CustomerRow.workspace_id == workspace_id, CustomerRow.id == number
            )
        )
        if known and known.strip():
            gone["nps_answers"] += await nps_erasing.erase_person(session, workspace_id, known, now=now)
        meant = DraftRow.form["customer_id"].as_integer() == number
        went = await session.execute(delete(DraftRow).where(DraftRow.workspace_id == workspace_id, meant))
        gone["drafts"] = went.rowcount  # type: ignore[attr-defined]  # a DELETE's
    return {name: rows for name, rows in gone.items() if rows}


async def _forget_words(session: AsyncSession, workspace_id: str, interview_ids: Collection[int]) -> int:
    """Take their stories out of the index of words; `storage.cleaning` sees to what the index keeps."""
    stories = select(StoryRow.id).where(
        StoryRow.workspace_id == workspace_id, StoryRow.interview_id.in_(interview_ids)
    )
    ids = list((await session.execute(stories)).scalars())
    name = "rowid" if session.get_bind().dialect.name == "sqlite" else "story_id"
    words = table("story_words", column(name, BigInteger), column("workspace_id", String))
    own = (words.c.workspace_id == workspace_id, words.c[name].in_(ids))
    # The number of rows that a full-text index says it deleted is not to be trusted.
    found = await session.scalar(select(func.count()).select_from(words).where(*own)) if ids else 0
    if found:
        await session.execute(delete(words).where(*own))
    return found or 0


async def _forget_scores(session: AsyncSession, workspace_id: str, interview_ids: Collection[int]) -> int:
    sources = select(NpsSourceRow.id).where(
        NpsSourceRow.workspace_id == workspace_id, NpsSourceRow.kind == nps_sources.INTERVIEW
    )
    keys = [str(one) for one in interview_ids]
    given = NpsAnswerRow.source_id.in_(sources) & NpsAnswerRow.key.in_(keys)
    return await remove_rows(session, workspace_id, given)


async def _kept_to_themself(session: AsyncSession, workspace_id: str, user_id: str) -> dict[str, int]:
    kept = select(StoryRow.interview_id).where(
        StoryRow.workspace_id == workspace_id, StoryRow.state == StoryState.KEPT.value
    )
    went = await session.execute(
        delete(InterviewRow).where(
            InterviewRow.workspace_id == workspace_id,
            InterviewRow.author_id == user_id,
            InterviewRow.id.in_(kept),
        )
    )
    number = went.rowcount  # type: ignore[attr-defined]  # a DELETE's
    return {"interviews": number} if number else {}


async def _remind_no_more(session: AsyncSession, workspace_id: str, user_id: str, now: datetime) -> None:
    await session.execute(
        update(FollowUpRow)
        .where(FollowUpRow.workspace_id == workspace_id, FollowUpRow.owner_id == user_id)
        .values(
            reminded_at=func.coalesce(FollowUpRow.reminded_at, literal(now, FollowUpRow.reminded_at.type))
        )
    )


async def delete_notes_to(session: AsyncSession, workspace_id: str, user_id: str) -> int:
    """Delete what stood for private messages to somebody, once these are taken down."""
    went = await session.execute(
        delete(DeliveryRow).where(DeliveryRow.workspace_id == workspace_id, DeliveryRow.channel_id == user_id)
    )
    return went.rowcount  # type: ignore[attr-defined, no-any-return]  # a DELETE's
