"""On which terms stories are told: their labels, and what their publication waits for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.prepared import Prepared
from storage.rows import add_new, run, table_of
from storage.tables_trust import StoryTermsRow
from stories.values import dataclass

EDITOR, DAY = "editor", "day"
"""What a publication can wait for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """A story's labels and what it waits for; `waits_for` is EDITOR, DAY or empty.

    `approved_by` is the editor who said yes to its words as they stand, empty while none has.
    """

    story_id: int
    account_only: bool = False
    not_before: date | None = None
    waits_for: str = ""
    asked_by: str = ""
    asked_at: datetime | None = None
    reason: str = ""
    approved_by: str = ""


async def terms(session: AsyncSession, workspace_id: str, story_id: int) -> Terms:
    """The terms of this story; those without label for one that nobody labelled."""
    row = (await run(session, _TERMS, {"workspace": workspace_id, "story": story_id})).first()
    return Terms(story_id=story_id) if row is None else _terms(row)


_L = table_of(StoryTermsRow)
# Built once: every story that is told has terms.
_TERMS = Prepared(
    select(_L).where(_L.c.workspace_id == bindparam("workspace"), _L.c.story_id == bindparam("story"))
)


async def label(
    session: AsyncSession, workspace_id: str, story_id: int, *, account_only: bool, not_before: date | None
) -> None:
    """Put these labels on a story in place of those it has."""
    await _set(session, workspace_id, story_id, account_only=account_only, not_before=not_before)


async def wait(
    session: AsyncSession, workspace_id: str, story_id: int, waits_for: str, *, by: str, now: datetime
) -> None:
    """Have a story's publication wait for an editor or for its day."""
    asked = {"asked_by": by, "asked_at": now, "reason": ""}
    await _set(session, workspace_id, story_id, waits_for=waits_for, **asked)


async def approve(session: AsyncSession, workspace_id: str, story_id: int, *, by: str, now: datetime) -> None:
    """Keep an editor's yes to a story as it stands."""
    await _set(session, workspace_id, story_id, approved_by=by, approved_at=now)


async def words_changed(session: AsyncSession, workspace_id: str, story_id: int) -> None:
    """Forget an editor's yes: it was to other words."""
    row = StoryTermsRow
    await session.execute(
        update(row)
        .where(row.workspace_id == workspace_id, row.story_id == story_id, row.approved_by.is_not(None))
        .values(approved_by=None, approved_at=None)
    )


async def wait_no_more(session: AsyncSession, workspace_id: str, story_id: int, *, reason: str = "") -> bool:
    """End a story's waiting; tells whether it waited. `reason` is why it was sent back."""
    row = StoryTermsRow
    ended = await session.execute(
        update(row)
        .where(row.workspace_id == workspace_id, row.story_id == story_id, row.waits_for != "")
        .values(waits_for="", reason=reason)
        .returning(row.story_id)
    )
    return ended.first() is not None


async def some(session: AsyncSession, workspace_id: str, story_ids: Sequence[int]) -> Mapping[int, Terms]:
    """The terms of these stories; no entry for one that nobody labelled and that never waited."""
    row = StoryTermsRow
    query = select(row).where(row.workspace_id == workspace_id, row.story_id.in_(story_ids))
    return {one.story_id: _terms(one) for one in (await session.execute(query)).scalars()}


async def waiting(
    session: AsyncSession, workspace_id: str, waits_for: str, *, most: int, skip: int = 0
) -> tuple[Terms, ...]:
    """Stories that wait for this, the longest first."""
    row = StoryTermsRow
    query = select(row).where(row.workspace_id == workspace_id, row.waits_for == waits_for)
    found = query.order_by(row.asked_at, row.story_id).limit(most).offset(skip)
    return tuple(_terms(one) for one in (await session.execute(found)).scalars())


async def due(session: AsyncSession, workspace_id: str, today: date, *, most: int = 50) -> Sequence[Terms]:
    """Stories that waited for a day which has come."""
    row = StoryTermsRow
    query = select(row).where(row.workspace_id == workspace_id, row.waits_for == DAY, row.not_before <= today)
    found = (await session.execute(query.order_by(row.not_before, row.story_id).limit(most))).scalars()
    return tuple(_terms(one) for one in found)


async def _set(session: AsyncSession, workspace_id: str, story_id: int, **values: Any) -> None:
    blank: dict[str, Any] = {"account_only": False, "not_before": None, "waits_for": "", "reason": ""}
    blank |= {"asked_by": None, "asked_at": None, "approved_by": None, "approved_at": None}
    key: dict[str, Any] = {"workspace_id": workspace_id, "story_id": story_id}
    if await add_new(session, StoryTermsRow, **key, **(blank | values)):
        return
    row = StoryTermsRow
    await session.execute(
        update(row).where(row.workspace_id == workspace_id, row.story_id == story_id).values(**values)
    )


def _terms(row: Any) -> Terms:
    return Terms(
        story_id=row.story_id,
        account_only=row.account_only,
        not_before=row.not_before,
        waits_for=row.waits_for,
        asked_by=row.asked_by or "",
        asked_at=row.asked_at,
        reason=row.reason,
        approved_by=row.approved_by or "",
    )
