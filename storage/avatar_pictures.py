"""Pictures of avatars: served to whoever knows a picture's name, which nobody can guess."""

from __future__ import annotations

import secrets
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.rows import add_new
from storage.tables_avatars import ProjectRow
from storage.tables_project_face import AvatarPictureRow
from stories.pictures import Picture

_NAME_BYTES = 24


async def put(
    session: AsyncSession, workspace_id: str, project_id: int, picture: Picture, *, by: str, now: datetime
) -> str:
    """Have this be the avatar's picture, in place of any other; its name, of 192 random bits."""
    await drop(session, workspace_id, project_id)
    ending = picture.content_type.rpartition("/")[2]
    name = f"{secrets.token_urlsafe(_NAME_BYTES)}.{ending}"
    await add_new(
        session,
        AvatarPictureRow,
        workspace_id=workspace_id,
        project_id=project_id,
        name=name,
        content_type=picture.content_type,
        data=picture.data,
        added_by=by,
        added_at=now,
    )
    await _say(session, workspace_id, project_id, name)
    return name


async def drop(session: AsyncSession, workspace_id: str, project_id: int) -> None:
    """Have the avatar show its emoji again; the picture is deleted."""
    await session.execute(
        delete(AvatarPictureRow).where(
            AvatarPictureRow.workspace_id == workspace_id, AvatarPictureRow.project_id == project_id
        )
    )
    await _say(session, workspace_id, project_id, None)


async def named(session: AsyncSession, name: str) -> Picture | None:
    """The picture of that name, whoever's it is."""
    query = select(AvatarPictureRow.content_type, AvatarPictureRow.data).where(AvatarPictureRow.name == name)
    row = (await session.execute(query)).one_or_none()
    return None if row is None else Picture(content_type=row.content_type, data=row.data)


async def _say(session: AsyncSession, workspace_id: str, project_id: int, name: str | None) -> None:
    await session.execute(
        update(ProjectRow)
        .where(ProjectRow.workspace_id == workspace_id, ProjectRow.id == project_id)
        .values(avatar_picture=name)
    )
