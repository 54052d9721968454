"""What stands on whose App Home, as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot import account_team, home_leading, home_near
from bot.colleagues import Colleague
from bot.home_leading import Led
from bot.home_near import Around
from bot.home_own import Agreed, drafts_of, local_day, stories_of, tasks_of
from bot.home_values import Home, OwnStory
from bot.lessons import looking
from bot.objective.lines import latest_day
from bot.permissions import Role
from bot.terms import rules
from storage import (
    customer_colleagues,
    customers,
    drafts,
    follow_ups,
    homes,
    homes_own,
    objectives,
    parts,
    people,
    stories,
    wanted_talks,
)
from storage.follow_ups import FollowUp
from stories.consent import Purpose
from stories.next_step import COLLEAGUES_WANTED, NOTES_WANTED, Do, FirstWeek, Situation, next_step
from stories.story import Story, StoryState, Telling, tell
from stories.values import dataclass

MOST_DRAFTS, MOST_STORIES, MOST_TASKS, MOST_LATEST, MOST_CUSTOMERS = 3, 5, 5, 3, 5
_LATEST_READ = 8
"""Published stories that are looked at: some may be this person's own, or not be shown any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Looked:
    """What was found for one Home: ids in their order, and each story as it is and as it may be told."""

    own: tuple[int, ...]
    story_count: int
    newest: tuple[int, ...]
    tasks: tuple[FollowUp, ...]
    led: Led
    around: Around
    known: Mapping[int, Story]
    agreed: Agreed
    tellings: Mapping[int, Telling]
    apart: frozenset[int]


async def gather(
    session: AsyncSession, workspace_id: str, colleague: Colleague, now: datetime
) -> tuple[Home, str | None]:
    """One person's App Home as values, and what it showed last. A few dozen indexed queries."""
    who, today = colleague.user_id, local_day(now, colleague.time_zone)
    settings, last, installer = await homes.person(session, workspace_id, who)
    if colleague.guest:
        return Home(user_id=who, today=today, guest=True), last
    around = await home_near.around(session, workspace_id, who, today)
    looked = await _look(session, workspace_id, who, settings, around, now)
    home = Home(
        user_id=who,
        today=today,
        admin=colleague.admin or installer,
        first_week=await _first_week(session, workspace_id, who, settings) if installer else None,
        settings=settings,
    )
    home = await _with_own(session, workspace_id, home, looked, colleague, now)
    home = await _with_others(session, workspace_id, home, looked, now)
    answered = await homes.answered(session, workspace_id, who, looked.newest)
    situation = _situation(home, answered)
    # Whether a lesson would help is looked up only where it would be the next step.
    if next_step(replace(situation, lesson=True)).do is Do.LEARN:
        home = replace(home, lesson=await looking.for_home(session, workspace_id, home))
    step = next_step(replace(situation, lesson=home.lesson is not None))
    return replace(home, step=step, latest=home.latest[:MOST_LATEST]), last


async def _look(
    session: AsyncSession,
    workspace_id: str,
    who: str,
    settings: Mapping[str, Any],
    around: Around,
    now: datetime,
) -> _Looked:
    own, count = await homes.own_stories(session, workspace_id, who, most=MOST_STORIES)
    newest = await homes.latest_published(session, workspace_id, most=_LATEST_READ)
    tasks = await follow_ups.open_of(session, workspace_id, who, most=MOST_TASKS + 1)
    led = await home_leading.led_by(session, workspace_id, who, settings, around, now)
    wanted = {*own, *newest, *led.voices, *(task.story_id for task in tasks)}
    known = await _load(session, workspace_id, wanted)
    agreed = await customers.consents(
        session, workspace_id, {story.interview.customer.id for story in known.values()}
    )
    return _Looked(
        own=own,
        story_count=count,
        newest=newest,
        tasks=tasks,
        led=led,
        around=around,
        known=known,
        agreed=agreed,
        tellings=_tellings(known, agreed, now),
        apart=await _theirs(session, workspace_id, known, who),
    )


async def _with_own(
    session: AsyncSession, workspace_id: str, home: Home, looked: _Looked, colleague: Colleague, now: datetime
) -> Home:
    """The same with what is this person's own."""
    who, known = home.user_id, looked.known
    own = [known[number] for number in looked.own if number in known]
    objective = await objectives.standing(session, workspace_id, who)
    return replace(
        home,
        wanted=await wanted_talks.open_of(session, workspace_id, who),
        drafts=drafts_of(await drafts.of_author(session, workspace_id, who, most=MOST_DRAFTS), colleague),
        stories=await stories_of(session, workspace_id, own, looked.agreed, now),
        story_count=looked.story_count,
        tasks=tasks_of(
            looked.tasks[:MOST_TASKS],
            who,
            {story_id: one for story_id, one in looked.tellings.items() if story_id not in looked.apart},
        ),
        more_tasks=len(looked.tasks) > MOST_TASKS,
        customers=await homes_own.customers_of(session, workspace_id, who, most=MOST_CUSTOMERS),
        objective=objective,
        objective_latest=await latest_day(session, workspace_id, objective) if objective else None,
    )


