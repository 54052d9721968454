"""From a tick to the last post: channels of 500 workspaces that are due at once.

    quiet      a tick over channels that have nothing to hear: they move on
    telling    a tick over channels that all have a story to hear, and the posts that come of it
    guarded    posts that wait, drained into a Slack that only answers, several workspaces side by side
    unguarded  the same outbox and the same calls without the crash guard; the ratio of the two is its cost
    product    the same, by what `firsthand run` runs (on PostgreSQL through the engine)
    limited    ten workspaces against a Slack that keeps its limits: the share of what it allows that is used

The ratio is told by the clock, and by the worker's processor time, which other programs disturb less: guarded
and unguarded take turns, and the medians are compared. A worker is a process of its own and so is Slack.
Deciding about a telling channel asks Slack twice who reads along and composes the digest.
"""

from __future__ import annotations

import asyncio
import json
import socket
import statistics
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import click
import httpx
from sqlalchemy import text

from benchmarks.deliver_rows import company
from benchmarks.reporting import conclude, say
from benchmarks.trial import CHUNK, MONDAY, database_of, environment, opened, plan
from storage import channels
from storage.database import Database
from storage.encryption import new_key
from storage.rows import add_many
from storage.tables_posts import ChannelRow

WORKSPACES = 500
LIMITED_WORKSPACES, LIMITED_POSTS = 10, 600
"""So many that a workspace's minute is used up and refills for another."""

GUARDED = ("unguarded", "guarded")
ROUNDS, FEW = 3, 20_000
"""How often the two take turns where there are few posts; of more, one run each is long enough."""

ALLOWED_BURST, ALLOWED_PER_SECOND = 300, 5
FREE_PACE = 1e9
"""So much faster than Slack that nothing waits."""

RATIO_TARGET, PER_SECOND_HOPED, MEMORY_TARGET_MB, USED_TARGET = 0.8, 2_000, 150, 0.98


def due_channels(places: int) -> list[dict[str, Any]]:
    """Channels that are due since ten minutes, spread over the workspaces."""
    due = MONDAY - timedelta(minutes=10)
    return [
        {
            "workspace_id": workspace(number % WORKSPACES),
            "channel_id": f"C{number:07}",
            "state": "on",
            "set_up_by": "U1",
            "managers": ["U1"],
            "kinds": ["stories"],
            "days": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"],
            "at": due.time(),
            "time_zone": "UTC",
            "how_many": 1,
            "segments": [],
            "themes": [],
            "retell": False,
            "next_at": due,
            "created_at": due,
        }
        for number in range(places)
    ]


async def set_up(database: Database, places: int, *, stories: bool) -> None:
    """Workspaces with channels that are due, each with a story to tell or none."""
    await plan(database, [workspace(number) for number in range(WORKSPACES)], ["C0"], 0)
    rows = due_channels(places)
    for start in range(0, len(rows), CHUNK):
        async with database.begin() as session:
            await add_many(session, ChannelRow, rows[start : start + CHUNK])
    if stories:
        for number in range(WORKSPACES):
            async with database.begin() as session:
                for table, row in company(workspace(number), number + 1):
                    await add_many(session, table, [row])
    async with database.begin() as session:
        await session.execute(text("ANALYZE"))


def workspace(number: int) -> str:
    """The id of one of the workspaces, as the worker knows them."""
    return f"TDELIVER{number:04}"


@asynccontextmanager
async def sink(*, limited: bool) -> AsyncIterator[str]:
    """A Slack in a process of its own; its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    command = (sys.executable, "-m", "benchmarks.deliver_sink", str(port), "limited" if limited else "free")
    process = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE)
    assert process.stdout
    await process.stdout.readline()
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        process.kill()
        await process.wait()


async def worker(what: str, own: dict[str, str]) -> dict[str, Any]:
    """Run a worker to its end; what it says of itself."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "benchmarks.deliver_worker", what), env=own, stdout=asyncio.subprocess.PIPE
    )
    said, _ = await process.communicate()
    assert process.returncode == 0, f"the worker failed: {what}"
    found: dict[str, Any] = json.loads(said.decode().strip().splitlines()[-1])
    say(f"  {what:12} {found}")
    return found


def surroundings(url: str, key: str, slack: str, *, workspaces: int, pace: float) -> dict[str, str]:
    """What a worker finds in its environment."""
    return environment(
        url,
        key,
        SLACK_BOT_TOKEN="xoxb-unused",  # noqa: S106
        SLACK_SIGNING_SECRET="unused",  # noqa: S106
        SLACK_API_URL=f"{slack}/api/",
        TRIAL_WORKSPACES=str(workspaces),
        TRIAL_PACE=str(pace),
    )


async def posting(kind: str, what: str, posts: int) -> dict[str, Any]:
    """Posts that wait, drained into a Slack that only answers."""
    key = new_key()
    with database_of(kind) as (url, _server):
        await filled(url, key, WORKSPACES, posts)
        async with sink(limited=False) as slack:
            own = surroundings(url, key, slack, workspaces=WORKSPACES, pace=FREE_PACE)
            found = await worker(what, own)
            async with httpx.AsyncClient() as http:
                accepted = sum((await http.get(slack)).json()["accepted"].values())
    assert accepted == posts, f"{accepted} of {posts} were posted"
    return found | rates(posts, found["seconds"], found["cpu_seconds"])


