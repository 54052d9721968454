"""Erasing: a person by their key and whatever quotes them, a source with all its answers."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from storage import nps_movements, nps_settings
from storage.holdings import About
from storage.nps_answers import remove_rows
from storage.nps_movements import AnswerKey
from storage.nps_people import hashed
from storage.rows import add_new
from storage.tables import CustomerRow
from storage.tables_attention import UnaskedRow
from storage.tables_nps import NpsAnswerRow, NpsErasedRow

_MOVEMENT = "nps_movement"
"""The kind of the posts that quote comments."""


async def person_of(session: AsyncSession, workspace_id: str, person_key: str) -> str | None:
    """How the person is kept who answers under this key (an address, a number); None for an empty one.

    Call it in a transaction that writes, as `storage.nps_settings.pepper`.
    """
    return hashed(await nps_settings.pepper(session, workspace_id), person_key)


async def erase_person(session: AsyncSession, workspace_id: str, person_key: str, *, now: datetime) -> int:
    """Delete every answer of the person with this key, out of the counts too; how many there were.

    What a survey tool sends of them later is left out. Raises ValueError for an empty key.
    """
    person = await person_of(session, workspace_id, person_key)
    if person is None:
        raise ValueError("a person is erased by their key; it is empty")
    return await erase_hashed(session, workspace_id, person, now=now)


async def erase_hashed(session: AsyncSession, workspace_id: str, person: str, *, now: datetime) -> int:
    """The same for a person as they are kept (see `person_of`)."""
    own = (NpsAnswerRow.workspace_id == workspace_id) & (NpsAnswerRow.person == person)
    removed = await remove_rows(session, workspace_id, own)
    await add_new(session, NpsErasedRow, workspace_id=workspace_id, person=person, at=now)
    return removed


async def answers_of(
    session: AsyncSession, workspace_id: str, about: About, object_key: str
) -> tuple[AnswerKey, ...]:
    """The answers of a person, or those that a customer gave under the address at which they are reached."""
    person: str | None = None
    if about is About.RESPONDENT:
        person = object_key
    elif about is About.CUSTOMER:
        contact = await session.scalar(
            select(CustomerRow.contact).where(
                CustomerRow.workspace_id == workspace_id, CustomerRow.id == int(object_key)
            )
        )
        pepper = await nps_settings.pepper_there(session, workspace_id) if contact else None
        person = hashed(pepper, contact) if pepper and contact else None
    if person is None:
        return ()
    query = select(NpsAnswerRow.source_id, NpsAnswerRow.key).where(
        NpsAnswerRow.workspace_id == workspace_id, NpsAnswerRow.person == person
    )
    return tuple((source, key) for source, key in await session.execute(query))


async def posts_quoting(
    session: AsyncSession, workspace_id: str, answers: Collection[AnswerKey]
) -> tuple[int, ...]:
    """The posts about movements of NPS that quote one of these, and the digests that took one along."""
    told = await _quoting(session, workspace_id, answers)
    query = select(UnaskedRow.delivery_id).where(
        UnaskedRow.workspace_id == workspace_id,
        UnaskedRow.kind == _MOVEMENT,
        UnaskedRow.about["movement"].as_integer().in_([one.id for one in told]),
        UnaskedRow.delivery_id.is_not(None),
    )
    return tuple(post for post in (await session.execute(query)).scalars() if post) if told else ()


async def quote_no_more(session: AsyncSession, workspace_id: str, answers: Collection[AnswerKey]) -> None:
    """Have movements forget that they quote these: their posts are made anew without."""
    for one in await _quoting(session, workspace_id, answers):
        left = [voice for voice in one.voices if voice not in answers]
        await nps_movements.quotes(session, workspace_id, one.id, left)


async def empty_source(session: AsyncSession, workspace_id: str, source_id: int, *, most: int) -> int:
    """Delete `most` of a source's answers, out of the counts too; how many there were.

    To be called again, each time in a transaction of its own, until it says 0: others get their turn between.
    """
    return await remove_rows(session, workspace_id, NpsAnswerRow.source_id == source_id, most=most)


async def _quoting(
    session: AsyncSession, workspace_id: str, answers: Collection[AnswerKey]
) -> tuple[nps_movements.Told, ...]:
    if not answers:
        return ()
    every = await nps_movements.quoting(session, workspace_id)
    return tuple(one for one in every if not set(answers).isdisjoint(one.voices))
