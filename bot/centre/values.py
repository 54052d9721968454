"""What stands on the centre, as values: gathered by `bot.centre.gathering`, drawn by `bot.centre.page`."""

from __future__ import annotations

from datetime import date, datetime

from bot.centre.filters import Asked, Wrong
from bot.centre.viewers import Viewer
from bot.nps.facts import Facts
from stories.avatars.liveliness import Liveliness
from stories.priorities.priority import Priority
from stories.story import Telling
from stories.talk_parts import Counted
from stories.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """What a customer said, word for word. `who` is how they are told of; `score` what they gave beside it.

    `title` is the story it is from, empty for an answer to a survey.
    """

    words: str
    who: str
    day: date
    score: int | None = None
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectShown:
    """A project and its avatar. `emoji` is a letter where the face has none that can be drawn."""

    name: str
    goal: str
    avatar: str
    emoji: str
    picture: str
    lively: Liveliness


@dataclass(frozen=True, slots=True, kw_only=True)
class Centre:
    """The centre as one viewer sees it at one moment (`at`); `today` is the workspace's own day.

    `featured` is the voice that stands large; it changes from minute to minute. `talks` is None where
    nothing may be told of them. `unanswered` is a kind of customer that only stories know.
    """

    place: str
    viewer: Viewer
    asked: Asked
    at: datetime
    today: date
    wrong: tuple[Wrong, ...]
    unanswered: str
    facts: Facts
    featured: Voice | None
    voices: tuple[Voice, ...]
    stories: tuple[Telling, ...]
    top: tuple[Priority, ...]
    projects: tuple[ProjectShown, ...]
    talks: Counted | None
