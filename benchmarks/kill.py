"""Posts neither lost nor doubled, whatever is killed: real processes, `kill -9` at random moments.

The product's own workers post against a playground in another process that answers after a while and, now
and then, loses an answer, carries a call out late, answers 429 or 500, or hangs up. After each kill the
process is started again. At the end the playground is asked what stands: every post once.

In production a post in doubt rests for four minutes. Here lease, grace, time-out and margin are shortened
(benchmarks/kill_worker.py), and so is how late the playground carries calls out: what is tried is the
protocol, not the length of its waiting times. Two honest limits remain: Slack may carry a call out later than
the grace, and nothing here cuts the power of a machine.

    --workers 2          share the work; the second is killed once and never comes back
    --kill-database      PostgreSQL is killed with -9 and recovers
    --kill-playground    so is the playground, which keeps its workspace in a file

`python -m benchmarks.kill --database postgresql --posts 100000 --kills 100` is the big run.
"""

from __future__ import annotations

import asyncio
import random
import re
import sys
import tempfile
import time
from contextlib import suppress
from itertools import repeat
from pathlib import Path

import click
import httpx
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from benchmarks.kill_slack import TOKEN
from benchmarks.kill_stage import Slack, places, standing
from benchmarks.reporting import conclude, say
from benchmarks.trial import Server, database_of, environment, opened, plan
from storage.encryption import new_key

WORKSPACES = ("TKILL0", "TKILL1", "TKILL2", "TKILL3")
LONGEST_SECONDS = 3 * 3600


class Trial:
    """Workers, what they share, and the hand that kills."""

    def __init__(self, url: str, key: str, slack: Slack, log: Path, server: Server | None) -> None:
        self._slack, self._server, self._log = slack, server, log
        self._environment = environment(
            url,
            key,
            SLACK_BOT_TOKEN=TOKEN,
            SLACK_SIGNING_SECRET="unused",  # noqa: S106
            SLACK_API_URL=f"{slack.url}/api/",
            TRIAL_WORKSPACES=",".join(WORKSPACES),
        )
        self._database = opened(url, key)
        self._workers: list[asyncio.subprocess.Process | None] = []
        self._random = random.Random(7)

    async def start(self, workers: int) -> None:
        """All of them."""
        self._workers = [await self._worker() for _ in range(workers)]

    async def kill_worker(self, *, for_good: bool = False) -> None:
        """One at random; the last one, for good, when so asked."""
        alive = [number for number, process in enumerate(self._workers) if process]
        number = alive[-1] if for_good else self._random.choice(alive)
        process = self._workers[number]
        assert process is not None
        process.kill()
        await process.wait()
        self._workers[number] = None if for_good else await self._worker()

    async def kill_database(self) -> None:
        """And have it recover after a moment."""
        assert self._server is not None
        await asyncio.to_thread(self._server.kill)
        await asyncio.sleep(self._random.random())
        await asyncio.to_thread(self._server.start)

    async def kill_slack(self) -> None:
        """And have it come back after a moment."""
        await self._slack.kill()
        await asyncio.sleep(self._random.random())
        await self._slack.start()

    async def stand(self, number: int) -> None:
        """Wait until so many posts stand, as far as the database answers."""
        query = text("SELECT state, count(*) FROM deliveries WHERE slot_key LIKE 'trial:%' GROUP BY state")
        async with asyncio.timeout(LONGEST_SECONDS):
            for pause in repeat(0.1):
                with suppress(SQLAlchemyError, OSError, TimeoutError):
                    async with self._database.read() as session:
                        states = {row.state: row[1] for row in await session.execute(query)}
                    assert not {"failed", "cancelled", "in_doubt"} & set(states), states
                    if states.get("sent", 0) >= number:
                        return
                await asyncio.sleep(pause)

    async def end(self) -> None:
        """Ask the workers to stop."""
        for process in filter(None, self._workers):
            process.terminate()
            await process.wait()
        await self._database.close()

    async def _worker(self) -> asyncio.subprocess.Process:
        with self._log.open("ab") as log:
            command = (sys.executable, "-m", "benchmarks.kill_worker")
            return await asyncio.create_subprocess_exec(*command, env=self._environment, stderr=log)


async def run(trial: Trial, posts: int, kills: int, victims: list[str], workers: int) -> float:
    """Kill at random moments until the kills are used up, then wait until nothing is pending; the seconds."""
    chance = random.Random(11)
    moments = sorted(chance.uniform(0, 0.95) * posts for _ in range(kills))
    began = time.monotonic()
    await trial.start(workers)
    for number, moment in enumerate(moments):
        await trial.stand(int(moment))
        await asyncio.sleep(chance.random() * 0.05)
        victim = victims[number % len(victims)]
        say(f"  {time.monotonic() - began:6.1f} s  {int(moment):7} posts  kill -9 {victim}")
        if victim == "worker":
            await trial.kill_worker(for_good=workers > 1 and number == 0)
        elif victim == "database":
            await trial.kill_database()
        else:
            await trial.kill_slack()
    await trial.stand(posts)
    return time.monotonic() - began


async def measure(
    url: str, server: Server | None, folder: Path, options: dict[str, int], victims: list[str]
) -> dict[str, float]:
    """One trial; what was lost, doubled and settled."""
    key, posts, channels = new_key(), options["posts"], options["channels"]
    slack = Slack(channels, posts, folder / "slack.sqlite3" if "playground" in victims else None)
    await slack.start()
    trial = Trial(url, key, slack, folder / "workers.log", server)
    try:
        database = opened(url, key)
        await plan(database, WORKSPACES, await places(slack), posts)
        await database.close()
        seconds = await run(trial, posts, options["kills"], victims, options["workers"])
        found = await standing(slack, channels)
    finally:
        await trial.end()
        with suppress(ProcessLookupError, httpx.HTTPError):
            await slack.kill()
    settled = re.findall(r"was in doubt and is now (\w+)", (folder / "workers.log").read_text())
    return {
        "lost": sum(number not in found for number in range(posts)),
        "twice": sum(count - 1 for count in found.values()),
        "in_doubt_settled": len(settled),
        "of_them_stood": settled.count("sent"),
        "seconds": round(seconds, 1),
    }


@click.command()
@click.option("--database", "kind", type=click.Choice(["sqlite", "postgresql"]), default="sqlite")
@click.option("--posts", default=2_000, show_default=True)
@click.option("--kills", default=10, show_default=True)
@click.option("--workers", default=1, show_default=True)
@click.option("--channels", default=100, show_default=True)
@click.option("--kill-database", "database_too", is_flag=True, help="PostgreSQL is killed in turn as well.")
@click.option(
    "--kill-playground", "slack_too", is_flag=True, help="The playground is killed in turn as well."
)
def main(
    *, kind: str, posts: int, kills: int, workers: int, channels: int, database_too: bool, slack_too: bool
) -> None:
    """Kill, start again, count."""
    if database_too and kind != "postgresql":
        raise click.UsageError(
            "--kill-database needs --database postgresql: SQLite has no server to be killed"
        )
    victims = ["worker", *(["database"] if database_too else []), *(["playground"] if slack_too else [])]
    options = {"posts": posts, "kills": kills, "workers": workers, "channels": channels}
    with database_of(kind) as (url, server), tempfile.TemporaryDirectory() as folder:
        found = asyncio.run(measure(url, server, Path(folder), options, victims))
    say(f"{kind}: {posts} posts, {kills} kills of {', '.join(victims)}: {found}")
    conclude({"database": kind, **options, "victims": victims, **found})
    if found["lost"] or found["twice"]:
        sys.exit(1)


if __name__ == "__main__":
    main()
