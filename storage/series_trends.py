"""How many customers of one kind spoke of each theme, in two stretches of days beside each other."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import and_, case, distinct, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage import nps_settings
from storage.cases import same_text
from storage.series_around import keep_trends
from storage.tables import CustomerRow
from storage.tables_search import SearchTextRow
from storage.tables_stories import InterviewRow
from storage.tables_themes import ThemeRow, ThemeTextRow
from storage.themes import KEPT, TAKEN_OUT
from stories.series.seasons import Season
from stories.series.trends import DAYS, Spoke, moving


async def reckon(session: AsyncSession, workspace_id: str, season: Season, day: date) -> int:
    """Keep what moves among the kinds of customers that a season follows; how many trends may be told.

    The workspace's own smallest group counts. What is kept is found again by `series_gathering.material`.
    """
    fewest = (await nps_settings.get(session, workspace_id)).smallest_group
    found = 0
    for segment in sorted({one.segment for one in season.agreed if one.segment}):
        spoke, everybody = await _spoke(session, workspace_id, segment, day)
        trends = moving(spoke, everybody, segment=segment, day=day, fewest=fewest)
        await keep_trends(session, workspace_id, trends)
        found += len(trends)
    return found


async def _spoke(
    session: AsyncSession, workspace_id: str, segment: str, day: date
) -> tuple[dict[str, Spoke], Spoke]:
    """By theme, and all of that kind who were talked with."""
    talk, who = InterviewRow, CustomerRow
    lately = talk.talked_on > day - timedelta(days=DAYS)
    after = func.count(distinct(case((lately, talk.customer_id))))
    before = func.count(distinct(case((~lately, talk.customer_id))))
    own = and_(who.workspace_id == talk.workspace_id, who.id == talk.customer_id)
    of_kind = (
        talk.workspace_id == workspace_id,
        same_text(who.segment, segment),
        talk.talked_on > day - timedelta(days=2 * DAYS),
        talk.talked_on <= day,
    )
    everybody = (await session.execute(select(before, after).join(who, own).where(*of_kind))).one()
    text, about, theme = SearchTextRow, ThemeTextRow, ThemeRow
    query = (
        select(theme.name, before, after)
        .select_from(talk)
        .join(who, own)
        .join(text, and_(text.workspace_id == talk.workspace_id, text.interview_id == talk.id))
        .join(about, and_(about.workspace_id == text.workspace_id, about.text_id == text.id))
        .join(theme, and_(theme.workspace_id == about.workspace_id, theme.id == about.theme_id))
        .where(*of_kind, about.how != TAKEN_OUT, theme.state == KEPT)
        .group_by(theme.name)
    )
    rows = await session.execute(query)
    spoke = {name: Spoke(before=int(was), after=int(now)) for name, was, now in rows}
    return spoke, Spoke(before=int(everybody[0]), after=int(everybody[1]))
