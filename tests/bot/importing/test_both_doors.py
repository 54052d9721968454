"""A conversation is taken in once, whichever door it came through."""

from __future__ import annotations

import asyncio

from bot.dropping import reading
from bot.dropping.keeping import keep_once
from bot.dropping.talk import Talk
from bot.visitors import Visitor
from storage import drafts
from storage.database import open_database
from storage.encryption import Keyring
from tests.bot.importing.conftest import Terminal
from tests.conftest import NOW, WORKSPACE


def test_a_file_that_was_dropped_on_the_bot_is_known_in_the_terminal(
    terminal: Terminal, database_url: str, keyring: Keyring
) -> None:
    file = terminal.note("call.md")
    (found,) = reading.read(file.name, file.read_bytes(), today=NOW.date(), ours="Ana")
    asyncio.run(_drop(database_url, keyring, found.talk))
    said = terminal.run("--yes")
    assert "already" in said.output
    assert terminal.kept == []


def test_a_dropped_file_whose_draft_was_thrown_away_is_taken_in(
    terminal: Terminal, database_url: str, keyring: Keyring
) -> None:
    file = terminal.note("call.md")
    (found,) = reading.read(file.name, file.read_bytes(), today=NOW.date(), ours="Ana")
    asyncio.run(_drop(database_url, keyring, found.talk, throw_away=True))
    terminal.run("--yes")
    assert terminal.kept == ["How a bakery sends its invoices"]


async def _drop(url: str, keyring: Keyring, talk: Talk, *, throw_away: bool = False) -> None:
    who = Visitor(
        workspace_id=WORKSPACE, user_id="U1", now=NOW, today=NOW.date(), channel_command="/firsthand"
    )
    database = open_database(url, keyring)
    async with database.begin() as session:
        kept = await keep_once(session, who, talk, said="", slack_ts="1.0")
        if throw_away and kept.draft_id:
            await drafts.drop(session, WORKSPACE, kept.draft_id)
    await database.close()
