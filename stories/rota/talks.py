"""A conversation of the rota on its way: invited, agreed to, remembered, written up; and how it may end."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from stories.rota.hours import (
    TALK,
    Party,
    knocking_off,
    when_at_work,
    working_days_after,
    working_days_before,
)
from stories.values import dataclass

NOT_ME_REST: Final = timedelta(weeks=2)
"""Who says that a customer is not for them is left alone for so long."""

LATER_WEEKS: Final = (1, 2, 4, 8)
"""Weeks after which somebody can have themself asked again."""

ANSWER_WITHIN: Final = timedelta(days=7)
"""An invitation that nobody answers is over after so long, and nothing is said about it."""

MOST_TRIES: Final = 3
"""On so many days an invitation looks for room among a person's messages, then it is left out."""

GIVEN_UP_AFTER: Final = timedelta(days=14)
"""So long after a talk nobody is asked to write it up any more."""


class Kind(StrEnum):
    """How somebody met a customer; all three count as a conversation."""

    TALK = "talk"
    LISTENING = "listening"
    HELPING = "helping"


class State(StrEnum):
    """Where a conversation stands; the first three are open, the rest are its ends."""

    MATCHED = "matched"
    INVITED = "invited"
    ACCEPTED = "accepted"
    DONE = "done"
    NOT_ME = "not_me"
    LATER = "later"
    PAUSED = "paused"
    UNANSWERED = "unanswered"
    MISSED = "missed"
    CALLED_OFF = "called_off"


OPEN: Final = (State.MATCHED, State.INVITED, State.ACCEPTED)
"""While it is one of these, the customer is nobody else's."""


class Step(StrEnum):
    """What is done about an open conversation when its moment comes."""

    INVITE = "invite"
    LET_GO = "let_go"
    DAY_BEFORE = "day_before"
    WRITE_UP = "write_up"
    WRITE_UP_AGAIN = "write_up_again"
    CLOSE = "close"


REMINDERS: Final = (Step.DAY_BEFORE, Step.WRITE_UP, Step.WRITE_UP_AGAIN)
"""The private messages that somebody who said yes may get, in their order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """A conversation of the rota. `customer_id` is None where none of ours was named (helping, listening in).

    `starts_at` is when it is planned for, `step` what comes next and `next_at` when; `draft_id` is the
    write-up begun for it; `with_talk_id` the colleague's talk that somebody comes along to, `partner_id` who
    comes along to this one. `on_day` is the day on which it was had, once it was.
    """

    id: int
    kind: Kind = Kind.TALK
    user_id: str
    partner_id: str | None = None
    with_talk_id: int | None = None
    customer_id: int | None = None
    state: State
    starts_at: datetime | None = None
    on_day: date | None = None
    draft_id: int | None = None
    step: Step | None = None
    next_at: datetime | None = None
    tries: int = 0
    created_at: datetime

    @property
    def is_open(self) -> bool:
        """Whether it may still be had."""
        return self.state in OPEN


def after_yes(party: Party, starts_at: datetime, now: datetime) -> tuple[Step, datetime]:
    """What comes after somebody said yes: the reminder on the working day before, if there is one left."""
    eve = working_days_before(party, starts_at)
    return (Step.DAY_BEFORE, eve) if eve > now else after(Step.DAY_BEFORE, party, starts_at)


def after(step: Step, party: Party, starts_at: datetime) -> tuple[Step, datetime]:
    """What follows this step, and when: always within the working hours of whose talk it is.

    Raises ValueError for a step that nothing follows.
    """
    if step is Step.DAY_BEFORE:
        return Step.WRITE_UP, working_days_after(party, starts_at + TALK)
    if step is Step.WRITE_UP:
        return Step.WRITE_UP_AGAIN, working_days_after(party, starts_at + TALK, 4)
    if step is Step.WRITE_UP_AGAIN:
        return Step.CLOSE, starts_at + GIVEN_UP_AFTER
    raise ValueError(f"nothing follows {step}")


def invited_at(party: Party, now: datetime, *, chance: float) -> datetime:
    """A moment in the next working hours there at which to invite somebody; `chance` 0 to 1 spreads them."""
    begins = when_at_work(party, now)
    ends = knocking_off(party, begins) - timedelta(hours=1)
    if begins >= ends:
        begins = working_days_after(party, begins)
        ends = begins + timedelta(hours=6)
    # Most of it in the first hours: there is time left to answer on the same day.
    return begins + (ends - begins) * chance * 0.5


def again_at(party: Party, now: datetime) -> datetime:
    """When an invitation that found no room looks for some again: on the first working day of next week."""
    local_monday = now + timedelta(days=7 - now.weekday())
    return when_at_work(party, local_monday.replace(hour=0, minute=0, second=0, microsecond=0))
