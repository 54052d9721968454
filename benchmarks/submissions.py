"""Submissions acknowledged a second, each durable before its acknowledgement.

The whole path is driven: signed HTTP, Bolt, the database on disk, the next view in the answer. The baseline
is a Bolt app whose handler only acknowledges, which is sent the same bodies (the views that the bot makes,
whole, as Slack sends them back) by the same clients on the same machine, in turns: some for the one, some
for the other, so that whatever else the machine does meets both. Three kinds are measured:

    next     a step's *Next*: what was typed is kept in its draft, the next view is built
    keep     the last button, where the customer agreed to no sharing: stored with consent, quotes, story
    publish  the last button, told to others: stored, filed, made searchable

Besides the pace, the processor time of the server's process a submission is told: it does not depend on who
else wants the processor. `--database postgresql` starts a server of its own from the package that the tests
use; it shares the machine, and its processor time is not counted.
"""

from __future__ import annotations

import asyncio
import os
import socket
import sys
import tempfile
from collections.abc import AsyncIterator, Sequence
from contextlib import ExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import click

from benchmarks.load import SECRET, fire
from benchmarks.reporting import conclude, milliseconds, say
from benchmarks.sending import KINDS, requests_of
from demo.workspace import manifest
from playground.client import Playground
from playground.setup import Person, Room, Setup, Tuning
from storage.database import Database, open_database
from storage.encryption import Keyring, new_key
from storage.migrating import migrate
from tests.postgres import fresh_postgres

CLIENTS = 32
PEOPLE = 64
WARM = 4 * CLIENTS
TURNS = 4
RATIO_TARGET = 0.3
P99_TARGET_MS = 150


@dataclass(slots=True)
class Measured:
    """What one server did so far: seconds to each answer, seconds in all, seconds of its processor."""

    latencies: list[float] = field(default_factory=list)
    seconds: float = 0.0
    processor: float = 0.0

    def figures(self) -> dict[str, float]:
        """As they are told."""
        number = len(self.latencies)
        return {
            "per_second": round(number / self.seconds),
            "cpu_us": round(self.processor / number * 1e6),
            **milliseconds(self.latencies),
        }


def workspace() -> Setup:
    """Those who submit, at no pace but the bot's own."""
    return Setup(
        manifest=manifest(),
        people=tuple(Person(f"p{number}", f"Person {number}") for number in range(PEOPLE)),
        channels=(Room("general"),),
        tuning=Tuning(rates=False),
    )


@asynccontextmanager
async def serving(kind: str, environment: dict[str, str]) -> AsyncIterator[tuple[int, int]]:
    """A server process for one kind of app, for the length of the block: its process id and its port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "benchmarks.serving", kind, env={**environment, "FIRSTHAND_PORT": str(port)}
    )
    try:
        await _up(port)
        yield process.pid, port
    finally:
        process.terminate()
        await process.wait()


async def _up(port: int) -> None:
    # On a machine that others work on as well a start takes ten times as long.
    for _ in range(1200):
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            await asyncio.sleep(0.05)
        else:
            writer.close()
            return
    raise TimeoutError("the server did not start")


async def measure(into: Measured, server: tuple[int, int], requests: Sequence[bytes]) -> None:
    """Send these and add what came of it."""
    pid, port = server
    before = _processor_seconds(pid)
    latencies, seconds = await fire(port, requests, clients=CLIENTS)
    into.latencies += latencies
    into.seconds += seconds
    into.processor += _processor_seconds(pid) - before


def _processor_seconds(pid: int) -> float:
    """What a process has used so far, in steps of 10 ms; 0 where the system does not tell (not Linux)."""
    told = Path(f"/proc/{pid}/stat")
    if not told.exists():
        return 0.0
    user, system = told.read_text().rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


async def compare(
    kind: str, database: Database, team: str, users: list[str], number: int, environment: dict[str, str]
) -> tuple[Measured, Measured]:
    """One kind of submission: what the bot did, and what the empty handler did with the same."""
    ours, empty = Measured(), Measured()
    own = await requests_of(kind, database, team, users, number + WARM)
    bare = await requests_of(kind, database, team, users, number + WARM, drafted=False)
    async with serving("firsthand", environment) as bot, serving("empty", environment) as baseline:
        for server, requests in ((bot, own), (baseline, bare)):
            await fire(server[1], requests[:WARM], clients=CLIENTS)
        for turn in range(TURNS):
            part = slice(WARM + turn * number // TURNS, WARM + (turn + 1) * number // TURNS)
            await measure(ours, bot, own[part])
            await measure(empty, baseline, bare[part])
    return ours, empty


async def run(url: str, number: int) -> dict[str, tuple[Measured, Measured]]:
    """Measure every kind against the database at `url`."""
    key = new_key()
    migrate(url)
    database = open_database(url, Keyring([key]))
    async with Playground.start(workspace()) as world:
        users = [world.person(f"p{number}").id for number in range(PEOPLE)]
        environment = {
            **os.environ,
            "SLACK_BOT_TOKEN": world.bot_token,
            "SLACK_SIGNING_SECRET": SECRET,
            "SLACK_API_URL": world.api_url,
            "DATABASE_URL": url,
            "FIRSTHAND_KEYS": key,
        }
        found = {
            kind: await compare(kind, database, world.team_id, users, number, environment) for kind in KINDS
        }
    await database.close()
    return found


@click.command()
@click.option("--database", "kind", type=click.Choice(["sqlite", "postgresql"]), default="sqlite")
@click.option("--number", default=2000, show_default=True, help="Submissions of each kind.")
def main(*, kind: str, number: int) -> None:
    """Submissions acknowledged a second."""
    with ExitStack() as stack:
        if kind == "postgresql":
            url = stack.enter_context(fresh_postgres())
        else:
            folder = stack.enter_context(tempfile.TemporaryDirectory())
            url = f"sqlite:///{Path(folder) / 'bench.sqlite3'}"
        found = asyncio.run(run(url, number))
    say(f"{kind}, {CLIENTS} clients, {number} submissions of each kind, as many to the empty handler")
    told: dict[str, Any] = {}
    for name, (ours, empty) in found.items():
        told[name], told[f"{name}_empty"] = ours.figures(), empty.figures()
        told[f"{name}_ratio"] = round(empty.seconds / ours.seconds, 3)
        told[f"{name}_cpu_ratio"] = round(empty.processor / ours.processor, 3) if ours.processor else None
        _say(name, told)
    say(f"targets: at least {RATIO_TARGET} of the empty handler, p99 under {P99_TARGET_MS} ms")
    conclude({"database": kind, "clients": CLIENTS, **told})


def _say(name: str, told: dict[str, Any]) -> None:
    ours, empty = told[name], told[f"{name}_empty"]
    say(
        f"  {name:8} {ours['per_second']:5}/s of {empty['per_second']:5}/s: {told[f'{name}_ratio']:.2f}   "
        f"p50 {ours['p50_ms']:5.1f} ms  p99 {ours['p99_ms']:5.1f} ms   "
        f"processor {ours['cpu_us']} µs, empty {empty['cpu_us']} µs"
    )


if __name__ == "__main__":
    main()
