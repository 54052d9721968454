"""Erasing: a person by their key, a source with all its answers."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from storage import nps_settings
from storage.nps_answers import remove_rows
from storage.nps_people import hashed
from storage.rows import add_new
from storage.tables_nps import NpsAnswerRow, NpsErasedRow


async def erase_person(session: AsyncSession, workspace_id: str, person_key: str, *, now: datetime) -> int:
    """Delete every answer of the person with this key, out of the counts too; how many there were.

    What a survey tool sends of them later is left out. Raises ValueError for an empty key.
    """
    person = hashed(await nps_settings.pepper(session, workspace_id), person_key)
    if person is None:
        raise ValueError("a person is erased by their key; it is empty")
    own = (NpsAnswerRow.workspace_id == workspace_id) & (NpsAnswerRow.person == person)
    removed = await remove_rows(session, workspace_id, own)
    await add_new(session, NpsErasedRow, workspace_id=workspace_id, person=person, at=now)
    return removed


async def empty_source(session: AsyncSession, workspace_id: str, source_id: int, *, most: int) -> int:
    """Delete `most` of a source's answers, out of the counts too; how many there were.

    To be called again, each time in a transaction of its own, until it says 0: others get their turn between.
    """
    return await remove_rows(session, workspace_id, NpsAnswerRow.source_id == source_id, most=most)
