"""A project as its channel knows it: what it is for, for whom, why it began, and its avatar."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from stories.avatars.evidence import Ref
from stories.values import dataclass

MOST_REASONS = 5
LONGEST_NAME = 80
LONGEST_GOAL = 300
LONGEST_REASON = 300
LONGEST_FACE_NAME = 40
LONGEST_WHY = 1000

PICTURES = "/avatars/"
"""The path under which pictures of avatars are served, each by its name."""


class Manner(StrEnum):
    """How the avatar puts the words around the quotes; never the quotes."""

    PLAIN = "plain"
    WARM = "warm"
    CHEEKY = "cheeky"


class Rhythm(StrEnum):
    """How often the avatar reminds of a reason unasked."""

    NEVER = "never"
    WEEKLY = "weekly"
    FORTNIGHTLY = "fortnightly"
    MONTHLY = "monthly"


RHYTHM_DAYS = {Rhythm.WEEKLY: 7, Rhythm.FORTNIGHTLY: 14, Rhythm.MONTHLY: 28}
"""Days from one reminder to the next."""


class ProjectState(StrEnum):
    """Whether a project is at work or over."""

    ACTIVE = "active"
    DONE = "done"


@dataclass(frozen=True, slots=True, kw_only=True)
class Face:
    """How the avatar shows itself: a name, an emoji (":seedling:"), perhaps the name of a picture.

    `manner` is one of ours, or the key of one that a package adds (`stories.avatars.manners`).
    """

    name: str
    emoji: str
    picture: str | None = None
    manner: str = Manner.PLAIN

    @property
    def picture_path(self) -> str | None:
        """Where its picture is served, without the address of this copy."""
        return f"{PICTURES}{self.picture}" if self.picture else None


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundingReason:
    """One reason why the project was started, in the team's words, and the customers' words it rests on."""

    id: int
    words: str
    position: int
    evidence: tuple[Ref, ...]
    added_by: str
    added_at: datetime
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One change of the why, kept with who, when and why. `what` is a word such as "reason_added"."""

    what: str
    words: str
    why: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """A project of one channel. `reasons` are those that stand, in their order.

    `listens_since` is set while somebody has switched on listening for drift.
    """

    id: int
    channel_id: str
    name: str
    goal: str
    segment: str
    owner_id: str
    face: Face
    rhythm: Rhythm
    state: ProjectState
    reasons: tuple[FoundingReason, ...]
    pinned: bool
    listens_since: datetime | None
    next_at: datetime | None
    outcome: str
    ended_at: datetime | None
    created_at: datetime


def standing(reasons: Sequence[FoundingReason]) -> tuple[FoundingReason, ...]:
    """The reasons that have not been given up, in their order."""
    return tuple(sorted((r for r in reasons if r.ended_at is None), key=lambda reason: reason.position))
