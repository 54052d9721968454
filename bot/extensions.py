"""What installed packages bring, as their entry points say, which are read once."""

from __future__ import annotations

from functools import cache
from importlib.metadata import EntryPoints, entry_points
from typing import Any


def extensions(group: str) -> EntryPoints:
    """The entry points of this group."""
    found: EntryPoints = installed().select(group=group)
    return found


@cache
def installed() -> Any:
    """All of them. Asked for one group, Python reads a file of each installed package, every time."""
    return entry_points()
