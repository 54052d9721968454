"""*You said, we did*: what came of a story, in the next digest of each channel that heard it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot.endings.notes import ending_told
from bot.messages.blocks import Block
from bot.messages.endings import said_and_done
from bot.messages.story import summary
from bot.own_customers import meets
from bot.showing import subjects_of
from storage import channels, stories
from storage.attention import Waiting
from storage.deliveries import Subject
from stories.digest import understood


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """The line in a digest, the same as a message, and whose words it carries."""

    line: tuple[Block, ...]
    payload: dict[str, Any]
    subjects: tuple[Subject, ...]


def slot_of(follow_up_id: int) -> str:
    """What it is decided as in each channel."""
    return f"did:{follow_up_id}"


async def told_now(session: AsyncSession, workspace_id: str, one: Waiting, now: datetime) -> Line | None:
    """The line as it may be said there at this moment.

    None once its story or its ending is taken back, in a channel that wants other languages, and where the
    customer would meet their own words.
    """
    told = await ending_told(session, workspace_id, int(one.about["follow_up"]), now)
    if told is None:
        return None
    telling, ending = told
    story = await stories.get(session, workspace_id, telling.story_id)
    channel = await channels.get(session, workspace_id, one.place)
    wanted = channel.digest.languages if channel else frozenset[str]()
    if story is None or not understood(story.interview.language, wanted):
        return None
    if story.interview.customer.id in await meets(session, workspace_id, one.place):
        return None
    line = said_and_done(telling, ending)
    payload = {"text": summary(telling), "blocks": list(line)}
    return Line(line=line, payload=payload, subjects=subjects_of(story))
