"""Whose comments a movement's post quotes: from both sides, and none that its channel has just read."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import UTC, datetime, time, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.languages import heard_in
from bot.messages.nps_movement import sides_of
from bot.nps.movements import SIDES
from storage import nps_deeper, nps_movements, routes
from storage.nps_deeper import Verbatim
from storage.nps_follows import Cell
from storage.nps_movements import AnswerKey
from stories.nps.telling_comments import most_telling
from stories.nps.watch import Movement

A_SIDE, LOOKED_AT = 2, 30
READ_LATELY = timedelta(weeks=13)
"""How long a comment rests in a channel that has read it, as long as others say something too."""


async def chosen(
    session: AsyncSession, workspace_id: str, channel_id: str, movement: Movement[Cell]
) -> list[AnswerKey]:
    """The most telling comments of the weeks after it, in languages that the channel hears.

    What other movements or the channel's own rules brought there within thirteen weeks comes after all else.
    """
    after = sides_of(movement.week_end)[1]
    wanted = await heard_in(session, workspace_id, channel_id)
    read = await _read_there(session, workspace_id, channel_id, movement)
    found: list[AnswerKey] = []
    for band in SIDES:
        some = await nps_deeper.verbatims(
            session,
            workspace_id,
            dict(movement.segment),
            after.first,
            after.last,
            bands=(band,),
            languages=wanted,
            most=LOOKED_AT,
        )
        found += _most_telling(some, read)
    return found


async def _read_there(
    session: AsyncSession, workspace_id: str, channel_id: str, movement: Movement[Cell]
) -> frozenset[AnswerKey]:
    since = movement.week_end - READ_LATELY
    told = await nps_movements.movements(session, workspace_id, channel_id, since)
    begun = datetime.combine(since, time(), UTC)
    brought = await routes.answers_brought(session, workspace_id, channel_id, begun)
    return brought | {key for one in told for key in one.voices}


def _most_telling(some: Sequence[Verbatim], read: Collection[AnswerKey]) -> list[AnswerKey]:
    new = [one for one in some if (one.source_id, one.key) not in read]
    old = [one for one in some if (one.source_id, one.key) in read]
    places = [new[at] for at in most_telling([one.comment for one in new], A_SIDE)]
    places += [old[at] for at in most_telling([one.comment for one in old], A_SIDE - len(places))]
    return [(one.source_id, one.key) for one in places]
