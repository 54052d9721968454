"""Tables of answers dropped on the bot: recognised, shown as they would be read, taken in when wanted."""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path, PurePath
from zoneinfo import ZoneInfo

from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncSession

from bot.desk import Desk
from bot.dropping import waiting
from bot.dropping.board import Board
from bot.dropping.download import NotNow, SharedFile, describe, fetch
from bot.failures import DATABASE_TROUBLE
from bot.messages import nps_uploads as messages
from bot.nps.importing.guessing import Guess, guess, is_telling
from bot.nps.importing.intake import Tally, batches, keep
from bot.nps.importing.mapping import Mapping, fingerprint
from bot.nps.importing.moments import Order
from bot.nps.importing.opening import open_table
from bot.nps.importing.rows import Refusal
from bot.nps.importing.screen import MOST_REFUSALS
from bot.nps.importing.tables import Table
from bot.permissions import Act, may
from bot.visitors import Visitor
from storage import audit, nps_imports, nps_settings, nps_sources, nps_uploads
from storage.nps_imports import Import
from storage.nps_uploads import Upload
from stories.errors import UserError
from stories.language import _
from stories.values import dataclass

ALONE = frozenset({".tsv", ".xlsx", ".json", ".jsonl", ".ndjson"})
"""Endings of tables; one that ends in .csv may be a talk as well."""

MOST_BYTES = 20 * 1024 * 1024
AT_ONCE = 200
"""Rows in one transaction: others who wait for the bot wait no longer than these take."""

_SHOW_EVERY_SECONDS = 2.0


def is_table(name: str) -> bool:
    """Whether a file of this name may hold answers."""
    return PurePath(name).suffix.lower() in ALONE | {".csv"}


async def offer(
    desk: Desk, client: AsyncWebClient, who: Visitor, file: SharedFile, data: bytes, board: Board
) -> bool:
    """Show how a table of answers would be read, and ask; False for a .csv file that is something else.

    Raises UserError for another table in which there are no answers, and for people who may not bring any.
    """
    zone = await _zone(desk, who)
    try:
        async with on_disk(file.name, data) as path:
            table, found = await asyncio.to_thread(_guessed, path, zone, None)
    except UserError:
        if file.suffix == ".csv":
            return False
        raise
    if file.suffix == ".csv" and not is_telling(found):
        return False
    async with desk.read() as session:
        actor = await desk.colleagues.actor(session, client, who.workspace_id, who.user_id)
    if not may(actor, Act.BRING_ANSWERS):
        said = _(
            "“{file}” looks like NPS answers. Admins and editors bring those in; please ask one of them."
        )
        raise UserError(said.format(file=file.name))
    number = await waiting.ask(desk, who, file, _held(found, table))
    await board.settle(messages.offered(number, file.name, found, table.columns, str(zone)))
    return True


async def choose_column(
    desk: Desk, client: AsyncWebClient, who: Visitor, upload: Upload, part: str, at: int, board: Board
) -> None:
    """A column was named: guess anew from there, and show that."""
    known = Mapping.from_json(upload.mapping["mapping"])
    still_open = upload.mapping["open"]
    known = replace(
        known,
        score="" if "score" in still_open else known.score,
        at="" if "at" in still_open else known.at,
        key="",
        comment="",
        person="",
        properties=(),
    ).having(part, upload.mapping["columns"][at])
    zone = await _zone(desk, who)
    data = await fetched(client, upload)
    async with on_disk(upload.file, data) as path:
        table, found = await asyncio.to_thread(_guessed, path, zone, known)
    async with desk.begin() as session:
        await nps_uploads.change(session, who.workspace_id, upload.id, _held(found, table))
    await board.settle(messages.offered(upload.id, upload.file, found, table.columns, str(zone)))


async def leave(desk: Desk, who: Visitor, upload: Upload, board: Board) -> None:
    """Nobody wants it."""
    await waiting.leave_alone(desk, who, upload)
    await board.settle(messages.left(upload.file))


