"""An event with a customer or a speaker: what it is, where it stands, who is coming, what is asked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Final

from stories.stage.times import When
from stories.values import dataclass

MINUTES: Final = (15, 30, 45, 60, 90, 120)
"""How long an event can take."""

MOST_SEATS: Final = 10_000
MOST_CHANNELS: Final = 5
TOP_QUESTIONS: Final = 5
"""Questions with which the thread of the hour begins."""

LONGEST_TITLE, LONGEST_ABOUT, LONGEST_PLACE, LONGEST_SPEAKER, LONGEST_QUESTION = 100, 800, 200, 80, 300


class Kind(StrEnum):
    """What kind of event it is."""

    VISIT = "visit"
    TALK = "talk"
    SPEAKER = "speaker"
    LISTENING = "listening"


class State(StrEnum):
    """Where an event stands. CALLED_OFF: by its host. GONE: its customer would rather not be named."""

    PLANNED = "planned"
    OVER = "over"
    CALLED_OFF = "called_off"
    GONE = "gone"


class Step(StrEnum):
    """What the bot does next about an event: open its hour, and bring its host what comes afterwards."""

    OPEN = "open"
    AFTER = "after"


class Place(StrEnum):
    """Whether somebody has a seat, waits for one, or stepped back."""

    GOING = "going"
    WAITING = "waiting"
    LEFT = "left"


class Asked(StrEnum):
    """Where a question stands: with the host, for all to see and vote on, or left out by the host."""

    WAITING = "waiting"
    SHOWN = "shown"
    LEFT_OUT = "left_out"


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """An event as its host planned it.

    `behind`: messages to those who signed up are to follow yet; `told` is the `sequence` of which they heard.
    `customer_id` is who comes, where that is a customer; `speaker` who does otherwise, "" for nobody in
    particular. `seats` None: as many as like. `sequence` rises with each change that calendars have to hear
    of. `recording` is where it can be watched, "" for nowhere; whether that is shown is asked of consent.
    """

    id: int
    host_id: str
    kind: Kind
    title: str
    about: str = ""
    customer_id: int | None = None
    speaker: str = ""
    when: When
    place: str = ""
    seats: int | None = None
    language: str = ""
    channels: tuple[str, ...] = ()
    state: State = State.PLANNED
    sequence: int = 0
    recording: str = ""
    thanked_at: datetime | None = None
    behind: bool = False
    told: int = 0
    step: Step | None = None
    next_at: datetime | None = None

    @property
    def is_coming(self) -> bool:
        """Whether it is still to be, or on."""
        return self.state is State.PLANNED

    def first_step(self, now: datetime) -> tuple[Step, datetime]:
        """What is to be done next about it, and when; what is past is done at once."""
        starts_at, ends_at = self.when.starts_at, self.when.ends_at
        return (Step.OPEN, starts_at) if now < ends_at else (Step.AFTER, ends_at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """Somebody who signed up, or did once. `since` says who came first."""

    id: int
    event_id: int
    user_id: str
    place: Place
    time_zone: str
    since: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question for the hour. `asker_id` is shown to nobody, its host included, where it is `anonymous`."""

    id: int
    event_id: int
    asker_id: str
    anonymous: bool
    words: str
    asked: Asked
    votes: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Crowd:
    """How many have a seat, and how many wait for one."""

    going: int = 0
    waiting: int = 0


def has_room(seats: int | None, going: int) -> bool:
    """Whether somebody more has a seat."""
    return seats is None or going < seats


def moving_up(seats: int | None, going: int, waiting: Sequence[Seat]) -> tuple[Seat, ...]:
    """Who of those waiting has a seat from now on: whoever waited longest."""
    ordered = sorted(waiting, key=lambda one: (one.since, one.id))
    return tuple(ordered if seats is None else ordered[: max(0, seats - going)])


def top(questions: Iterable[Question], most: int = TOP_QUESTIONS) -> tuple[Question, ...]:
    """The questions that most want to hear answered; of two alike the one asked first."""
    shown = [one for one in questions if one.asked is Asked.SHOWN]
    return tuple(sorted(shown, key=lambda one: (-one.votes, one.id))[:most])


def tells_anew(before: Event, after: Event) -> bool:
    """Whether those who signed up, and their calendars, have to hear of a change: when or where it is."""
    return (before.when, before.place) != (after.when, after.place)
