"""Times within a recording, as transcripts write them."""

from __future__ import annotations

import re
from datetime import timedelta

TIME = r"(?:\d{1,3}:)?\d{1,2}:\d{2}(?:[.,]\d{1,6})?"
"""Hours (if any), minutes, seconds, fractions."""

_TIME = re.compile(r"(?:(\d{1,3}):)?(\d{1,2}):(\d{1,2})(?:[.,](\d{1,6}))?")
_LOOSE = r"(?:\d{1,3}:)?\d{1,2}:\d{1,2}(?:[.,]\d{1,6})?"
_TIMING = re.compile(rf"\s{{0,20}}(?P<at>{_LOOSE})\s{{0,20}}-->\s{{0,20}}(?P<until>{_LOOSE})(?!\S)")


def read_moment(text: str) -> timedelta | None:
    """The time that the text is, from the beginning; None when it is no time."""
    match = _TIME.fullmatch(text.strip(" \t[]()")[:40])
    if match is None:
        return None
    hours, minutes, seconds, fraction = match.groups()
    return timedelta(
        hours=int(hours or 0),
        minutes=int(minutes),
        seconds=int(seconds),
        microseconds=int((fraction or "0").ljust(6, "0")),
    )


def read_timing(line: str) -> tuple[timedelta, timedelta] | None:
    """The two times of a line such as "00:00:01.000 --> 00:00:04.000"; None for other lines."""
    match = _TIMING.match(line[:200])
    if match is None:
        return None
    at, until = read_moment(match["at"]), read_moment(match["until"])
    return None if at is None or until is None else (at, max(at, until))


def written(at: timedelta) -> str:
    """A moment as people write it: 0:12, 1:02:03."""
    minutes, seconds = divmod(int(at.total_seconds()), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"
