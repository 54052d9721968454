"""Looking at the outbox without touching it: what is due, where, and what is in question.

A look takes no lock: whoever means to post what it found claims that first (see `storage.sending`).
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, String, and_, bindparam, case, exists, false, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from storage.deliveries import DELETE, POST
from storage.moments import moment, moment_after
from storage.prepared import Prepared
from storage.rows import run, table_of
from storage.sending import Claimed, claimed_from
from storage.several import either
from storage.tables import WorkspaceRow
from storage.tables_posts import DeliveryRow
from stories.trackers import TRACKERS
from stories.values import dataclass


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
    values: dict[str, Any] = {"workspace": workspace_id, "most": most}
    if without:
        values["held"] = list(without)
    held = _DUE_BUT_HELD[session.get_bind().dialect.name]
    rows = await run(session, held if without else _DUE_AT_ALL, values)
    return tuple(Waiting(number, channel, method, bool(idle)) for number, channel, method, idle in rows)


async def with_work(session: AsyncSession, grace: timedelta) -> tuple[str, ...]:
    """The workspaces in which something is due or in question, and that Slack does not want left alone.

    Costs what the number of workspaces costs, however much waits.
    """
    rows = await run(session, _WITH_WORK, {"grace": -grace.total_seconds()})
    return tuple(row[0] for row in rows)


async def anything_in_question(session: AsyncSession, workspace_id: str, grace: timedelta) -> bool:
    """Whether there is such a delivery: the cheap look that goes with every drain."""
    values = {"workspace": workspace_id, "grace": -grace.total_seconds()}
    return (await run(session, _ANY_IN_QUESTION, values)).first() is not None


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


# Built once: building a statement costs several times what running it does, and looks follow every post.
_D = table_of(DeliveryRow)
_W = table_of(WorkspaceRow)
_TARGET, _EARLIER, _LATER = _D.alias("target"), _D.alias("earlier"), _D.alias("later")
_GONE = or_(_TARGET.c.state == "failed", _TARGET.c.state == "cancelled")
_EARLIER_ON_ITS_WAY = exists().where(
    _EARLIER.c.workspace_id == _D.c.workspace_id,
    _EARLIER.c.target_delivery_id == _D.c.target_delivery_id,
    _EARLIER.c.id < _D.c.id,
    _EARLIER.c.state == "sending",
)
_OVERTAKEN = exists().where(
    _LATER.c.workspace_id == _D.c.workspace_id,
    _LATER.c.target_delivery_id == _D.c.target_delivery_id,
    _LATER.c.id > _D.c.id,
    or_(*(_LATER.c.state == state for state in ("pending", "sending", "sent"))),
)
_A_POST = _D.c.target_delivery_id.is_(None)
_IDLE = case((_A_POST, false()), else_=or_(_GONE, _OVERTAKEN)).label("needless")
_DUE = (
    select(_D.c.id, _D.c.channel_id, _D.c.method, _IDLE)
    .outerjoin(
        _TARGET, and_(_TARGET.c.workspace_id == _D.c.workspace_id, _TARGET.c.id == _D.c.target_delivery_id)
    )
    .where(
        _D.c.workspace_id == bindparam("workspace"),
        _D.c.state == "pending",
        _D.c.not_before <= moment(),
        or_(
            _A_POST,
            _GONE,
            # What is to go may go at once: an update that Slack carries out after it finds no message.
            and_(_TARGET.c.state == "sent", or_(_D.c.method == DELETE, ~_EARLIER_ON_ITS_WAY)),
        ),
    )
    .order_by(_D.c.not_before, _D.c.id)
    .limit(bindparam("most"))
)
_DUE_AT_ALL = Prepared(_DUE)
_BEYOND = _D.c.channel_id.startswith(TRACKERS, autoescape=True)
"""What goes to a tracker has that tracker's pace, whatever Slack wants left alone."""


def _due_but_held(held: Any) -> Prepared:
    return Prepared(
        _DUE.where(
            or_(and_(_D.c.method != POST, ~_BEYOND), _D.c.channel_id.not_in(held)),
            or_(_BEYOND, _D.c.method.not_in(held)),
        )
    )


_DUE_BUT_HELD = either(_due_but_held, "held", String())
_WAITS = exists().where(_D.c.workspace_id == _W.c.id, _D.c.state == "pending", _D.c.not_before <= moment())
_ASKED = exists().where(
    _D.c.workspace_id == _W.c.id, _D.c.state == "sending", _D.c.lease_until < moment_after("grace")
)
_ANY_IN_QUESTION = Prepared(
    select(_D.c.id)
    .where(
        _D.c.workspace_id == bindparam("workspace"),
        _D.c.state == "sending",
        _D.c.lease_until < moment_after("grace"),
    )
    .limit(1)
)
_WITH_WORK = Prepared(
    select(_W.c.id)
    .where(or_(_W.c.paused_until.is_(None), _W.c.paused_until <= moment()), or_(_WAITS, _ASKED))
    .order_by(_W.c.id)
)
