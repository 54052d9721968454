"""What comes by itself, to channels and to people: each kind, its rank, what becomes of it without room.

docs/attention.md has the same in plain words.
"""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum
from typing import Final

from stories.values import dataclass

LOOKING_BACK: Final = "looking_back"
"""What happened since a milestone of a project, said in its thread."""

DIGEST: Final = "digest"
"""The kind that others ride along with."""

SAID_AND_DONE: Final = "said_and_done"
"""What came of a story, said to a channel that heard it."""

HEARD: Final = "heard"
"""The same, told to those who reacted to the story."""

RENEWAL: Final = "renewal"
"""That an account renews soon, said to whoever looks after it."""

TALK_WANTED: Final = "talk_wanted"
"""That a colleague would like somebody to talk with a customer."""

ROUTED: Final = "routed"
"""Customers' words that a channel's own rules bring."""

TALK_DUE: Final = "talk_due"
"""That a conversation which somebody is to have is for today."""

ROTA_INVITATION: Final = "rota_invitation"
"""That it is somebody's turn to talk with a customer."""

ROTA_REMINDER: Final = "rota_reminder"
"""That a talk which somebody said yes to is tomorrow, or is to be written up."""

REMEMBER: Final = "remember"
"""The difference that was made, on a day that the workspace chose."""

SWERVE: Final = "swerve"
"""That the talk has left a project's reasons, said to its owner."""

SPEAKING_UP: Final = "speaking_up"
"""The same, said in the channel."""

REACHED: Final = "reached"
"""How far a story went, said to its author."""

FIRST_TIME: Final = "first_time"
"""That somebody did something for the first time."""

LETTER: Final = "letter"
"""The monthly letter, to somebody who wants it."""

PART_LETTER: Final = "part_letter"
"""The same, to the channel of a part of the business."""

TOP_THREE: Final = "top_three"
"""That a theme was chosen as one of the quarter's top three."""

PROGRESS: Final = "progress"
"""What changed about one of the top three, asked of its owner."""

FEED_TROUBLE: Final = "feed_trouble"
"""That a market feed cannot be read, said to whoever added it."""

NOBODY_ASKED: Final = "nobody_asked"
"""That customers say something, and nobody has asked them why."""

HAND_OVER: Final = "hand_over"
"""That a colleague asks somebody to take a follow-up over."""

LESSON: Final = "lesson"
"""That three minutes about listening, asking or quoting would help somebody just now."""

_DAY, _WEEK = timedelta(days=1), timedelta(days=7)


