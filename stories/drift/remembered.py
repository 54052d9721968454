"""What is remembered of a channel that is listened to, as numbers and dates that a database can keep."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import date
from typing import Any

from stories.drift.speaking import Answer, Listening
from stories.drift.watch import Watch
from stories.values import dataclass

KICK_OFF = 2
"""How many windows are taken for the kick-off talk: as many as the method was measured with."""

OTHER_LANGUAGE = 3
"""Windows in a row in another language than English after which listening gives up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Remembered:
    """Where listening stands; `other_language` counts the newest windows in a row that were not English."""

    listening: Listening = field(default_factory=Listening)
    other_language: int = 0

    @property
    def given_up(self) -> bool:
        """Whether the talk is in a language that the method does not work for."""
        return self.other_language >= OTHER_LANGUAGE


def as_numbers(remembered: Remembered) -> dict[str, Any]:
    """What `from_numbers` reads again: numbers, dates and the names of answers."""
    listening = remembered.listening
    watch = listening.watch
    return {
        "scores": list(watch.scores),
        "usual": watch.usual,
        "total": watch.total,
        "allowance": watch.allowance,
        "alarmed_on": _written(listening.alarmed_on),
        "silent_until": _written(listening.silent_until),
        "judged": [answer.value for answer in listening.judged],
        "other_language": remembered.other_language,
    }


def from_numbers(numbers: Mapping[str, Any]) -> Remembered:
    """What was written by `as_numbers`; a beginning for nothing. Raises KeyError for what is not whole."""
    if not numbers:
        return Remembered()
    watch = Watch(
        scores=tuple(numbers["scores"]),
        usual=numbers["usual"],
        total=numbers["total"],
        allowance=numbers["allowance"],
    )
    listening = Listening(
        watch=watch,
        alarmed_on=_read(numbers["alarmed_on"]),
        silent_until=_read(numbers["silent_until"]),
        judged=tuple(Answer(answer) for answer in numbers["judged"]),
    )
    return Remembered(listening=listening, other_language=numbers["other_language"])


def _written(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _read(day: str | None) -> date | None:
    return date.fromisoformat(day) if day else None
