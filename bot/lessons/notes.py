"""The private message that offers a lesson, put into words when it goes."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot.lessons import shelf
from bot.messages.lessons import offer_note
from bot.preferences import Private, wants
from storage import attention, people
from storage import lessons as store
from storage.attention import Waiting
from stories.attention_hours import person_hours
from stories.lessons.values import Moment


async def told_now(
    session: AsyncSession, workspace_id: str, one: Waiting, now: datetime
) -> dict[str, Any] | None:
    """The message that offers a lesson; None for somebody who found it meanwhile, or wants none any more.

    None also in a week that has brought them anything else unasked: what customers and colleagues have to say
    is not to wait for a lesson. Once it is on its way, it goes.
    """
    window = person_hours(str(one.about["zone"]), now).window
    if one.state == "waiting" and await attention.places_taken(session, workspace_id, one.place, window):
        return None
    found = shelf.lesson(str(one.about["lesson"]))
    known = await store.places(session, workspace_id, one.place)
    wanted = wants(await people.settings(session, workspace_id, one.place), Private.LESSONS)
    if found is None or found.key in known or not wanted:
        return None
    return offer_note(found, Moment(one.about["moment"]), one.slot_key)
