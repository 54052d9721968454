"""Words laid out for comparing: lower case, straight apostrophes, one line."""

from __future__ import annotations

_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'"})


def plainly(text: str) -> str:
    """The text in lower case on one line, with straight apostrophes."""
    return " ".join(text.translate(_APOSTROPHES).lower().split())
