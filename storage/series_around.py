"""What lies around a season's customers: votes, talks that are arranged, trends that were kept, headlines."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime, timedelta

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage import series_questions
from storage.feeds import topics_of_headlines
from storage.rows import add_new
from storage.tables_rota import RotaTalkRow
from storage.tables_series import FeedRow, HeadlineRow, TrendRow
from stories.rota.talks import State
from stories.series.material import Asked, Headline, Planned, Trend
from stories.series.sources import Kind, Ref
from stories.series.voices import Voice

_BACK = timedelta(days=45)
"""How old a headline may be that stands beside an episode."""

_FRESH = timedelta(days=6)
"""How many days a trend may be old: NPS is reckoned up to a Sunday."""

_MOST = 200
"""Headlines that are looked through."""


async def asked(session: AsyncSession, workspace_id: str, told: Mapping[int, Voice]) -> tuple[Asked, ...]:
    """What the audience wants to know of these customers, what most wanted first."""
    found = await series_questions.of_customers(session, workspace_id, tuple(told))
    return tuple(
        Asked(
            ref=Ref(Kind.ASKED, str(one.id)),
            customer_id=one.customer_id,
            question=told[one.customer_id].hide(one.words),
            votes=one.votes,
            interview_id=one.answered_in,
        )
        for one in found
    )


async def planned(
    session: AsyncSession, workspace_id: str, told: Mapping[int, Voice], refs: Collection[Ref]
) -> tuple[Planned, ...]:
    """The conversations that are arranged with these customers, and those that episodes have told of."""
    row = RotaTalkRow
    known = [ref.number for ref in refs if ref.kind is Kind.PLAN]
    query = select(row.id, row.customer_id, row.starts_at, row.user_id).where(
        row.workspace_id == workspace_id,
        row.customer_id.in_(list(told)),
        row.starts_at.is_not(None),
        or_(row.state == State.ACCEPTED.value, row.id.in_(known)),
    )
    return tuple(
        Planned(
            ref=Ref(Kind.PLAN, str(one.id)),
            customer_id=one.customer_id,
            day=one.starts_at.date(),
            colleague_id=one.user_id,
        )
        for one in await session.execute(query.order_by(row.starts_at, row.id))
        if one.customer_id is not None and one.starts_at is not None
    )


async def headlines(
    session: AsyncSession, workspace_id: str, at: datetime, refs: Collection[Ref]
) -> tuple[Headline, ...]:
    """What the market's feeds brought lately, the newest first, and what episodes have told of."""
    row = HeadlineRow
    known = [ref.number for ref in refs if ref.kind is Kind.HEADLINE]
    own = (FeedRow.workspace_id == row.workspace_id) & (FeedRow.id == row.feed_id)
    lately = row.on_day.between((at - _BACK).date(), at.date())
    query = (
        select(row.id, row.title, row.link, row.on_day, FeedRow.title.label("feed"), FeedRow.url)
        .join(FeedRow, own)
        .where(row.workspace_id == workspace_id, or_(lately, row.id.in_(known)))
        .order_by(row.on_day.desc(), row.id.desc())
        .limit(_MOST + len(known))
    )
    rows = (await session.execute(query)).all()
    about = await topics_of_headlines(session, workspace_id, [one.id for one in rows])
    return tuple(
        Headline(
            ref=Ref(Kind.HEADLINE, str(one.id)),
            title=one.title,
            source=one.feed or one.url,
            link=one.link,
            day=one.on_day,
            topics=about.get(one.id, ()),
        )
        for one in rows
    )


async def keep_trends(session: AsyncSession, workspace_id: str, found: Iterable[Trend]) -> None:
    """Keep what was reckoned to move on a day, once: episodes rest on it as it stood then."""
    for one in found:
        await add_new(
            session,
            TrendRow,
            workspace_id=workspace_id,
            segment=one.segment,
            theme=one.theme,
            before=one.before,
            after=one.after,
            days=one.days,
            people=one.people,
            on_day=one.day,
        )


async def trends(
    session: AsyncSession, workspace_id: str, day: date, refs: Collection[Ref]
) -> tuple[Trend, ...]:
    """What was kept as moving in the week up to this day, the newest first, and what episodes told of."""
    row = TrendRow
    known = [ref.number for ref in refs if ref.kind is Kind.TREND]
    lately = row.on_day.between(day - _FRESH, day)
    query = select(row).where(row.workspace_id == workspace_id, or_(lately, row.id.in_(known)))
    query = query.order_by(row.on_day.desc(), row.id)
    return tuple(
        Trend(
            ref=Ref(Kind.TREND, str(one.id)),
            segment=one.segment,
            theme=one.theme,
            before=one.before,
            after=one.after,
            days=one.days,
            day=one.on_day,
            people=one.people,
        )
        for one in (await session.execute(query)).scalars()
    )
