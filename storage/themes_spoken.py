"""Who speaks of which theme: the newest of what customers said in some days, with whose words it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field
from datetime import date
from typing import Any

from sqlalchemy import String, Subquery, and_, case, cast, distinct, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.rows import table_of
from storage.tables import CustomerRow
from storage.tables_nps import NpsAnswerRow
from storage.tables_search import SearchTextRow
from storage.tables_stories import InterviewRow
from storage.tables_themes import ThemeRow, ThemeTextRow
from storage.themes import KEPT, TAKEN_OUT
from stories.values import dataclass

_TH, _TT, _S = (table_of(row) for row in (ThemeRow, ThemeTextRow, SearchTextRow))
_I, _C, _A = (table_of(row) for row in (InterviewRow, CustomerRow, NpsAnswerRow))


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One text: whose it is, what else is known of them.

    `interview_id` and `customer_id` are None for a comment to a survey.
    """

    text_id: int
    speaker: str
    score: int | None
    interview_id: int | None = None
    customer_id: int | None = None
    segment: str = ""
    properties: Mapping[str, Any] = field(default_factory=dict)


async def said(
    session: AsyncSession, workspace_id: str, kinds: Sequence[str], days: tuple[date, date], *, most: int
) -> tuple[Said, ...]:
    """What customers said from the first to the last of these days; of more than `most` texts the newest."""
    texts = _texts(workspace_id, kinds, days, most)
    return (*await _talks(session, workspace_id, texts), *await _comments(session, workspace_id, texts))


async def about(
    session: AsyncSession, workspace_id: str, kinds: Sequence[str], days: tuple[date, date], *, most: int
) -> dict[int, set[int]]:
    """The texts among the same that are about each theme with a name, by its id."""
    texts = _texts(workspace_id, kinds, days, most)
    query = (
        select(_TT.c.theme_id, _TT.c.text_id)
        .join_from(texts, _TT, _TT.c.text_id == texts.c.id)
        .join(_TH, and_(_TH.c.workspace_id == workspace_id, _TH.c.id == _TT.c.theme_id))
        .where(_TT.c.workspace_id == workspace_id, _TT.c.how != TAKEN_OUT, _TH.c.state == KEPT)
    )
    found: dict[int, set[int]] = {}
    for row in await session.execute(query):
        found.setdefault(row.theme_id, set()).add(row.text_id)
    return found


async def asked_why(
    session: AsyncSession, workspace_id: str, theme_ids: Sequence[int], since: date
) -> dict[int, int]:
    """How many conversations since that day touch each theme and say what the customer was trying to do."""
    query = (
        select(_TT.c.theme_id, func.count(distinct(_I.c.id)))
        .join_from(_TT, _S, and_(_S.c.workspace_id == workspace_id, _S.c.id == _TT.c.text_id))
        .join(_I, and_(_I.c.workspace_id == workspace_id, _I.c.id == _S.c.interview_id))
        .where(_TT.c.workspace_id == workspace_id, _TT.c.theme_id.in_(theme_ids))
        .where(_TT.c.how != TAKEN_OUT, _I.c.talked_on >= since, func.trim(_I.c.trying_to) != "")
        .group_by(_TT.c.theme_id)
    )
    return {row[0]: row[1] for row in await session.execute(query)}


async def customers_of(
    session: AsyncSession, workspace_id: str, theme_ids: Sequence[int], since: date
) -> dict[int, frozenset[int]]:
    """The customers who spoke of each of these themes in a conversation since that day, by the theme's id."""
    query = (
        select(_TT.c.theme_id, _I.c.customer_id)
        .distinct()
        .join_from(_TT, _S, and_(_S.c.workspace_id == workspace_id, _S.c.id == _TT.c.text_id))
        .join(_I, and_(_I.c.workspace_id == workspace_id, _I.c.id == _S.c.interview_id))
        .where(_TT.c.workspace_id == workspace_id, _TT.c.theme_id.in_(theme_ids))
        .where(_TT.c.how != TAKEN_OUT, _I.c.talked_on >= since)
    )
    found: dict[int, set[int]] = {}
    for theme_id, customer_id in await session.execute(query):
        found.setdefault(theme_id, set()).add(customer_id)
    return {theme_id: frozenset(whose) for theme_id, whose in found.items()}