class NoRoom(StrEnum):
    """What becomes of a post that finds no room.

    MERGE: it rides along in the next digest that it fits, and waits until then or for room of its own.
    WAIT: it waits for room of its own.
    LAPSE: it is left out, as what it tells is seen elsewhere or comes again.
    """

    MERGE = "merge"
    WAIT = "wait"
    LAPSE = "lapse"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of unasked post. `rank` 0 to 100: the higher goes first. `fresh_for`: how long it is news.

    `gathers`: one of these tells of all that wait, so that several become one. `at_work`: it comes to people
    from nine to five on weekdays alone. `patience`: after waiting so long it takes the day of a digest that
    carries nothing higher; None: it never does.
    """

    name: str
    rank: int
    no_room: NoRoom
    fresh_for: timedelta
    gathers: bool = False
    at_work: bool = False
    patience: timedelta | None = None


IN_CHANNELS: Final = (
    Kind(name="nps_movement", rank=80, no_room=NoRoom.MERGE, fresh_for=_WEEK),
    Kind(name="nps_worth", rank=65, no_room=NoRoom.WAIT, fresh_for=2 * _WEEK),
    Kind(name=TOP_THREE, rank=62, no_room=NoRoom.WAIT, fresh_for=2 * _WEEK),
    Kind(name="episode", rank=60, no_room=NoRoom.WAIT, fresh_for=_WEEK),
    Kind(name=ROUTED, rank=55, no_room=NoRoom.MERGE, fresh_for=3 * _DAY),
    Kind(name=DIGEST, rank=50, no_room=NoRoom.LAPSE, fresh_for=timedelta(hours=6)),
    Kind(name=SPEAKING_UP, rank=45, no_room=NoRoom.WAIT, fresh_for=4 * _DAY),
    Kind(name=REMEMBER, rank=44, no_room=NoRoom.MERGE, fresh_for=4 * _DAY),
    Kind(name=LOOKING_BACK, rank=43, no_room=NoRoom.WAIT, fresh_for=_WEEK),
    Kind(
        name=SAID_AND_DONE,
        rank=42,
        no_room=NoRoom.MERGE,
        fresh_for=8 * _WEEK,
        gathers=True,
        patience=3 * _DAY,
    ),
    Kind(name=PART_LETTER, rank=41, no_room=NoRoom.WAIT, fresh_for=2 * _WEEK, patience=3 * _DAY),
    Kind(name="avatar_line", rank=40, no_room=NoRoom.MERGE, fresh_for=4 * _DAY, patience=2 * _DAY),
)
"""What comes to channels by itself, highest rank first."""

IN_PRIVATE: Final = (
    Kind(name="stopped", rank=90, no_room=NoRoom.WAIT, fresh_for=2 * _WEEK),
    Kind(name="reminder", rank=80, no_room=NoRoom.LAPSE, fresh_for=timedelta(hours=9), gathers=True),
    Kind(name=TALK_DUE, rank=75, no_room=NoRoom.LAPSE, fresh_for=timedelta(hours=9)),
    Kind(name=ROTA_REMINDER, rank=72, no_room=NoRoom.LAPSE, fresh_for=timedelta(hours=9)),
    Kind(name="came_of_it", rank=60, no_room=NoRoom.WAIT, fresh_for=2 * _WEEK),
    Kind(name=SWERVE, rank=58, no_room=NoRoom.WAIT, fresh_for=4 * _DAY),
    Kind(name=PROGRESS, rank=57, no_room=NoRoom.WAIT, fresh_for=2 * _WEEK),
    Kind(name=RENEWAL, rank=56, no_room=NoRoom.WAIT, fresh_for=2 * _WEEK),
    Kind(name="acting", rank=55, no_room=NoRoom.WAIT, fresh_for=2 * _WEEK),
    Kind(name=FEED_TROUBLE, rank=54, no_room=NoRoom.WAIT, fresh_for=2 * _WEEK),
    Kind(name=HAND_OVER, rank=53, no_room=NoRoom.WAIT, fresh_for=2 * _WEEK),
    Kind(name=TALK_WANTED, rank=52, no_room=NoRoom.WAIT, fresh_for=2 * _WEEK),
    Kind(name=NOBODY_ASKED, rank=51, no_room=NoRoom.WAIT, fresh_for=_WEEK),
    Kind(name="invitation", rank=50, no_room=NoRoom.WAIT, fresh_for=2 * _WEEK),
    Kind(name=ROTA_INVITATION, rank=48, no_room=NoRoom.WAIT, fresh_for=timedelta(hours=9)),
    Kind(name=FIRST_TIME, rank=46, no_room=NoRoom.WAIT, fresh_for=2 * _WEEK, gathers=True, at_work=True),
    Kind(name="thanks", rank=45, no_room=NoRoom.MERGE, fresh_for=2 * _WEEK, gathers=True),
    Kind(name=HEARD, rank=44, no_room=NoRoom.WAIT, fresh_for=2 * _WEEK, gathers=True),
    Kind(name=REACHED, rank=40, no_room=NoRoom.WAIT, fresh_for=2 * _WEEK, at_work=True),
    Kind(name=LESSON, rank=35, no_room=NoRoom.LAPSE, fresh_for=2 * _DAY),
    Kind(name=LETTER, rank=30, no_room=NoRoom.WAIT, fresh_for=2 * _WEEK, at_work=True),
    Kind(name="hint", rank=20, no_room=NoRoom.LAPSE, fresh_for=_DAY),
)
"""What comes to people by itself, highest rank first."""

UNASKED: Final = {kind.name: kind for kind in (*IN_CHANNELS, *IN_PRIVATE)}
"""Every kind that keeps within the budget: a new one is a line above."""

ASKED: Final = frozenset({"notice", "share", "nps_share", "avatar", "event"})
"""Every kind that is free: an answer or a duty that somebody took on ("notice"), a story or an answer about
NPS that somebody shared, what an avatar says when asked ("avatar"), and what somebody planned or signed up
for ("event")."""
