"""firsthand audit: who did what, and when."""

from __future__ import annotations

from pathlib import Path

import click

from bot.commands.options import WORKSPACE


@click.group()
def audit() -> None:
    """The audit log: who did what, and when."""


@audit.command()
@click.argument("file", required=False, type=click.Path(dir_okay=False, path_type=Path))
@WORKSPACE
def export(*, file: Path | None, workspace: str) -> None:
    """Write the whole log as CSV into a new FILE, or to the terminal. The export is in the log, too.

    A cell that a spreadsheet would take for a formula has a quotation mark before it.
    """
    from bot.audit_terminal import export

    export(workspace, file)
