"""One budget of attention: what may be posted unasked, when it may go, and what becomes of the rest.

What people asked for is no part of it: answers, previews, shares, confirmations. docs/attention.md tells
the rules in plain words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

LOOKING_BACK: Final = "looking_back"
"""What happened since a milestone of a project, said in its thread."""

DIGEST: Final = "digest"
"""The kind that others ride along with."""

SAID_AND_DONE: Final = "said_and_done"
"""What came of a story, in a digest of a channel that heard it."""

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

SWERVE: Final = "swerve"
"""That the talk has left a project's reasons, said to its owner."""

SPEAKING_UP: Final = "speaking_up"
"""The same, said in the channel."""

TOP_THREE: Final = "top_three"
"""That a theme was chosen as one of the quarter's top three."""

PROGRESS: Final = "progress"
"""What changed about one of the top three, asked of its owner."""

NOBODY_ASKED: Final = "nobody_asked"
"""That customers say something, and nobody has asked them why."""

PRESSING: Final = 70
"""From this rank on a private message may take a person's last place of the week."""

MOST_RIDERS: Final = 3
"""How many lines of other kinds one digest takes along."""

_DAY, _WEEK = timedelta(days=1), timedelta(days=7)


class NoRoom(StrEnum):
    """What becomes of a post that finds no room.

    MERGE: it rides along in the next digest, and waits until then. WAIT: it waits for room of its own.
    LAPSE: it is left out, as what it tells is seen elsewhere or comes again.
    """

    MERGE = "merge"
    WAIT = "wait"
    LAPSE = "lapse"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of unasked post. `rank` 0 to 100: the higher goes first. `fresh_for`: how long it is news.

    `gathers`: one of these tells of all that wait, so that several become one. Without `alone` it goes with a
    digest or not at all.
    """

    name: str
    rank: int
    no_room: NoRoom
    fresh_for: timedelta
    gathers: bool = False
    alone: bool = True


IN_CHANNELS: Final = (
    Kind(name="nps_movement", rank=80, no_room=NoRoom.MERGE, fresh_for=_WEEK),
    Kind(name="nps_worth", rank=65, no_room=NoRoom.WAIT, fresh_for=2 * _WEEK),
    Kind(name=TOP_THREE, rank=62, no_room=NoRoom.WAIT, fresh_for=2 * _WEEK),
    Kind(name="episode", rank=60, no_room=NoRoom.WAIT, fresh_for=_WEEK),
    Kind(name=ROUTED, rank=55, no_room=NoRoom.MERGE, fresh_for=3 * _DAY),
    Kind(name=DIGEST, rank=50, no_room=NoRoom.LAPSE, fresh_for=timedelta(hours=6)),
    Kind(name=SPEAKING_UP, rank=45, no_room=NoRoom.WAIT, fresh_for=4 * _DAY),
    Kind(name=LOOKING_BACK, rank=43, no_room=NoRoom.WAIT, fresh_for=_WEEK),
    Kind(name=SAID_AND_DONE, rank=42, no_room=NoRoom.MERGE, fresh_for=8 * _WEEK, alone=False),
    Kind(name="avatar_line", rank=40, no_room=NoRoom.MERGE, fresh_for=4 * _DAY),
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
    Kind(name=TALK_WANTED, rank=52, no_room=NoRoom.WAIT, fresh_for=2 * _WEEK),
    Kind(name=NOBODY_ASKED, rank=51, no_room=NoRoom.WAIT, fresh_for=_WEEK),
    Kind(name="invitation", rank=50, no_room=NoRoom.WAIT, fresh_for=2 * _WEEK),
    Kind(name=ROTA_INVITATION, rank=48, no_room=NoRoom.WAIT, fresh_for=timedelta(hours=9)),
    Kind(name="thanks", rank=45, no_room=NoRoom.MERGE, fresh_for=2 * _WEEK, gathers=True),
    Kind(name=HEARD, rank=44, no_room=NoRoom.WAIT, fresh_for=2 * _WEEK, gathers=True),
    Kind(name="lesson", rank=35, no_room=NoRoom.LAPSE, fresh_for=2 * _DAY),
    Kind(name="letter", rank=30, no_room=NoRoom.WAIT, fresh_for=2 * _WEEK),
    Kind(name="hint", rank=20, no_room=NoRoom.LAPSE, fresh_for=_DAY),
)
"""What comes to people by itself, highest rank first."""

UNASKED: Final = {kind.name: kind for kind in (*IN_CHANNELS, *IN_PRIVATE)}
"""Every kind that keeps within the budget: a new one is a line above."""

ASKED: Final = frozenset({"notice", "share", "nps_share", "avatar"})
"""Every kind that is free: an answer or a duty that somebody took on ("notice"), a story or an answer about
NPS that somebody shared, and what an avatar says when asked ("avatar")."""


class Reason(StrEnum):
    """Why a post went, rode along, waits or was left out."""

    ROOM = "room"
    WITH_ANOTHER = "with_another"
    QUIET = "quiet"
    FULL = "full"
    STALE = "stale"
    TOO_LATE = "too_late"
    OFF = "off"
    NOTHING_TO_TELL = "nothing_to_tell"


class Fate(StrEnum):
    """What is decided about a post right now."""

    GO = "go"
    MERGE = "merge"
    WAIT = "wait"
    LAPSE = "lapse"


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A post that wants to go: since when, and until when it is news (both aware)."""

    key: int
    kind: Kind
    since: datetime
    fresh_until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What becomes of a candidate. `until`: when it is decided anew. `joins`: whom it rides along with."""

    fate: Fate
    reason: Reason
    until: datetime | None = None
    joins: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    """When one place may be addressed, as seen from a moment (`stories.attention_hours`).

    `window` names the day or week that the budget is for, and `most` how many posts it holds, of which the
    last `kept` are for pressing ones. Something may go from `opens` on (not later than the moment itself:
    right now); once the window is full, from `next_opens` on.
    """

    window: str
    most: int
    opens: datetime
    next_opens: datetime
    kept: int = 0


def decide(candidates: Sequence[Candidate], hours: Hours, *, used: int, now: datetime) -> dict[int, Verdict]:
    """What becomes of everything that wants to go to one place at this moment, by the candidates' keys.

    `used` is how many posts the window holds already. The highest rank goes first, of equals the one that
    has waited longest. Where a digest goes, what can ride along does; a digest gives way only to what
    ranks higher than all that it would carry.
    """
    fresh = [one for one in candidates if one.fresh_until > now]
    verdicts = {one.key: _LAPSED_STALE for one in candidates if one.fresh_until <= now}
    if hours.opens > now:
        return verdicts | {one.key: _wait(one, hours.opens, Reason.QUIET) for one in fresh}
    ranked = sorted(fresh, key=lambda one: (-one.kind.rank, one.since, one.key))
    going = _going(ranked, hours, used)
    verdicts |= {one.key: _GOES for one in going}
    left = [one for one in ranked if one.key not in verdicts]
    riders = _riders(left, going)
    verdicts |= riders
    return verdicts | {one.key: _no_room(one, hours.next_opens) for one in left if one.key not in riders}


def _going(ranked: Sequence[Candidate], hours: Hours, used: int) -> list[Candidate]:
    """Those that get a place of their own, highest rank first."""
    going: list[Candidate] = []
    for one in _with_places_of_their_own(ranked):
        left = hours.most - used - len(going)
        if left <= (0 if one.kind.rank >= PRESSING else hours.kept):
            break
        going.append(one)
    return going


def _with_places_of_their_own(ranked: Sequence[Candidate]) -> list[Candidate]:
    """All but those that another one of them carries anyway; the digest ranks as high as what it carries."""
    digest = next((one for one in ranked if one.kind.name == DIGEST), None)
    own: dict[str | int, Candidate] = {}
    for one in ranked:
        if digest is not None and (one is digest or one.kind.no_room is NoRoom.MERGE):
            own.setdefault(DIGEST, digest)
        elif one.kind.alone:
            own.setdefault(one.kind.name if one.kind.gathers else one.key, one)
    return list(own.values())


def _riders(left: Sequence[Candidate], going: Sequence[Candidate]) -> dict[int, Verdict]:
    digest = next((one for one in going if one.kind.name == DIGEST), None)
    gathering = {one.kind.name: one for one in going if one.kind.gathers}
    riders: dict[int, Verdict] = {}
    for one in left:
        host = gathering.get(one.kind.name)
        if host is None and digest and one.kind.no_room is NoRoom.MERGE and len(riders) < MOST_RIDERS:
            host = digest
        if host is not None:
            riders[one.key] = Verdict(fate=Fate.MERGE, reason=Reason.WITH_ANOTHER, joins=host.key)
    return riders


def _no_room(one: Candidate, until: datetime) -> Verdict:
    if one.kind.no_room is NoRoom.LAPSE:
        return Verdict(fate=Fate.LAPSE, reason=Reason.FULL)
    return _wait(one, until, Reason.FULL)


def _wait(one: Candidate, until: datetime, reason: Reason) -> Verdict:
    """To be decided anew then; left out at once when it will be no news any more."""
    if one.fresh_until <= until:
        return Verdict(fate=Fate.LAPSE, reason=Reason.TOO_LATE)
    return Verdict(fate=Fate.WAIT, reason=reason, until=until)


_GOES = Verdict(fate=Fate.GO, reason=Reason.ROOM)
_LAPSED_STALE = Verdict(fate=Fate.LAPSE, reason=Reason.STALE)
