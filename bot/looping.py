"""What the bot looks at by itself, again and again: each look is a round of its own in the log."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence
from contextlib import asynccontextmanager, suppress
from functools import partial
from typing import TypeVar

from slack_sdk.errors import SlackClientError
from sqlalchemy.exc import SQLAlchemyError

from bot.connections import NotConnected
from bot.log_ids import each, one_round
from bot.logs import OURS

log = logging.getLogger(__name__)

Rest = TypeVar("Rest")
Row = TypeVar("Row")
Look = Callable[[], Awaitable[object]]
Workspaces = Callable[[], Awaitable[tuple[str, ...]]]
OfWorkspace = Callable[[str], Awaitable[object]]

RETRY_SECONDS = 30.0
"""How long a look that tells for itself how long to rest is left alone after it failed."""

_PASSES_BY_ITSELF = (SQLAlchemyError, OSError, TimeoutError)


class Stumbled(Exception):
    """Something went wrong in a look, and stands in the log already; everything else in it was done."""


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


def in_each(workspaces: Workspaces, *looks: OfWorkspace) -> Look:
    """A look at every workspace, one after the other, which does all of these there in their order.

    What goes wrong is logged and stops neither the others there nor another workspace; Stumbled tells of it
    at the end. A workspace that nobody speaks for is passed over.
    """

    async def everywhere() -> None:
        well = True
        for workspace_id in each(await workspaces()):
            well &= await _all_of(looks, workspace_id)
        if not well:
            raise Stumbled

    return everywhere


async def one_by_one(
    rows: Iterable[Row],
    do: Callable[[Row], Awaitable[object]],
    *,
    rest: Callable[[Row], Awaitable[object]] | None = None,
) -> None:
    """Do this with each of these; what goes wrong with one is logged and holds up no other.

    With `rest`, one that Slack does not answer about, or that stumbles, is put off by it: it would else be
    the first of every look for good. Waiting for Slack is nothing wrong then. The database's trouble puts
    nothing off. Raises Stumbled at the end where something went wrong.
    """
    well = True
    for row in rows:
        look = partial(do, row) if rest is None else partial(_or_rest, do, rest, row)
        well &= await went_well(named(do), look)
    if not well:
        raise Stumbled


async def went_well(what: str, look: Look) -> bool:
    """Look; tells whether nothing went wrong. What did is logged."""
    try:
        await look()
    except Stumbled:
        return False
    except NotConnected as lost:
        log.info("%s waits: %s", what, lost)
    except (*_PASSES_BY_ITSELF, SlackClientError) as trouble:
        log.warning("%s waits for the database or for Slack: %s", what, trouble)
        return False
    except Exception:
        # Raised on, it would keep all that comes after it from being done, at every look.
        log.exception("%s stumbled, the next round tries again", what)
        return False
    return True


async def _or_rest(
    do: Callable[[Row], Awaitable[object]], rest: Callable[[Row], Awaitable[object]], row: Row
) -> None:
    try:
        await do(row)
    except SQLAlchemyError:
        raise
    except (NotConnected, SlackClientError, OSError, TimeoutError) as trouble:
        await rest(row)
        log.log(
            logging.INFO if isinstance(trouble, NotConnected) else logging.WARNING,
            "%s waits: %s",
            named(do),
            trouble,
        )
    except Exception:
        # Put off before what it is becomes known.
        await rest(row)
        raise


async def _all_of(looks: Sequence[OfWorkspace], workspace_id: str) -> bool:
    done = [await went_well(named(look), partial(look, workspace_id)) for look in looks]
    return all(done)


def named(look: object) -> str:
    """What a look is called in the log: the name of its function, with its module."""
    inner = look
    while isinstance(inner, partial):
        inner = inner.func
    inner = getattr(inner, "__func__", inner)
    return f"{getattr(inner, '__module__', '')}.{getattr(inner, '__qualname__', type(inner).__name__)}"


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
        except Stumbled:
            pass
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
