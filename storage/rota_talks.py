"""Conversations of the rota: who meets whom, what comes next, and what is not to happen twice."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.rows import add, add_many
from storage.tables_rota import ContactRow, RotaTalkRow
from stories.rota.talks import OPEN, Kind, State, Step, Talk
from stories.values import dataclass

_T = RotaTalkRow


@dataclass(frozen=True, slots=True, kw_only=True)
class NewTalk:
    """A conversation to be kept: matched by a round, or had already (helping, listening in)."""

    user_id: str
    kind: Kind = Kind.TALK
    state: State = State.MATCHED
    customer_id: int | None = None
    partner_id: str | None = None
    with_talk_id: int | None = None
    starts_at: datetime | None = None
    on_day: date | None = None
    draft_id: int | None = None
    step: Step | None = None
    next_at: datetime | None = None


async def begin(session: AsyncSession, workspace_id: str, new: NewTalk, *, now: datetime) -> int:
    """Keep a conversation; its id."""
    return await add(session, _T, **_columns(workspace_id, new, now))


async def begin_many(
    session: AsyncSession, workspace_id: str, new: Sequence[NewTalk], *, now: datetime
) -> None:
    """Keep several: what a round has matched."""
    await add_many(session, _T, [_columns(workspace_id, one, now) for one in new])


async def get(session: AsyncSession, workspace_id: str, talk_id: int, *, hold: bool = False) -> Talk | None:
    """This conversation; `hold` keeps others from changing it until the transaction ends."""
    query = select(_T).where(_T.workspace_id == workspace_id, _T.id == talk_id)
    query = query.with_for_update() if hold else query
    row = (await session.execute(query.execution_options(populate_existing=True))).scalar_one_or_none()
    return None if row is None else _talk(row)


async def due(
    session: AsyncSession, workspace_id: str, now: datetime, *, most: int = 200
) -> tuple[Talk, ...]:
    """The conversations for which something is to be done by now, the longest waiting first."""
    query = select(_T).where(_T.workspace_id == workspace_id, _T.next_at <= now)
    rows = (await session.execute(query.order_by(_T.next_at, _T.id).limit(most))).scalars()
    return tuple(_talk(row) for row in rows)


async def open_of(session: AsyncSession, workspace_id: str, user_id: str) -> tuple[Talk, ...]:
    """What somebody is invited to or has agreed to, the soonest first."""
    return await _open(session, workspace_id, _T.user_id == user_id)


async def open_with(session: AsyncSession, workspace_id: str, customer_id: int) -> tuple[Talk, ...]:
    """What is on its way with a customer."""
    return await _open(session, workspace_id, _T.customer_id == customer_id)


async def coming_along(session: AsyncSession, workspace_id: str, talk_id: int) -> tuple[Talk, ...]:
    """What is on its way for those who come along to this talk."""
    return await _open(session, workspace_id, _T.with_talk_id == talk_id)


async def change(session: AsyncSession, workspace_id: str, talk_id: int, **values: Any) -> None:
    """Write down what changed; states, kinds and steps as they are called in `stories.rota.talks`."""
    await session.execute(
        update(_T).where(_T.workspace_id == workspace_id, _T.id == talk_id).values(**values)
    )


async def end(
    session: AsyncSession, workspace_id: str, talk_id: int, state: State, *, on_day: date | None = None
) -> None:
    """It is over, in this way; `on_day` is the day on which it was had."""
    ended = {"state": state.value, "step": None, "next_at": None, "on_day": on_day}
    await change(session, workspace_id, talk_id, **ended)


async def rest(session: AsyncSession, workspace_id: str, customer_id: int, until: date) -> None:
    """Leave a customer alone before that day; never sooner than was said before."""
    own = (ContactRow.workspace_id == workspace_id, ContactRow.customer_id == customer_id)
    later = ContactRow.rests_until.is_(None) | (ContactRow.rests_until < until)
    await session.execute(update(ContactRow).where(*own, later).values(rests_until=until))


async def refusals(session: AsyncSession, workspace_id: str) -> dict[int, frozenset[str]]:
    """By customer, who said of them that they are not for them."""
    query = select(_T.customer_id, _T.user_id).where(
        _T.workspace_id == workspace_id, _T.state == State.NOT_ME.value, _T.customer_id.is_not(None)
    )
    found: dict[int, frozenset[str]] = {}
    for customer, user in await session.execute(query):
        if customer is not None:
            found[customer] = found.get(customer, frozenset()) | {user}
    return found


async def _open(session: AsyncSession, workspace_id: str, which: Any) -> tuple[Talk, ...]:
    query = select(_T).where(
        _T.workspace_id == workspace_id, which, _T.state.in_([one.value for one in OPEN])
    )
    rows = (await session.execute(query.order_by(_T.starts_at, _T.id))).scalars()
    return tuple(_talk(row) for row in rows)


def _columns(workspace_id: str, new: NewTalk, now: datetime) -> dict[str, Any]:
    return {
        "workspace_id": workspace_id,
        "kind": new.kind.value,
        "user_id": new.user_id,
        "partner_id": new.partner_id,
        "with_talk_id": new.with_talk_id,
        "customer_id": new.customer_id,
        "state": new.state.value,
        "starts_at": new.starts_at,
        "on_day": new.on_day,
        "draft_id": new.draft_id,
        "step": new.step.value if new.step else None,
        "next_at": new.next_at,
        "tries": 0,
        "created_at": now,
    }


def _talk(row: RotaTalkRow) -> Talk:
    return Talk(
        id=row.id,
        kind=Kind(row.kind),
        user_id=row.user_id,
        partner_id=row.partner_id,
        with_talk_id=row.with_talk_id,
        customer_id=row.customer_id,
        state=State(row.state),
        starts_at=row.starts_at,
        on_day=row.on_day,
        draft_id=row.draft_id,
        step=Step(row.step) if row.step else None,
        next_at=row.next_at,
        tries=row.tries,
        created_at=row.created_at,
    )
