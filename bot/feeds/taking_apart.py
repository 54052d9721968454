"""Having a feed taken apart by a process of its own, which may fail as it likes."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

from stories.feeds import Entry
from stories.language import _
from stories.values import dataclass

SECONDS = 20.0
"""How long it may take."""

_CHILD = Path(__file__).with_name("child.py")


@dataclass(frozen=True, slots=True, kw_only=True)
class Apart:
    """What a feed calls itself, and its articles as it tells them: anything may stand in both."""

    title: str
    entries: tuple[Entry, ...]


class NoFeed(Exception):
    """What was read is no feed, or one that cannot be read: in words."""


async def take_apart(body: bytes, *, seconds: float = SECONDS) -> Apart:
    """What this document says as RSS or Atom. Raises NoFeed."""
    told = await _told(body, seconds)
    if not isinstance(told, dict) or not (told.get("version") or told.get("entries")):
        raise NoFeed(_("it is no RSS or Atom feed"))
    return Apart(title=told["title"], entries=tuple(Entry(**one) for one in told["entries"]))


async def _told(body: bytes, seconds: float) -> Any:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-I",
        str(_CHILD),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        # Nothing that is ours: what it reads may be meant to break it.
        env={name: os.environ[name] for name in ("SYSTEMROOT",) if name in os.environ},
    )
    try:
        async with asyncio.timeout(seconds):
            told, _nothing = await process.communicate(body)
        return json.loads(told)
    except TimeoutError:
        raise NoFeed(_("it takes too long to read")) from None
    except (ValueError, OSError):
        raise NoFeed(_("it cannot be read")) from None
    finally:
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()
