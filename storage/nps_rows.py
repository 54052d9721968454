"""Putting raw answers in, many at once: each database its own fastest way."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from storage.bulk import insert_many, is_sqlite
from storage.inline import InlineSession
from storage.tables_nps import NpsAnswerRow

_INSERT = (
    "INSERT INTO nps_answers "
    "(workspace_id, source_id, key, score, answered_at, day, comment, properties, person) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
)

_NAIVE = len("2026-01-31 10:00:00.000000")


async def insert_answers(
    session: AsyncSession, workspace_id: str, source_id: int, rows: Mapping[str, Mapping[str, Any]]
) -> None:
    """Insert answers by their keys; none of them may be there."""
    if not rows:
        return
    if is_sqlite(session) and isinstance(session, InlineSession):
        # The values are written as SQLAlchemy's types would; properties that many share are written once.
        told: dict[int, str] = {}
        values = [
            (
                workspace_id,
                source_id,
                key,
                row["score"],
                row["answered_at"].astimezone(UTC).isoformat(" ", "microseconds")[:_NAIVE],
                row["day"].isoformat(),
                row["comment"],
                told.get(id(row["properties"])) or _told(told, row["properties"]),
                row["person"],
            )
            for key, row in rows.items()
        ]
        session.sync_session.connection().exec_driver_sql(_INSERT, values)
        return
    own = {"workspace_id": workspace_id, "source_id": source_id}
    await insert_many(session, NpsAnswerRow, [{**own, "key": key, **row} for key, row in rows.items()])


def _told(told: dict[int, str], properties: Mapping[str, str]) -> str:
    """The properties as JSON, remembered for as long as they are held by the rows."""
    written = told[id(properties)] = json.dumps(properties)
    return written
