"""The languages of surveys' comments, and of conversations from before they had one: found once, in parts."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import bindparam, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.rows import add_new, run, table_of
from storage.tables_languages import LanguageRoundRow
from storage.tables_nps import NpsAnswerRow
from storage.tables_stories import InterviewRow, QuoteRow
from stories.values import dataclass

_A, _I, _Q, _R = (table_of(row) for row in (NpsAnswerRow, InterviewRow, QuoteRow, LanguageRoundRow))


@dataclass(frozen=True, slots=True, kw_only=True)
class Untold:
    """A comment whose language nobody has looked for."""

    source_id: int
    key: str
    comment: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A conversation in no language so far, with all its words."""

    id: int
    texts: tuple[str, ...]


async def untold(session: AsyncSession, workspace_id: str, *, most: int) -> tuple[Untold, ...]:
    """Comments whose language nobody has looked for yet, in no order."""
    query = (
        select(_A.c.source_id, _A.c.key, _A.c.comment)
        .where(_A.c.workspace_id == workspace_id, _A.c.language.is_(None), _A.c.comment != "")
        .limit(most)
    )
    rows = await session.execute(query)
    return tuple(Untold(source_id=row.source_id, key=row.key, comment=row.comment) for row in rows)


async def tell(session: AsyncSession, workspace_id: str, found: Mapping[Untold, str]) -> None:
    """Keep the languages of comments that are still what they were."""
    rows = [
        {
            "of_workspace": workspace_id,
            "of_source": one.source_id,
            "of_key": one.key,
            "of_comment": one.comment,
            "told": language,
        }
        for one, language in found.items()
    ]
    if rows:
        await run(session, _TELL, rows)


async def of_before(session: AsyncSession, workspace_id: str, *, most: int) -> tuple[Written, ...]:
    """The next conversations in no language that were not looked at, by their number."""
    upto = select(_R.c.upto).where(_R.c.workspace_id == workspace_id).scalar_subquery()
    after = (await session.execute(select(upto))).scalar_one_or_none() or 0
    query = (
        select(_I.c.id, _I.c.title, _I.c.trying_to, _I.c.happened, _I.c.meaning)
        .where(
            _I.c.workspace_id == workspace_id,
            _I.c.id > after,
            _I.c.language == "",
            _I.c.language_said.is_(False),
        )
        .order_by(_I.c.id)
        .limit(most)
    )
    rows = (await session.execute(query)).all()
    if not rows:
        return ()
    quotes: dict[int, list[str]] = {}
    asked = select(_Q.c.interview_id, _Q.c.text).where(
        _Q.c.workspace_id == workspace_id, _Q.c.interview_id.in_([row.id for row in rows])
    )
    for row in await session.execute(asked.order_by(_Q.c.interview_id, _Q.c.position)):
        quotes.setdefault(row.interview_id, []).append(row.text)
    return tuple(Written(id=row[0], texts=(*row[1:], *quotes.get(row[0], ()))) for row in rows)


async def keep(session: AsyncSession, workspace_id: str, found: Mapping[int, str], upto: int) -> None:
    """Keep what was found of these conversations, and that all up to a number were looked at.

    Whoever said a conversation's language meanwhile, or changed its words, is not overruled.
    """
    for interview_id, language in found.items():
        own = (_I.c.workspace_id == workspace_id, _I.c.id == interview_id)
        still = (_I.c.language == "", _I.c.language_said.is_(False))
        await session.execute(update(_I).where(*own, *still).values(language=language))
    if not await add_new(session, LanguageRoundRow, workspace_id=workspace_id, upto=upto):
        later = (_R.c.workspace_id == workspace_id, _R.c.upto < upto)
        await session.execute(update(_R).where(*later).values(upto=upto))


_TELL = (
    update(_A)
    .where(
        _A.c.workspace_id == bindparam("of_workspace"),
        _A.c.source_id == bindparam("of_source"),
        _A.c.key == bindparam("of_key"),
        _A.c.comment == bindparam("of_comment"),
    )
    .values(language=bindparam("told"))
)
