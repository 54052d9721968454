"""A program of its own that reads one feed from its input and writes what it found as JSON.

What comes from strangers is taken apart here and nowhere else: a process without our settings, keys or
environment, with little memory and few seconds. It imports nothing of ours, and is run as a file.
"""

from __future__ import annotations

import calendar
import io
import json
import sys
from typing import Any

MOST_ENTRIES, LONGEST = 200, 4000
"""Articles that are told, and characters of each of their texts."""

MEMORY_BYTES, CPU_SECONDS = 600_000_000, 15


def main() -> None:
    """Read, and tell: `{"version", "title", "entries": [{"id", "title", "link", "published"}]}`."""
    _hold_back()
    # Only here: no other process needs it.
    import feedparser

    body = sys.stdin.buffer.read()
    read = feedparser.parse(io.BytesIO(body), sanitize_html=False, resolve_relative_uris=False)
    told = {
        "version": read.get("version") or "",
        "title": _text(read.feed.get("title")),
        "entries": [_entry(one) for one in read.entries[:MOST_ENTRIES]],
    }
    sys.stdout.write(json.dumps(told))


def _entry(one: Any) -> dict[str, Any]:
    moment = one.get("published_parsed") or one.get("updated_parsed")
    return {
        "id": _text(one.get("id")),
        "title": _text(one.get("title")),
        "link": _text(one.get("link")),
        "published": _seconds(moment),
    }


def _text(value: Any) -> str:
    return value[:LONGEST] if isinstance(value, str) else ""


def _seconds(moment: Any) -> int | None:
    try:
        return calendar.timegm(moment) if moment else None
    except (ValueError, OverflowError, TypeError):
        return None


def _hold_back() -> None:
    try:
        import resource
    except ImportError:
        # Elsewhere than on Unix the time that the parent waits has to do.
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))


if __name__ == "__main__":
    main()
