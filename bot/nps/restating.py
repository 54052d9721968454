"""What was told of a movement, brought up to date in its own post or in the digest that took it along."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot import digest
from bot.messages import nps_movement
from bot.nps.movements import KIND, gathered, movement_slot, told_now
from bot.revising import say_now
from bot.tongues import said_to, speaking_to
from storage import attention, nps_movements
from storage.attention import Unasked, Waiting
from storage.nps_movements import AnswerKey
from storage.posted import Posted

_RODE_ALONG = "merged"


async def revise(
    session: AsyncSession, workspace_id: str, movement_id: int, now: datetime, *, command: str
) -> None:
    """Bring the post that told of a movement up to date, if it went out or still waits to."""
    told = await nps_movements.movement(session, workspace_id, movement_id)
    if told is None:
        return
    slot = Unasked(place=told.channel_id, kind=KIND, slot_key=movement_slot(movement_id), about={})
    one = await attention.offered(session, workspace_id, slot)
    if one is None or one.delivery_id is None:
        return
    payload = await _now(session, workspace_id, movement_id, one, now, command=command)
    if payload is not None:
        await say_now(session, workspace_id, one.delivery_id, payload, now=now)


async def _now(
    session: AsyncSession, workspace_id: str, movement_id: int, one: Waiting, now: datetime, *, command: str
) -> dict[str, Any] | None:
    """What its post says at this moment; None where nothing can be told."""
    if one.state == _RODE_ALONG and one.delivery_id is not None:
        return await digest.recompose(session, workspace_id, one.delivery_id, now)
    moved = await gathered(session, workspace_id, movement_id)
    if moved is None:
        return None
    return await said_to(session, workspace_id, one.place, lambda: nps_movement.post(moved, command))


async def restated(
    session: AsyncSession, workspace_id: str, post: Posted, _now: datetime
) -> dict[str, Any] | None:
    """A post about a movement as it reads now; None for one that tells of nothing any more."""
    carried = await attention.carried_by(session, workspace_id, post.id)
    own = next((one for one in carried if one.kind == KIND and one.state != _RODE_ALONG), None)
    if own is None:
        return None
    async with speaking_to(session, workspace_id, own.place):
        if "movement" not in own.about:
            told = await told_now(session, workspace_id, own)
            return told[0] if told else None
        moved = await gathered(session, workspace_id, int(own.about["movement"]))
        return None if moved is None else nps_movement.post(moved, str(own.about["command"]))


async def silenced(session: AsyncSession, workspace_id: str) -> dict[int, list[AnswerKey]]:
    """The movements whose posts quote what may not be shown any more, each with what is left."""
    quoting = await nps_movements.quoting(session, workspace_id)
    keys = {key for told in quoting for key in told.voices}
    speaking = await nps_movements.speaking(session, workspace_id, keys)
    return {
        told.id: [key for key in told.voices if key in speaking]
        for told in quoting
        if any(key not in speaking for key in told.voices)
    }


async def silence_gone(session: AsyncSession, workspace_id: str, now: datetime, *, command: str) -> int:
    """Take comments out of posts that may not be shown any more; returns how many posts that were."""
    changed = await silenced(session, workspace_id)
    for movement_id, kept in changed.items():
        await nps_movements.quotes(session, workspace_id, movement_id, kept)
        await revise(session, workspace_id, movement_id, now, command=command)
    return len(changed)
