"""What a person should do next: one thing, decided from what they have going."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from enum import StrEnum

from stories.values import dataclass

NOTES_WANTED = 3
"""Conversations that a first week begins with: enough for a digest on more than one morning."""
COLLEAGUES_WANTED = 2
LATELY = timedelta(days=30)
"""Somebody whose last conversation is longer ago than this is asked about a newer one."""
FRESH = timedelta(days=14)
"""A kept story is suggested for publishing this long; after that, keeping it was the decision."""


class Do(StrEnum):
    """What there is to do."""

    KEEP_PROMISE = "keep_promise"
    ASK_CUSTOMER = "ask_customer"
    CONTINUE_DRAFT = "continue_draft"
    PUBLISH = "publish"
    CHOOSE_CHANNEL = "choose_channel"
    PASTE_NOTES = "paste_notes"
    PREVIEW_DIGEST = "preview_digest"
    INVITE = "invite"
    WRITE_FIRST = "write_first"
    LEARN = "learn"
    READ = "read"
    WRITE_AGAIN = "write_again"
    NOTHING = "nothing"


FIRST_WEEK = (Do.CHOOSE_CHANNEL, Do.PASTE_NOTES, Do.PREVIEW_DIGEST, Do.INVITE)
"""What the person who brought the bot in does in the first week, in order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstWeek:
    """How far the first week has come. `pilot` is the first channel that was set up, None before.

    `notes` and `invited` count conversations and colleagues, as far as they are wanted.
    """

    pilot: str | None = None
    notes: int = 0
    previewed: bool = False
    invited: int = 0

    def done(self, item: Do) -> bool:
        """Whether this one of FIRST_WEEK is done."""
        return {
            Do.CHOOSE_CHANNEL: self.pilot is not None,
            Do.PASTE_NOTES: self.notes >= NOTES_WANTED,
            Do.PREVIEW_DIGEST: self.previewed,
            Do.INVITE: self.invited >= COLLEAGUES_WANTED,
        }[item]

    def next(self) -> Do | None:
        """The first thing that is not done yet; None at the end."""
        return next((item for item in FIRST_WEEK if not self.done(item)), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """What a person has going, by the ids of things; None where there is nothing.

    `due` is their open follow-up with the soonest day `due_on`; `wanted` the draft of a talk that somebody
    wants them to have; `unpublished` their newest kept story that
    its customer agreed to sharing, written up on `unpublished_since`; `last_talk` the day of their newest
    written-up conversation; `unread` the newest story of somebody else that they have not answered; `lesson`
    whether three minutes of one would help them now.
    """

    today: date
    due: int | None = None
    due_on: date | None = None
    wanted: int | None = None
    draft: int | None = None
    unpublished: int | None = None
    unpublished_since: date | None = None
    first_week: FirstWeek | None = None
    last_talk: date | None = None
    unread: int | None = None
    lesson: bool = False


@dataclass(frozen=True, slots=True)
class NextStep:
    """What to do, and the id of what it is done to, where there is such a thing."""

    do: Do
    subject: int | None = None


def next_step(now: Situation) -> NextStep:
    """The one thing to do next: what others wait for, then what was begun, then what is new."""
    return next(_in_order(now))


def _in_order(now: Situation) -> Iterator[NextStep]:
    if now.due is not None and now.due_on is not None and now.due_on <= now.today:
        yield NextStep(Do.KEEP_PROMISE, now.due)
    if now.wanted is not None:
        yield NextStep(Do.ASK_CUSTOMER, now.wanted)
    if now.draft is not None:
        yield NextStep(Do.CONTINUE_DRAFT, now.draft)
    if now.unpublished is not None and _within(FRESH, now.unpublished_since, now.today):
        yield NextStep(Do.PUBLISH, now.unpublished)
    if now.first_week and (setting_up := now.first_week.next()):
        yield NextStep(setting_up)
    if now.last_talk is None:
        yield NextStep(Do.WRITE_FIRST)
    if now.lesson and _within(FRESH, now.last_talk, now.today):
        yield NextStep(Do.LEARN)
    if now.unread is not None:
        yield NextStep(Do.READ, now.unread)
    yield NextStep(Do.NOTHING if _within(LATELY, now.last_talk, now.today) else Do.WRITE_AGAIN)


def _within(span: timedelta, day: date | None, today: date) -> bool:
    return day is not None and today - day <= span
