"""What is worth asking a customer: questions that are open here, what the top three are, rising themes."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import case, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.tables_search import SearchTextRow
from storage.tables_stories import DraftRow, InterviewRow, StoryRow
from storage.tables_themes import ThemeRow, ThemeTextRow
from storage.tables_wanted import WantedTalkRow

_SAID = ("found", "sorted", "said")
"""How a text comes to be about a theme, but for those that a person took out."""


async def wanted(session: AsyncSession, workspace_id: str, *, most: int = 50) -> tuple[tuple[str, str], ...]:
    """Questions that nobody has answered yet: (segment, "" for any customer; question), the newest first."""
    row, draft = WantedTalkRow, DraftRow
    own = (draft.workspace_id == row.workspace_id) & (draft.id == row.draft_id)
    query = select(row.segment, row.question).join(draft, own).where(row.workspace_id == workspace_id)
    found = await session.execute(query.order_by(row.id.desc()).limit(most))
    return tuple((segment, question) for segment, question in found)


async def rising(
    session: AsyncSession, workspace_id: str, today: date, *, days: int = 90, fewest: int = 3
) -> tuple[str, ...]:
    """Named themes of which more was said in the last `days` than in as many before, the steepest first.

    At least `fewest` texts have to be about one.
    """
    text, about = SearchTextRow, ThemeTextRow
    mine = (text.workspace_id == about.workspace_id) & (text.id == about.text_id)
    named = (ThemeRow.workspace_id == about.workspace_id) & (ThemeRow.id == about.theme_id)
    lately = text.day > today - timedelta(days=days)
    query = (
        select(ThemeRow.name, func.sum(case((lately, 1), else_=0)), func.count())
        .select_from(about)
        .join(text, mine)
        .join(ThemeRow, named)
        .where(
            about.workspace_id == workspace_id,
            about.how.in_(_SAID),
            ThemeRow.state == "kept",
            text.day > today - timedelta(days=2 * days),
        )
        .group_by(ThemeRow.name)
    )
    counted = [(name, int(late), int(total)) for name, late, total in await session.execute(query)]
    up = {name: 2 * late - total for name, late, total in counted if late >= fewest and 2 * late > total}
    return tuple(sorted(up, key=lambda name: (-up[name], name)))


async def stories_with(
    session: AsyncSession, workspace_id: str, customer_id: int, *, most: int = 20
) -> tuple[int, ...]:
    """Every story of a customer, told or kept, the newest talk first."""
    own = (InterviewRow.workspace_id == StoryRow.workspace_id) & (InterviewRow.id == StoryRow.interview_id)
    query = (
        select(StoryRow.id)
        .join(InterviewRow, own)
        .where(StoryRow.workspace_id == workspace_id, InterviewRow.customer_id == customer_id)
        .order_by(InterviewRow.talked_on.desc(), StoryRow.id.desc())
        .limit(most)
    )
    return tuple((await session.execute(query)).scalars())
