"""An import of answers from beginning to end, as `firsthand nps import` runs it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

from bot.clock import Clock, SystemClock
from bot.nps.importing import asking, screen
from bot.nps.importing.guessing import Guess, guess
from bot.nps.importing.intake import Batch, Tally, batches, keep
from bot.nps.importing.mapping import Mapping, check, fingerprint
from bot.nps.importing.opening import open_table
from bot.nps.importing.refusals import RefusedRows
from bot.nps.importing.tables import Table
from bot.settings import load_storage_settings
from bot.terminal import Terminal, open_terminal
from storage import nps_imports, nps_settings, nps_sources
from storage.bulk import make_room
from storage.nps_imports import Import
from storage.nps_settings import NpsSettings
from stories.errors import UserError
from stories.language import _
from stories.values import dataclass

INTERRUPTED = 130
"""What a process that was stopped with Ctrl-C ends with."""

AT_ONCE = 5_000
"""Rows in one transaction: a few tenths of a second."""

BREAK_EVERY_SECONDS, BREAK_SECONDS = 0.7, 0.12
"""A bot that runs meanwhile waits 1.5 s for SQLite and looks every 0.1 s: within that it finds it free."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What was asked for on the command line; `given` says of columns what is known."""

    path: Path
    given: Mapping
    source: str = ""
    ask: bool = True
    refused: Path | None = None
    workspace: str = ""


def run_import(wanted: Wanted, clock: Clock | None = None) -> int:
    """Take everything in; returns 0, or 1 when every row was refused or somebody said no.

    Ctrl-C ends it with INTERRUPTED; what was kept before stays, and the same command goes on from there.
    Raises UserError for a file that cannot be read and a database that fails.
    """
    console, timer = Console(), clock or SystemClock()
    table = open_table(wanted.path)
    with open_terminal(load_storage_settings(), workspace=wanted.workspace) as terminal:
        settings = terminal.run(_settings(terminal))
        try:
            mapping = _agreed(console, wanted, table, settings)
            if mapping is None:
                return 1
            work = _Work(terminal, wanted, table, mapping, settings, timer)
            return work.run(console)
        except (KeyboardInterrupt, click.Abort):
            console.print(_("Stopped here. Run it again to go on: what was kept is not taken in twice."))
            return INTERRUPTED


async def _settings(terminal: Terminal) -> NpsSettings:
    async with terminal.database.read() as session:
        return await nps_settings.get(session, terminal.workspace_id)


def _agreed(console: Console, wanted: Wanted, table: Table, settings: NpsSettings) -> Mapping | None:
    """The mapping as guessed, settled and confirmed; None when somebody said no."""
    again: Callable[[Mapping], Guess] = partial(_guess, table, ZoneInfo(settings.time_zone))
    guessed = again(wanted.given)
    if wanted.ask:
        if guessed.open:
            console.print(
                screen.mapping_shown(wanted.path, table, guessed, time_zone=settings.time_zone),
                soft_wrap=True,
            )
        given = wanted.given
        guessed = asking.settled(guessed, lambda known: again(_with(given, known)), table.columns)
    else:
        asking.refuse_open(guessed)
    check(guessed.mapping, table.columns)

    def show(shown: Guess) -> None:
        told = screen.mapping_shown(wanted.path, table, shown, time_zone=settings.time_zone)
        console.print(told, soft_wrap=True)

    if not wanted.ask:
        show(guessed)
        return guessed.mapping
    return asking.confirmed(console, table, guessed, show)


def _guess(table: Table, zone: ZoneInfo, given: Mapping) -> Guess:
    return guess(table, zone=zone, given=given)


def _with(given: Mapping, known: Mapping) -> Mapping:
    """What the command line said, and what was answered since."""
    return replace(given, score=known.score or given.score, at=known.at or given.at)


class _Breaks:
    """Sees to it that others find the database free: reading the next rows is a break too, if long enough."""

    def __init__(self) -> None:
        self._free_since = self._latest = time.monotonic()

    def begin(self) -> None:
        """The database is free from now on."""
        self._free_since = time.monotonic()

    def keep(self) -> None:
        """Wait for as long as a break that is due has to last yet."""
        free = time.monotonic() - self._free_since
        if free < BREAK_SECONDS and self._free_since - self._latest > BREAK_EVERY_SECONDS:
            time.sleep(BREAK_SECONDS - free)
            free = BREAK_SECONDS
        if free >= BREAK_SECONDS:
            self._latest = time.monotonic()


def _read_ahead(batches: Iterator[Batch]) -> Iterator[Batch]:
    """The same, each read while the one before is written, which waits for the disk most of the time."""
    with ThreadPoolExecutor(max_workers=1) as reading:
        coming = reading.submit(next, batches, None)
        while (batch := coming.result()) is not None:
            coming = reading.submit(next, batches, None)
            yield batch


@dataclass(frozen=True, slots=True)
class _Work:
    terminal: Terminal
    wanted: Wanted
    table: Table
    mapping: Mapping
    settings: NpsSettings
    clock: Clock

    def run(self, console: Console) -> int:
        running = self.terminal.run(self._begin(fingerprint(self.wanted.path, self.mapping)))
        tally = Tally.from_json(running.tally)
        path = self.wanted.refused or Path(f"{self.wanted.path.name}.refused.csv")
        columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
        with (
            RefusedRows(path) as refused,
            Progress(*columns, console=console, transient=True) as bar,
        ):
            task, breaks = bar.add_task(_("Taking answers in"), total=1.0), _Breaks()
            for batch in _read_ahead(self._batches(running)):
                refused.add(batch.refusals)
                if not batch.already:
                    breaks.keep()
                    tally = self.terminal.run(self._keep(running, tally, batch))
                    breaks.begin()
                bar.update(task, completed=self.table.done())
        self.terminal.run(self._finish(running))
        shown = screen.outcome_shown(tally, refused.first, path, resumed=running.rows_done)
        console.print(shown, soft_wrap=True)
        if tally.rows == 0:
            raise UserError(_("There were no rows to take in."))
        return 1 if tally.refused == tally.rows else 0

    def _batches(self, running: Import) -> Iterator[Batch]:
        return batches(
            self.table,
            self.mapping,
            zone=ZoneInfo(self.settings.time_zone),
            now=self.clock.now(),
            skip=running.rows_done,
            size=AT_ONCE,
        )

    async def _begin(self, mark: str) -> Import:
        now = self.clock.now()
        name = self.wanted.source or self.wanted.path.stem
        async with self.terminal.database.begin() as session:
            await make_room(session)
            source_id = await nps_sources.ensure(
                session, self.terminal.workspace_id, kind=nps_sources.FILE, name=name, now=now
            )
            return await nps_imports.begin(
                session,
                self.terminal.workspace_id,
                source_id,
                fingerprint=mark,
                file=self.wanted.path.name,
                now=now,
            )

    async def _keep(self, running: Import, tally: Tally, batch: Batch) -> Tally:
        async with self.terminal.database.begin() as session:
            return await keep(session, self.terminal.workspace_id, running, tally, batch)

    async def _finish(self, running: Import) -> None:
        async with self.terminal.database.begin() as session:
            await nps_imports.finish(session, self.terminal.workspace_id, running.id, now=self.clock.now())
