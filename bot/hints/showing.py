"""Hints laid into a view of the write-up. In the caller's transaction; the words alone are looked at."""

from __future__ import annotations

from sqlalchemy.ext.asyncio import AsyncSession

from bot.lessons.settings import hints_off
from bot.messages.blocks import Block
from bot.messages.hints import with_hints
from bot.messages.interview_frame import Place
from bot.visitors import Visitor
from storage import people
from stories.forms import Form
from stories.hints.hints import hints_for

MOST = 2
"""Hints in one view: more would be a lecture."""
_ALL = 50


async def hinted(
    session: AsyncSession, who: Visitor, place: Place, form: Form, view: Block, *, notes: str = ""
) -> Block:
    """The view with what may be pointed at in it, for its author alone; itself where there is nothing.

    `notes` are those that are in no field yet. What somebody turned off is asked where there is something.
    """
    found = hints_for(form, place.step, notes=notes, most=_ALL)
    if not found:
        return view
    off = hints_off(await people.settings(session, who.workspace_id, who.user_id))
    shown = tuple(one for one in found if one.family not in off)[:MOST]
    return with_hints(view, shown, place) if shown else view