async def hold(session: AsyncSession, workspace_id: str, theme_id: int) -> bool:
    """Have whoever chooses, merges, splits or drops this theme wait until this transaction has ended.

    Tells whether it is there with a name that a person gave it. On SQLite one writes at a time anyway.
    """
    query = select(_TH.c.id).where(
        _TH.c.workspace_id == workspace_id, _TH.c.id == theme_id, _TH.c.state == KEPT
    )
    return (await session.execute(query.with_for_update())).first() is not None


async def daily_speakers(
    session: AsyncSession, workspace_id: str, kinds: Sequence[str], days: tuple[date, date]
) -> dict[int | None, dict[date, int]]:
    """How many customers spoke of each theme with a name on each day; under None of anything at all."""
    whose = case(
        (_S.c.interview_id.is_not(None), "talk " + cast(_S.c.interview_id, String)),
        else_=cast(_S.c.source_id, String) + " " + _S.c.answer_key,
    )
    within = (_S.c.workspace_id == workspace_id, _S.c.kind.in_(kinds), _S.c.day.between(*days))
    number = func.count(distinct(whose))
    found: dict[int | None, dict[date, int]] = {None: {}}
    for day, n in await session.execute(select(_S.c.day, number).where(*within).group_by(_S.c.day)):
        found[None][day] = n
    query = (
        select(_TT.c.theme_id, _S.c.day, number)
        .join_from(_S, _TT, and_(_TT.c.workspace_id == workspace_id, _TT.c.text_id == _S.c.id))
        .join(_TH, and_(_TH.c.workspace_id == workspace_id, _TH.c.id == _TT.c.theme_id))
        .where(*within, _TT.c.how != TAKEN_OUT, _TH.c.state == KEPT)
        .group_by(_TT.c.theme_id, _S.c.day)
    )
    for theme_id, day, n in await session.execute(query):
        found.setdefault(theme_id, {})[day] = n
    return found


async def rises_told(session: AsyncSession, workspace_id: str) -> dict[int, date]:
    """The Sunday of the week of which each theme's rise was told last."""
    query = select(_TH.c.id, _TH.c.rose_on).where(
        _TH.c.workspace_id == workspace_id, _TH.c.rose_on.is_not(None)
    )
    return {row.id: row.rose_on for row in await session.execute(query)}


async def tell_rise(session: AsyncSession, workspace_id: str, theme_id: int, week_end: date) -> None:
    """Keep that a theme's rise was told."""
    own = (_TH.c.workspace_id == workspace_id, _TH.c.id == theme_id)
    await session.execute(update(_TH).where(*own).values(rose_on=week_end))


def _texts(workspace_id: str, kinds: Sequence[str], days: tuple[date, date], most: int) -> Subquery:
    return (
        select(_S.c.id, _S.c.interview_id, _S.c.source_id, _S.c.answer_key)
        .where(_S.c.workspace_id == workspace_id, _S.c.kind.in_(kinds), _S.c.day.between(*days))
        .order_by(_S.c.id.desc())
        .limit(most)
        .subquery()
    )


async def _talks(session: AsyncSession, workspace_id: str, texts: Subquery) -> list[Said]:
    query = (
        select(texts.c.id, _I.c.id.label("talk"), _I.c.customer_id, _I.c.score, _C.c.segment)
        .join_from(texts, _I, and_(_I.c.workspace_id == workspace_id, _I.c.id == texts.c.interview_id))
        .join(_C, and_(_C.c.workspace_id == workspace_id, _C.c.id == _I.c.customer_id))
    )
    return [
        Said(
            text_id=row.id,
            speaker=f"customer {row.customer_id}",
            score=row.score,
            interview_id=row.talk,
            customer_id=row.customer_id,
            segment=row.segment,
        )
        for row in await session.execute(query)
    ]


async def _comments(session: AsyncSession, workspace_id: str, texts: Subquery) -> list[Said]:
    same = and_(
        _A.c.workspace_id == workspace_id,
        _A.c.source_id == texts.c.source_id,
        _A.c.key == texts.c.answer_key,
    )
    columns = (texts.c.id, _A.c.source_id, _A.c.key, _A.c.person, _A.c.score, _A.c.properties)
    return [
        Said(
            text_id=row.id,
            speaker=f"person {row.person}" if row.person else f"answer {row.source_id} {row.key}",
            score=row.score,
            properties=row.properties,
        )
        for row in await session.execute(select(*columns).join_from(texts, _A, same))
    ]
