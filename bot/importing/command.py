"""An import from beginning to end, as `firsthand interviews import` runs it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from bot.clock import Clock, SystemClock
from bot.importing.asking import Asking
from bot.importing.bringing_in import Decide, Fate, Files, Outcome, Terms, as_found, bring_in, find_files
from bot.importing.screen import came_of_it, fate_of
from bot.importing.shelf import open_shelf
from bot.settings import load_storage_settings
from stories.errors import UserError
from stories.language import _
from stories.text import one_line
from stories.values import dataclass

INTERRUPTED = 130
"""What a process that was stopped with Ctrl-C ends with."""

_MANY = 3


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was asked for on the command line."""

    path: Path
    terms: Terms
    ask: bool = True
    hints: bool = True
    refused: Path | None = None
    workspace: str = ""


def run_import(wanted: Wanted, clock: Clock | None = None) -> int:
    """Take everything in; returns 0 when something was kept or already there, 1 when all was refused.

    Ctrl-C ends it with INTERRUPTED; what was kept before stays. Raises UserError, after saying how far it
    came, when the database fails.
    """
    console, files, timer = Console(), find_files(wanted.path), clock or SystemClock()
    _write_refused(wanted, ())
    today = timer.now().date()
    asking = Asking(console, today=today, hints=wanted.hints) if wanted.ask else None
    outcomes: list[Outcome] = []
    try:
        with open_shelf(load_storage_settings(), timer, workspace=wanted.workspace) as shelf:
            decide: Decide = asking or as_found
            taken = bring_in(files.notes, shelf, wanted.terms, decide, today=today)
            _watch(console, taken, outcomes, asking, total=len(files.notes))
    except (KeyboardInterrupt, click.Abort):
        _tell(console, wanted, files, outcomes)
        console.print(_("Stopped here. Run it again to go on: what was kept is not taken in twice."))
        return INTERRUPTED
    except UserError:
        if outcomes:
            _tell(console, wanted, files, outcomes)
        raise
    _tell(console, wanted, files, outcomes)
    return _code(outcomes)


def _watch(
    console: Console,
    taken: Iterator[Outcome],
    outcomes: list[Outcome],
    asking: Asking | None,
    *,
    total: int,
) -> None:
    """Gather the outcomes; shows a bar for many files while nobody is asked anything."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    bar = Progress(*columns, console=console, transient=True, disable=total <= _MANY)
    task = bar.add_task(_("Reading notes"), total=total)
    try:
        if asking is None:
            bar.start()
        for outcome in taken:
            outcomes.append(outcome)
            bar.update(task, completed=outcome.number)
            if asking is None:
                continue
            if asking.rest_as_found:
                bar.start()
            else:
                console.print(fate_of(outcome), highlight=False)
    finally:
        bar.stop()


def _tell(console: Console, wanted: Wanted, files: Files, outcomes: Sequence[Outcome]) -> None:
    console.print(came_of_it(outcomes, files, wanted.terms), highlight=False, soft_wrap=True)
    _write_refused(wanted, outcomes)


def _write_refused(wanted: Wanted, outcomes: Sequence[Outcome]) -> None:
    """Done once at the start too, so that a file that cannot be written is known before the work."""
    if wanted.refused is None:
        return
    refused = (outcome for outcome in outcomes if outcome.fate is Fate.REFUSED)
    rows = [f"{one_line(outcome.where)}\t{one_line(outcome.reason)}\n" for outcome in refused]
    try:
        wanted.refused.write_text("".join(rows), encoding="utf-8")
    except OSError as error:
        said = _("The list of refused files cannot be written to “{file}”: {reason}.")
        raise UserError(said.format(file=wanted.refused, reason=error.strerror)) from None


def _code(outcomes: Sequence[Outcome]) -> int:
    fates = {outcome.fate for outcome in outcomes}
    return 1 if fates == {Fate.REFUSED} else 0
