"""The front matter of a lesson: TOML between two lines of `+++`, at the very top of its file.

The convention is that of Hugo and Zola (https://gohugo.io/content-management/front-matter/); TOML because
Python reads it by itself.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from typing import Any

from stories.lessons.errors import LessonError
from stories.lessons.values import Moment
from stories.values import dataclass

MARK = "+++"
LONGEST_TITLE = 24
"""Slack leaves a window's title this many letters."""
LONGEST_SUMMARY = 150
_KEY = re.compile(r"[a-z][a-z0-9-]{1,39}")
_LANGUAGE = re.compile(r"[a-z]{2}")
_FIELDS = ("key", "title", "summary", "order", "language", "offered")


@dataclass(frozen=True, slots=True, kw_only=True)
class Front:
    """What stands at the top of a lesson's file; `body` is the rest, which begins at line `line` (from 1)."""

    key: str
    title: str
    summary: str
    order: int
    language: str
    offered: frozenset[Moment]
    body: str
    line: int


def read_front(text: str, where: str) -> Front:
    """The front matter and what follows it. Raises LessonError."""
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").split("\n")
    if lines[0].strip() != MARK or MARK not in (line.strip() for line in lines[1:]):
        raise LessonError(where, "line 1", f"begin with front matter: TOML between two lines of {MARK}")
    end = next(at for at, line in enumerate(lines[1:], 1) if line.strip() == MARK)
    try:
        given = tomllib.loads("\n".join(lines[1:end]))
    except tomllib.TOMLDecodeError as wrong:
        raise LessonError(where, "front matter", f"this is no TOML: {wrong}") from wrong
    unknown = sorted(given.keys() - set(_FIELDS))
    if unknown:
        raise LessonError(where, unknown[0], f"there is no such field; use {', '.join(_FIELDS)}")
    return Front(
        key=_matching(given, "key", _KEY, where, "letters, digits and dashes, such as asking-why"),
        title=_words(given, "title", LONGEST_TITLE, where),
        summary=_words(given, "summary", LONGEST_SUMMARY, where),
        order=_order(given, where),
        language=_matching(
            {"language": "en"} | given, "language", _LANGUAGE, where, "two letters, such as en"
        ),
        offered=_offered(given, where),
        body="\n".join(lines[end + 1 :]),
        line=end + 2,
    )


def _words(given: Mapping[str, Any], field: str, most: int, where: str) -> str:
    value = given.get(field)
    if not isinstance(value, str) or not value.strip():
        raise LessonError(where, field, f'missing; write {field} = "…"')
    if len(value.strip()) > most:
        raise LessonError(where, field, f"{len(value.strip())} letters; at most {most} fit")
    return value.strip()


def _matching(given: Mapping[str, Any], field: str, pattern: re.Pattern[str], where: str, wanted: str) -> str:
    value = given.get(field)
    if not isinstance(value, str) or not pattern.fullmatch(value):
        raise LessonError(where, field, f"write {wanted}")
    return value


def _order(given: Mapping[str, Any], where: str) -> int:
    value = given.get("order", 100)
    if not isinstance(value, int) or isinstance(value, bool):
        raise LessonError(where, "order", "write a whole number: the lesson's place in the list")
    return value


def _offered(given: Mapping[str, Any], where: str) -> frozenset[Moment]:
    value = given.get("offered", [])
    known = {moment.value: moment for moment in Moment}
    if not isinstance(value, list) or any(one not in known for one in value):
        raise LessonError(where, "offered", f"write a list of these: {', '.join(known)}")
    return frozenset(known[one] for one in value)
