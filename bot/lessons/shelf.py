"""Every lesson there is: ours, and those that installed packages bring, each read once.

A package adds a folder of lessons with an entry point of the group `firsthand.lessons` that names a module:
the Markdown files beside it and below it are its lessons. One with the key and language of one of ours stands
in its place.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.metadata import EntryPoint
from importlib.resources import files
from importlib.resources.abc import Traversable

from bot.extensions import extensions
from stories.language import ENGLISH, spoken
from stories.lessons.errors import LessonError
from stories.lessons.reading import read_lesson
from stories.lessons.values import Lesson

GROUP = "firsthand.lessons"
OURS = "stories.lessons"
_SUFFIX = ".md"
_MOST_BYTES = 100_000
"""A lesson of three minutes has five thousand."""


def lessons() -> tuple[Lesson, ...]:
    """All lessons in their order, each in the language of the moment, or else in English.

    Raises LessonError for a file that cannot be read.
    """
    return in_language(every(), spoken().language)


def lesson(key: str) -> Lesson | None:
    """The lesson of this key; None where there is none any more. Raises LessonError as above."""
    return next((one for one in lessons() if one.key == key), None)


def in_language(shelf: Mapping[tuple[str, str], Lesson], language: str) -> tuple[Lesson, ...]:
    """Of each lesson the one in this language, in English, or in any other language that there is."""
    keys = {key for key, _language in shelf}
    found = [
        shelf.get((key, language))
        or shelf.get((key, ENGLISH))
        or next(one for (other, _language), one in sorted(shelf.items()) if other == key)
        for key in keys
    ]
    return tuple(sorted(found, key=lambda one: (one.order, one.key)))


def read_folder(folder: Traversable, called: str) -> dict[tuple[str, str], Lesson]:
    """The lessons of a folder and all below it, by key and language. Raises LessonError.

    `called` is what the folder is called in such an error.
    """
    found: dict[tuple[str, str], Lesson] = {}
    for file, where in _files(folder, called):
        one = read_lesson(_text(file, where), where)
        if (one.key, one.language) in found:
            raise LessonError(where, "key", f"“{one.key}” is another lesson's key in this language, too")
        found[one.key, one.language] = one
    return found


def check_added() -> None:
    """Read all lessons where an installed package brings some. Raises LessonError.

    Ours alone are read when somebody first opens them: a start is not to wait for that.
    """
    if extensions(GROUP):
        every()


@cache
def every() -> Mapping[tuple[str, str], Lesson]:
    """Every lesson there is, by key and language. Raises LessonError for the first that cannot be read."""
    return gathered(extensions(GROUP))


def gathered(points: Iterable[EntryPoint]) -> dict[tuple[str, str], Lesson]:
    """Our lessons and those of these entry points, in the order of their names. Raises LessonError."""
    shelf = read_folder(files(OURS) / "texts", OURS)
    added: dict[tuple[str, str], str] = {}
    for point in sorted(points, key=lambda point: point.name):
        try:
            folder = files(point.load())
        except (ImportError, AttributeError, TypeError) as trouble:
            raise LessonError(
                point.value, f"entry point {point.name}", f"name a module: {trouble}"
            ) from trouble
        for named, one in read_folder(folder, point.value).items():
            if named in added:
                raise LessonError(point.value, "key", f"“{one.key}” comes from {added[named]}, too")
            added[named], shelf[named] = point.value, one
    return shelf


def _files(folder: Traversable, called: str) -> Iterator[tuple[Traversable, str]]:
    for one in sorted(folder.iterdir(), key=lambda one: one.name):
        where = f"{called}/{one.name}"
        if one.is_dir() and not one.name.startswith((".", "_")):
            yield from _files(one, where)
        elif one.name.endswith(_SUFFIX) and one.name.lower() != "readme.md":
            yield one, where


def _text(file: Traversable, where: str) -> str:
    held = file.read_bytes()
    if len(held) > _MOST_BYTES:
        raise LessonError(where, "file", f"{len(held):,} bytes; a lesson has {_MOST_BYTES:,} at most")
    try:
        return held.decode("utf-8")
    except UnicodeDecodeError as wrong:
        raise LessonError(where, f"byte {wrong.start}", "this is no UTF-8; save the file as UTF-8") from wrong
