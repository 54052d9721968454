"""How many, when, where and with which scores: the parts of a rule that have a shape of their own."""

from __future__ import annotations

import re
from datetime import time

from stories.calendars import parse_time
from stories.patterns import late
from stories.routing.rule import USUAL_AT, USUAL_MOST
from stories.routing.saying import DAYS
from stories.values import dataclass

_NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_NUMBER = rf"(\d{{1,4}}|{'|'.join(_NUMBERS)})"
_PER = r"(?:\s+(?:(?:an?|per|each|every)\s+(?:time|day|week)|daily|weekly)\b)?"
_CHANNEL = late(r"(?:(?:→|->|=>|\b(?:to|into|in)\b)\s*)?<#([CG][A-Z0-9]+)(?:\|[^>]*)?>", re.IGNORECASE)
_NAMED = late(r"(?:(?:→|->|=>|\b(?:to|into|in)\b)\s*)?(?<!\S)#([^\s,;]+)", re.IGNORECASE)
_MOST = late(
    rf"\b(?:at\s+most|up\s+to|no\s+more\s+than|max(?:imum)?(?:\s+of)?)\s+{_NUMBER}\b{_PER}", re.IGNORECASE
)
_WEEKDAY = late(rf"\b(?:(?:weekly|every|each|on)\s+)*({'|'.join(DAYS)})s?\b(?:\s*,)?", re.IGNORECASE)
_AT = late(
    r"\bat\s+(\d{1,2}(?:\s*[:.h]\s*\d{2}|\d{2})?\s*(?:[ap]\.?\s?m\b\.?)?|noon|midday|midnight)"
    r"(?:\s*o['’]?clock)?(?!\w)",
    re.IGNORECASE,
)
_SCORED = late(
    r"\b(?:(?:with|an?|of)\s+)*scor(?:es?|ed|ing)\s+(?:(?:of|from|between)\s+)?"
    r"(\d{1,3})(?:\s*(?:to|-|–|and|or)\s*(\d{1,3}))?\b",
    re.IGNORECASE,
)
_BEYOND = late(
    r"\b(?:(?:with|an?|of)\s+)*scor(?:es?|ed|ing)\s+(below|under|above|over|at\s+least)\s+(\d{1,3})\b",
    re.IGNORECASE,
)
_EACH_DAY = late(r"\b(?:(?:each|every)\s+(?:working\s+)?day|daily)\b", re.IGNORECASE)
_WEEKLY = late(r"\b(?:weekly|(?:an?|per|each|every)\s+week)\b", re.IGNORECASE)
MONDAY = 0
"""The day of what comes once a week, where nobody says on which."""

_ARROW = late(r"(?:→|->|=>)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What was found, and what is `left` of the sentence. `named` is a channel that Slack told no id of."""

    left: str
    channel_id: str = ""
    named: str = ""
    most: int = USUAL_MOST
    weekday: int | None = None
    at: time = USUAL_AT
    scores: tuple[int, int] | None = None


def limits_in(text: str) -> Limits:
    """The limits that a sentence sets. Raises UserError for a time of day that is none."""
    text, channel = _taken(_CHANNEL, text)
    text, named = _taken(_NAMED, text)
    weekly = _WEEKLY.search(text)
    text, most = _taken(_MOST, text)
    text, at = _taken(_AT, text)
    text, day = _taken(_WEEKDAY, text)
    text, scores = _scores_in(text)
    text = _WEEKLY.sub(" , ", _EACH_DAY.sub(" , ", text))
    return Limits(
        left=_ARROW.sub(" ", text),
        channel_id=channel[1].upper() if channel else "",
        named=named[1] if named else "",
        most=_number(most[1]) if most else USUAL_MOST,
        at=parse_time(at[1]) if at else USUAL_AT,
        weekday=DAYS.index(day[1].casefold()) if day else MONDAY if weekly else None,
        scores=scores,
    )


def _scores_in(text: str) -> tuple[str, tuple[int, int] | None]:
    text, beyond = _taken(_BEYOND, text)
    if beyond is not None:
        number, how = int(beyond[2]), " ".join(beyond[1].casefold().split())
        if how in {"below", "under"}:
            return text, (0, number - 1)
        return text, (number if how == "at least" else number + 1, 10)
    text, found = _taken(_SCORED, text)
    if found is None:
        return text, None
    low = int(found[1])
    return text, (low, int(found[2] or low))


def _taken(pattern: re.Pattern[str], text: str) -> tuple[str, re.Match[str] | None]:
    """The text without what fits first, and that."""
    found = pattern.search(text)
    return (text, None) if found is None else (f"{text[: found.start()]} , {text[found.end() :]}", found)


def _number(said: str) -> int:
    return _NUMBERS.index(said.casefold()) + 1 if said.casefold() in _NUMBERS else int(said)
