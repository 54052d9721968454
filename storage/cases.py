"""Texts compared whatever the case of their letters, on both databases alike."""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy import ColumnElement, func, or_

_CAPITALS = re.compile(r"[A-Z]+")


def same_text(column: Any, typed: str) -> ColumnElement[bool]:
    """Whether a column holds this text, in small letters or capitals.

    SQLite's lower() leaves letters beyond ASCII as they are ("Ö" stays "Ö"): each way of writing the text is
    compared as SQLite makes it of it.
    """
    ways = {typed.lower(), *map(_as_sqlite, (typed, typed.upper(), typed.title(), typed.capitalize()))}
    return or_(*(func.lower(column) == way for way in sorted(ways)))


def _as_sqlite(text: str) -> str:
    return _CAPITALS.sub(lambda found: found[0].lower(), text)
