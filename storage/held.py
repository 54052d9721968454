"""All that is held about a customer or a colleague, for them to see: rows, and where they were shown."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import ColumnElement, String, Text, cast, or_, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from storage import avatar_quotes, customers, nps_erasing
from storage.columns import EncryptedText
from storage.deliveries import POST
from storage.holdings import HOLDINGS, About, Holding
from storage.rows import table_of
from storage.tables import CustomerRow
from storage.tables_posts import DeliveryRow, TellingRow
from storage.tables_stories import InterviewRow, StoryRow
from stories.consent import Purpose, permits, sharing
from stories.customers import Customer
from stories.values import dataclass

MOST = 10_000
"""Rows of one table that are shown."""

_READABLE = frozenset({"contact"})
"""Secrets that are shown to whom they are about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """The rows of one table, each as its columns."""

    table: str
    rows: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A story in a post, or words that an avatar said there (then without a story's number).

    `consent` is how far the customer let it travel when it was told.
    """

    story_id: int | None
    channel_id: str
    kind: str
    told_at: datetime
    state: str
    slack_ts: str
    consent: str


async def customers_like(
    session: AsyncSession, workspace_id: str, words: str, *, most: int
) -> tuple[Customer, ...]:
    """Customers whose name, alias or company holds these words, whoever wrote them down, by name."""
    rows = table_of(CustomerRow)
    like = or_(
        rows.c.folded_name.contains(customers.folded(words), autoescape=True),
        rows.c.alias.icontains(words, autoescape=True),
        rows.c.company.icontains(words, autoescape=True),
    )
    query = select(CustomerRow).where(CustomerRow.workspace_id == workspace_id, like)
    found = await session.execute(query.order_by(CustomerRow.folded_name, CustomerRow.id).limit(most))
    return tuple(customers.as_value(row) for row in found.scalars())


async def rows_of(
    session: AsyncSession, workspace_id: str, about: About, object_key: str
) -> tuple[Kept, ...]:
    """Every row that is theirs; of a colleague, those too that name them."""
    kept: list[Kept] = []
    for one in HOLDINGS:
        which = _which(one, workspace_id, about, object_key)
        if which is None:
            continue
        own = one.rows.c[one.owner] == workspace_id
        found = (await session.execute(select(one.rows).where(own, which).limit(MOST))).mappings().all()
        if found:
            shown = tuple({name: plain(row[name]) for name in _columns(one)} for row in found)
            kept.append(Kept(table=one.table, rows=shown))
    return tuple(kept)


async def answers_of(
    session: AsyncSession, workspace_id: str, about: About, object_key: str
) -> tuple[Kept, ...]:
    """What a customer answered to surveys, as far as it is known by the address at which they are reached."""
    keys = await nps_erasing.answers_of(session, workspace_id, about, object_key)
    one = HOLDINGS.of("nps_answers")
    which = (one.rows.c.workspace_id == workspace_id) & tuple_(one.rows.c.source_id, one.rows.c.key).in_(keys)
    found = (await session.execute(select(one.rows).where(which))).mappings().all() if keys else ()
    rows = tuple({name: plain(row[name]) for name in _columns(one)} for row in found)
    return (Kept(table=one.table, rows=rows),) if rows else ()


async def shown_of(
    session: AsyncSession, workspace_id: str, about: About, object_key: str
) -> tuple[Shown, ...]:
    """Where their stories were told, oldest first, each with the consent that held then."""
    whose = (
        InterviewRow.author_id == object_key
        if about is About.EMPLOYEE
        else InterviewRow.customer_id == int(object_key)
    )
    query = _TOLD.where(TellingRow.workspace_id == workspace_id, DeliveryRow.method == POST, whose)
    query = query.order_by(TellingRow.told_at).limit(MOST)
    rows = (await session.execute(query)).all()
    agreed = await customers.consents(session, workspace_id, {row.customer_id for row in rows})
    told = tuple(
        Shown(
            story_id=row.story_id,
            channel_id=row.channel_id,
            kind=row.kind,
            told_at=row.told_at,
            state=row.state,
            slack_ts=row.slack_ts or "",
            consent=sharing(agreed.get(row.customer_id, ()), row.interview_id, row.told_at).value,
        )
        for row in rows
    )
    if about is About.EMPLOYEE:
        return told
    return (*told, *await _said_by_avatars(session, workspace_id, int(object_key)))


async def _said_by_avatars(session: AsyncSession, workspace_id: str, customer_id: int) -> tuple[Shown, ...]:
    """The posts in which an avatar says their words."""
    posts = (await avatar_quotes.posts_quoting(session, workspace_id, customer_id))[:MOST]
    records = (await customers.consents(session, workspace_id, [customer_id])).get(customer_id, ())
    return tuple(
        Shown(
            story_id=None,
            channel_id=post.channel_id,
            kind=post.kind,
            told_at=post.created_at,
            state=post.state,
            slack_ts=post.slack_ts or "",
            consent=Purpose.QUOTED_BY_AVATAR.value
            if permits(records, Purpose.QUOTED_BY_AVATAR, post.created_at)
            else Purpose.NOT_SHARED.value,
        )
        for post in posts
    )


def plain(value: Any) -> Any:
    """A column's value as JSON holds it; what is no text (vectors, pictures) is said to be there."""
    if isinstance(value, (datetime, date, time)):
        return value.isoformat()
    if isinstance(value, bytes):
        return f"{len(value)} bytes"
    return value if isinstance(value, (str, int, float, bool, type(None))) else json.loads(json.dumps(value))


def naming(one: Holding, user_id: str) -> list[ColumnElement[bool]]:
    """The conditions under which a row names this colleague: as one who did something, or in a list."""
    columns = [one.rows.c[name] for name in one.names]
    return [
        column == user_id
        if isinstance(column.type, String)
        else cast(column, Text).contains(f'"{user_id}"', autoescape=True)
        for column in columns
    ]


def _columns(one: Holding) -> tuple[str, ...]:
    secret = {c.name for c in one.rows.c if isinstance(c.type, EncryptedText)} | set(one.secret)
    return tuple(c.name for c in one.rows.c if c.name not in secret - _READABLE and c.name != one.owner)


def _which(one: Holding, workspace_id: str, about: About, object_key: str) -> ColumnElement[bool] | None:
    conditions: list[Any] = []
    if one.way(about) is not None:
        conditions.append(HOLDINGS.theirs(one.table, about, workspace_id, object_key))
    if about is About.EMPLOYEE:
        conditions += naming(one, object_key)
    return or_(*conditions) if conditions else None


_TOLD = (
    select(
        TellingRow.story_id,
        TellingRow.channel_id,
        TellingRow.told_at,
        DeliveryRow.kind,
        DeliveryRow.state,
        DeliveryRow.slack_ts,
        InterviewRow.id.label("interview_id"),
        InterviewRow.customer_id,
    )
    .join(
        DeliveryRow,
        (DeliveryRow.workspace_id == TellingRow.workspace_id) & (DeliveryRow.id == TellingRow.delivery_id),
    )
    .join(
        StoryRow,
        (StoryRow.workspace_id == TellingRow.workspace_id) & (StoryRow.id == TellingRow.story_id),
    )
    .join(
        InterviewRow,
        (InterviewRow.workspace_id == StoryRow.workspace_id) & (InterviewRow.id == StoryRow.interview_id),
    )
)
"""Stories in posts, with whose they are."""
