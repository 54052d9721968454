"""The daily look: owners are asked how it goes, those who lead hear what nobody has asked customers yet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from bot import attention
from bot.batches import together
from bot.desk import Desk
from bot.editors import editors_for
from bot.nps.watching import LOOK_DAY
from bot.priorities import asking
from storage import nps_movements, nps_settings, priorities, priorities_shown, themes_spoken
from storage.attention import Unasked
from storage.nps_movements import Told
from stories.attention import NOBODY_ASKED, PROGRESS
from stories.nps.periods import closed_weeks_end
from stories.nps.watch import HISTORY
from stories.priorities.priority import Priority, State
from stories.priorities.rising import Rise, rising
from stories.search.texts import THEMED

LOOK_AT = time(7)
"""When it is looked, in the workspace's own time."""

ASKED_EVERY = timedelta(days=28)
"""How long an owner is left alone after something was said."""

_SCORES_OF, _WEEK = timedelta(days=14), timedelta(weeks=1)


async def look(desk: Desk, workspace_id: str) -> int:
    """Look when that is due; returns how many questions and proposals were offered. For every tick."""
    now = desk.now()
    async with desk.read() as session:
        due = await priorities_shown.next_look(session, workspace_id)
        if due is not None and due > now:
            return 0
        settings = await nps_settings.get(session, workspace_id)
    zone = ZoneInfo(settings.time_zone)
    today = now.astimezone(zone).date()
    weekly = due is None or _had_tuesday(due.astimezone(zone).date(), today)
    async with desk.read() as session:
        # Counting takes a while: nobody who writes waits for it.
        rises = await _rises(session, workspace_id, today) if weekly else []
        standing = await priorities.standing(session, workspace_id, today)
        owners = await _owners_due(session, workspace_id, standing, today, now, desk)
        scores = await _scores(session, workspace_id, now)

    async def offer(session: AsyncSession, some: Sequence[Unasked | Rise | Told]) -> None:
        for one in some:
            if isinstance(one, Unasked):
                await attention.offer(session, workspace_id, one, now=now)
            elif isinstance(one, Rise):
                await _offer_rise(session, workspace_id, one, standing, now)
            else:
                await _tell_of_score(session, workspace_id, one, standing, now)

    offers: list[Unasked | Rise | Told] = [*owners, *rises, *scores]
    await together(desk.database, offers, offer)
    async with desk.database.begin() as session:
        await priorities_shown.looked(session, workspace_id, next_time(now, zone))
    return len(offers)


def next_time(now: datetime, zone: ZoneInfo) -> datetime:
    """The next seven in the morning there, after `now`."""
    today = datetime.combine(now.astimezone(zone).date(), LOOK_AT, zone)
    return today if today > now else datetime.combine(today.date() + timedelta(days=1), LOOK_AT, zone)


async def _owners_due(
    session: AsyncSession,
    workspace_id: str,
    standing: Sequence[Priority],
    today: date,
    now: datetime,
    desk: Desk,
) -> list[Unasked]:
    late = await priorities.undecided_before(session, workspace_id, today)
    slots = [(one, asking.month_slot(one, today)) for one in standing if _is_due(one, now)]
    slots += [(one, asking.end_slot(one)) for one in late if one.last_day < today]
    command = desk.settings.firsthand_stories_command
    return [
        Unasked(
            place=one.owner_id,
            kind=PROGRESS,
            slot_key=slot,
            about={"priority": one.id, "command": command},
        )
        for one, slot in slots
    ]


def _is_due(one: Priority, now: datetime) -> bool:
    """Whether nothing was said of it for four weeks."""
    if one.state is not State.STANDING:
        return False
    said = one.latest.at.date() if one.latest else one.chosen_on
    return now.date() - said >= ASKED_EVERY


async def _rises(session: AsyncSession, workspace_id: str, today: date) -> list[Rise]:
    """The themes of which more customers speak."""
    week_end = closed_weeks_end(today)
    days = (week_end - _WEEK * HISTORY + timedelta(days=1), week_end)
    spoken = await themes_spoken.daily_speakers(session, workspace_id, THEMED, days)
    weekly = {theme: _weeks(by_day, days[0]) for theme, by_day in spoken.items()}
    everybody = weekly.pop(None)
    about = {theme: weeks for theme, weeks in weekly.items() if theme is not None}
    told = await themes_spoken.rises_told(session, workspace_id)
    return rising(about, everybody, week_end, told)


def _had_tuesday(since: date, today: date) -> bool:
    """Whether a Tuesday lies in these days: then a week is over, and what came late is there as well."""
    days = (today - since).days
    return any((since + timedelta(days=ahead)).weekday() == LOOK_DAY for ahead in range(min(days, 6) + 1))


async def _offer_rise(
    session: AsyncSession, workspace_id: str, rise: Rise, standing: Sequence[Priority], now: datetime
) -> None:
    """To whoever owns the theme as one of the top three, else to editors."""
    owners = [one.owner_id for one in standing if one.theme_id == rise.theme_id]
    about = {
        "theme": rise.theme_id,
        "customers": rise.after.part,
        "before": round(100 * rise.before.value),
        "after": round(100 * rise.after.value),
    }
    slot = f"why:theme:{rise.theme_id}:{rise.week_end.isoformat()}"
    await _offer(session, workspace_id, owners, slot, about, now)
    await themes_spoken.tell_rise(session, workspace_id, rise.theme_id, rise.week_end)


async def _scores(session: AsyncSession, workspace_id: str, now: datetime) -> list[Told]:
    """Movements of NPS that channels were told lately, the latest of each segment."""
    found = await nps_movements.found_since(session, workspace_id, now - _SCORES_OF)
    return list({nps_movements.cell_key(one.cell): one for one in found}.values())


async def _tell_of_score(
    session: AsyncSession, workspace_id: str, one: Told, standing: Sequence[Priority], now: datetime
) -> None:
    """Whoever leads hears whom to ask, once for each."""
    owners = [each.owner_id for each in standing if each.segment and each.segment == one.cell]
    slot = f"why:score:{nps_movements.cell_key(one.cell)}:{one.week_end.isoformat()}"
    await _offer(session, workspace_id, owners, slot, {"movement": one.id}, now)


async def _offer(
    session: AsyncSession,
    workspace_id: str,
    owners: list[str],
    slot: str,
    about: Mapping[str, object],
    now: datetime,
) -> None:
    people = owners or await editors_for(session, workspace_id, but="")
    for place in dict.fromkeys(people):
        what = Unasked(place=place, kind=NOBODY_ASKED, slot_key=slot, about=dict(about))
        await attention.offer(session, workspace_id, what, now=now)


def _weeks(by_day: dict[date, int], first: date) -> list[int]:
    weeks = [0] * HISTORY
    for day, number in by_day.items():
        weeks[min((day - first).days // 7, HISTORY - 1)] += number
    return weeks
