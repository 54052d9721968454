"""Files of customers and of colleagues, taken in from the terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import field
from itertools import islice
from pathlib import Path
from typing import TypeVar

from sqlalchemy.ext.asyncio import AsyncSession

from bot.clock import Clock
from bot.nps.importing.opening import open_table
from bot.nps.importing.refusals import RefusedRows
from bot.nps.importing.rows import Refusal
from bot.rota import contact_rows, people_rows
from bot.rota.following import follow_customer
from bot.rota.table_reading import rows_of
from bot.terminal import Terminal
from storage import contacts
from storage.contacts import NewContact, Source
from stories.errors import UserError
from stories.language import _
from stories.rota.people import Member
from stories.values import dataclass

AT_ONCE = 500
"""Rows in one transaction."""

IMPORT = "import"
"""Who recorded what came from a file."""

T = TypeVar("T")


@dataclass(slots=True)
class Outcome:
    """What became of a file's rows, by name, and the first of those that were refused."""

    became: Counter[str] = field(default_factory=Counter)
    refused: list[Refusal] = field(default_factory=list)


def import_contacts(terminal: Terminal, path: Path, refused: Path, clock: Clock) -> Outcome:
    """Take the customers of a file in. Raises UserError for a file that cannot be read."""

    async def keep(session: AsyncSession, new: NewContact) -> str:
        now = clock.now()
        became = await contacts.take_in(
            session, terminal.workspace_id, new, source=Source.FILE, by=IMPORT, now=now
        )
        if not new.agreed:
            await _call_off(session, terminal.workspace_id, new, clock)
        return became.value

    found = rows_of(open_table(path), contact_rows.NAMES, contact_rows.NEEDED, contact_rows.contact_of)
    return _take_in(terminal, found, refused, keep)


def import_people(terminal: Terminal, path: Path, refused: Path) -> Outcome:
    """Know what a list says of colleagues. Raises UserError for a file that cannot be read."""

    async def keep(session: AsyncSession, told: Member) -> str:
        return "kept" if await people_rows.keep(session, terminal.workspace_id, told) else "chose_themselves"

    found = rows_of(open_table(path), people_rows.NAMES, people_rows.NEEDED, people_rows.member_of)
    return _take_in(terminal, found, refused, keep)


async def _call_off(session: AsyncSession, workspace_id: str, new: NewContact, clock: Clock) -> None:
    customer_id = await contacts.customer_of(session, workspace_id, new)
    if customer_id is not None:
        await follow_customer(session, workspace_id, customer_id, now=clock.now())


def _take_in(
    terminal: Terminal,
    found: Iterator[T | Refusal],
    refused: Path,
    keep: Callable[[AsyncSession, T], Awaitable[str]],
) -> Outcome:
    outcome = Outcome()
    with RefusedRows(refused) as written:
        while chunk := list(islice(found, AT_ONCE)):
            good = [one for one in chunk if not isinstance(one, Refusal)]
            written.add([one for one in chunk if isinstance(one, Refusal)])
            outcome.became["refused"] += len(chunk) - len(good)
            outcome.became.update(terminal.run(_kept(terminal, good, keep)))
        outcome.refused = list(written.first)
    if not outcome.became.total():
        raise UserError(_("There were no rows to take in."))
    return outcome


async def _kept(
    terminal: Terminal, good: list[T], keep: Callable[[AsyncSession, T], Awaitable[str]]
) -> list[str]:
    async with terminal.database.begin() as session:
        return [await keep(session, one) for one in good]
