"""Right-to-left writing among ours: told apart, so that neither moves the other's full stops and brackets."""

from __future__ import annotations

import unicodedata

_ISOLATE, _END_ISOLATE = "\u2068", "\u2069"


def in_its_direction(text: str) -> str:
    """Right-to-left writing set apart line by line, so that its full stops stay at its own end."""
    if text.isascii() or not any(unicodedata.bidirectional(letter) in {"R", "AL"} for letter in text):
        return text
    return "\n".join(_apart(line) for line in text.split("\n"))


def _apart(line: str) -> str:
    if not line or (line.startswith(_ISOLATE) and line.find(_END_ISOLATE) == len(line) - 1):
        return line
    return f"{_ISOLATE}{line}{_END_ISOLATE}"
