"""What followed customers answered in surveys, under the address at which they are reached."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from storage import nps_settings, nps_sources
from storage.nps_people import hashed
from storage.tables import CustomerRow
from storage.tables_nps import NpsAnswerRow, NpsSourceRow
from stories.series.material import Answered, Words
from stories.series.sources import answer
from stories.series.voices import Voice


async def answers(
    session: AsyncSession, workspace_id: str, told: Mapping[int, Voice]
) -> tuple[Answered, ...]:
    """Their answers, the oldest first; a comment only where an admin lets its source's comments be shown.

    What was asked in a conversation is told with the conversation, and not here.
    """
    people = await _people(session, workspace_id, list(told))
    if not people:
        return ()
    row, source = NpsAnswerRow, NpsSourceRow
    own = (source.workspace_id == row.workspace_id) & (source.id == row.source_id)
    query = (
        select(row.source_id, row.key, row.score, row.day, row.comment, row.person, source.verbatims_shared)
        .join(source, own)
        .where(
            row.workspace_id == workspace_id,
            row.person.in_(list(people)),
            source.kind != nps_sources.INTERVIEW,
        )
        .order_by(row.day, row.source_id, row.key)
    )
    return tuple(
        Answered(
            ref=(ref := answer(one.source_id, one.key)),
            customer_id=people[one.person],
            day=one.day,
            score=one.score,
            words=Words(ref=ref, text=told[people[one.person]].hide(one.comment), day=one.day)
            if one.verbatims_shared and one.comment
            else None,
        )
        for one in await session.execute(query)
    )


async def _people(session: AsyncSession, workspace_id: str, customer_ids: Collection[int]) -> dict[str, int]:
    """Customers by how they are kept as people who answer; nobody for a workspace without answers."""
    pepper = await nps_settings.pepper_there(session, workspace_id) if customer_ids else None
    if pepper is None:
        return {}
    query = select(CustomerRow.id, CustomerRow.contact).where(
        CustomerRow.workspace_id == workspace_id, CustomerRow.id.in_(customer_ids)
    )
    found = {hashed(pepper, row.contact): row.id for row in await session.execute(query) if row.contact}
    return {person: customer_id for person, customer_id in found.items() if person is not None}
