"""Tables of answers that were dropped on the bot, until somebody says how they are to be read."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.rows import add
from storage.tables_nps_intake import NpsUploadRow
from stories.values import dataclass

ASKED, TAKING, DONE, LEFT = "asked", "taking", "done", "left"
"""What becomes of one: its mapping is shown, it is on its way in, it is in, nobody wanted it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A table in Slack; `mapping` is how it is read so far, as `bot.nps` writes it."""

    id: int
    user_id: str
    file_id: str
    file: str
    mapping: dict[str, Any]
    state: str


async def ask(session: AsyncSession, workspace_id: str, upload: Upload, *, now: datetime) -> int:
    """Keep a table whose mapping is about to be shown; its number (the one given is not looked at)."""
    return await add(
        session,
        NpsUploadRow,
        workspace_id=workspace_id,
        user_id=upload.user_id,
        file_id=upload.file_id,
        file=upload.file,
        mapping=upload.mapping,
        state=ASKED,
        at=now,
    )


async def get(session: AsyncSession, workspace_id: str, upload_id: int) -> Upload | None:
    """A table by its number; None when it is not there."""
    own = (NpsUploadRow.workspace_id == workspace_id) & (NpsUploadRow.id == upload_id)
    row = (await session.execute(select(NpsUploadRow).where(own))).scalar_one_or_none()
    if row is None:
        return None
    return Upload(
        id=row.id,
        user_id=row.user_id,
        file_id=row.file_id,
        file=row.file,
        mapping=row.mapping,
        state=row.state,
    )


async def change(session: AsyncSession, workspace_id: str, upload_id: int, mapping: dict[str, Any]) -> None:
    """Read it otherwise."""
    await session.execute(_own(workspace_id, upload_id).values(mapping=mapping))


async def move(session: AsyncSession, workspace_id: str, upload_id: int, *, was: str, to: str) -> bool:
    """Take it from one state to another; False when it is in another by now (a second click)."""
    moved = _own(workspace_id, upload_id).where(NpsUploadRow.state == was).values(state=to)
    return (await session.execute(moved.returning(NpsUploadRow.id))).first() is not None


def _own(workspace_id: str, upload_id: int) -> Any:
    return update(NpsUploadRow).where(NpsUploadRow.workspace_id == workspace_id, NpsUploadRow.id == upload_id)
