"""Looking at the outbox without touching it: what is due, where, and what is in question.

A look takes no lock: whoever means to post what it found claims that first (see `storage.sending`).
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import ColumnElement, and_, case, exists, false, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from storage.deliveries import DELETE, POST
from storage.moments import moment
from storage.sending import Claimed, claimed_from
from storage.tables import WorkspaceRow
from storage.tables_posts import DeliveryRow


@dataclass(frozen=True, slots=True)
class Waiting:
    """A delivery that is due, without its words. One that is `needless` is to be cancelled."""

    id: int
    channel_id: str
    method: str
    needless: bool = False


async def due(
    session: AsyncSession,
    workspace_id: str,
    *,
    most: int,
    without: Collection[str] = (),
) -> tuple[Waiting, ...]:
    """Up to `most` due deliveries, the oldest first; updates only once their post stands.

    `without` names channels and methods that may not be called now. Revisions of posts that will never stand
    are needless, and so are those that a later one has overtaken: each holds the whole message.
    """
    target = aliased(DeliveryRow)
    gone = target.state.in_(["failed", "cancelled"])
    needless = case((DeliveryRow.target_delivery_id.is_(None), false()), else_=or_(gone, overtaken()))
    query = (
        select(DeliveryRow.id, DeliveryRow.channel_id, DeliveryRow.method, needless)
        .outerjoin(target, same_target(target))
        .where(
            DeliveryRow.workspace_id == workspace_id,
            DeliveryRow.state == "pending",
            DeliveryRow.not_before <= moment(),
            or_(
                DeliveryRow.target_delivery_id.is_(None),
                gone,
                and_(target.state == "sent", or_(DeliveryRow.method == DELETE, ~earlier_on_its_way())),
            ),
        )
        .order_by(DeliveryRow.not_before, DeliveryRow.id)
        .limit(most)
    )
    if without:
        query = query.where(
            or_(DeliveryRow.method != POST, DeliveryRow.channel_id.not_in(without)),
            DeliveryRow.method.not_in(without),
        )
    rows = await session.execute(query)
    return tuple(Waiting(number, channel, method, bool(idle)) for number, channel, method, idle in rows)


async def with_work(session: AsyncSession, grace: timedelta) -> tuple[str, ...]:
    """The workspaces in which something is due or in question, and that Slack does not want left alone.

    Costs what the number of workspaces costs, however much waits.
    """
    own = DeliveryRow.workspace_id == WorkspaceRow.id
    waits = exists().where(own, DeliveryRow.state == "pending", DeliveryRow.not_before <= moment())
    asked = exists().where(own, DeliveryRow.state == "sending", DeliveryRow.lease_until < moment(-grace))
    awake = or_(WorkspaceRow.paused_until.is_(None), WorkspaceRow.paused_until <= moment())
    query = select(WorkspaceRow.id).where(awake, or_(waits, asked)).order_by(WorkspaceRow.id)
    return tuple((await session.execute(query)).scalars())


async def in_question(
    session: AsyncSession, workspace_id: str, *, most: int, grace: timedelta
) -> tuple[tuple[str, Claimed], ...]:
    """Deliveries whose worker never told how they ended, after lease and grace, with that worker's name."""
    target = aliased(DeliveryRow)
    query = (
        select(DeliveryRow, target.slack_ts, target.posted_in)
        .outerjoin(target, same_target(target))
        .where(
            DeliveryRow.workspace_id == workspace_id,
            DeliveryRow.state == "sending",
            DeliveryRow.lease_until < moment(-grace),
        )
        .order_by(DeliveryRow.lease_until, DeliveryRow.id)
        .limit(most)
    )
    rows = (await session.execute(query)).all()
    return tuple((row.owner or "", claimed_from(row, ts, place)) for row, ts, place in rows)


def same_target(target: type[DeliveryRow]) -> ColumnElement[bool]:
    """What joins a revision to the post that it changes."""
    return and_(target.workspace_id == DeliveryRow.workspace_id, target.id == DeliveryRow.target_delivery_id)


def earlier_on_its_way() -> ColumnElement[bool]:
    """Whether an earlier revision of the same post is being made at this moment."""
    other = aliased(DeliveryRow)
    return exists().where(
        other.workspace_id == DeliveryRow.workspace_id,
        other.target_delivery_id == DeliveryRow.target_delivery_id,
        other.id < DeliveryRow.id,
        other.state == "sending",
    )


def overtaken() -> ColumnElement[bool]:
    """Whether a later revision of the same post waits, is on its way or was carried out."""
    later = aliased(DeliveryRow)
    return exists().where(
        later.workspace_id == DeliveryRow.workspace_id,
        later.target_delivery_id == DeliveryRow.target_delivery_id,
        later.id > DeliveryRow.id,
        later.state.in_(["pending", "sending", "sent"]),
    )
