"""A movement's post: what is known of it now, put into words."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot.messages import nps_movement
from bot.messages.blocks import Block
from bot.messages.nps_movement import Moved
from storage import nps_deeper, nps_follows, nps_movements, nps_sources, search_themes
from storage.attention import Waiting
from storage.nps_movements import Told
from stories.nps.change import compare
from stories.nps.counts import Band
from stories.nps.grown_words import Grown, grown, grown_themes
from stories.nps.periods import Period

KIND = "nps_movement"
SIDES = (Band.DETRACTOR, Band.PROMOTER)
_COMMENTS_READ = 2000
"""Comments of each side that are looked through for themes and words."""


def movement_slot(movement_id: int) -> str:
    """The slot of a movement's post."""
    return f"movement:{movement_id}"


def quiet_slot(quarter: date) -> str:
    """The slot of the line about a quiet quarter that began on that day."""
    return f"quiet:{quarter.isoformat()}"


async def gathered(session: AsyncSession, workspace_id: str, movement_id: int) -> Moved | None:
    """All that a movement's post tells; None for one that nobody follows any more or cannot be compared."""
    told = await nps_movements.movement(session, workspace_id, movement_id)
    follow = await nps_follows.followed(session, workspace_id, told.channel_id) if told else None
    change = compare(told.before, told.after) if told else None
    if told is None or change is None:
        return None
    speaking = await nps_movements.speaking(session, workspace_id, told.voices)
    sources = await nps_sources.every(session, workspace_id)
    return Moved(
        told=told,
        change=change,
        follow=follow,
        voices=tuple(speaking[key] for key in told.voices if key in speaking),
        sources={source.id: source.name for source in sources},
        grown=await _grown(session, workspace_id, told),
    )


async def _grown(session: AsyncSession, workspace_id: str, told: Told) -> tuple[Grown, ...]:
    """The themes that grew, where people have named some; the words, where no such theme has."""
    sides, themes = [], []
    for span in nps_movement.sides_of(told.week_end):
        some = await nps_deeper.verbatims(
            session, workspace_id, dict(told.cell), span.first, span.last, most=_COMMENTS_READ
        )
        about = await search_themes.of_comments(
            session, workspace_id, {(one.source_id, one.key) for one in some}
        )
        sides.append([one.comment for one in some])
        themes.append([about.get((one.source_id, one.key), ()) for one in some])
    return grown_themes(themes[0], themes[1]) or grown(sides[0], sides[1])


async def told_now(
    session: AsyncSession, workspace_id: str, one: Waiting
) -> tuple[dict[str, Any], tuple[Block, ...]] | None:
    """What waits to be told: the post, and its line in a digest; None where the channel follows no more."""
    if await nps_follows.followed(session, workspace_id, one.place) is None:
        return None
    command = str(one.about["command"])
    if "quarter" in one.about:
        first, last = (date.fromisoformat(day) for day in one.about["quarter"])
        payload = nps_movement.quiet(Period(first=first, last=last), command)
        return payload, tuple(payload["blocks"][:1])
    moved = await gathered(session, workspace_id, int(one.about["movement"]))
    return None if moved is None else (nps_movement.post(moved, command), nps_movement.line(moved))
