"""All benchmarks, one after the other, and one page about them: `python -m benchmarks` (or `make bench`)."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import click

from benchmarks.report import write
from benchmarks.reporting import say
from benchmarks.runs import Result, Run, results_in, runs


@click.command()
@click.option("--only", multiple=True, help="Run this benchmark alone; may be given several times.")
@click.option("--quick", is_flag=True, help="Small sizes: minutes instead of hours, for a first look.")
@click.option("--page", "page_alone", is_flag=True, help="Write the page from what ran before.")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), default=Path("build/benchmarks"))
def main(*, only: tuple[str, ...], quick: bool, page_alone: bool, out: Path) -> None:
    """Run benchmarks, keep each one's figures in OUT, and write OUT/index.html about all that are there."""
    known = runs()
    if unknown := sorted(set(only) - {run.key for run in known} - {run.name for run in known}):
        raise click.UsageError(f"no benchmark called {', '.join(unknown)}; see benchmarks/runs.toml")
    out.mkdir(parents=True, exist_ok=True)
    chosen = () if page_alone else [run for run in known if not only or {run.key, run.name} & set(only)]
    failed = [run.key for run in chosen if not _measure(run, out, quick=quick)]
    page = write(known, results_in(out), out)
    say(f"\nThe page about all of them: {page}")
    if failed:
        sys.exit(f"failed: {', '.join(failed)}")


def _measure(run: Run, out: Path, *, quick: bool) -> bool:
    """Run one benchmark and keep its figures; whether it came to an end."""
    arguments = run.quick if quick else run.arguments
    say(f"\n== {run.name} {' '.join(arguments)}")
    begun, began_at = time.monotonic(), datetime.now(UTC)
    command = [sys.executable, "-m", f"benchmarks.{run.name}", *arguments]
    last = ""
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        for line in process.stdout or ():
            say(line.rstrip("\n"))
            last = line.strip() or last
    result = Result(
        key=run.key,
        arguments=arguments,
        quick=quick,
        began_at=began_at.isoformat(timespec="seconds"),
        seconds=round(time.monotonic() - begun, 1),
        ended_well=process.returncode == 0,
        figures=_object(last),
    )
    (out / f"{run.key}.json").write_text(json.dumps(result.as_json(), indent=1) + "\n", "utf-8")
    return result.ended_well


def _object(line: str) -> dict[str, object]:
    """The figures in a benchmark's last line; none where it ended before that line."""
    try:
        told = json.loads(line)
    except json.JSONDecodeError:
        return {}
    return told if isinstance(told, dict) else {}


if __name__ == "__main__":
    main()
