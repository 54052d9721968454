"""A million rows through `firsthand nps import`: how long, how much memory, against reading the file alone.

    --rows N      rows in the file (1,000,000)
    --format F    csv, json (an object a line) or xlsx
    --shuffled    in no order of time, as few exports are: the hardest case for the daily counts

The baseline is csv.reader (json.loads, openpyxl) over the same file in the same run.
"""

from __future__ import annotations

import argparse
import asyncio
import csv
import json
import multiprocessing
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import chain
from pathlib import Path
from typing import Any

from benchmarks.reporting import conclude, say
from storage import workspaces
from storage.database import open_database
from storage.encryption import Keyring, new_key
from storage.migrating import migrate

MOST_SECONDS, MOST_MEGABYTES = 60, 200
"""The targets."""

START = datetime(2025, 1, 1, tzinfo=UTC)
NOW = datetime(2026, 1, 5, tzinfo=UTC)
COMMENTS = (
    "Quick and friendly.",
    "The invoice was wrong again, and nobody called back.",
    "Fine.",
    "",
    "",
    "",
    "",
)
HEADER = ["Response ID", "Score", "Comment", "Created at", "Person email", "Plan", "Region", "Product"]


def write_rows(path: Path, rows: int, *, shuffled: bool) -> None:
    """Write so many made-up answers, in the format that the file's name ends with."""
    told = _rows(rows, shuffled=shuffled)
    if path.suffix == ".xlsx":
        from openpyxl import Workbook

        book = Workbook(write_only=True)
        sheet = book.create_sheet("Responses")
        for row in chain([HEADER], told):
            sheet.append(row)
        book.save(path)
        return
    with path.open("w", newline="") as file:
        if path.suffix == ".json":
            file.writelines(f"{json.dumps(dict(zip(HEADER, row, strict=True)))}\n" for row in told)
        else:
            csv.writer(file).writerows(chain([HEADER], told))


def _rows(rows: int, *, shuffled: bool) -> Iterator[list[Any]]:
    chance, order = random.Random(7), list(range(rows))
    if shuffled:
        chance.shuffle(order)
    for number in order:
        at = START + timedelta(seconds=number * 31_536_000 / rows)
        yield [
            f"r{number}",
            chance.choice((0, 3, 6, 7, 8, 8, 9, 9, 10, 10)),
            chance.choice(COMMENTS),
            at.strftime("%Y-%m-%d %H:%M:%S UTC"),
            f"person{number}@example.com",
            chance.choice(("Solo", "Team", "Firm")),
            chance.choice(("UK", "PL", "CA", "DE")),
            chance.choice(("App", "Web", "Desk", "Phone", "Visits")),
        ]


def read_bare(path: Path) -> float:
    """Seconds in which the file's own library reads it and does nothing else."""
    begin = time.perf_counter()
    if path.suffix == ".xlsx":
        from openpyxl import load_workbook

        book = load_workbook(path, read_only=True)
        seen = sum(1 for _row in book.worksheets[0].iter_rows(values_only=True))
        book.close()
    else:
        with path.open(newline="") as file:
            seen = sum(1 for _one in (map(json.loads, file) if path.suffix == ".json" else csv.reader(file)))
    return (time.perf_counter() - begin) if seen else 0.0


async def prepare(url: str) -> None:
    database = open_database(url, Keyring([new_key()]))
    async with database.begin() as session:
        await workspaces.ensure(session, "T1", name="", installed_by=None, now=NOW)
    await database.close()


def run_import(path: Path, url: str) -> tuple[float, float, str]:
    """Seconds, megabytes at the most, and the last words of one import in a process of its own."""
    command = [sys.executable, "-m", "bot", "nps", "import", str(path), "--yes"]
    root = str(Path(__file__).resolve().parent.parent)
    environment = os.environ | {"DATABASE_URL": url, "PYTHONPATH": root}
    begin = time.perf_counter()
    done = subprocess.run(
        command, cwd=path.parent, env=environment, capture_output=True, text=True, check=True
    )
    seconds = time.perf_counter() - begin
    return seconds, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024, done.stdout.strip()


def measure(folder: Path, rows: int, *, kind: str, shuffled: bool) -> dict[str, Any]:
    """Write a file, read it bare, import it twice; what that took."""
    file, url = folder / f"answers.{kind}", f"sqlite:///{folder}/firsthand.sqlite3"
    # In a process of its own: what writing takes is no memory of the import.
    writer = multiprocessing.get_context("spawn").Process(
        target=write_rows, args=(file, rows), kwargs={"shuffled": shuffled}
    )
    writer.start()
    writer.join()
    migrate(url)
    asyncio.run(prepare(url))
    bare, before = read_bare(file), _processor_of_children()
    seconds, megabytes, told = run_import(file, url)
    busy = _processor_of_children() - before
    again, _megabytes, told_again = run_import(file, url)
    say(told.splitlines()[-1])
    say(f"{rows:,} rows in {seconds:.1f} s ({busy:.1f} s of the processor), {megabytes:.0f} MB at the most")
    if (rows, kind) == (1_000_000, "csv"):
        met = "met" if seconds <= MOST_SECONDS and megabytes <= MOST_MEGABYTES else "MISSED"
        say(f"targets: {MOST_SECONDS} s and {MOST_MEGABYTES} MB: {met}")
    say(f"the same file again: {again:.1f} s. {told_again.splitlines()[-1]}")
    return {
        "seconds": round(seconds, 1),
        "cpu_seconds": round(busy, 1),
        "megabytes": round(megabytes),
        "rows_per_second": round(rows / seconds),
        "times_bare_reading": round(seconds / bare, 1),
        "again_seconds": round(again, 1),
    }


def _processor_of_children() -> float:
    """Seconds that processes which have ended were busy."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main() -> None:
    """One file of the size and kind that is asked for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--format", choices=("csv", "json", "xlsx"), default="csv")
    parser.add_argument("--shuffled", action="store_true")
    wanted = parser.parse_args()
    about = {"rows": wanted.rows, "format": wanted.format, "shuffled": wanted.shuffled}
    with tempfile.TemporaryDirectory() as name:
        found = measure(Path(name), wanted.rows, kind=wanted.format, shuffled=wanted.shuffled)
    conclude({**about, **found})


if __name__ == "__main__":
    main()
