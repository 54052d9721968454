"""How stories come out of the database: three looks for any number of them, in statements built once.

Building a statement costs several times what running it does, and whole mapped objects twice what their
columns do; stories are read with every click, so both are spared here.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, Select, bindparam, exists, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage import reactions
from storage.rows import run, table_of
from storage.tables import CustomerRow
from storage.tables_private import CorrectionRow
from storage.tables_stories import InterviewRow, QuoteRow, StoryRow
from stories.customers import Customer
from stories.interviews import How, Interview, Quote
from stories.story import Story, StoryState

_S, _I, _C, _Q = (table_of(row) for row in (StoryRow, InterviewRow, CustomerRow, QuoteRow))
_R = table_of(CorrectionRow)

WHOLE = (
    select(
        _S.c.id,
        _S.c.state,
        _S.c.revision,
        _S.c.published_at,
        _I.c.id.label("interview_id"),
        _I.c.author_id,
        _I.c.talked_on,
        _I.c.how,
        _I.c.title,
        _I.c.trying_to,
        _I.c.happened,
        _I.c.meaning,
        _I.c.score,
        _I.c.themes,
        _I.c.hidden,
        _I.c.created_at,
        _C.c.id.label("customer_id"),
        _C.c.name,
        _C.c.alias,
        _C.c.company,
        _C.c.segment,
        _C.c.former_names,
        _C.c.former_companies,
    )
    .join_from(_S, _I, (_I.c.workspace_id == _S.c.workspace_id) & (_I.c.id == _S.c.interview_id))
    .join(_C, (_C.c.workspace_id == _I.c.workspace_id) & (_C.c.id == _I.c.customer_id))
    .where(_S.c.workspace_id == bindparam("workspace"))
)
"""Stories with their conversation and customer; the parameter `workspace` is always to be given."""

BY_ID = WHOLE.where(_S.c.id.in_(bindparam("ids", expanding=True)))
BY_INTERVIEW = WHOLE.where(_S.c.interview_id == bindparam("interview"))

# A quote is held back as it stood when its customer asked for that: by its words, since its row may by now
# hold another one.
_HELD = exists().where(
    _R.c.workspace_id == _Q.c.workspace_id,
    _R.c.interview_id == _Q.c.interview_id,
    _R.c.settled_at.is_(None),
    _R.c.hide,
    _R.c.before == _Q.c.text,
)

_QUOTES = (
    select(_Q.c.interview_id, _Q.c.id, _Q.c.text, _HELD.label("held"))
    .where(
        _Q.c.workspace_id == bindparam("workspace"),
        _Q.c.interview_id.in_(bindparam("interviews", expanding=True)),
    )
    .order_by(_Q.c.interview_id, _Q.c.position)
)


async def load(
    session: AsyncSession, workspace_id: str, statement: Select[*tuple[Any, ...]], **values: Any
) -> tuple[Story, ...]:
    """The stories that a statement made of WHOLE finds, in its order, with quotes and counts."""
    found = (await run(session, statement, {"workspace": workspace_id, **values})).all()
    if not found:
        return ()
    quotes = await _quotes(session, workspace_id, [row.interview_id for row in found])
    counted = await reactions.counts(session, workspace_id, [row.id for row in found])
    return tuple(
        Story(
            id=row.id,
            interview=_interview(row, quotes.get(row.interview_id, ())),
            state=StoryState(row.state),
            revision=row.revision,
            published_at=row.published_at,
            counts=counted.get(row.id, {}),
        )
        for row in found
    )


async def _quotes(
    session: AsyncSession, workspace_id: str, interview_ids: Sequence[int]
) -> dict[int, tuple[Quote, ...]]:
    values = {"workspace": workspace_id, "interviews": interview_ids}
    found: dict[int, tuple[Quote, ...]] = {}
    for interview_id, quote_id, text, held in await run(session, _QUOTES, values):
        quote = Quote(id=quote_id, text=text, held=bool(held))
        found[interview_id] = (*found.get(interview_id, ()), quote)
    return found


def _interview(row: Row[*tuple[Any, ...]], quotes: tuple[Quote, ...]) -> Interview:
    customer = Customer(
        id=row.customer_id,
        name=row.name,
        alias=row.alias,
        company=row.company,
        segment=row.segment,
        former_names=tuple(row.former_names),
        former_companies=tuple(row.former_companies),
    )
    return Interview(
        id=row.interview_id,
        customer=customer,
        author_id=row.author_id,
        talked_on=row.talked_on,
        how=How(row.how),
        title=row.title,
        trying_to=row.trying_to,
        happened=row.happened,
        meaning=row.meaning,
        quotes=quotes,
        score=row.score,
        themes=tuple(row.themes),
        promise=None,
        created_at=row.created_at,
        hidden=tuple(row.hidden),
    )
