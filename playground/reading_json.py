"""JSON from outside: parsed, with limits that keep whatever walks through it safe."""

from __future__ import annotations

import json
from typing import Any

DEEPEST = 100
"""Lists and objects within each other; blocks and views stay far below."""


def read_json(raw: str | bytes) -> Any:
    """Parse JSON; raises ValueError for what is none, or too deep.

    Half a surrogate pair, which is no text, becomes U+FFFD.
    """
    try:
        parsed = json.loads(raw)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
    if _is_too_deep(parsed):
        raise ValueError("nested too deeply")
    has_escapes = b"\\u" in raw if isinstance(raw, bytes) else "\\u" in raw
    return _whole(parsed) if has_escapes else parsed


def _is_too_deep(node: Any) -> bool:
    level = [node]
    for _ in range(DEEPEST):
        level = [
            entry
            for one in level
            if isinstance(one, dict | list)
            for entry in (one.values() if isinstance(one, dict) else one)
            if isinstance(entry, dict | list)
        ]
        if not level:
            return False
    return True


def _whole(node: Any) -> Any:
    if isinstance(node, str):
        return node.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(node, list):
        return [_whole(entry) for entry in node]
    if isinstance(node, dict):
        return {_whole(key): _whole(value) for key, value in node.items()}
    return node
