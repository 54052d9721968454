"""When an alarm becomes a word in the channel: over two days, after a rest, and by way of the owner first."""

from __future__ import annotations

from dataclasses import field, replace
from datetime import date, timedelta
from enum import StrEnum

from stories.drift.watch import Watch, seen, settled
from stories.values import dataclass

REST = timedelta(days=28)
"""How long a channel is left alone after the avatar spoke up, whatever the answer."""

TRIALS = 3
"""How many answers speak for the avatar or against it."""

ENOUGH_RIGHT = 2
"""How many of the last three alarms must have been right for the channel to hear one before its owner."""

MORE_ALLOWANCE = 1.25
LESS_ALLOWANCE = 0.95
LEAST_ALLOWANCE, MOST_ALLOWANCE = 0.8, 3.0
"""What an answer does to the channel's own limit, and how far that goes."""


class Answer(StrEnum):
    """What people say to the avatar when it spoke up."""

    GOOD_POINT = "good_point"
    ON_PURPOSE = "on_purpose"
    NOT_NOW = "not_now"
    WRONG = "wrong"


class Audience(StrEnum):
    """Who hears that the talk has left the project's reasons."""

    OWNER = "owner"
    CHANNEL = "channel"


@dataclass(frozen=True, slots=True, kw_only=True)
class Listening:
    """All that is known of a watched channel; holds no word of its talk.

    `alarmed_on` is the first day of the alarm that stands. `judged` are the last three answers.
    """

    watch: Watch = field(default_factory=Watch)
    alarmed_on: date | None = None
    silent_until: date | None = None
    judged: tuple[Answer, ...] = ()


def heard(listening: Listening, score: float, day: date) -> tuple[Listening, Audience | None]:
    """After one more window on this day: what is known now, and who is to hear of a swerve, if anybody.

    Somebody hears when an alarm has stood into a second day and the channel is not being left alone.
    """
    watch = seen(listening.watch, score)
    if not watch.alarmed:
        return replace(listening, watch=watch, alarmed_on=None), None
    since = listening.alarmed_on or day
    known = replace(listening, watch=watch, alarmed_on=since)
    resting = listening.silent_until is not None and day < listening.silent_until
    if day <= since or resting:
        return known, None
    spoken = replace(known, watch=settled(watch), alarmed_on=None, silent_until=day + REST)
    return spoken, audience(listening.judged)


def audience(judged: tuple[Answer, ...]) -> Audience:
    """Who hears the next alarm: its owner the first three, the channel then while two of three were right."""
    right = sum(answer in {Answer.GOOD_POINT, Answer.ON_PURPOSE} for answer in judged[-TRIALS:])
    tried = len(judged) >= TRIALS
    return Audience.CHANNEL if tried and right >= ENOUGH_RIGHT else Audience.OWNER


def answered(listening: Listening, answer: Answer, day: date) -> Listening:
    """What is known after somebody answered.

    "On purpose" means that the talk is the new course: what is usual is learnt anew. "You're wrong" makes
    this channel's limit higher, "good point" a little lower.
    """
    allowance = listening.watch.allowance
    if answer is Answer.WRONG:
        allowance = min(allowance * MORE_ALLOWANCE, MOST_ALLOWANCE)
    if answer is Answer.GOOD_POINT:
        allowance = max(allowance * LESS_ALLOWANCE, LEAST_ALLOWANCE)
    watch = replace(settled(listening.watch), allowance=allowance)
    if answer is Answer.ON_PURPOSE:
        watch = Watch(allowance=allowance)
    return replace(
        listening,
        watch=watch,
        alarmed_on=None,
        silent_until=day + REST,
        judged=(*listening.judged, answer)[-TRIALS:],
    )
