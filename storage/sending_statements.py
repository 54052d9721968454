"""The statements with which a worker claims deliveries and records what became of them.

Built once: they come with every post.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import ARRAY, BigInteger, bindparam, column, func, select, update

from storage.moments import moment, moment_after
from storage.prepared import Prepared
from storage.rows import table_of
from storage.several import either
from storage.tables_posts import DeliveryRow

_T = table_of(DeliveryRow)


def _claim(ids: Any) -> Prepared:
    free = (
        select(_T.c.id)
        .where(_T.c.workspace_id == bindparam("workspace"), _T.c.id.in_(ids), _T.c.state == "pending")
        .order_by(_T.c.id)
        .with_for_update(skip_locked=True, of=_T)
    )
    return Prepared(
        update(_T)
        .where(_T.c.id.in_(free))
        .values(
            state="sending",
            owner=bindparam("new_owner"),
            lease_until=moment_after("lease"),
            sending_at=moment(),
            attempt=_T.c.attempt + 1,
        )
        .returning(
            *(_T.c.id, _T.c.workspace_id, _T.c.channel_id, _T.c.kind, _T.c.method, _T.c.payload),
            *(_T.c.thread_ts, _T.c.target_delivery_id, _T.c.posted_in, _T.c.attempt, _T.c.sending_at),
            *(_T.c.lease_until, _T.c.created_at),
        )
    )


CLAIM = either(_claim, "ids", BigInteger())
_OURS = (
    _T.c.workspace_id == bindparam("of_workspace"),
    _T.c.id == bindparam("of_id"),
    _T.c.state == "sending",
    _T.c.owner == bindparam("of_owner"),
    _T.c.lease_until == bindparam("of_lease"),
)
SENT = Prepared(
    update(_T)
    .where(*_OURS)
    .values(state="sent", slack_ts=bindparam("new_ts"), posted_in=bindparam("new_place"), last_error=None)
)
_COLUMNS = {
    "of_id": _T.c.id,
    "of_workspace": _T.c.workspace_id,
    "of_lease": _T.c.lease_until,
    "new_ts": _T.c.slack_ts,
    "new_place": _T.c.posted_in,
}
_GIVEN = (
    func.unnest(*(bindparam(name, type_=ARRAY(of.type)) for name, of in _COLUMNS.items()))
    .table_valued(*(column(name, of.type) for name, of in _COLUMNS.items()), name="given")
    .render_derived()
)
SENT_TOGETHER = Prepared(
    update(_T)
    .where(
        _T.c.workspace_id == _GIVEN.c.of_workspace,
        _T.c.id == _GIVEN.c.of_id,
        _T.c.state == "sending",
        _T.c.owner == bindparam("of_owner"),
        _T.c.lease_until == _GIVEN.c.of_lease,
    )
    .values(state="sent", slack_ts=_GIVEN.c.new_ts, posted_in=_GIVEN.c.new_place, last_error=None)
)
GIVEN_BACK = (
    update(_T)
    .where(*_OURS)
    .values(state="pending", owner=None, lease_until=None, sending_at=None, attempt=_T.c.attempt - 1)
)
