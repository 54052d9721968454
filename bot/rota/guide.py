"""The guide's facts, gathered at the moment it is shown: what its reader may see of this customer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from functools import partial
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from bot.avatars.looking_back import cell_of
from bot.messages.rota_guide import Guide
from bot.messages.rota_notes import About
from bot.nps.ledger import Ledger, shown
from bot.rota.questions import worth_asking
from bot.showing import subjects_of, told
from storage import follow_ups, nps_counts, nps_settings, rota_questions, stories
from storage.contacts_free import Known
from storage.deliveries import Subject
from stories.consent import Purpose
from stories.nps.counts import Counts
from stories.nps.periods import Calendar, Period, Unit, previous, whole
from stories.story import Story, Telling, preview

QUARTERS = 4
"""How many quarters of NPS the guide shows, the present one last."""


async def gather(
    session: AsyncSession, workspace_id: str, about: About, known: Known, now: datetime
) -> tuple[Guide, frozenset[int], tuple[Subject, ...]]:
    """The guide, the stories it speaks of (their ids), and whose words it carries.

    Told with the customer's name stands here only what is told so to everybody: a story that was shared
    without name would be laid at this customer's door. Their own stories the reader sees whole.
    """
    ids = await rota_questions.stories_with(session, workspace_id, known.customer_id)
    loaded = await stories.some(session, workspace_id, ids)
    seen = await _seen(session, workspace_id, loaded, about.talk.user_id, now)
    like, points = await _nps(session, workspace_id, known.segment, now)
    guide = Guide(
        about=about,
        spoken=known.languages,
        earlier=tuple(telling for _story, telling in seen),
        kept=len(loaded) - len(seen),
        promises=await _promises(session, workspace_id, [story for story, _telling in seen]),
        like=like,
        nps=points,
        questions=await worth_asking(
            session, workspace_id, known.segment, now.date(), customer_id=known.customer_id
        ),
    )
    subjects = dict.fromkeys(subject for story, _telling in seen for subject in subjects_of(story))
    subjects |= {Subject(customer_id=known.customer_id): None}
    return guide, frozenset(story.id for story, _telling in seen), tuple(subjects)


async def _seen(
    session: AsyncSession, workspace_id: str, loaded: Sequence[Story], reader: str, now: datetime
) -> list[tuple[Story, Telling]]:
    tellings = {one.story_id: one for one in await told(session, workspace_id, loaded, now) if one.named}
    for story in loaded:
        own = preview(story, Purpose.WITH_NAME) if story.interview.author_id == reader else None
        if own is not None:
            tellings[story.id] = own
    return [(story, tellings[story.id]) for story in loaded if story.id in tellings]


async def _promises(
    session: AsyncSession, workspace_id: str, seen: Sequence[Story]
) -> tuple[tuple[str, date | None], ...]:
    found = [task for story in seen for task in await follow_ups.of_story(session, workspace_id, story.id)]
    return tuple(
        (task.what, task.due_on) for task in found if task.kind == follow_ups.PROMISE and task.done_at is None
    )


async def _nps(
    session: AsyncSession, workspace_id: str, segment: str, now: datetime
) -> tuple[str, tuple[tuple[Period, Counts], ...]]:
    """NPS by quarter of customers like this one, as far as the rules on small groups let it be told."""
    if await nps_counts.days_covered(session, workspace_id) is None:
        return "", ()
    settings = await nps_settings.get(session, workspace_id)
    today = now.astimezone(ZoneInfo(settings.time_zone)).date()
    fiscal = Calendar(fiscal_start=settings.year_begins)
    ledger = Ledger(session, workspace_id, today, fiscal, fewest=settings.smallest_group)
    cell = cell_of(await nps_counts.vocabulary(session, workspace_id), segment)
    # Where answers do not tell such customers apart, those of everybody are better than none.
    like, cell = ("", ()) if cell is None else (segment, cell)
    points = []
    for period in _quarters(today, fiscal):
        part = await ledger.decide(partial(shown, cell, period))
        counts = ledger.fetched.counts(cell, part) if part else Counts()
        points += [(period, counts)] if part and counts.n else []
    return like, tuple(points)


def _quarters(today: date, fiscal: Calendar) -> list[Period]:
    """The latest ones, the earliest first."""
    found: list[Period] = []
    one: Period | None = whole(Unit.QUARTER, today, fiscal)
    while one is not None and len(found) < QUARTERS:
        found.insert(0, one)
        one = previous(one, fiscal)
    return found
