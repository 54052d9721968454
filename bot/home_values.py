"""What an App Home tells, as values: gathered by `bot.home`, drawn by `bot.messages.home`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import date
from typing import Any

from bot.home_near import Around
from bot.priorities.measured import Standing, Trend
from storage.homes_own import HomeCustomer
from storage.wanted_talks import WantedTalk
from stories.consent import Purpose
from stories.forms import Form
from stories.lessons.values import Lesson
from stories.next_step import Do, FirstWeek, NextStep
from stories.objectives.objective import Objective
from stories.story import Story, Telling
from stories.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftLine:
    """A write-up on its way: what was typed so far, and when it was touched last.

    `editing` is whether it changes a story that is stored already.
    """

    id: int
    editing: bool
    form: Form
    touched_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnStory:
    """A story as its author sees it.

    `level` is what its customer's consent allows now, `channels` how many have heard it, `came` what readers
    took on because of it: who, what, and whether it is done. `team`: how many read it as its account's team.
    """

    story: Story
    level: Purpose
    channels: int = 0
    came: tuple[tuple[str, str, bool], ...] = ()
    team: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """Something this person said they would do.

    `about` is the story's title as this person may read it, empty when it is not shown any more;
    `promised` whether it was promised to the customer.
    """

    id: int
    what: str
    due_on: date | None
    promised: bool
    about: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """One person's App Home on one day (`today`, where they are).

    `more_tasks` is whether there are follow-ups beyond `tasks`; `story_count` counts all own stories;
    `wanted` are talks with customers that this person is to have; `latest` holds those of others,
    `any_published` is whether there are any at all.
    `admin` is whether they name people and settle what holds for everybody here.
    `made_of` names every story that any of it comes from. A guest's has nothing in it.
    `team` is what they read as one of an account's team; `managers` those to whom they may show that they
    take part, none where that is switched off, and `shown_to` the one they do.
    `customers` are those whom they talked with; `standing` the quarter's top three, `trends` NPS of what they
    lead or follow (`follows`; else of everybody; `by_channels`: as far as their channels hear of it),
    `voices` the newest stories of these customers, `objective` what they set out to do and
    `objective_latest` the day on which something last happened for it, `around` what else they lead and are
    near, `lesson` the one that would help them now.
    """

    user_id: str
    today: date
    guest: bool = False
    admin: bool = False
    step: NextStep = field(default_factory=lambda: NextStep(Do.WRITE_FIRST))
    first_week: FirstWeek | None = None
    wanted: tuple[WantedTalk, ...] = ()
    drafts: tuple[DraftLine, ...] = ()
    stories: tuple[OwnStory, ...] = ()
    story_count: int = 0
    tasks: tuple[Task, ...] = ()
    more_tasks: bool = False
    latest: tuple[Telling, ...] = ()
    any_published: bool = False
    settings: Mapping[str, Any] = field(default_factory=dict)
    made_of: frozenset[int] = frozenset()
    team: tuple[Telling, ...] = ()
    managers: tuple[str, ...] = ()
    shown_to: str | None = None
    customers: tuple[HomeCustomer, ...] = ()
    standing: tuple[Standing, ...] = ()
    trends: tuple[Trend, ...] = ()
    voices: tuple[Telling, ...] = ()
    follows: bool = False
    by_channels: bool = False
    around: Around = field(default_factory=Around)
    objective: Objective | None = None
    objective_latest: date | None = None
    lesson: Lesson | None = None

    @property
    def new_here(self) -> bool:
        """Whether this person has done nothing here so far."""
        return not (self.drafts or self.stories or self.tasks)


@dataclass(frozen=True, slots=True, kw_only=True)
class Commands:
    """The slash commands as this workspace calls them."""

    interview: str
    stories: str
    channel: str
