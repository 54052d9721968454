"""The budget of many places at once: for which anything waits, and which places are given away."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import bindparam, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from storage.attention import places_taken
from storage.rows import run, table_of
from storage.tables_attention import UnaskedRow
from storage.tables_posts import DeliveryRow
from storage.tellings import UNSAID


async def with_waiting(session: AsyncSession, workspace_id: str, places: Collection[str]) -> frozenset[str]:
    """Those of these places for which anything waits."""
    rows = await run(session, _WITH_WAITING, {"workspace": workspace_id, "places": list(places)})
    return frozenset(rows.scalars())


async def taking_along(
    session: AsyncSession, workspace_id: str, delivery_ids: Collection[int]
) -> frozenset[int]:
    """Those of these posts with which something rides along."""
    rows = await run(session, _HOSTS, {"workspace": workspace_id, "deliveries": list(delivery_ids)})
    return frozenset(rows.scalars())


async def windows_taken(
    session: AsyncSession, workspace_id: str, windows: Mapping[str, str]
) -> dict[str, set[int]]:
    """What `places_taken` tells, for many places at once: `windows` by place."""
    values: dict[str, Any] = {"workspace": workspace_id, "places": list(windows)}
    values["windows"] = sorted(set(windows.values()))
    rows = [row for row in await run(session, _ALL_TAKEN, values) if windows[row[0]] == row[1]]
    taken: dict[str, set[int]] = {}
    for place, _window, seat, state in rows:
        if state not in UNSAID:
            taken.setdefault(place, set()).add(seat)
    for place in {row[0] for row in rows if row[3] in UNSAID}:
        taken[place] = await places_taken(session, workspace_id, place, windows[place])
    return taken


_U, _D = table_of(UnaskedRow), table_of(DeliveryRow)
_PLACES: Any = bindparam("places", expanding=True)
_WITH_WAITING = (
    select(_U.c.place)
    .where(_U.c.workspace_id == bindparam("workspace"), text("state = 'waiting'"), _U.c.place.in_(_PLACES))
    .distinct()
)
_HOSTS = select(_U.c.delivery_id).where(
    _U.c.workspace_id == bindparam("workspace"),
    _U.c.delivery_id.in_(bindparam("deliveries", expanding=True)),
    _U.c.state == "merged",
)
_ALL_TAKEN = select(_D.c.channel_id, _D.c.attention_window, _D.c.attention_seat, _D.c.state).where(
    _D.c.workspace_id == bindparam("workspace"),
    _D.c.channel_id.in_(_PLACES),
    _D.c.attention_window.in_(bindparam("windows", expanding=True)),
)
