"""firsthand contacts: customers whom the rota may ask."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import click

from bot.commands.options import REFUSED, WORKSPACE
from stories.language import _


@click.group()
def contacts() -> None:
    """Customers who agreed to be contacted: take them in, see how many there are."""


@contacts.command("import")
@click.argument("path", type=click.Path(path_type=Path))
@REFUSED
@WORKSPACE
def import_(path: Path, *, refused: Path | None, workspace: str) -> None:
    """Take in customers from a table (CSV, Excel, JSON): name, agreed (yes or no), and an id of some kind.

    That is an id, an email (or phone) or a company; each row needs one of them. It may also have segment,
    time zone, country, languages, part, owner (a Slack id), agreed on and words. The same customer is known
    once, however often the file is taken in. Who was erased, or said no since, stays away. How to reach
    somebody is kept encrypted.
    """
    from bot.clock import SystemClock
    from bot.rota.importing import import_contacts
    from bot.settings import load_storage_settings
    from bot.terminal import open_terminal

    with open_terminal(load_storage_settings(), workspace=workspace) as terminal:
        became = import_contacts(terminal, path, refused or beside(path), SystemClock())
    tell(
        became.became,
        {"new": _("new"), "known": _("known"), "erased": _("erased before"), "said_no": _("said no")},
    )
    tell_refused(became.became, refused or beside(path))


@contacts.command("count")
@WORKSPACE
def count(*, workspace: str) -> None:
    """How many contacts there are, and how many of them agree to be asked now."""
    from bot.clock import SystemClock
    from bot.settings import load_storage_settings
    from bot.terminal import open_terminal
    from storage import contacts_free

    with open_terminal(load_storage_settings(), workspace=workspace) as terminal:

        async def work() -> tuple[int, int]:
            async with terminal.database.read() as session:
                return await contacts_free.how_many(session, terminal.workspace_id, SystemClock().now())

        known, agreeing = terminal.run(work())
    click.echo(
        _("{known} contacts, {agreeing} of whom agree to be asked.").format(known=known, agreeing=agreeing)
    )


def beside(path: Path) -> Path:
    """Where the refused rows of a file are written when nobody says."""
    return Path(f"{path.name}.refused.csv")


def tell(became: dict[str, int], named: dict[str, str]) -> None:
    """Say what became of the rows, in numbers."""
    click.echo(", ".join(f"{became.get(name, 0):,} {words}" for name, words in named.items()))


def tell_refused(became: Counter[str], path: Path) -> None:
    """Say how many rows were refused, and where they stand; end with 1 where all were."""
    number = became["refused"]
    if number:
        said = _("{number} rows refused; why stands in {path}").format(number=number, path=path)
        click.echo(said, err=True)
    if number == became.total():
        raise click.exceptions.Exit(1)
