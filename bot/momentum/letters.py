"""The monthly letter of a part of the business: made of what may be told at this moment, or not at all."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot.languages import heard_in
from bot.messages import letters as words
from bot.messages.letters import Changed, Figures, Letter
from bot.own_customers import meets
from bot.showing import subjects_of, told
from bot.terms import rules
from storage import centre_figures, letters, nps_settings, stories
from storage.deliveries import Subject
from stories.digest import understood
from stories.talk_parts import FEWEST_COLLEAGUES, counted
from stories.values import dataclass

MOST_CHANGES = 5
_CHANGES_READ = 30
"""Changes that are looked at: some may not be told any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """The letter, the stories it speaks of (their ids), and whose words it carries."""

    payload: dict[str, Any]
    stories: frozenset[int] = frozenset()
    subjects: tuple[Subject, ...] = ()


def slot_of(month: date, part: str) -> str:
    """The slot of a month's letter."""
    return f"letter:{month:%Y-%m}:{part}"


def month_before(today: date) -> date:
    """The first day of the month before this one."""
    return (today.replace(day=1) - timedelta(days=1)).replace(day=1)


async def told_now(
    session: AsyncSession, workspace_id: str, place: str, slot: str, now: datetime
) -> Told | None:
    """The letter as it may be read there; None where nothing happened, or nobody wants it any more."""
    wanted = await letters.of_place(session, workspace_id, place)
    if wanted is None or wanted.stopped_at is not None:
        return None
    _kind, month, part = slot.split(":", 2)
    first = date.fromisoformat(f"{month}-01")
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    figures = await _figures(session, workspace_id, part, first, last)
    changes, about, subjects = await _changes(session, workspace_id, part, place, (first, last), now)
    if figures is None and not changes:
        return None
    letter = Letter(part=part, month=first, figures=figures, changes=changes)
    return Told(payload=words.letter(letter, place), stories=about, subjects=subjects)


async def _figures(
    session: AsyncSession, workspace_id: str, part: str, first: date, last: date
) -> Figures | None:
    """How many conversations and with whom; None where telling it would be telling of a few colleagues."""
    if not (await rules(session, workspace_id)).participation:
        return None
    fewest = (await nps_settings.get(session, workspace_id)).smallest_group
    talks = await centre_figures.talks_by_part(session, workspace_id, first, last)
    found = counted(talks, max(FEWEST_COLLEAGUES, fewest))
    if found is None:
        return None
    own = next((one.talks for one in found.parts if one.name == part), None) if part else found.talks
    if not own:
        return None
    heard = await letters.segments_heard(session, workspace_id, part, first, last)
    known = await letters.segments(session, workspace_id)
    return Figures(
        talks=own,
        heard=tuple(one for one in known if one in heard),
        unheard=tuple(one for one in known if one not in heard),
    )


async def _changes(
    session: AsyncSession, workspace_id: str, part: str, place: str, days: tuple[date, date], now: datetime
) -> tuple[tuple[Changed, ...], frozenset[int], tuple[Subject, ...]]:
    """What was changed in the open in these days because of what the part's customers said.

    Of stories in a language that the channel chose to hear, and of nobody who would meet their own words.
    """
    begins, ends = (datetime.combine(day, time(), UTC) for day in (days[0], days[1] + timedelta(days=1)))
    found = await letters.changed_because(session, workspace_id, part, begins, ends, most=_CHANGES_READ)
    loaded = await stories.some(session, workspace_id, sorted({story_id for story_id, _done in found}))
    apart = await meets(session, workspace_id, place)
    wanted = await heard_in(session, workspace_id, place)
    known = {
        one.id: one
        for one in loaded
        if one.interview.customer.id not in apart and understood(one.interview.language, wanted)
    }
    tellings = {one.story_id: one for one in await told(session, workspace_id, known.values(), now)}
    changes: list[Changed] = []
    about: set[int] = set()
    for story_id, number in found:
        telling = tellings.get(story_id)
        ending = (
            next((one for one in telling.endings if one.follow_up_id == number), None) if telling else None
        )
        if telling is not None and ending is not None and len(changes) < MOST_CHANGES:
            changes.append(Changed(title=telling.title, who=ending.by, words=ending.words, story_id=story_id))
            about.add(story_id)
    subjects = dict.fromkeys(one for story_id in sorted(about) for one in subjects_of(known[story_id]))
    return tuple(changes), frozenset(about), tuple(subjects)
