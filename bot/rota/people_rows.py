"""A colleague as one row of a list tells of them; it makes nobody join."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from bot.rota.table_reading import Cells, Names, Unusable
from storage import rota
from stories.language import _
from stories.rota.hours import Party
from stories.rota.people import LONGEST_PART, Member, Seniority

NAMES: Final[Names] = {
    "user_id": ("user id", "slack id", "id", "member id"),
    "part": ("part", "part of the business", "department", "team"),
    "seniority": ("seniority", "level"),
    "languages": ("languages", "language"),
    "time_zone": ("time zone", "timezone", "zone", "city"),
    "country": ("country", "country code"),
}
"""The headings that a list of colleagues may have."""

NEEDED: Final = ("user_id",)

_LEVELS: Final = {
    Seniority.HANDS_ON: ("", "hands on", "hands_on", "individual contributor", "ic", "staff"),
    Seniority.LEAD: ("lead", "manager", "team lead"),
    Seniority.LEADERSHIP: ("leadership", "director", "vp", "c level", "ceo", "executive"),
}


def member_of(cells: Cells) -> Member:
    """The colleague in these cells, joined to nothing. Raises Unusable with the field and the fix."""
    user_id = cells.text("user_id", 40)
    if not user_id or user_id[0] not in "UW" or not user_id.isalnum():
        raise Unusable("user_id", user_id, _("write the colleague’s Slack id, such as U012AB3CD"))
    return Member(
        user_id=user_id,
        part=cells.text("part", LONGEST_PART),
        seniority=_seniority(cells.text("seniority", 40)),
        languages=cells.languages(("en",)),
        party=cells.party(Party("UTC")),
    )


async def keep(session: AsyncSession, workspace_id: str, told: Member) -> bool:
    """Know it of them, unless they joined: what somebody chose outranks a list. Tells whether it was kept."""
    known = await rota.member(session, workspace_id, told.user_id)
    if known is not None and known.joined_at is not None:
        # A part is no choice: rhythms hang on it, and a reorganisation comes by list.
        if told.part and not known.part:
            await rota.choose(session, workspace_id, replace(known, part=told.part))
        return False
    kept = told if known is None else replace(told, left_at=known.left_at)
    await rota.choose(session, workspace_id, kept)
    return True


def _seniority(typed: str) -> Seniority:
    folded = typed.casefold().replace("-", " ")
    found = next((level for level, called in _LEVELS.items() if folded in called), None)
    if found is None:
        raise Unusable("seniority", typed, _("write hands-on, lead or leadership"))
    return found
