"""Patterns that are compiled when they are first asked.

Compiling is quick, but a start would do it five hundred times, for patterns of which most processes ask few.
"""

from __future__ import annotations

import re
from typing import Any, cast

_ASKED = (
    *("findall", "finditer", "fullmatch", "match", "search", "split", "sub", "subn"),
    *("flags", "groupindex", "groups", "pattern"),
)


def late(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """What `re.compile` makes of these, made at its first use; a mistake in the pattern is raised only then.

    It has a pattern's methods and attributes, but is none to the functions of `re`.
    """
    return cast("re.Pattern[str]", _Late(pattern, flags))


class _Late:
    def __init__(self, pattern: str, flags: int) -> None:
        self._given = pattern, flags

    def __getattr__(self, name: str) -> Any:
        """Reached once: from then on its methods are the pattern's own."""
        made = re.compile(*self._given)
        self.__dict__.update({asked: getattr(made, asked) for asked in _ASKED})
        return getattr(made, name)
