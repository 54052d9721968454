"""When two ways in which notes write a name mean the same person."""

from __future__ import annotations

from difflib import SequenceMatcher

from stories.folding import fold
from stories.notes.labels import role_side

_ALIKE = 0.75


def same_person(a: str, b: str) -> bool:
    """Equal names, a given name alone and the whole name, or one given name and surnames that sound alike."""
    one, other = fold(a).split(), fold(b).split()
    if one == other or not one or not other or role_side(a) or role_side(b):
        return one == other
    return one[0] == other[0] and (len(one) == 1 or len(other) == 1 or alike(one[-1], other[-1]))


def misheard(a: str, b: str) -> bool:
    """Whether somebody who types what they hear may write one given name for the other."""
    one, other = fold(a).split(), fold(b).split()
    return bool(one and other) and not role_side(a) and not role_side(b) and alike(one[0], other[0])


def alike(a: str, b: str) -> bool:
    """Whether two folded words begin alike and share three quarters of their letters (difflib's ratio)."""
    return a[0] == b[0] and SequenceMatcher(None, a, b).ratio() >= _ALIKE
