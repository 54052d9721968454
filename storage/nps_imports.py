"""Files that are taken in: how far each is, kept with the rows themselves so that a kill loses nothing."""

from __future__ import annotations

from dataclasses import field
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.rows import add
from storage.tables_nps_intake import NpsImportRow
from stories.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Import:
    """A file on its way in: the first `rows_done` of its rows are; `tally` counts what became of them."""

    id: int
    source_id: int
    file: str
    rows_done: int = 0
    tally: dict[str, Any] = field(default_factory=dict)
    started_at: datetime
    finished_at: datetime | None = None


async def begin(
    session: AsyncSession, workspace_id: str, source_id: int, *, fingerprint: str, file: str, now: datetime
) -> Import:
    """The import of this file (by the fingerprint of its bytes and mapping): a new one, or where it was left.

    One that came to its end begins anew: the same file twice changes nothing.
    """
    own = (NpsImportRow.workspace_id == workspace_id) & (NpsImportRow.source_id == source_id)
    known = select(NpsImportRow).where(own, NpsImportRow.fingerprint == fingerprint)
    row = (await session.execute(known)).scalar_one_or_none()
    if row is None:
        values: dict[str, Any] = {"source_id": source_id, "fingerprint": fingerprint, "file": file}
        started: dict[str, Any] = {"rows_done": 0, "tally": {}, "started_at": now}
        number = await add(session, NpsImportRow, workspace_id=workspace_id, **values, **started)
        return Import(id=number, source_id=source_id, file=file, started_at=now)
    if row.finished_at is not None:
        again: dict[str, Any] = {"rows_done": 0, "tally": {}, "started_at": now, "finished_at": None}
        await session.execute(update(NpsImportRow).where(own, NpsImportRow.id == row.id).values(**again))
        return Import(id=row.id, source_id=source_id, file=file, started_at=now)
    return Import(
        id=row.id,
        source_id=source_id,
        file=row.file,
        rows_done=row.rows_done,
        tally=row.tally,
        started_at=row.started_at,
    )


async def advance(
    session: AsyncSession, workspace_id: str, import_id: int, *, rows_done: int, tally: dict[str, Any]
) -> None:
    """So many rows are in, in the transaction of those rows."""
    await _set(session, workspace_id, import_id, rows_done=rows_done, tally=tally)


async def finish(session: AsyncSession, workspace_id: str, import_id: int, *, now: datetime) -> None:
    """The file was read to its end."""
    await _set(session, workspace_id, import_id, finished_at=now)


async def _set(session: AsyncSession, workspace_id: str, import_id: int, **values: Any) -> None:
    own = (NpsImportRow.workspace_id == workspace_id) & (NpsImportRow.id == import_id)
    await session.execute(update(NpsImportRow).where(own).values(**values))
