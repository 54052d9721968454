"""What the owner of one of the top three is asked: monthly what changed, at the end whether it is done."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot.messages import priorities_posts as words
from bot.preferences import Private, wants
from bot.priorities.measured import ledger_on, standing_now
from storage import people, priorities
from storage.attention import Waiting
from stories.priorities.priority import Priority, State


def month_slot(priority: Priority, month: date) -> str:
    """The slot of a month's question."""
    return f"progress:{priority.id}:{month:%Y-%m}"


def end_slot(priority: Priority) -> str:
    """The slot of the question after the quarter."""
    return f"progress:{priority.id}:end"


async def told_now(
    session: AsyncSession, workspace_id: str, one: Waiting, now: datetime
) -> dict[str, Any] | None:
    """The question as it is asked at this moment; None where it is answered, or not wanted any more."""
    priority = await priorities.get(session, workspace_id, int(one.about["priority"]))
    if priority is None or priority.state is not State.STANDING or priority.owner_id != one.place:
        return None
    if not wants(await people.settings(session, workspace_id, one.place), Private.LEADING):
        return None
    ledger = await ledger_on(session, workspace_id, now)
    (standing,) = await standing_now(ledger, [priority])
    ask = words.ending if ledger.today > priority.last_day else words.question
    return ask(standing, str(one.about["command"]))
