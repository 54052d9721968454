"""What somebody wants to hear in private; everybody hears everything until they say otherwise."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from enum import StrEnum
from typing import Any

_OFF = "off"


class Private(StrEnum):
    """The private messages that a person can turn off."""

    THANKS = "thanks"
    REMINDERS = "reminders"
    ENDINGS = "endings"
    RENEWALS = "renewals"
    LEADING = "leading"
    LESSONS = "lessons"


def wants(settings: Mapping[str, Any], kind: str) -> bool:
    """Whether somebody with these settings (`storage.people.settings`) wants private messages of `kind`."""
    return kind not in settings.get(_OFF, ())


def chosen(settings: Mapping[str, Any], wanted: Collection[str]) -> dict[str, Any]:
    """The settings of somebody who from now on wants these kinds and no others."""
    return {**settings, _OFF: sorted(kind.value for kind in Private if kind.value not in wanted)}
