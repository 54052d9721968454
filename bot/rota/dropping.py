"""Lists of customers and of colleagues dropped on the bot: recognised, shown, taken in when wanted."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncSession

from bot.desk import Desk
from bot.dropping import waiting
from bot.dropping.board import Board
from bot.dropping.download import NotNow, SharedFile
from bot.failures import DATABASE_TROUBLE
from bot.messages import rota_uploads as messages
from bot.messages.rota_uploads import About, Looked
from bot.nps.dropping import fetched, on_disk
from bot.nps.importing.opening import open_table
from bot.nps.importing.rows import Refusal
from bot.nps.importing.tables import Table
from bot.permissions import Act, may
from bot.rota import contact_rows, people_rows
from bot.rota.following import follow_customer
from bot.rota.table_reading import columns_of, rows_of
from bot.visitors import Visitor
from storage import contacts
from storage.contacts import NewContact, Source
from storage.nps_uploads import Upload
from stories.errors import UserError
from stories.language import _
from stories.rota.people import Member
from stories.values import dataclass

AT_ONCE = 100
"""Rows in one transaction: others who wait for the bot wait no longer than these take."""

MOST_ROWS = 50_000
_KNOWN_OF_PEOPLE = frozenset({"part", "seniority", "languages"})

_ACTS = {About.CONTACTS: "bring_contacts", About.PEOPLE: "bring_people"}

Row = NewContact | Member


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    """A list as it is read: the rows that can be used, and `number` of all: MOST_ROWS are held in memory."""

    looked: Looked
    rows: tuple[Row, ...]
    number: int


async def offer(
    desk: Desk, client: AsyncWebClient, who: Visitor, file: SharedFile, data: bytes, board: Board
) -> bool:
    """Show how a list of customers or colleagues would be read, and ask; False for any other table.

    Raises UserError for people who may not bring any, and for a list that is too long.
    """
    try:
        async with on_disk(file.name, data) as path:
            about = await asyncio.to_thread(_about, path)
            found = await asyncio.to_thread(_read, path, about) if about else None
    except UserError:
        return False
    if about is None or found is None:
        return False
    async with desk.read() as session:
        actor = await desk.colleagues.actor(session, client, who.workspace_id, who.user_id)
    if not may(actor, Act.BRING_ANSWERS):
        raise UserError(messages.ask_an_admin(about, file.name))
    if found.number > MOST_ROWS:
        said = _("“{file}” has {number:,} rows; {most:,} fit. Cut it into parts, or use the terminal.")
        raise UserError(said.format(file=file.name, number=found.number, most=MOST_ROWS))
    number = await waiting.ask(desk, who, file, {"about": about.value})
    await board.settle(messages.offered(number, file.name, found.looked))
    return True


async def leave(desk: Desk, who: Visitor, upload: Upload, board: Board) -> None:
    """Nobody wants it."""
    await waiting.leave_alone(desk, who, upload)
    await board.settle(messages.left(upload.file))


async def take(desk: Desk, client: AsyncWebClient, who: Visitor, upload: Upload, board: Board) -> None:
    """Take it in, once however often somebody clicks."""
    about = About(upload.mapping["about"])
    try:
        async with on_disk(upload.file, await fetched(client, upload)) as path:
            found = await asyncio.to_thread(_read, path, about)
    except NotNow:
        why = _("Slack wouldn’t hand it over just now.")
        await board.settle(messages.broke_off(upload.id, upload.file, why))
        return
    except UserError as error:
        await board.settle(messages.broke_off(upload.id, upload.file, error.message))
        return
    if not await waiting.is_mine(desk, who, upload, _ACTS[about]):
        return
    became: Counter[str] = Counter()
    why = ""
    try:
        for start in range(0, len(found.rows), AT_ONCE):
            some = found.rows[start : start + AT_ONCE]
            async with desk.database.begin() as session:
                became.update([await _keep(session, who, one, desk) for one in some])
    except DATABASE_TROUBLE:
        why = _("It couldn’t be kept just now.")
    await waiting.taken(desk, who, upload, failed=bool(why))
    desk.wake_outbox()
    await board.settle(
        messages.broke_off(upload.id, upload.file, why)
        if why
        else messages.taken_in(upload.file, about, became, found.looked.refused)
    )


async def _keep(session: AsyncSession, who: Visitor, one: Row, desk: Desk) -> str:
    """Keep one row; what became of it, by name."""
    if isinstance(one, Member):
        return "kept" if await people_rows.keep(session, who.workspace_id, one) else "chose_themselves"
    now = desk.now()
    became = await contacts.take_in(
        session, who.workspace_id, one, source=Source.FILE, by=who.user_id, now=now
    )
    customer_id = None if one.agreed else await contacts.customer_of(session, who.workspace_id, one)
    if customer_id is not None:
        await follow_customer(session, who.workspace_id, customer_id, now=now)
    return became.value


def _about(path: Path) -> About | None:
    """What a list is about, by its columns; None for anything else."""
    columns = open_table(path).columns
    if columns_of(columns, contact_rows.NAMES).keys() >= set(contact_rows.NEEDED):
        return About.CONTACTS
    known = columns_of(columns, people_rows.NAMES).keys()
    return About.PEOPLE if "user_id" in known and known & _KNOWN_OF_PEOPLE else None


def _read(path: Path, about: About) -> _Read:
    table = open_table(path)
    reading: Iterator[Row | Refusal]
    if about is About.CONTACTS:
        reading = rows_of(table, contact_rows.NAMES, contact_rows.NEEDED, contact_rows.contact_of)
        places = columns_of(table.columns, contact_rows.NAMES)
    else:
        reading = rows_of(table, people_rows.NAMES, people_rows.NEEDED, people_rows.member_of)
        places = columns_of(table.columns, people_rows.NAMES)
    found = list(islice(reading, MOST_ROWS))
    rows = tuple(one for one in found if not isinstance(one, Refusal))
    looked = Looked(
        about=about,
        columns=_with_examples(table, places),
        rows=len(rows),
        agreed=sum(isinstance(one, NewContact) and one.agreed for one in rows),
        refused=tuple(one for one in found if isinstance(one, Refusal)),
    )
    return _Read(looked=looked, rows=rows, number=len(found) + sum(1 for _beyond in reading))


def _with_examples(table: Table, places: dict[str, int]) -> tuple[tuple[str, str, str], ...]:
    """Each column with the field that it is read as ("" for none), and its first cell."""
    first = next((row.cells for row in table.rows() if not row.broken), ())
    fields = {at: field for field, at in places.items()}
    return tuple(
        (column, fields.get(at, ""), first[at] if at < len(first) else "")
        for at, column in enumerate(table.columns)
    )
