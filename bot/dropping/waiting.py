"""Tables dropped on the bot that wait for somebody's yes."""

from __future__ import annotations

from typing import Any

from bot.desk import Desk
from bot.dropping.download import SharedFile
from bot.visitors import Visitor
from storage import audit, nps_uploads
from storage.nps_uploads import Upload


async def ask(desk: Desk, who: Visitor, file: SharedFile, held: dict[str, Any]) -> int:
    """Have a table wait for whoever dropped it, with what has to be remembered of it; its number."""
    upload = Upload(
        id=0,
        user_id=who.user_id,
        file_id=file.id,
        file=file.name,
        mapping=held,
        state=nps_uploads.ASKED,
    )
    async with desk.begin() as session:
        return await nps_uploads.ask(session, who.workspace_id, upload, now=desk.now())


async def leave_alone(desk: Desk, who: Visitor, upload: Upload) -> None:
    """It waits no longer: nobody wants it."""
    async with desk.begin() as session:
        await nps_uploads.move(
            session, who.workspace_id, upload.id, was=nps_uploads.ASKED, to=nps_uploads.LEFT
        )


async def is_mine(desk: Desk, who: Visitor, upload: Upload, act: str) -> bool:
    """Whether this click is the one that takes it in; the audit log says then who did (`act`)."""
    async with desk.begin() as session:
        mine = await nps_uploads.move(
            session, who.workspace_id, upload.id, was=nps_uploads.ASKED, to=nps_uploads.TAKING
        )
        if mine:
            entry = audit.Entry(
                at=desk.now(), actor_id=who.user_id, act=act, object_kind="file", object_id=upload.file
            )
            await audit.note(session, who.workspace_id, entry)
    return mine


async def taken(desk: Desk, who: Visitor, upload: Upload, *, failed: bool) -> None:
    """It is in; or it waits again, because that failed."""
    state = nps_uploads.ASKED if failed else nps_uploads.DONE
    async with desk.begin() as session:
        await nps_uploads.move(session, who.workspace_id, upload.id, was=nps_uploads.TAKING, to=state)