async def take(
    desk: Desk, client: AsyncWebClient, who: Visitor, upload: Upload, order: Order | None, board: Board
) -> None:
    """Take it in to its end, once however often somebody clicks; the board says how far it is."""
    mapping = Mapping.from_json(upload.mapping["mapping"])
    mapping = mapping if order is None else replace(mapping, order=order)
    async with desk.begin() as session:
        mine = await nps_uploads.move(
            session, who.workspace_id, upload.id, was=nps_uploads.ASKED, to=nps_uploads.TAKING
        )
        if mine:
            held = {**upload.mapping, "mapping": mapping.as_json(), "open": []}
            await nps_uploads.change(session, who.workspace_id, upload.id, held)
            await _note(session, who, upload, desk)
    if not mine:
        return
    why = ""
    try:
        data = await fetched(client, upload)
        async with desk.background, on_disk(upload.file, data) as path:
            tally, refusals = await _Taking(desk, who, upload.file, path, mapping).run(board)
    except UserError as error:
        why = error.message
    except NotNow:
        why = _("Slack wouldn’t hand it over just now.")
    except DATABASE_TROUBLE:
        why = _("It couldn’t be kept just now.")
    await waiting.taken(desk, who, upload, failed=bool(why))
    await board.settle(
        messages.broke_off(upload.id, upload.file, why)
        if why
        else messages.taken_in(upload.file, tally, refusals)
    )


async def _note(session: AsyncSession, who: Visitor, upload: Upload, desk: Desk) -> None:
    entry = audit.Entry(
        at=desk.now(), actor_id=who.user_id, act="bring_answers", object_kind="file", object_id=upload.file
    )
    await audit.note(session, who.workspace_id, entry)


@dataclass(frozen=True, slots=True)
class _Taking:
    desk: Desk
    who: Visitor
    file: str
    path: Path
    mapping: Mapping

    async def run(self, board: Board) -> tuple[Tally, list[Refusal]]:
        """What became of the rows, and the first that were refused."""
        table = await asyncio.to_thread(open_table, self.path)
        running = await self._begin(await asyncio.to_thread(fingerprint, self.path, self.mapping))
        tally, refusals, shown = Tally.from_json(running.tally), list[Refusal](), time.monotonic()
        zone = await _zone(self.desk, self.who)
        read = batches(
            table, self.mapping, zone=zone, now=self.desk.now(), skip=running.rows_done, size=AT_ONCE
        )
        while (batch := await asyncio.to_thread(next, read, None)) is not None:
            refusals += batch.refusals[: MOST_REFUSALS - len(refusals)]
            if not batch.already:
                async with self.desk.database.begin() as session:
                    tally = await keep(session, self.who.workspace_id, running, tally, batch)
            if time.monotonic() - shown > _SHOW_EVERY_SECONDS:
                await board.show(messages.under_way(self.file, tally, table.done()))
                shown = time.monotonic()
        async with self.desk.database.begin() as session:
            await nps_imports.finish(session, self.who.workspace_id, running.id, now=self.desk.now())
        return tally, refusals

    async def _begin(self, mark: str) -> Import:
        now, workspace_id = self.desk.now(), self.who.workspace_id
        async with self.desk.database.begin() as session:
            name = PurePath(self.file).stem
            source_id = await nps_sources.ensure(
                session, workspace_id, kind=nps_sources.FILE, name=name, now=now
            )
            return await nps_imports.begin(
                session, workspace_id, source_id, fingerprint=mark, file=self.file, now=now
            )


def _guessed(path: Path, zone: ZoneInfo, given: Mapping | None) -> tuple[Table, Guess]:
    table = open_table(path)
    return table, guess(table, zone=zone, given=given)


def _held(found: Guess, table: Table) -> dict[str, object]:
    return {
        "mapping": found.mapping.as_json(),
        "open": list(found.open),
        "columns": list(table.columns),
    }


async def _zone(desk: Desk, who: Visitor) -> ZoneInfo:
    async with desk.read() as session:
        return ZoneInfo((await nps_settings.get(session, who.workspace_id)).time_zone)


async def fetched(client: AsyncWebClient, upload: Upload) -> bytes:
    """A table that waits, as Slack holds it now. Raises NotNow when Slack does not hand it over."""
    file = await describe(client, upload.file_id)
    return await fetch(file, token=client.token or "", api_url=client.base_url, most=MOST_BYTES)


@asynccontextmanager
async def on_disk(name: str, data: bytes) -> AsyncIterator[Path]:
    """The bytes as a file with its own ending, as long as the block lasts."""
    with tempfile.TemporaryDirectory(prefix="firsthand-") as folder:
        path = Path(folder) / f"answers{PurePath(name).suffix.lower()}"
        await asyncio.to_thread(path.write_bytes, data)
        yield path
