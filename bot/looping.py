"""What the bot looks at by itself, again and again: each look is a round of its own in the log."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from typing import TypeVar

from sqlalchemy.exc import SQLAlchemyError

from bot.log_ids import each, one_round
from bot.logs import OURS

log = logging.getLogger(__name__)

Rest = TypeVar("Rest")
Look = Callable[[], Awaitable[object]]
Workspaces = Callable[[], Awaitable[tuple[str, ...]]]

RETRY_SECONDS = 30.0
"""How long a look that tells for itself how long to rest is left alone after it failed."""

_PASSES_BY_ITSELF = (SQLAlchemyError, OSError, TimeoutError)


@asynccontextmanager
async def looking(part: str, look: Look, *, every: float) -> AsyncIterator[None]:
    """Look for the length of the block, at once and then every so many seconds; a look at its end is cut off.

    What goes wrong is logged, and the next look tries again.
    """
    task = asyncio.create_task(_keep_looking(part, look, every))
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


@asynccontextmanager
async def finishing(part: str, look: Callable[[asyncio.Event], Awaitable[float]]) -> AsyncIterator[None]:
    """Like `looking`, with a look that is finished: it is given what tells it to come to its end.

    It returns how many seconds to rest.
    """
    stopping = asyncio.Event()
    task = asyncio.create_task(_keep_on(part, look, stopping))
    try:
        yield
    finally:
        stopping.set()
        await task


def in_each(workspaces: Workspaces, look: Callable[[str], Awaitable[object]]) -> Look:
    """A look at every workspace, one after the other."""

    async def everywhere() -> None:
        for workspace_id in each(await workspaces()):
            await look(workspace_id)

    return everywhere


async def _keep_looking(part: str, look: Look, every: float) -> None:
    missed: set[str] = set()
    while True:
        await _once(part, look(), missed)
        await asyncio.sleep(every)


async def _keep_on(
    part: str, look: Callable[[asyncio.Event], Awaitable[float]], stopping: asyncio.Event
) -> None:
    missed: set[str] = set()
    while not stopping.is_set():
        rest = await _once(part, look(stopping), missed)
        with suppress(TimeoutError):
            await asyncio.wait_for(stopping.wait(), RETRY_SECONDS if rest is None else rest)


async def _once(part: str, look: Awaitable[Rest], missed: set[str]) -> Rest | None:
    """What one look tells; None when it failed. `missed` are libraries that are known not to be there."""
    with one_round(part):
        try:
            return await look
        except _PASSES_BY_ITSELF as error:
            log.warning("%s: this look ended early, the next one tries again: %s", part, error)
        except Exception as error:
            library = _lacking(error)
            if not library:
                # Raised on, it would be the last look of this process.
                log.exception("%s: this look stumbled, the next one tries again", part)
            elif library not in missed:
                missed.add(library)
                log.warning(
                    "%s: %s is not installed, or not wholly yet: what needs it waits. `make extras` installs "
                    "it (docs/deploying.md).",
                    part,
                    library,
                )
    return None


def _lacking(error: Exception) -> str:
    """The library that could not be loaded: an extra may be half installed. "" for any other trouble."""
    if not isinstance(error, ImportError):
        return ""
    library = (error.name or "a library").partition(".")[0]
    return "" if library in OURS else library
