"""All that is held of somebody written into files, by whoever runs Firsthand at a terminal."""

from __future__ import annotations

from pathlib import Path

import click

from bot.erasing.asking import Subject
from bot.erasing.exporting import Export
from bot.erasing.exporting import export as put_together
from bot.erasing.terminal_whom import by, colleague, customer, now
from bot.settings import load_storage_settings
from bot.terminal import Terminal, open_terminal
from storage import audit
from storage.holdings import About
from stories.errors import UserError
from stories.language import _


def write_export(about: str, name: str, folder: Path, workspace: str, *, sure: bool = False) -> None:
    """Write both files; where nothing is held, only for somebody who is `sure` or says so.

    Nobody but their owner may read them. Raises UserError for nobody, and for files that are there already.
    """
    with open_terminal(load_storage_settings(), workspace=workspace) as terminal:
        whom = terminal.run(customer(terminal, name)) if about == "customer" else colleague(name)
        made = terminal.run(_export(terminal, whom))
        if made.is_empty and not sure:
            click.echo(_("Nothing at all is held of “{called}”.").format(called=whom.called))
            click.confirm(_("Write files that say so?"), default=False, abort=True)
        terminal.run(_note_export(terminal, whom))
    folder.mkdir(parents=True, exist_ok=True)
    for ending, content in (("html", made.page), ("json", made.json)):
        path = folder / f"{made.name}.{ending}"
        try:
            path.touch(mode=0o600, exist_ok=False)
            path.write_text(content, encoding="utf-8")
        except FileExistsError:
            raise UserError(_("{path} is there already; name another folder.").format(path=path)) from None
        click.echo(_("{path} is written.").format(path=path))


async def _export(terminal: Terminal, whom: Subject) -> Export:
    async with terminal.database.read() as session:
        return await put_together(
            session, terminal.workspace_id, whom.about, whom.object_key, called=whom.called, now=now()
        )


async def _note_export(terminal: Terminal, whom: Subject) -> None:
    kind = "person" if whom.about is About.EMPLOYEE else "customer"
    entry = audit.Entry(
        at=now(), actor_id=by(), act="export_held", object_kind=kind, object_id=whom.object_key
    )
    async with terminal.database.begin() as session:
        await audit.note(session, terminal.workspace_id, entry)
