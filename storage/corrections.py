"""What customers say their own words should be, and what became of it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.rows import add
from storage.tables_private import CorrectionRow
from storage.tables_stories import QuoteRow, StoryRow
from stories.values import dataclass

TAKEN, LEFT = "taken", "left"
"""How a correction is settled: the quote reads so from now on, or stays as it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """A quote as it stood (`before`) and as its customer would have it; `hide`: not to be told meanwhile."""

    id: int
    interview_id: int
    before: str
    words: str
    hide: bool
    said_at: datetime
    outcome: str | None = None
    settled_by: str | None = None

    @property
    def open(self) -> bool:
        """Whether nobody has answered it."""
        return self.outcome is None


async def suggest(
    session: AsyncSession,
    workspace_id: str,
    interview_id: int,
    *,
    before: str,
    words: str,
    hide: bool,
    now: datetime,
) -> tuple[int, bool]:
    """Write down what a quote should be, in place of what was said of it and not answered.

    Returns the correction's id, and whether it is a new one.
    """
    row = CorrectionRow
    changed = await session.execute(
        update(row)
        .where(
            row.workspace_id == workspace_id,
            row.interview_id == interview_id,
            row.before == before,
            row.settled_at.is_(None),
        )
        .values(words=words, hide=hide, said_at=now)
        .returning(row.id)
    )
    standing = changed.scalars().first()
    if standing is not None:
        return standing, False
    values = {"interview_id": interview_id, "before": before, "words": words, "hide": hide, "said_at": now}
    return await add(session, row, workspace_id=workspace_id, **values), True


async def of_interview(
    session: AsyncSession, workspace_id: str, interview_id: int, *, most: int = 20
) -> tuple[Correction, ...]:
    """What was said of a conversation's quotes, the newest first."""
    row = CorrectionRow
    query = select(row).where(row.workspace_id == workspace_id, row.interview_id == interview_id)
    found = await session.execute(query.order_by(row.id.desc()).limit(most))
    return tuple(_correction(one) for one in found.scalars())


async def get(session: AsyncSession, workspace_id: str, correction_id: int) -> tuple[Correction, int] | None:
    """This correction and the story that it is about; None when that is gone."""
    row = CorrectionRow
    query = (
        select(row, StoryRow.id)
        .join(
            StoryRow,
            (StoryRow.workspace_id == row.workspace_id) & (StoryRow.interview_id == row.interview_id),
        )
        .where(row.workspace_id == workspace_id, row.id == correction_id)
    )
    found = (await session.execute(query)).first()
    return None if found is None else (_correction(found[0]), found[1])


async def settle(
    session: AsyncSession, workspace_id: str, correction_id: int, outcome: str, *, by: str, now: datetime
) -> bool:
    """Answer a correction; False when somebody has. TAKEN puts the words where the quote stands unchanged."""
    row = CorrectionRow
    answered = await session.execute(
        update(row)
        .where(row.workspace_id == workspace_id, row.id == correction_id, row.settled_at.is_(None))
        .values(outcome=outcome, settled_by=by, settled_at=now)
        .returning(row.interview_id, row.before, row.words)
    )
    settled = answered.first()
    if settled is None:
        return False
    if outcome == TAKEN:
        interview_id, before, words = settled
        # The story first: an edit of it holds that row while it looks at the quotes.
        await session.execute(
            update(StoryRow)
            .where(StoryRow.workspace_id == workspace_id, StoryRow.interview_id == interview_id)
            .values(revision=StoryRow.revision + 1)
        )
        await session.execute(
            update(QuoteRow)
            .where(
                QuoteRow.workspace_id == workspace_id,
                QuoteRow.interview_id == interview_id,
                QuoteRow.text == before,
            )
            .values(text=words)
        )
    return True


def _correction(row: CorrectionRow) -> Correction:
    return Correction(
        id=row.id,
        interview_id=row.interview_id,
        before=row.before,
        words=row.words,
        hide=row.hide,
        said_at=row.said_at,
        outcome=row.outcome,
        settled_by=row.settled_by,
    )
