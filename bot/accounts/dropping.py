"""Lists of accounts dropped on the bot: recognised, shown as they would be read, taken in when wanted."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from bot.accounts.mapping import Guess, Reading, guess, is_accounts
from bot.accounts.rows import in_batches, read_rows
from bot.desk import Desk
from bot.dropping import waiting
from bot.dropping.board import Board
from bot.dropping.download import NotNow, SharedFile
from bot.failures import DATABASE_TROUBLE
from bot.messages import account_uploads as messages
from bot.nps.dropping import fetched, on_disk
from bot.nps.importing.moments import Order
from bot.nps.importing.opening import open_table
from bot.nps.importing.rows import Refusal
from bot.permissions import Act, may
from bot.visitors import Visitor
from storage import account_intake, nps_uploads
from storage.account_intake import Listed, Taken
from storage.nps_uploads import Upload
from stories.errors import UserError
from stories.language import _

ABOUT = "accounts"
"""What tells a list of accounts from a table of answers among what waits."""

AT_ONCE = 200
"""Accounts in one transaction: others who wait for the bot wait no longer than these take."""


async def offer(
    desk: Desk, client: AsyncWebClient, who: Visitor, file: SharedFile, data: bytes, board: Board
) -> bool:
    """Show how a list of accounts would be read, and ask; False for a table of something else.

    Raises UserError for people who may not bring any.
    """
    try:
        async with on_disk(file.name, data) as path:
            found = await asyncio.to_thread(_guessed, path, None)
    except UserError:
        return False
    if not is_accounts(found):
        return False
    async with desk.read() as session:
        actor = await desk.colleagues.actor(session, client, who.workspace_id, who.user_id)
    if not may(actor, Act.BRING_ANSWERS):
        said = _("“{file}” looks like a list of accounts. Admins and editors bring those in; please ask one.")
        raise UserError(said.format(file=file.name))
    number = await waiting.ask(desk, who, file, _held(found))
    await board.settle(messages.offered(number, file.name, found))
    return True


async def leave(desk: Desk, who: Visitor, upload: Upload, board: Board) -> None:
    """Nobody wants it."""
    await waiting.leave_alone(desk, who, upload)
    await board.settle(messages.left(upload.file))


async def take(
    desk: Desk, client: AsyncWebClient, who: Visitor, upload: Upload, said: str, board: Board
) -> None:
    """Take it in, once however often somebody clicks; with what was `said` ("dmy", "mdy" or a currency).

    Where something is open still, that is asked first.
    """
    reading = _with(Reading.from_json(upload.mapping["reading"]), said)
    try:
        async with on_disk(upload.file, await fetched(client, upload)) as path:
            found = await asyncio.to_thread(_guessed, path, reading)
            if found.open:
                await _ask_on(desk, who, upload, found, board)
                return
            rows = await asyncio.to_thread(_read, path, found.reading)
    except NotNow:
        why = _("Slack wouldn’t hand it over just now.")
        await board.settle(messages.broke_off(upload.id, upload.file, why))
        return
    except UserError as error:
        await board.settle(messages.broke_off(upload.id, upload.file, error.message))
        return
    await _keep(desk, who, upload, rows, board)


async def _ask_on(desk: Desk, who: Visitor, upload: Upload, found: Guess, board: Board) -> None:
    async with desk.begin() as session:
        await nps_uploads.change(session, who.workspace_id, upload.id, _held(found))
    await board.settle(messages.offered(upload.id, upload.file, found))


async def _keep(
    desk: Desk, who: Visitor, upload: Upload, rows: Sequence[Listed | Refusal], board: Board
) -> None:
    if not await waiting.is_mine(desk, who, upload, "bring_accounts"):
        return
    refused = [one for one in rows if isinstance(one, Refusal)]
    taken, why = Taken(), ""
    try:
        for some in in_batches([one for one in rows if isinstance(one, Listed)], AT_ONCE):
            async with desk.database.begin() as session:
                taken += await account_intake.take_in(session, who.workspace_id, some, now=desk.now())
    except DATABASE_TROUBLE:
        why = _("It couldn’t be kept just now.")
    await waiting.taken(desk, who, upload, failed=bool(why))
    await board.settle(
        messages.broke_off(upload.id, upload.file, why)
        if why
        else messages.taken_in(upload.file, taken, refused)
    )


def _guessed(path: Path, given: Reading | None) -> Guess:
    return guess(open_table(path), given)


def _read(path: Path, reading: Reading) -> list[Listed | Refusal]:
    return list(read_rows(open_table(path), reading))


def _held(found: Guess) -> dict[str, Any]:
    return {"about": ABOUT, "reading": found.reading.as_json(), "open": list(found.open)}


def _with(reading: Reading, said: str) -> Reading:
    if said in {order.value for order in Order}:
        return replace(reading, order=Order(said))
    return replace(reading, money=said) if said else reading
