"""A million rows through `firsthand nps import`: how long, how much memory, against reading the file alone.

    --rows N      rows in the file (1,000,000)
    --shuffled    in no order of time, as few exports are: the hardest case for the daily counts

The baseline is csv.reader over the same file in the same run.
"""

from __future__ import annotations

import argparse
import csv
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from benchmarks.reporting import conclude, say
from storage import workspaces
from storage.database import open_database
from storage.encryption import Keyring, new_key
from storage.migrating import migrate

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
    chance, order = random.Random(7), list(range(rows))
    if shuffled:
        chance.shuffle(order)
    with path.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER)
        for number in order:
            at = START + timedelta(seconds=number * 31_536_000 / rows)
            writer.writerow(
                [
                    f"r{number}",
                    chance.choice((0, 3, 6, 7, 8, 8, 9, 9, 10, 10)),
                    chance.choice(COMMENTS),
                    at.strftime("%Y-%m-%d %H:%M:%S UTC"),
                    f"person{number}@example.com",
                    chance.choice(("Solo", "Team", "Firm")),
                    chance.choice(("UK", "PL", "CA", "DE")),
                    chance.choice(("App", "Web", "Desk", "Phone", "Visits")),
                ]
            )


async def prepare(url: str) -> None:
    database = open_database(url, Keyring([new_key()]))
    async with database.begin() as session:
        await workspaces.ensure(session, "T1", name="", installed_by=None, now=NOW)
    await database.close()


def run_import(folder: Path, url: str) -> tuple[float, float, str]:
    """Seconds, megabytes at the most, and the last words of one import in a process of its own."""
    command = [sys.executable, "-m", "bot", "nps", "import", str(folder / "answers.csv"), "--yes"]
    root = str(Path(__file__).resolve().parent.parent)
    environment = os.environ | {"DATABASE_URL": url, "PYTHONPATH": root}
    begin = time.perf_counter()
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=True)
    seconds = time.perf_counter() - begin
    return seconds, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024, done.stdout.strip()


def main() -> None:
    """Write a file, read it bare, import it twice."""
    import asyncio

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--shuffled", action="store_true")
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_rows(folder / "answers.csv", wanted.rows, shuffled=wanted.shuffled)
        url = f"sqlite:///{folder}/firsthand.sqlite3"
        migrate(url)
        asyncio.run(prepare(url))
        begin = time.perf_counter()
        with (folder / "answers.csv").open(newline="") as file:
            bare = sum(1 for _row in csv.reader(file)) and time.perf_counter() - begin
        cpu = resource.getrusage(resource.RUSAGE_CHILDREN)
        seconds, megabytes, told = run_import(folder, url)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        busy = after.ru_utime + after.ru_stime - cpu.ru_utime - cpu.ru_stime
        again, _megabytes, told_again = run_import(folder, url)
    say(told.splitlines()[-1])
    say(f"{wanted.rows:,} rows in {seconds:.1f} s ({busy:.1f} s of CPU), {megabytes:.0f} MB at the most")
    say(f"the same file again: {again:.1f} s. {told_again.splitlines()[-1]}")
    conclude(
        {
            "rows": wanted.rows,
            "shuffled": wanted.shuffled,
            "seconds": round(seconds, 1),
            "cpu_seconds": round(busy, 1),
            "megabytes": round(megabytes),
            "rows_per_second": round(wanted.rows / seconds),
            "times_bare_reading": round(seconds / bare, 1),
            "again_seconds": round(again, 1),
        }
    )


if __name__ == "__main__":
    main()
