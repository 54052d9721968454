"""How a workspace reckons NPS: whose day it is, when its year begins, how small a group may be shown."""

from __future__ import annotations

import secrets
from typing import Any

from sqlalchemy import bindparam, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.prepared import Prepared
from storage.rows import add_new, run, table_of
from storage.tables_nps import NpsSettingsRow
from stories.values import dataclass

DEFAULT_SMALLEST_GROUP = 5
"""Answers below which a group is not shown, until a workspace says otherwise."""

_PEPPER_BYTES = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class NpsSettings:
    """`time_zone` is an IANA name, `year_begins` a month 1–12, `smallest_group` a number of answers ≥ 1."""

    time_zone: str = "UTC"
    year_begins: int = 1
    smallest_group: int = DEFAULT_SMALLEST_GROUP


_N = table_of(NpsSettingsRow)
# Built once: it is asked with every App Home and every page of the centre.
_SETTINGS = Prepared(
    select(_N.c.time_zone, _N.c.year_begins, _N.c.smallest_group).where(
        _N.c.workspace_id == bindparam("workspace")
    )
)


async def get(session: AsyncSession, workspace_id: str) -> NpsSettings:
    """The workspace's settings, those of the start where it has set none."""
    row = (await run(session, _SETTINGS, {"workspace": workspace_id})).first()
    if row is None:
        return NpsSettings()
    return NpsSettings(
        time_zone=row.time_zone, year_begins=row.year_begins, smallest_group=row.smallest_group
    )


async def change(session: AsyncSession, workspace_id: str, settings: NpsSettings) -> None:
    """Set them. Days of answers that were taken in before stay as they are."""
    await _ensure(session, workspace_id)
    await session.execute(
        update(NpsSettingsRow)
        .where(NpsSettingsRow.workspace_id == workspace_id)
        .values(
            time_zone=settings.time_zone,
            year_begins=settings.year_begins,
            smallest_group=settings.smallest_group,
        )
    )


async def pepper(session: AsyncSession, workspace_id: str) -> bytes:
    """The workspace's secret for hashing people's keys; holds its row, so that writers of answers queue up.

    Call it in a transaction that writes: it makes the row where there is none.
    """
    query = select(NpsSettingsRow.pepper).where(NpsSettingsRow.workspace_id == workspace_id)
    found = (await session.execute(query.with_for_update())).scalar_one_or_none()
    if found is None:
        await _ensure(session, workspace_id)
        found = (await session.execute(query.with_for_update())).scalar_one()
    return bytes.fromhex(found)


async def pepper_there(session: AsyncSession, workspace_id: str) -> bytes | None:
    """The same secret, only looked at; None where nobody has needed one yet."""
    query = select(NpsSettingsRow.pepper).where(NpsSettingsRow.workspace_id == workspace_id)
    found = (await session.execute(query)).scalar_one_or_none()
    return None if found is None else bytes.fromhex(found)


async def _ensure(session: AsyncSession, workspace_id: str) -> None:
    start = NpsSettings()
    values: dict[str, Any] = {
        "time_zone": start.time_zone,
        "year_begins": start.year_begins,
        "smallest_group": start.smallest_group,
        "pepper": secrets.token_hex(_PEPPER_BYTES),
    }
    await add_new(session, NpsSettingsRow, workspace_id=workspace_id, **values)
