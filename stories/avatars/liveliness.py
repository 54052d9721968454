"""How lively a project is: by what people did for it, never by who did it or how often."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

LIVELY_FOR, QUIET_FOR = timedelta(days=7), timedelta(days=28)


class Liveliness(StrEnum):
    """Whether anybody did something for a project in the last week, in the last four, or not even then."""

    LIVELY = "lively"
    QUIET = "quiet"
    ASLEEP = "asleep"


def liveliness(last_moved: datetime, now: datetime) -> Liveliness:
    """How lively a project is for which somebody did something then last; its beginning counts as well."""
    since = now - last_moved
    if since < LIVELY_FOR:
        return Liveliness.LIVELY
    return Liveliness.QUIET if since < QUIET_FOR else Liveliness.ASLEEP
