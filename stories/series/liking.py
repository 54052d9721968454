"""What readers did with episodes: what is counted of each post, before anything is compared."""

from __future__ import annotations

from enum import StrEnum

from stories.series.episodes import Shape
from stories.values import dataclass


class Click(StrEnum):
    """LOVED: the button under an episode. OPENED: its sources, its thread or the part after it. CAUGHT_UP:
    they read on from an earlier episode to this one."""

    LOVED = "loved"
    OPENED = "opened"
    CAUGHT_UP = "caught_up"


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """One episode in one place: how it was told there, whom it reached, how many of them did something.

    `took_part` counts people who clicked or voted there, each once. `trial`: told in a shape on trial.
    """

    episode_id: int
    place: str
    shape: Shape
    trial: bool
    readers: int
    took_part: int
