"""One budget of attention: what may be posted unasked, when it may go, and what becomes of the rest.

What people asked for is no part of it: answers, previews, shares, confirmations. docs/attention.md tells
the rules in plain words.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import Final

from stories.attention_kinds import (
    ASKED,
    DIGEST,
    FIRST_TIME,
    HEARD,
    IN_CHANNELS,
    IN_PRIVATE,
    LETTER,
    LOOKING_BACK,
    NOBODY_ASKED,
    PART_LETTER,
    PROGRESS,
    REACHED,
    REMEMBER,
    RENEWAL,
    ROTA_INVITATION,
    ROTA_REMINDER,
    ROUTED,
    SAID_AND_DONE,
    SPEAKING_UP,
    SWERVE,
    TALK_DUE,
    TALK_WANTED,
    TOP_THREE,
    UNASKED,
    Kind,
    NoRoom,
)
from stories.values import dataclass

__all__ = [
    "ASKED",
    "DIGEST",
    "FIRST_TIME",
    "HEARD",
    "IN_CHANNELS",
    "IN_PRIVATE",
    "LETTER",
    "LOOKING_BACK",
    "MOST_RIDERS",
    "NOBODY_ASKED",
    "PART_LETTER",
    "PRESSING",
    "PROGRESS",
    "REACHED",
    "REMEMBER",
    "RENEWAL",
    "ROTA_INVITATION",
    "ROTA_REMINDER",
    "ROUTED",
    "SAID_AND_DONE",
    "SPEAKING_UP",
    "SWERVE",
    "TALK_DUE",
    "TALK_WANTED",
    "TOP_THREE",
    "UNASKED",
    "Candidate",
    "Fate",
    "Hours",
    "Kind",
    "NoRoom",
    "Reason",
    "Verdict",
    "decide",
]

PRESSING: Final = 70
"""From this rank on a private message may take a person's last place of the week."""

MOST_RIDERS: Final = 3
"""How many lines of other kinds one digest takes along."""


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
    """A post that wants to go: since when, and until when it is news (both aware).

    `rides`: it may ride along in the digest that is decided with it; one whose kind does and that has nothing
    to do with the digest's stories waits for room of its own.
    """

    key: int
    kind: Kind
    since: datetime
    fresh_until: datetime
    rides: bool = True


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
    right now), what comes to people at work alone from `at_work` on; once the window is full, from
    `next_opens` on.
    """

    window: str
    most: int
    opens: datetime
    next_opens: datetime
    kept: int = 0
    at_work: datetime | None = None


def decide(candidates: Sequence[Candidate], hours: Hours, *, used: int, now: datetime) -> dict[int, Verdict]:
    """What becomes of everything that wants to go to one place at this moment, by the candidates' keys.

    `used` is how many posts the window holds already. The highest rank goes first, of equals the one that
    has waited longest. Where a digest goes, what can ride along does; a digest gives way only to what
    ranks higher than all that it would carry, or has lost patience with digests.
    """
    fresh = [one for one in candidates if one.fresh_until > now]
    verdicts = {one.key: _LAPSED_STALE for one in candidates if one.fresh_until <= now}
    if hours.opens > now:
        return verdicts | {one.key: _wait(one, hours.opens, Reason.QUIET) for one in fresh}
    resting = [one for one in fresh if one.kind.at_work and hours.at_work and hours.at_work > now]
    verdicts |= {one.key: _wait(one, hours.at_work or now, Reason.QUIET) for one in resting}
    fresh = [one for one in fresh if one not in resting]
    ranked = sorted(fresh, key=lambda one: (-_rank(one, now), one.since, one.key))
    going = _going(ranked, hours, used)
    verdicts |= {one.key: _GOES for one in going}
    left = [one for one in ranked if one.key not in verdicts]
    riders = _riders(left, going)
    verdicts |= riders
    return verdicts | {one.key: _no_room(one, hours.next_opens) for one in left if one.key not in riders}


def _rank(one: Candidate, now: datetime) -> int:
    """Its kind's; just above a digest's for what has waited longer than its patience."""
    patience = one.kind.patience
    if patience is None or now - one.since < patience:
        return one.kind.rank
    return max(one.kind.rank, UNASKED[DIGEST].rank + 1)


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
        if digest is not None and (one is digest or _may_ride(one)):
            own.setdefault(DIGEST, digest)
        else:
            own.setdefault(one.kind.name if one.kind.gathers else one.key, one)
    return list(own.values())


def _riders(left: Sequence[Candidate], going: Sequence[Candidate]) -> dict[int, Verdict]:
    digest = next((one for one in going if one.kind.name == DIGEST), None)
    gathering = {one.kind.name: one for one in going if one.kind.gathers}
    riders: dict[int, Verdict] = {}
    for one in left:
        host = gathering.get(one.kind.name)
        if host is None and digest and _may_ride(one) and len(riders) < MOST_RIDERS:
            host = digest
        if host is not None:
            riders[one.key] = Verdict(fate=Fate.MERGE, reason=Reason.WITH_ANOTHER, joins=host.key)
    return riders


def _may_ride(one: Candidate) -> bool:
    return one.kind.no_room is NoRoom.MERGE and one.rides


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
