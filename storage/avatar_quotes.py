"""Where the quotes are that an avatar might say: whether one may say them is asked elsewhere, each time."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import BindParameter, bindparam, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.cases import same_text
from storage.deliveries import POST, Subject
from storage.posted import COLUMNS, Posted, posted
from storage.prepared import Prepared
from storage.rows import run, table_of
from storage.story_loading import WHOLE, load
from storage.tables import ConsentRow, CustomerRow
from storage.tables_attention import UnaskedRow
from storage.tables_posts import DeliveryRow, DeliverySubjectRow
from storage.tables_stories import InterviewRow, QuoteRow, StoryRow
from storage.tellings import UNSAID
from stories.attention import SAID_AND_DONE, SPEAKING_UP, SWERVE
from stories.consent import Purpose
from stories.story import Story, StoryState

KINDS = ("avatar_line", "avatar", SWERVE, SPEAKING_UP)
"""The kinds of posts in which an avatar speaks: a line that may ride in a digest first."""


async def agreed_once(
    session: AsyncSession, workspace_id: str, *, segment: str = "", most: int = 1000
) -> tuple[Story, ...]:
    """The published stories, newest first, whose customers ever agreed that an avatar quotes them.

    `segment` is a kind of customer, in any case of letters; empty for all.
    """
    agreed = select(ConsentRow.id).where(
        ConsentRow.workspace_id == workspace_id,
        ConsentRow.customer_id == CustomerRow.id,
        ConsentRow.purpose == Purpose.QUOTED_BY_AVATAR.value,
        ConsentRow.granted.is_(True),
    )
    query = WHOLE.where(StoryRow.state == StoryState.PUBLISHED.value, agreed.exists())
    if segment:
        query = query.where(same_text(CustomerRow.segment, segment))
    return await load(session, workspace_id, query.order_by(StoryRow.id.desc()).limit(most))


async def stories_of(session: AsyncSession, workspace_id: str, quote_ids: Collection[int]) -> tuple[int, ...]:
    """The stories in which these quotes stand."""
    query = (
        select(StoryRow.id)
        .distinct()
        .join(
            InterviewRow,
            (InterviewRow.workspace_id == StoryRow.workspace_id) & (InterviewRow.id == StoryRow.interview_id),
        )
        .join(
            QuoteRow,
            (QuoteRow.workspace_id == InterviewRow.workspace_id) & (QuoteRow.interview_id == InterviewRow.id),
        )
        .where(StoryRow.workspace_id == workspace_id, QuoteRow.id.in_(quote_ids))
        .order_by(StoryRow.id)
    )
    return tuple((await session.execute(query)).scalars())


async def posts_quoting(
    session: AsyncSession,
    workspace_id: str,
    customer_id: int,
    *,
    channel_id: str | None = None,
    since: datetime | None = None,
) -> tuple[Posted, ...]:
    """The posts in which an avatar says this customer's words, and the digests in which such a line rides.

    Also the digests that tell what came of a story of theirs; where that has a post of its own, it follows as
    notes do. Those in this channel alone, and decided `since` then, when given.
    """
    narrowed = {"channel": channel_id, "since": since}
    given = {name: value for name, value in narrowed.items() if value is not None}
    own: dict[str, Any] = {"workspace": workspace_id, "customer": customer_id}
    rows = await run(session, _quoting(frozenset(given)), own | given)
    return tuple(posted(row) for row in rows)


_D, _U, _B = table_of(DeliveryRow), table_of(UnaskedRow), table_of(DeliverySubjectRow)


# Built once: whatever changes of a customer or their stories asks.
@cache
def _quoting(narrowed: frozenset[str]) -> Prepared:
    workspace: BindParameter[str] = bindparam("workspace")
    rides = select(_U.c.id).where(
        _U.c.workspace_id == workspace,
        _U.c.delivery_id == _D.c.id,
        or_(_U.c.kind == KINDS[0], _U.c.kind == SAID_AND_DONE),
        _D.c.kind != SAID_AND_DONE,
    )
    carries = select(_B.c.delivery_id).where(
        _B.c.workspace_id == workspace, _B.c.customer_id == bindparam("customer")
    )
    query = select(*COLUMNS).where(
        _D.c.workspace_id == workspace,
        _D.c.id.in_(carries),
        *(_D.c.state != unsaid for unsaid in UNSAID),
        or_(*(_D.c.kind == kind for kind in KINDS), rides.exists()),
    )
    if "channel" in narrowed:
        query = query.where(_D.c.channel_id == bindparam("channel"))
    if "since" in narrowed:
        query = query.where(_D.c.created_at >= bindparam("since"))
    return Prepared(query.order_by(_D.c.id))


async def posts_of_line(
    session: AsyncSession, workspace_id: str, line_id: int, swerve_slot: str
) -> tuple[Posted, ...]:
    """The posts that say a line which was offered first: its own ones, and a digest in which it rides."""
    offered = select(UnaskedRow.delivery_id).where(
        UnaskedRow.workspace_id == workspace_id,
        UnaskedRow.kind.in_((KINDS[0], SWERVE, SPEAKING_UP)),
        UnaskedRow.slot_key.in_((f"line:{line_id}", swerve_slot)),
        UnaskedRow.delivery_id.is_not(None),
    )
    told = (DeliveryRow.kind == KINDS[1]) & (DeliveryRow.slot_key == swerve_slot)
    query = select(DeliveryRow).where(
        DeliveryRow.workspace_id == workspace_id,
        DeliveryRow.id.in_(offered) | told,
        DeliveryRow.method == POST,
        DeliveryRow.state.not_in(UNSAID),
    )
    rows = (await session.execute(query.order_by(DeliveryRow.id))).scalars()
    return tuple(posted(row) for row in rows)


async def subjects(session: AsyncSession, workspace_id: str, delivery_id: int) -> frozenset[Subject]:
    """Whose words a post is known to carry."""
    query = select(DeliverySubjectRow.customer_id, DeliverySubjectRow.quote_id).where(
        DeliverySubjectRow.workspace_id == workspace_id, DeliverySubjectRow.delivery_id == delivery_id
    )
    rows = await session.execute(query)
    return frozenset(Subject(customer_id=customer, quote_id=quote) for customer, quote in rows)
