"""What packages add by a file each: manners of avatars and templates of stories, read once.

A package names a package of its own in an entry point; the TOML files in it are what it adds. A file that
cannot be used is left out and said in the log and by `firsthand doctor`: where, what, and how to mend it.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from importlib.metadata import EntryPoint
from importlib.resources import files
from typing import Generic

from bot.extensions import extensions
from stories.added_files import A, FileError
from stories.avatars.manners import AddedManner, read_manner
from stories.story_templates import StoryTemplate, read_template
from stories.values import dataclass

log = logging.getLogger(__name__)

MANNERS = "firsthand.avatar_manners"
STORY_TEMPLATES = "firsthand.story_templates"
_MOST_BYTES = 50_000
"""Such a file has one or two thousand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf(Generic[A]):
    """What was found, by key, in the order of the entry points' names; and what could not be used."""

    found: Mapping[str, A]
    troubles: tuple[FileError, ...] = ()


@cache
def manners() -> Shelf[AddedManner]:
    """The manners that installed packages add."""
    return _said(gathered(extensions(MANNERS), read_manner))


@cache
def story_templates() -> Shelf[StoryTemplate]:
    """The templates of stories that installed packages add."""
    return _said(gathered(extensions(STORY_TEMPLATES), read_template))


def troubles() -> tuple[FileError, ...]:
    """Every file that cannot be used, each said in the log when it was first read."""
    return manners().troubles + story_templates().troubles


def gathered(points: Iterable[EntryPoint], read: Callable[[str, str], A]) -> Shelf[A]:
    """What these entry points bring; of two files with one key the first."""
    found: dict[str, A] = {}
    unusable: list[FileError] = []
    for point in sorted(points, key=lambda point: point.name):
        try:
            held = _held(point)
        except FileError as trouble:
            unusable.append(trouble)
            continue
        for where, content in held:
            try:
                one = read(_text(where, content), where)
            except FileError as trouble:
                unusable.append(trouble)
                continue
            if one.key in found:
                taken = f"“{one.key}” is taken by another file; choose another"
                unusable.append(FileError(where, "key", taken))
            else:
                found[one.key] = one
    return Shelf(found=found, troubles=tuple(unusable))


def _held(point: EntryPoint) -> list[tuple[str, bytes]]:
    """What each file of an entry point is called, and what it holds. Raises FileError."""
    try:
        beside = sorted(files(point.load()).iterdir(), key=lambda one: one.name)
        return [(f"{point.value}/{one.name}", one.read_bytes()) for one in beside if _is_one(one.name)]
    except (ImportError, AttributeError, TypeError, OSError) as trouble:
        why = f"name a package that holds the files: {trouble}"
        raise FileError(point.value, f"entry point {point.name}", why) from trouble


def _text(where: str, content: bytes) -> str:
    if len(content) > _MOST_BYTES:
        raise FileError(where, "file", f"{len(content):,} bytes; at most {_MOST_BYTES:,} are read")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as wrong:
        why = "this is no UTF-8; save the file as UTF-8"
        raise FileError(where, f"byte {wrong.start}", why) from wrong


def _is_one(name: str) -> bool:
    return name.endswith(".toml")


def _said(shelf: Shelf[A]) -> Shelf[A]:
    for trouble in shelf.troubles:
        log.warning("left out, and what is ours is used instead: %s", trouble)
    return shelf