async def filled(url: str, key: str, workspaces: int, posts: int) -> None:
    """An outbox with a post for each of so many channels."""
    database = opened(url, key)
    teams = [workspace(number) for number in range(workspaces)]
    await plan(database, teams, [f"C{number:07}" for number in range(posts)], posts)
    await database.close()


async def ticking(kind: str, what: str, places: int, *, stories: bool) -> dict[str, Any]:
    """A tick over channels that are all due."""
    key = new_key()
    with database_of(kind) as (url, _server):
        database = opened(url, key)
        await set_up(database, places, stories=stories)
        async with sink(limited=False) as slack:
            own = surroundings(url, key, slack, workspaces=WORKSPACES, pace=FREE_PACE)
            found = await worker(what, own)
        async with database.read() as session:
            assert not await channels.due(session, MONDAY), "a channel was not served"
        await database.close()
    return found | rates(places, found.get("decided_seconds", found["seconds"]), found["cpu_seconds"])


def rates(number: int, seconds: float, processor: float) -> dict[str, int]:
    """How many a second, and a second of the worker's processor: a busy machine gives it a part of one."""
    return {"per_second": round(number / seconds), "per_processor_second": round(number / processor)}


async def limited(kind: str) -> dict[str, Any]:
    """Which share of what Slack allows is used, and how often it had to say so."""
    key, posts = new_key(), LIMITED_WORKSPACES * LIMITED_POSTS
    with database_of(kind) as (url, _server):
        await filled(url, key, LIMITED_WORKSPACES, posts)
        async with sink(limited=True) as slack, httpx.AsyncClient() as http:
            own = surroundings(url, key, slack, workspaces=LIMITED_WORKSPACES, pace=1.0)
            found = await worker("product", own)
            seen = (await http.get(slack)).json()
    allowed = LIMITED_WORKSPACES * (ALLOWED_BURST + ALLOWED_PER_SECOND * seen["seconds"])
    accepted = sum(seen["accepted"].values())
    return {**found, "refused": seen["refused"], "accepted": accepted, "used": round(accepted / allowed, 3)}


async def run(kind: str, places: int, telling: int) -> dict[str, Any]:
    """Everything, one after the other."""
    found: dict[str, Any] = {
        "quiet": await ticking(kind, "decide", places, stories=False),
        "telling": await ticking(kind, "whole", telling, stories=True),
    }
    rounds = 1 if places > FEW else ROUNDS
    for what in GUARDED * rounds:
        found.setdefault(what, []).append(await posting(kind, what, places))
    found["product"] = await posting(kind, "product", places)
    found["limited"] = await limited(kind)
    return found | summary(found)


def summary(found: dict[str, Any]) -> dict[str, Any]:
    """What the targets are about."""
    seconds = {what: statistics.median(one["seconds"] for one in found[what]) for what in GUARDED}
    processor = {what: statistics.median(one["cpu_seconds"] for one in found[what]) for what in GUARDED}
    runs = (found["quiet"], found["telling"], *found["guarded"], found["product"], found["limited"])
    return {
        "decisions_per_second": found["telling"]["per_second"],
        "decisions_per_processor_second": found["telling"]["per_processor_second"],
        "quiet_decisions_per_second": found["quiet"]["per_second"],
        "posts_per_second": max(one["per_second"] for one in found["guarded"]),
        "posts_per_processor_second": max(one["per_processor_second"] for one in found["guarded"]),
        "product_posts_per_second": found["product"]["per_second"],
        "guard_ratio": round(seconds["unguarded"] / seconds["guarded"], 3),
        "guard_ratio_by_cpu": round(processor["unguarded"] / processor["guarded"], 3),
        "peak_mb": max(one["peak_mb"] for one in runs),
        "share_of_allowed": found["limited"]["used"],
    }


@click.command()
@click.option("--database", "kind", type=click.Choice(["sqlite", "postgresql"]), default="sqlite")
@click.option("--channels", "places", default=5_000, show_default=True, help="Channels due at once; posts.")
@click.option("--telling", default=None, type=int, help="Channels that get a digest, if not all of them.")
def main(*, kind: str, places: int, telling: int | None) -> None:
    """Decisions a second, posts a second, the guard's cost, memory, and the share of Slack's pace."""
    telling = telling or places
    found = asyncio.run(run(kind, places, telling))
    say(f"{kind}, {places} channels of {WORKSPACES} workspaces, {telling} with a digest to compose")
    say(
        f"targets: ratio {RATIO_TARGET}, under {MEMORY_TARGET_MB} MB, {USED_TARGET} of Slack's pace; "
        f"hoped for: {PER_SECOND_HOPED} posts a second"
    )
    conclude({"database": kind, "channels": places, "telling_channels": telling, **found})


if __name__ == "__main__":
    main()
