"""firsthand nps figures: business figures by month, which NPS is set beside."""

from __future__ import annotations

from pathlib import Path

import click

from bot.commands.options import WORKSPACE
from stories.errors import UserError
from stories.language import ngettext


@click.group()
def figures() -> None:
    """Business figures (revenue, churn, renewals, usage) by month, for asking what a point is worth."""


@figures.command("import")
@click.argument("path", type=click.Path(path_type=Path))
@WORKSPACE
def import_(path: Path, *, workspace: str) -> None:
    """Take in a CSV with the columns month (2026-03), figure, amount and, for a segment, property and value.

    What was known of the same month, figure and segment is replaced. With one wrong row nothing is taken in.
    """
    from bot.nps.figure_file import read
    from bot.settings import load_storage_settings
    from bot.terminal import open_terminal
    from storage import nps_figures

    try:
        found = read(path)
    except UserError as error:
        raise click.ClickException(error.message) from error
    with open_terminal(load_storage_settings(), workspace=workspace) as terminal:

        async def work() -> None:
            async with terminal.database.begin() as session:
                await nps_figures.take_in(session, terminal.workspace_id, found)

        terminal.run(work())
    said = ngettext("{count:,} figure taken in.", "{count:,} figures taken in.", len(found))
    click.echo(said.format(count=len(found)))
