"""Text as names are compared in it: no case, no accents, no invisible characters; and the way back."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from stories.values import dataclass

_APOSTROPHES = dict.fromkeys("’‘‛ʼʻʹ′`´＇", "'")
_HYPHENS = dict.fromkeys("‐‑‒–—―−﹣－", "-")
_LETTERS = {
    "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ð": "d", "Ð": "D", "þ": "th", "Þ": "Th",
    "æ": "ae", "Æ": "Ae", "œ": "oe", "Œ": "Oe", "ı": "i", "ħ": "h", "Ħ": "H", "ŋ": "n", "Ŋ": "N",
}  # fmt: skip
_AS_WRITTEN = _APOSTROPHES | _HYPHENS | _LETTERS
_FILLERS = frozenset("\u115f\u1160\u3164\uffa0\u2800")
_INVISIBLE = frozenset({"Mn", "Me", "Cf"})
_RUNS = re.compile(r"[\x00-\x7f]+|[^\x00-\x7f]+")
"""Stretches that are ASCII, which are folded at once, and those between them: an English text has few."""


@dataclass(frozen=True, slots=True)
class Folded:
    """A text folded for comparing, where each folded character knows where it came from.

    `upper` says whether that character was a capital. Positions in `text` are turned into positions in
    `original` by `span`.
    """

    original: str
    text: str
    origin: Sequence[int]
    upper: Sequence[bool]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The original's slice for a folded slice, with the accents and invisible characters inside it."""
        stop = self.origin[end] if end < len(self.origin) else len(self.original)
        return self.origin[start], max(stop, self.origin[end - 1] + 1)


def fold(text: str) -> str:
    """The text without case, accents, invisible characters and typographic apostrophes and hyphens.

    Compatibility forms are made plain (NFKD), "ø" and its like become their plain letters.
    """
    if text.isascii():
        return _plain_folded(text)
    return "".join([_run_folded(run) for run in _RUNS.findall(text)])


def folded(text: str) -> Folded:
    """The folded text together with the way back to the original."""
    if text.isascii():
        # As nearly all of an English text is: nothing moves, and one by one costs ten times as much.
        return Folded(text, _plain_folded(text), range(len(text)), [*map(str.isupper, text)])
    letters: list[str] = []
    origin: list[int] = []
    upper: list[bool] = []
    for run in _RUNS.finditer(text):
        if run[0].isascii():
            letters.append(_plain_folded(run[0]))
            origin.extend(range(*run.span()))
            upper.extend(map(str.isupper, run[0]))
            continue
        for position, character in enumerate(run[0], run.start()):
            for letter, capital in _folds(character):
                letters.append(letter)
                origin.append(position)
                upper.append(capital)
    return Folded(text, "".join(letters), origin, upper)


def _run_folded(run: str) -> str:
    if run.isascii():
        return _plain_folded(run)
    return "".join([folded for character in run for folded, _upper in _folds(character)])


def _plain_folded(text: str) -> str:
    """What folding comes to where every character is ASCII: each stays one, so most text is done at once."""
    return text.replace("`", "'").lower()


@lru_cache(maxsize=8192)
def _folds(character: str) -> tuple[tuple[str, bool], ...]:
    if character in _FILLERS:
        return ()
    plain = _AS_WRITTEN.get(character) or unicodedata.normalize("NFKD", character)
    return tuple(
        (lower, part.isupper() or part.istitle())
        for part in plain
        if unicodedata.category(part) not in _INVISIBLE
        for lower in _AS_WRITTEN.get(part, part).casefold()
    )
