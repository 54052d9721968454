"""The texts that can be found, put in and taken out; their full-text index follows by itself."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import Table, bindparam, delete, select, text, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from storage.bulk import insert_many, is_sqlite
from storage.rows import run, table_of
from storage.search_due import DueComment
from storage.tables_search import SearchTextRow, SearchVectorRow
from stories.search.texts import THEMED, Text
from stories.values import dataclass

_T, _V = table_of(SearchTextRow), table_of(SearchVectorRow)

MERGED_AT_ONCE = 500
"""Pages of the full-text index that are merged in one go: some hundredths of a second."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """A text's vector made small (see `stories.search.codes`)."""

    text_id: int
    kind: str
    code: bytes
    vector: bytes


async def keep_story(
    session: AsyncSession, workspace_id: str, interview_id: int, texts: Iterable[Text]
) -> None:
    """Have exactly these texts of a conversation found; one that stays keeps its number."""
    own = (_T.c.workspace_id == workspace_id, _T.c.interview_id == interview_id)
    rows = await session.execute(
        select(_T.c.id, _T.c.kind, _T.c.position, _T.c.words, _T.c.facets).where(*own)
    )
    standing = {(row.kind, row.position): row for row in rows}
    new = []
    for one in texts:
        values = {"day": one.day, "words": one.words, "facets": one.facets}
        old = standing.pop((one.kind.value, one.position), None)
        if old is None:
            new.append({"kind": one.kind.value, "position": one.position, **values})
        elif (old.words, old.facets) != (one.words, one.facets):
            values |= {"encoder": ""} if old.words != one.words else {}
            await session.execute(update(_T).where(*own, _T.c.id == old.id).values(values))
    await _remove(session, workspace_id, [row.id for row in standing.values()])
    await insert_many(
        session,
        SearchTextRow,
        [{"workspace_id": workspace_id, "interview_id": interview_id, "encoder": "", **row} for row in new],
    )


async def keep_comments(
    session: AsyncSession, workspace_id: str, comments: Sequence[tuple[DueComment, Text]]
) -> None:
    """Have these comments found by these texts, in place of those from before."""
    rows = [
        {
            "workspace_id": workspace_id,
            "kind": one.kind.value,
            "source_id": due.source_id,
            "answer_key": due.key,
            "position": 0,
            "day": one.day,
            "words": one.words,
            "facets": one.facets,
            "encoder": "",
        }
        for due, one in comments
    ]
    if rows:
        statement = _insert(_T, is_sqlite(session))
        changed = {name: statement.excluded[name] for name in ("day", "words", "facets", "encoder")}
        key = ["workspace_id", "source_id", "answer_key"]
        await run(session, statement.on_conflict_do_update(index_elements=key, set_=changed), rows)


async def keep_meanings(
    session: AsyncSession, workspace_id: str, encoder: str, meanings: Sequence[Meaning]
) -> None:
    """Keep these vectors, made by this encoder, in place of others; texts that are gone are left out."""
    ids = [one.text_id for one in meanings]
    own = _T.c.workspace_id == workspace_id
    query = select(_T.c.id).where(own, _T.c.id.in_(ids)).with_for_update()
    there = set((await session.execute(query)).scalars())
    rows = [
        {
            "workspace_id": workspace_id,
            "text_id": one.text_id,
            "kind": one.kind,
            "code": one.code,
            "vector": one.vector,
            "sorted": one.kind not in THEMED,
        }
        for one in meanings
        if one.text_id in there
    ]
    await session.execute(delete(_V).where(_V.c.workspace_id == workspace_id, _V.c.text_id.in_(ids)))
    await insert_many(session, SearchVectorRow, rows)
    await session.execute(update(_T).where(own, _T.c.id.in_(there)).values(encoder=encoder))


async def lingers(session: AsyncSession) -> bool:
    """Whether deleted words linger in the full-text index (see `purge`)."""
    if not is_sqlite(session):
        return False
    return (await session.execute(text("SELECT 1 FROM search_words_purge"))).first() is not None


async def purge(session: AsyncSession) -> bool:
    """Merge deleted words out of the full-text index, a piece at a time; tells whether more is left.

    On PostgreSQL, and on SQLite from 3.42 on, nothing lingers.
    """
    if not await lingers(session):
        return False
    before = (await session.execute(text("SELECT total_changes()"))).scalar_one()
    # A negative number merges everything into one piece, as "optimize" would, but bit by bit.
    await session.execute(
        text("INSERT INTO search_words (search_words, rank) VALUES ('merge', :pages)"),
        {"pages": -MERGED_AT_ONCE},
    )
    after = (await session.execute(text("SELECT total_changes()"))).scalar_one()
    if after - before >= 2:
        return True
    await session.execute(text("DELETE FROM search_words_purge"))
    return False


async def _remove(session: AsyncSession, workspace_id: str, ids: Sequence[int]) -> None:
    if ids:
        query = delete(_T).where(_T.c.workspace_id == workspace_id, _T.c.id == bindparam("gone"))
        await run(session, query, [{"gone": one} for one in ids])


def _insert(table: Table, embedded: bool) -> sqlite.Insert | postgresql.Insert:
    return sqlite.insert(table) if embedded else postgresql.insert(table)
