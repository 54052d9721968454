"""The words of one workspace: its segments' properties and values, and its business figures."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import field
from functools import lru_cache

from stories.values import dataclass

_BETWEEN = re.compile(r"[\s\-_/.,;:'’‘`()\[\]]+")
_POSSESSIVE = re.compile(r"['’‘`](?:s|S)?$")
_MARKS = {"Mn", "Me", "Cf"}

Segment = tuple[str, str]
"""A property and one of its values."""

LONGEST_NAME = 6
"""More words than this of a name are not recognised without quotation marks."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What can be asked about: the values of each property, and names of business figures.

    Two names of a property that differ in case, accents or hyphens only are told apart by quotation marks.
    """

    segments: Mapping[str, Iterable[str]] = field(default_factory=dict)
    figures: Iterable[str] = ()
    by_form: dict[str, tuple[Segment, ...]] = field(init=False, repr=False, compare=False)
    properties: dict[str, tuple[str, ...]] = field(init=False, repr=False, compare=False)
    figure_names: dict[str, tuple[str, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        by_form: dict[str, list[Segment]] = {}
        frozen = {name: tuple(values) for name, values in self.segments.items()}
        for name, values in frozen.items():
            for value in values:
                by_form.setdefault(folded(value), []).append((name, value))
        put = object.__setattr__
        put(self, "segments", frozen)
        put(self, "figures", tuple(self.figures))
        put(self, "by_form", {form: tuple(dict.fromkeys(found)) for form, found in by_form.items()})
        put(self, "properties", _by_form(frozen))
        put(self, "figure_names", _by_form(self.figures))


@lru_cache(maxsize=4096)
def folded(text: str) -> str:
    """The text with case, accents and separators evened out: "São-Paulo’s" is "sao paulo s"."""
    plain = text.casefold()
    if not text.isascii():
        plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
        plain = "".join(letter for letter in plain if unicodedata.category(letter) not in _MARKS)
    return _BETWEEN.sub(" ", plain).strip() or text.strip()


def forms(text: str) -> tuple[str, ...]:
    """The forms under which a name may be known, the likeliest first: without 's, with and without plural."""
    base = folded(without_possessive(text))
    found = [folded(text), base]
    if base.endswith("ies"):
        found.append(base[:-3] + "y")
    if base.endswith("es"):
        found.append(base[:-2])
    found += [base[:-1]] if base.endswith("s") and len(base) > 2 else []
    found.append(base + "s")
    return tuple(dict.fromkeys(form for form in found if form))


def without_possessive(text: str) -> str:
    """The text without 's or a bare apostrophe at its end."""
    return _POSSESSIVE.sub("", text)


def _by_form(names: Iterable[str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for name in names:
        found.setdefault(folded(name), []).append(name)
    return {form: tuple(dict.fromkeys(known)) for form, known in found.items()}
