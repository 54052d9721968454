"""The examination as it is printed: a line for each finding, or JSON for programs."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.clock import SystemClock
from bot.operating.checks_settings import unusable
from bot.operating.doctor import examine, examine_storage
from bot.operating.findings import Finding, State, is_well
from bot.operating.setup_telling import by_make
from bot.settings import SettingsError, load_settings, load_storage_settings

_MARKS = {State.OK: ("✓", "green"), State.LOOK: ("!", "yellow"), State.BROKEN: ("✗", "red")}


def run_doctor(*, as_json: bool) -> int:
    """Examine this copy and print what was found; 0 when nothing is broken, else 1."""
    findings = asyncio.run(_examined())
    if as_json:
        click.echo(as_text(findings))
    else:
        _print(findings)
    return 0 if is_well(findings) else 1


async def _examined() -> list[Finding]:
    clock = SystemClock()
    try:
        return await examine(load_settings(), clock)
    except SettingsError as error:
        found = unusable(error)
    try:
        # What is kept can be looked at even where Slack's part of the settings is not complete.
        return found + await examine_storage(load_storage_settings(), clock.now())
    except SettingsError:
        return found


def as_text(findings: Sequence[Finding]) -> str:
    """JSON: `ok`, and `findings` with `check`, `state` (ok, look at this, broken), `said`, `fix`."""
    listed = [{"check": f.check, "state": f.state.value, "said": f.said, "fix": f.fix} for f in findings]
    return json.dumps({"ok": is_well(findings), "findings": listed}, ensure_ascii=False, indent=2)


def _print(findings: Sequence[Finding]) -> None:
    table = Table(box=None, pad_edge=False, show_header=False)
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True, style="dim")
    table.add_column(overflow="fold")
    for one in findings:
        mark, colour = _MARKS[one.state]
        said = Text(one.said)
        if one.fix:
            said.append(f"\n→ {one.fix}", style="bold")
        table.add_row(Text(f"{mark} {one.state.value}", style=colour), one.check, said)
    console = Console()
    console.print(table)
    console.print(Text(_summary(findings), style="bold"))
    if by_make() and any("firsthand " in one.fix for one in findings):
        console.print(
            "`firsthand` is .venv/bin/firsthand here; make run migrates and runs, make setup asks again."
        )


def _summary(findings: Sequence[Finding]) -> str:
    broken, look = (sum(one.state is state for one in findings) for state in (State.BROKEN, State.LOOK))
    if broken:
        return f"{broken} broken, {look} to look at. Each → says what to do."
    return f"Nothing is broken, {look} to look at." if look else "All is well."
