"""How stories come out of the database: three looks for any number of them, in statements built once.

Building a statement costs several times what running it does, and whole mapped objects twice what their
columns do; stories are read with every click, so both are spared here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Select, bindparam, exists, false, literal, null, select, union_all
from sqlalchemy.ext.asyncio import AsyncSession

from storage import reactions
from storage.prepared import Prepared, Statement
from storage.rows import run, run_own, run_several, table_of
from storage.several import for_each, one_of
from storage.tables import CustomerRow
from storage.tables_private import CorrectionRow
from storage.tables_stories import FollowUpRow, InterviewRow, QuoteRow, StoryRow
from stories.customers import Customer
from stories.interviews import How, Interview, Quote
from stories.story import Ending, Story, StoryState

_S, _I, _C, _Q = (table_of(row) for row in (StoryRow, InterviewRow, CustomerRow, QuoteRow))
_R, _F = table_of(CorrectionRow), table_of(FollowUpRow)

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
        _I.c.language,
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

BY_ID = for_each(lambda dialect: WHOLE.where(one_of(dialect, _S.c.id, "ids")))
BY_INTERVIEWS = for_each(lambda dialect: WHOLE.where(one_of(dialect, _S.c.interview_id, "interviews")))

# A quote is held back as it stood when its customer asked for that: by its words, since its row may by now
# hold another one.
_HELD = exists().where(
    _R.c.workspace_id == _Q.c.workspace_id,
    _R.c.interview_id == _Q.c.interview_id,
    _R.c.settled_at.is_(None),
    _R.c.hide,
    _R.c.before == _Q.c.text,
)

_QUOTES = select(
    _Q.c.interview_id,
    _Q.c.position.label("place"),
    _Q.c.id,
    _Q.c.text,
    _HELD.label("held"),
    null().label("by"),
    literal(None, _F.c.done_at.type).label("at"),
).where(_Q.c.workspace_id == bindparam("workspace"))

_ENDINGS = select(
    _F.c.interview_id,
    _F.c.id.label("place"),
    _F.c.id,
    _F.c.closing,
    false(),
    _F.c.owner_id,
    _F.c.done_at,
).where(
    _F.c.workspace_id == bindparam("workspace"),
    _F.c.outcome == "done",
    _F.c.closing != "",
    ~_F.c.untold,
)


def _both(dialect: str) -> Statement:
    """Quotes and endings in one look: most stories have no ending, and none of them waits for knowing it."""
    quotes = _QUOTES.where(one_of(dialect, _Q.c.interview_id, "interviews"))
    endings = _ENDINGS.where(one_of(dialect, _F.c.interview_id, "interviews"))
    return union_all(quotes, endings).order_by("interview_id", "place")


_SAID = for_each(_both)


async def load(
    session: AsyncSession,
    workspace_id: str,
    statement: Select[*tuple[Any, ...]] | Mapping[str, Prepared],
    **values: Any,
) -> tuple[Story, ...]:
    """The stories that a statement made of WHOLE finds, in its order, with quotes and counts."""
    asked = {"workspace": workspace_id, **values}
    if isinstance(statement, Mapping):
        found = (await run_own(session, statement, asked)).all()
    else:
        found = list((await run(session, statement, asked)).all())
    if not found:
        return ()
    said, clicked = await run_several(session, parts_of(workspace_id, found))
    return made(found, said, clicked)


def parts_of(workspace_id: str, found: Sequence[Any]) -> list[tuple[Mapping[str, Prepared], dict[str, Any]]]:
    """What is to be asked of the stories that a statement made of WHOLE found."""
    return [
        (_SAID, {"workspace": workspace_id, "interviews": [row.interview_id for row in found]}),
        (reactions.COUNTS, {"workspace": workspace_id, "stories": [row.id for row in found]}),
    ]


def made(found: Sequence[Any], said: Iterable[Any], clicked: Iterable[Any]) -> tuple[Story, ...]:
    """These stories with what `parts_of` asked for."""
    quotes, endings = _said(said)
    counted = reactions.counted(clicked)
    return tuple(
        Story(
            id=row.id,
            interview=_interview(row, quotes.get(row.interview_id, ())),
            state=StoryState(row.state),
            revision=row.revision,
            published_at=row.published_at,
            counts=counted.get(row.id, {}),
            endings=endings.get(row.interview_id, ()),
        )
        for row in found
    )


def _said(rows: Iterable[Any]) -> tuple[dict[int, tuple[Quote, ...]], dict[int, tuple[Ending, ...]]]:
    """What customers said in conversations, and what came of them."""
    quotes: dict[int, tuple[Quote, ...]] = {}
    endings: dict[int, tuple[Ending, ...]] = {}
    for interview_id, _place, number, text, held, by, at in rows:
        if by is None:
            quote = Quote(id=number, text=text, held=bool(held))
            quotes[interview_id] = (*quotes.get(interview_id, ()), quote)
        else:
            ending = Ending(follow_up_id=number, words=text, by=by, on=at.date())
            endings[interview_id] = (*endings.get(interview_id, ()), ending)
    return quotes, endings


def _interview(row: Any, quotes: tuple[Quote, ...]) -> Interview:
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
        language=row.language,
    )
