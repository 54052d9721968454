"""firsthand nps: answers to "would you recommend us", where they come from, and what they come to."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from bot.commands.nps_care import erase, rebuild, settings
from bot.commands.nps_figures import figures
from bot.commands.nps_keys import keys
from bot.commands.nps_sources import sources
from bot.commands.options import REFUSED, WORKSPACE


@click.group()
def nps() -> None:
    """NPS answers: take them in, see where they come from, keep them in order."""


@nps.command("import")
@click.argument("path", type=click.Path(path_type=Path))
@click.option(
    "--source", default="", metavar="NAME", help="What to call where they come from; the file's name."
)
@click.option("--score", default="", metavar="COLUMN", help="The column with the scores from 0 to 10.")
@click.option("--date", "at", default="", metavar="COLUMN", help="The column that says when it was answered.")
@click.option("--key", default="", metavar="COLUMN", help="The column that tells answers apart.")
@click.option("--comment", default="", metavar="COLUMN", help="The column with what people wrote.")
@click.option("--person", default="", metavar="COLUMN", help="The column that says who answered.")
@click.option(
    "--segment",
    "segments",
    multiple=True,
    metavar="COLUMN[=NAME]",
    help="A column to ask about later (plan, region …), for each; without it they are guessed.",
)
@click.option(
    "--dates",
    type=click.Choice(["dmy", "mdy"]),
    help="What comes first in dates such as 03/04/2025: the day, or the month.",
)
@click.option("--yes", is_flag=True, help="Ask nothing; what is ambiguous is refused, with what to say.")
@REFUSED
@WORKSPACE
def import_(path: Path, *, dates: str | None, segments: tuple[str, ...], yes: bool, **given: Any) -> None:
    """Take in answers from a table (CSV, Excel, JSON) as Delighted, SurveyMonkey, Typeform and others export.

    How its columns are read is guessed, shown and confirmed. The same answer is taken in once, however often
    its file is; what changed since is changed. A stopped import goes on where it was. Scores that are no
    whole numbers from 0 to 10, and days that never were, are refused row by row, with the reason in a file.
    The bot may run meanwhile.
    """
    from bot.nps.importing.command import Wanted, run_import
    from bot.nps.importing.mapping import Mapping
    from bot.nps.importing.moments import Order

    pairs = tuple((name.partition("=")[0], name.partition("=")[2] or name) for name in segments)
    named = {part: given.pop(part) for part in ("score", "at", "key", "comment", "person")}
    mapping = Mapping(**named, properties=pairs, order=Order(dates) if dates else None)
    raise click.exceptions.Exit(run_import(Wanted(path=path, given=mapping, ask=not yes, **given)))


for command in (erase, figures, keys, rebuild, settings, sources):
    nps.add_command(command)
