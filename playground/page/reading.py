"""Who is reading: the names, time zone and language that a message is drawn with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo


def _nobody(_id: str) -> str | None:
    return None


def _epoch() -> datetime:
    return datetime.fromtimestamp(0, UTC)


@dataclass(frozen=True)
class Reading:
    """One person's view of the workspace while something is drawn for them.

    `now` is the workspace clock, aware, UTC. The three look-ups answer a display name for an id, or None.
    """

    viewer_id: str = ""
    zone: tzinfo = UTC
    locale: str = "en_GB"
    now: datetime = field(default_factory=_epoch)
    user_name: Callable[[str], str | None] = _nobody
    channel_name: Callable[[str], str | None] = _nobody
    usergroup_name: Callable[[str], str | None] = _nobody
