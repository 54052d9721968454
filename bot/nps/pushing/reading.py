"""From the body of a request to answers, each entry that is none with its field and the reason."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from bot.nps.importing.moments import EARLIEST
from bot.nps.importing.rows import LONGEST_COMMENT, LONGEST_KEY, clean, segment_text
from storage.nps_answers import Answer
from stories.nps.counts import whole_score
from stories.values import dataclass

T = TypeVar("T")

MOST_ANSWERS = 500
"""Entries of a batch, answers or figures."""

MOST_PROPERTIES = 50
LONGEST_PROPERTY = 200
FIELDS = frozenset({"id", "score", "answered_at", "comment", "person", "properties"})


class BadRequest(Exception):
    """A body that is no batch: what is wrong with it, in words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """An entry that cannot be used: its place in the batch from 0, the field, and why."""

    index: int
    field: str
    reason: str

    def as_json(self) -> dict[str, Any]:
        """As it is told: what somebody sent stands in it, and half characters cannot be sent back."""
        return {"index": self.index, "field": clean(self.field), "reason": clean(self.reason)}


class WrongField(Exception):
    """A field of an entry that cannot be used: its name, and the reason in words."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(reason)
        self.field, self.reason = field, reason


def read_batch(body: bytes, *, zone: ZoneInfo, now: datetime) -> tuple[list[Answer], list[Refused]]:
    """The answers of a batch and what was refused of it. Raises BadRequest for a body that is no batch."""
    return read_entries(entries(body, "answers"), lambda entry: _answer(entry, zone, now))


def read_entries(found: list[Any], read: Callable[[object], T]) -> tuple[list[T], list[Refused]]:
    """What `read` makes of each entry, and those for which it raises WrongField."""
    good: list[T] = []
    refused: list[Refused] = []
    for index, entry in enumerate(found):
        try:
            good.append(read(entry))
        except WrongField as wrong:
            refused.append(Refused(index=index, field=wrong.field, reason=wrong.reason))
    return good, refused


def entries(body: bytes, name: str) -> list[Any]:
    """The list of this name in a body. Raises BadRequest for a body that is no batch."""
    try:
        told = json.loads(body)
    except (ValueError, RecursionError):
        raise BadRequest("the body is no JSON in UTF-8") from None
    found = told.get(name) if isinstance(told, dict) else None
    if not isinstance(found, list):
        raise BadRequest(f'the body is an object with a list "{name}"')
    if not 1 <= len(found) <= MOST_ANSWERS:
        raise BadRequest(f'"{name}" holds 1 to {MOST_ANSWERS} of them, not {len(found)}')
    return found


def _answer(entry: object, zone: ZoneInfo, now: datetime) -> Answer:
    if not isinstance(entry, dict):
        raise WrongField("", "each answer is an object")
    unknown = sorted(str(name) for name in entry if name not in FIELDS)
    if unknown:
        raise WrongField(unknown[0][:60], f"unknown; there are: {', '.join(sorted(FIELDS))}")
    score = whole_score(entry.get("score"))
    if score is None:
        raise WrongField("score", "a whole number from 0 to 10; it is never rounded")
    at, day = _moment(entry.get("answered_at"), zone, now)
    return Answer(
        key=_text(entry, "id", LONGEST_KEY, required=True),
        score=score,
        at=at,
        day=day,
        comment=_text(entry, "comment", LONGEST_COMMENT),
        person_key=_text(entry, "person", LONGEST_KEY),
        properties=_properties(entry.get("properties")),
    )


def _moment(value: object, zone: ZoneInfo, now: datetime) -> tuple[datetime, date | None]:
    field = "answered_at"
    said = "a time with its zone such as 2026-03-31T10:00:00Z, or a day such as 2026-03-31"
    if not isinstance(value, str):
        raise WrongField(field, said)
    try:
        if len(value) == len("2026-03-31"):
            day: date | None = date.fromisoformat(value)
            at = datetime.combine(day or now.date(), time(12), zone)
        else:
            day, at = None, datetime.fromisoformat(value)
    except ValueError:
        raise WrongField(field, said) from None
    if at.tzinfo is None:
        raise WrongField(field, said)
    if at > now + timedelta(days=1):
        raise WrongField(field, "that is still to come")
    if at.year < EARLIEST:
        raise WrongField(field, f"that is before {EARLIEST}")
    return at, day


def _text(entry: Mapping[str, Any], field: str, most: int, *, required: bool = False) -> str:
    value = entry.get(field)
    if value is None and not required:
        return ""
    if isinstance(value, int) and not isinstance(value, bool) and field == "id":
        value = str(value)
    if not isinstance(value, str):
        raise WrongField(field, "needed, as a text" if required else "a text")
    text = clean(value)
    if len(text) > most or (required and not text):
        raise WrongField(field, f"{'1 to ' if required else 'up to '}{most} characters")
    return text


def _properties(value: object) -> dict[str, str]:
    if value is None:
        return {}
    if not isinstance(value, dict) or len(value) > MOST_PROPERTIES:
        raise WrongField("properties", f"an object with up to {MOST_PROPERTIES} fields")
    found: dict[str, str] = {}
    for name, told in value.items():
        called = segment_text(name)
        if not isinstance(told, str | int | float) or not called or len(name) > 60 or '"' in name:
            raise WrongField("properties", "names of 1 to 60 characters, values that are texts or numbers")
        text = segment_text(str(told).lower() if isinstance(told, bool) else str(told))
        if len(text) > LONGEST_PROPERTY:
            raise WrongField("properties", f"values of up to {LONGEST_PROPERTY} characters")
        if text:
            found[called] = text
    return found
