"""An import of accounts from beginning to end, as `firsthand accounts import` runs it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import click
from rich.console import Console

from bot.accounts import screen
from bot.accounts.mapping import PARTS, Guess, Reading, guess
from bot.accounts.rows import in_batches, read_rows
from bot.clock import Clock, SystemClock
from bot.nps.importing.moments import Order
from bot.nps.importing.opening import open_table
from bot.nps.importing.refusals import RefusedRows
from bot.nps.importing.rows import Refusal
from bot.nps.importing.tables import Table
from bot.settings import load_storage_settings
from bot.terminal import Terminal, open_terminal
from storage import account_intake
from storage.account_intake import Listed, Taken
from stories.errors import UserError
from stories.language import _
from stories.values import dataclass

AT_ONCE = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What was asked for on the command line; `given` says of columns what is known."""

    path: Path
    given: Reading
    ask: bool = True
    refused: Path | None = None
    workspace: str = ""


def run_import(wanted: Wanted, clock: Clock | None = None) -> int:
    """Take the list in; returns 0, or 1 when every row was refused or somebody said no.

    Raises UserError for a file that cannot be read, for what is open when nobody may be asked, and for a
    database that fails; what was kept until then stays.
    """
    console, timer = Console(), clock or SystemClock()
    table = open_table(wanted.path)
    found = _settled(console, table, guess(table, wanted.given), ask=wanted.ask)
    if found is None:
        return 1
    rows = list(read_rows(table, found.reading))
    listed = [one for one in rows if isinstance(one, Listed)]
    refused = [one for one in rows if isinstance(one, Refusal)]
    path = wanted.refused or Path(f"{wanted.path.name}.refused.csv")
    with open_terminal(load_storage_settings(), workspace=wanted.workspace) as terminal:
        taken = _keep(terminal, listed, timer)
    with RefusedRows(path) as kept:
        kept.add(refused)
    console.print(screen.outcome(taken, refused, len(refused)), markup=False, soft_wrap=True)
    if refused:
        console.print(_("All refused rows are in {path}.").format(path=path), markup=False, soft_wrap=True)
    return 1 if rows and not listed else 0


def _keep(terminal: Terminal, listed: Sequence[Listed], clock: Clock) -> Taken:
    async def work() -> Taken:
        total = Taken()
        for some in in_batches(listed, AT_ONCE):
            async with terminal.database.begin() as session:
                total += await account_intake.take_in(session, terminal.workspace_id, some, now=clock.now())
        return total

    return terminal.run(work())


def _settled(console: Console, table: Table, found: Guess, *, ask: bool) -> Guess | None:
    """The guess after what is open was asked and the rest confirmed; None when somebody said no."""
    if not ask:
        _refuse_open(found)
        console.print(screen.shown(found), soft_wrap=True)
        return found
    while True:
        console.print(screen.shown(found), soft_wrap=True)
        if found.open:
            found = guess(table, _answered(found))
            continue
        asked = _("(y)es, take it in; (c)hange a column; (n)o")
        letters = click.Choice(["y", "c", "n"], case_sensitive=False)
        choice = click.prompt(asked, type=letters, show_choices=False).lower()
        if choice != "c":
            return found if choice == "y" else None
        try:
            found = guess(table, _changed(found))
        except UserError as error:
            console.print(error.message, style="yellow", markup=False)


def _answered(found: Guess) -> Reading:
    """The reading with one more question answered."""
    if found.open[0] == "order":
        asked = _("“{cell}” means two days. Which comes first, the (d)ay or the (m)onth?")
        letters = click.Choice(["d", "m"], case_sensitive=False)
        letter = click.prompt(asked.format(cell=found.unclear), type=letters, show_choices=False)
        order = Order.DAY_FIRST if letter.lower() == "d" else Order.MONTH_FIRST
        return replace(found.reading, order=order)
    return replace(
        found.reading, money=money_named(click.prompt(_("In which currency are the amounts? (EUR …)")))
    )


def _changed(found: Guess) -> Reading:
    part = click.prompt(_("Which part?"), type=click.Choice(PARTS, case_sensitive=False)).lower()
    column = click.prompt(_("Which column?"), type=click.Choice(list(found.shown)), show_choices=False)
    return Reading.from_json({**found.reading.as_json(), part: column})


def money_named(typed: str) -> str:
    """A currency's code as somebody typed it. Raises UserError for anything else."""
    code = typed.strip().upper()
    if len(code) != 3 or not code.isascii() or not code.isalpha():
        raise UserError(_("A currency has three letters, such as EUR."))
    return code


def _refuse_open(found: Guess) -> None:
    """Raises UserError for what is open when nobody may be asked."""
    if "order" in found.open:
        said = _("“{cell}” means two days. Say which: --dates dmy (the day first) or --dates mdy.")
        raise UserError(said.format(cell=found.unclear))
    if found.open:
        raise UserError(_("No currency stands beside the amounts. Say which: --currency EUR"))