async def _with_others(
    session: AsyncSession, workspace_id: str, home: Home, looked: _Looked, now: datetime
) -> Home:
    """The same with what others told, chose and measured, as far as this person leads or follows it."""
    told, led = looked.tellings, looked.led
    voices = home_leading.fresh(led.voices, told, looked.apart)
    heard = looked.apart | {one.story_id for one in voices}
    team = (await account_team.readable(session, workspace_id, home.user_id, now))[:MOST_LATEST]
    managers, shown_to = await _taking_part(session, workspace_id, home.user_id)
    return replace(
        home,
        latest=tuple(told[number] for number in looked.newest if number in told and number not in heard),
        any_published=any(number in told for number in looked.newest),
        made_of=frozenset(looked.known) | {one.story_id for one in team},
        team=team,
        managers=managers,
        shown_to=shown_to,
        standing=led.standing,
        trends=led.trends,
        voices=voices,
        follows=led.follows,
        by_channels=led.by_channels,
        around=looked.around,
    )


async def _theirs(
    session: AsyncSession, workspace_id: str, known: Mapping[int, Story], user_id: str
) -> frozenset[int]:
    """Those of these stories that this person wrote, or is the customer of."""
    themselves = await customer_colleagues.customers_who_are(session, workspace_id, user_id)
    return frozenset(
        story_id
        for story_id, one in known.items()
        if one.interview.author_id == user_id or one.interview.customer.id in themselves
    )


async def _taking_part(
    session: AsyncSession, workspace_id: str, user_id: str
) -> tuple[tuple[str, ...], str | None]:
    """The managers there are, where taking part may be counted, and the one who sees this person's."""
    managers = await people.holders(session, workspace_id, Role.MANAGER)
    if not managers or not (await rules(session, workspace_id)).participation:
        return (), None
    chosen = await parts.shown_to(session, workspace_id, user_id)
    return managers, chosen if chosen in managers else None


async def _load(session: AsyncSession, workspace_id: str, ids: set[int]) -> dict[int, Story]:
    loaded = await stories.some(session, workspace_id, sorted(ids))
    return {story.id: story for story in loaded}


def _tellings(known: Mapping[int, Story], agreed: Agreed, now: datetime) -> dict[int, Telling]:
    """What of these stories others may read at this moment."""
    told = {i: tell(s, agreed.get(s.interview.customer.id, ()), now) for i, s in known.items()}
    return {i: telling for i, telling in told.items() if telling is not None}


async def _first_week(
    session: AsyncSession, workspace_id: str, user_id: str, settings: Mapping[str, Any]
) -> FirstWeek | None:
    """How far the first week has come; None once it is over or put away."""
    noted = settings.get("first_week", {})
    if noted.get("hidden"):
        return None
    at_home = await homes.others_at_home(session, workspace_id, user_id, most=COLLEAGUES_WANTED)
    week = FirstWeek(
        pilot=await homes.pilot_channel(session, workspace_id),
        notes=await homes.notes_written(session, workspace_id, most=NOTES_WANTED),
        previewed=bool(noted.get("previewed")),
        invited=max(at_home, len(noted.get("invited", ()))),
    )
    return week if week.next() else None


def _situation(home: Home, answered: frozenset[int]) -> Situation:
    due = next((task for task in home.tasks if task.due_on), None)
    unread = (telling.story_id for telling in home.latest if telling.story_id not in answered)
    kept = next((own.story for own in home.stories if _publishable(own)), None)
    return Situation(
        today=home.today,
        due=due.id if due else None,
        due_on=due.due_on if due else None,
        wanted=home.wanted[0].draft_id if home.wanted else None,
        draft=home.drafts[0].id if home.drafts else None,
        unpublished=kept.id if kept else None,
        unpublished_since=kept.interview.created_at.date() if kept else None,
        first_week=home.first_week,
        last_talk=max((own.story.interview.talked_on for own in home.stories), default=None),
        unread=next(unread, None),
    )


def _publishable(own: OwnStory) -> bool:
    return own.story.state is StoryState.KEPT and own.level is not Purpose.NOT_SHARED and not own.team
