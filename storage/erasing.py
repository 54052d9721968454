"""Erasures: asked for, carried on piece by piece, finished with a receipt in numbers."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.holdings import About
from storage.rows import add
from storage.tables_erasing import ErasureRow
from stories.values import dataclass


class Step(StrEnum):
    """What an erasure does next, in this order."""

    ROWS = "rows"
    WORDS = "words"
    POSTS = "posts"
    SLACK = "slack"
    LAST = "last"
    CLEAN = "clean"
    DONE = "done"


@dataclass(frozen=True, slots=True, kw_only=True)
class Erasure:
    """An erasure. `object_key` is a customer's or conversation's number, or a person's Slack id.

    It is "" at the end.
    `needles` are looked for in what others wrote, `words` as whole words alone. `counts` holds numbers by
    table under "rows", and what Slack refused under "refused" (channel, ts and reason each).
    """

    id: int
    about: About
    object_key: str
    needles: tuple[str, ...]
    words: tuple[str, ...]
    asked_by: str
    asked_at: datetime
    step: Step
    position: str
    counts: Mapping[str, Any]
    finished_at: datetime | None


async def begin(
    session: AsyncSession,
    workspace_id: str,
    about: About,
    object_key: str,
    *,
    needles: Sequence[str],
    by: str,
    now: datetime,
    words: Sequence[str] = (),
) -> int:
    """Write down that this is to be erased; the erasure's number.

    `needles` and `words` are taken out of what others wrote, `words` where they are whole words.
    """
    return await add(
        session,
        ErasureRow,
        workspace_id=workspace_id,
        about=about.value,
        object_key=object_key,
        needles=json.dumps([*needles, *({"word": word} for word in words)]),
        asked_by=by,
        asked_at=now,
        step=Step.ROWS.value,
        position="",
        counts={},
    )


async def get(session: AsyncSession, workspace_id: str, erasure_id: int) -> Erasure | None:
    """This erasure as it stands."""
    return await _one(session, workspace_id, erasure_id, hold=False)


async def hold(session: AsyncSession, workspace_id: str, erasure_id: int) -> Erasure | None:
    """The same, for whoever carries it on: nobody else does until the transaction ends."""
    return await _one(session, workspace_id, erasure_id, hold=True)


async def unfinished(session: AsyncSession, workspace_id: str) -> tuple[int, ...]:
    """The erasures that are not at their end, oldest first."""
    query = select(ErasureRow.id).where(
        ErasureRow.workspace_id == workspace_id, ErasureRow.finished_at.is_(None)
    )
    return tuple((await session.execute(query.order_by(ErasureRow.id))).scalars())


async def with_unfinished(session: AsyncSession) -> frozenset[str]:
    """The workspaces that have such an erasure: an index holds no others."""
    query = select(ErasureRow.workspace_id).distinct().where(ErasureRow.finished_at.is_(None))
    return frozenset((await session.execute(query)).scalars())


async def latest(session: AsyncSession, workspace_id: str, *, most: int = 20) -> tuple[Erasure, ...]:
    """The newest erasures, newest first."""
    query = select(ErasureRow).where(ErasureRow.workspace_id == workspace_id)
    rows = (await session.execute(query.order_by(ErasureRow.id.desc()).limit(most))).scalars()
    return tuple(_value(row) for row in rows)


async def move(
    session: AsyncSession,
    workspace_id: str,
    erasure: Erasure,
    step: Step,
    *,
    position: str = "",
    counts: Mapping[str, Any] | None = None,
) -> None:
    """Go on with this step next. `counts` take the place of those that stand."""
    values: dict[str, Any] = {"step": step.value, "position": position}
    if counts is not None:
        values["counts"] = dict(counts)
    await _change(session, workspace_id, erasure.id, values)


async def forget_whom(session: AsyncSession, workspace_id: str, erasure_id: int) -> None:
    """Forget whom it was about; to be done before the database is cleaned."""
    await _change(session, workspace_id, erasure_id, {"object_key": "", "needles": None})


async def finish(session: AsyncSession, workspace_id: str, erasure: Erasure, *, now: datetime) -> None:
    """It is at its end."""
    await _change(session, workspace_id, erasure.id, {"step": Step.DONE.value, "finished_at": now})


async def open_again(session: AsyncSession, workspace_id: str, erasure_id: int) -> bool:
    """Try once more what Slack refused; False for an erasure that is not finished, or not known."""
    changed = await session.execute(
        update(ErasureRow)
        .where(
            ErasureRow.workspace_id == workspace_id,
            ErasureRow.id == erasure_id,
            ErasureRow.finished_at.is_not(None),
        )
        .values(step=Step.SLACK.value, position="again", finished_at=None)
        .returning(ErasureRow.id)
    )
    return changed.first() is not None


async def _change(session: AsyncSession, workspace_id: str, erasure_id: int, values: dict[str, Any]) -> None:
    own = (ErasureRow.workspace_id == workspace_id, ErasureRow.id == erasure_id)
    await session.execute(update(ErasureRow).where(*own).values(**values))


async def _one(session: AsyncSession, workspace_id: str, erasure_id: int, *, hold: bool) -> Erasure | None:
    query = select(ErasureRow).where(ErasureRow.workspace_id == workspace_id, ErasureRow.id == erasure_id)
    if hold:
        query = query.with_for_update().execution_options(populate_existing=True)
    row = (await session.execute(query)).scalar_one_or_none()
    return None if row is None else _value(row)


def _value(row: ErasureRow) -> Erasure:
    sought = json.loads(row.needles or "[]")
    return Erasure(
        id=row.id,
        about=About(row.about),
        object_key=row.object_key,
        needles=tuple(one for one in sought if isinstance(one, str)),
        words=tuple(one["word"] for one in sought if isinstance(one, dict)),
        asked_by=row.asked_by,
        asked_at=row.asked_at,
        step=Step(row.step),
        position=row.position,
        counts=row.counts,
        finished_at=row.finished_at,
    )
