"""Does every catalogue hold every sentence of the code, whole, and in a form that the code can fill in?"""

from __future__ import annotations

import re
import string
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from babel.messages import Message

from tools import sources, words
from tools.short_sentences import room_for
from tools.sources import Problem

_PERCENT = re.compile(r"%\(\w+\)[sd]")
_NAMED = re.compile(r"\{[^{}]*\}")
_CODE = re.compile(r"`[^`]*`")
_MARKS: Mapping[str, re.Pattern[str]] = {
    "words in `backticks`": _CODE,
    "stars": re.compile(r"\*"),
    "underscores": re.compile(r"_"),
    "emoji": re.compile(r"(?<![\w:]):[a-z][a-z0-9_+-]*:(?![\w:])"),
    "bullets": re.compile("^• ", re.MULTILINE),
    "line breaks": re.compile(r"\n"),
    "tags": re.compile(r"</?[a-z][^<>]*>"),
    "mentions": re.compile(r"<[@#!][^<>]*>"),
}
_GLUED = re.compile(r"\w\*\w")
"""A star between two letters marks nothing in Slack: it stands there as a star."""


def faults(message: Message, room: Mapping[str, int]) -> Iterator[str]:
    """What is wrong with the translation of one sentence; `room`: the characters that short ones have."""
    if not words.is_translated(message):
        yield "has no translation"
        return
    if message.fuzzy:
        yield "is marked fuzzy: look at it and take the mark off"
    for source, said in _pairs(message):
        yield from _placeholders(message, said)
        yield from _marks(source, said)
        most = min((room[form] for form in _forms(message.id) if form in room), default=None)
        if most and len(_NAMED.sub("", said)) > most:
            yield f"has room for {most} characters, and “{said}” has {len(said)}"


def check(root: Path) -> Iterator[Problem]:
    """Every fault of every catalogue under `root`."""
    code = words.extracted(root)
    room = room_for(sources.read(root, words.FOLDERS))
    for path in words.catalogues(root):
        where = path.relative_to(root).as_posix()
        catalogue = words.read(path)
        standing = path.read_bytes()
        for message in catalogue:
            if message.id:
                for fault in faults(message, room):
                    yield Problem(where, message.lineno or 0, f"“{_forms(message.id)[0][:60]}” {fault}")
        if words.written(words.brought_up_to_date(catalogue, code)) != standing:
            yield Problem(where, 0, "does not hold what the code says: make words")


def _forms(text: str | tuple[str, ...] | list[str]) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)


def _pairs(message: Message) -> Iterator[tuple[str, str]]:
    """Each form of a translation with the English one that it stands for."""
    sources_, said = _forms(message.id), _forms(message.string or "")
    if len(sources_) == 1:
        yield sources_[0], said[0]
        return
    yield from ((sources_[0] if at == 0 else sources_[1], form) for at, form in enumerate(said))


def _placeholders(message: Message, said: str) -> Iterator[str]:
    try:
        filled = _named(said)
    except ValueError:
        yield f"has braces that are not placeholders in “{said}”"
        return
    # The form for one may say “one” where the other counts.
    allowed = [_named(form) for form in _forms(message.id)]
    if filled not in allowed:
        yield f"is filled in with {sorted(allowed[-1])}, and “{said}” with {sorted(filled)}"


def _named(text: str) -> set[str]:
    named = {f"{{{name}:{spec}}}" for _, name, spec, _ in string.Formatter().parse(text) if name is not None}
    return named | set(_PERCENT.findall(text))


def _marks(source: str, said: str) -> Iterator[str]:
    for name, mark in _MARKS.items():
        ours, theirs = _met(mark, source), _met(mark, said)
        if ours != theirs:
            yield f"has other {name} in “{said}”: {dict(theirs)}, not {dict(ours)}"
    if _blank(source) != _blank(said):
        yield f"begins or ends with other blanks in “{said}”"
    if len(_GLUED.findall(said)) > len(_GLUED.findall(source)):
        yield f"has a star between two letters in “{said}”"


def _met(mark: re.Pattern[str], text: str) -> Counter[str]:
    bare = text if mark is _CODE else _NAMED.sub("", _PERCENT.sub("", _CODE.sub("", text)))
    return Counter(mark.findall(bare))


def _blank(text: str) -> tuple[str, str]:
    inside = text.strip()
    return text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :] if inside else ""


def main() -> int:
    """Check the catalogues of the repository in the current folder."""
    return sources.report("Catalogues", check(Path.cwd()))


if __name__ == "__main__":
    sys.exit(main())
