"""What somebody did for the first time: said once, several first times together."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from sqlalchemy.ext.asyncio import AsyncSession

from bot.gathered import gathered
from bot.messages import momentum as words
from bot.messages.momentum import First
from storage.posted import Posted

SLOTS: Final = {first: f"first:{first.value}" for first in First}
"""The slot of each first time: one a person for good."""


async def told_now(session: AsyncSession, workspace_id: str, note: Posted, now: datetime) -> dict[str, Any]:
    """Its own first time and those that it gathers, in the order in which they come."""
    slots = {note.slot_key, *(one.slot_key for one in await gathered(session, workspace_id, note, now))}
    return words.first_times([first for first, slot in SLOTS.items() if slot in slots])
