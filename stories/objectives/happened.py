"""What happened for an objective: plain facts of what somebody did. Nothing is added up."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import Final

from stories.objectives.objective import Aim
from stories.values import dataclass


class What(StrEnum):
    """What somebody did, or what came of it."""

    WROTE_UP = "wrote_up"
    TALKED = "talked"
    LISTENED = "listened"
    HELPED = "helped"
    ASKED = "asked"
    NAMED = "named"
    SORTED = "sorted"
    OWNS = "owns"
    DID = "did"
    CAME = "came"


AIM_OF: Final = {
    What.WROTE_UP: Aim.GATHERING,
    What.TALKED: Aim.GATHERING,
    What.LISTENED: Aim.GATHERING,
    What.HELPED: Aim.GATHERING,
    What.ASKED: Aim.MAKING_SENSE,
    What.NAMED: Aim.MAKING_SENSE,
    What.SORTED: Aim.MAKING_SENSE,
    What.OWNS: Aim.CHANGING,
    What.DID: Aim.CHANGING,
    What.CAME: Aim.CHANGING,
}
"""What each of these is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """One thing that happened, on a day. `key` names it for good: "story:12".

    `words` are colleagues' own: a theme's name, a question. What a customer's story says is no part of it:
    `story_id` leads there, `follow_up_id` to what was done because of it, `who` is the colleague who did it.
    """

    key: str
    what: What
    on: date
    words: str = ""
    story_id: int | None = None
    follow_up_id: int | None = None
    who: str = ""

    @property
    def aim(self) -> Aim:
        """Which kind of objective it is something for."""
        return AIM_OF[self.what]


def by_aim(happened: Iterable[Happened]) -> dict[Aim, tuple[Happened, ...]]:
    """What happened of each kind, the latest first; no entry for a kind of which nothing did."""
    latest = sorted(happened, key=lambda one: (one.on, one.key), reverse=True)
    found = {aim: tuple(one for one in latest if one.aim is aim) for aim in Aim}
    return {aim: some for aim, some in found.items() if some}
