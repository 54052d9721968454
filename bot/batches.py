"""Many small things, some in a transaction: what goes wrong with one of them holds up no other."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import TypeVar

from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as OutOfConnections
from sqlalchemy.ext.asyncio import AsyncSession

from bot.looping import Stumbled, named, went_well
from storage.database import Database

log = logging.getLogger(__name__)

Row = TypeVar("Row")

AT_ONCE = 25
"""What is done in one transaction: others who wait for the database wait no longer than that."""

_WAITS = (InterfaceError, OperationalError, OutOfConnections, OSError, TimeoutError)
"""What is the whole database's trouble, and no row's."""


async def together(
    database: Database,
    rows: Sequence[Row],
    do: Callable[[AsyncSession, Sequence[Row]], Awaitable[object]],
    *,
    most: int = AT_ONCE,
) -> None:
    """Do this with these, so many at a time in a transaction of their own; `do` may be asked again for each.

    Where it goes wrong with some, each of them is done alone: what goes wrong with one is logged and holds up
    no other. Raises Stumbled at the end where something did.
    """
    well = True
    for at in range(0, len(rows), most):
        well &= await _some(database, rows[at : at + most], do)
    if not well:
        raise Stumbled


async def _some(
    database: Database, rows: Sequence[Row], do: Callable[[AsyncSession, Sequence[Row]], Awaitable[object]]
) -> bool:
    """Whether all went well with these in the end."""

    async def at_once(some: Sequence[Row]) -> None:
        async with database.begin() as session:
            await do(session, some)

    if len(rows) > 1:
        try:
            await at_once(rows)
        except _WAITS as trouble:
            log.warning("%s waits for the database: %s", named(do), trouble)
            return False
        except Exception:
            log.info("%s goes on one by one", named(do), exc_info=True)
        else:
            return True
    return all([await went_well(named(do), partial(at_once, [row])) for row in rows])
