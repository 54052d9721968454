"""The whole audit log as a table in a file, from a terminal."""

from __future__ import annotations

import csv
import getpass
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TextIO

import click

from bot.messages.audit_words import plainly, said
from bot.settings import load_storage_settings
from bot.terminal import Terminal, open_terminal
from storage import audit
from storage.audit import Entry
from stories.errors import UserError
from stories.language import _
from stories.spreadsheets import safe_cell

COLUMNS = ("when", "who", "what", "act", "kind", "id")


def export(workspace: str, out: Path | None, *, now: datetime | None = None) -> None:
    """Write every line, oldest first, as CSV to a new file or to the terminal; that this was done is a line.

    Raises UserError for a file that is there already, and for a database or workspace it can't use.
    """
    at = now or datetime.now(UTC)
    by = f"terminal:{getpass.getuser()}"
    with open_terminal(load_storage_settings(), workspace=workspace) as terminal:
        terminal.run(_note(terminal, by, at))
        if out is None:
            _write(terminal, sys.stdout)
            return
        try:
            out.touch(mode=0o600, exist_ok=False)
            with out.open("w", encoding="utf-8", newline="") as file:
                count = _write(terminal, file)
        except FileExistsError:
            raise UserError(_("{path} is there already; name another file.").format(path=out)) from None
        except OSError as error:
            raise UserError(_("{path}: {error}").format(path=out, error=error.strerror)) from None
    click.echo(_("{count} lines are in {path}.").format(count=count, path=out), err=True)


def row_of(entry: Entry) -> tuple[str, ...]:
    """A line as the cells of a table, none of which a spreadsheet takes for a formula."""
    cells = (
        entry.at.isoformat(timespec="seconds"),
        entry.actor_id,
        said(entry, plainly),
        entry.act,
        entry.object_kind,
        entry.object_id,
    )
    return tuple(safe_cell(cell) for cell in cells)


def _write(terminal: Terminal, file: TextIO) -> int:
    table, last, count = csv.writer(file), 0, 0
    table.writerow(COLUMNS)
    while found := terminal.run(_part(terminal, last)):
        table.writerows(row_of(entry) for _id, entry in found)
        last, count = found[-1][0], count + len(found)
    return count


async def _part(terminal: Terminal, last: int) -> tuple[tuple[int, Entry], ...]:
    async with terminal.database.read() as session:
        return await audit.after(session, terminal.workspace_id, last)


async def _note(terminal: Terminal, by: str, now: datetime) -> None:
    entry = audit.Entry(at=now, actor_id=by, act="export_audit", object_kind="audit", object_id="all")
    async with terminal.database.begin() as session:
        await audit.note(session, terminal.workspace_id, entry)
