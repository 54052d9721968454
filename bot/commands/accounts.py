"""firsthand accounts: whose customers are whose, what they are worth, and when they renew."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from bot.commands.options import REFUSED, WORKSPACE


@click.group()
def accounts() -> None:
    """Accounts: their owners hear of their customers in good time before a renewal."""


@accounts.command("import")
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--name", default="", metavar="COLUMN", help="The column with the account’s name.")
@click.option("--owner", default="", metavar="COLUMN", help="The column with its owner’s e-mail or Slack id.")
@click.option("--value", "worth", default="", metavar="COLUMN", help="The column with what it is worth.")
@click.option("--renewal", default="", metavar="COLUMN", help="The column with the day it renews.")
@click.option("--segment", default="", metavar="COLUMN", help="The column with its segment.")
@click.option(
    "--currency", "money", default="", metavar="EUR", help="The currency of amounts beside which none stands."
)
@click.option(
    "--dates",
    type=click.Choice(["dmy", "mdy"]),
    help="What comes first in days such as 03/04/2027: the day, or the month.",
)
@click.option("--yes", is_flag=True, help="Ask nothing; what is ambiguous is refused, with what to say.")
@REFUSED
@WORKSPACE
def import_(
    path: Path,
    *,
    dates: str | None,
    money: str,
    yes: bool,
    refused: Path | None,
    workspace: str,
    **columns: Any,
) -> None:
    """Take in a list of accounts (CSV, Excel, JSON), as your CRM exports it.

    How its columns are read is guessed, shown and confirmed. An account is known by its name: listed again,
    what the list says is changed, and what it leaves empty stays. Nothing that is not listed is forgotten.
    """
    from bot.accounts.command import Wanted, money_named, run_import
    from bot.accounts.mapping import Reading
    from bot.nps.importing.moments import Order

    given = Reading(**columns, order=Order(dates) if dates else None, money=money and money_named(money))
    wanted = Wanted(path=path, given=given, ask=not yes, refused=refused, workspace=workspace)
    raise click.exceptions.Exit(run_import(wanted))
