"""200 people open App Home in the same minute while digests go out: is any click acknowledged late?

    python -m benchmarks.home_rush

The bot is a process of its own as `firsthand run` starts it, Slack is a playground that keeps Slack's own
limits. Two hundred signed `app_home_opened` events arrive spread over the time; sixty channels are due for
their digest at the beginning. Slack gives up on an acknowledgement after three seconds: none may take that
long. The baseline is the same with nothing else going on.
"""

from __future__ import annotations

import argparse
import asyncio
import hashlib
import hmac
import json
import os
import random
import socket
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import text

from benchmarks.erasure_planting import plant as plant_talks
from benchmarks.load import SECRET, body_of
from benchmarks.nps_planting import plant as plant_answers
from benchmarks.reporting import conclude, milliseconds, say
from demo.workspace import manifest
from playground.client import Playground
from playground.setup import Person, Room, Setup
from storage import channels, nps_sources, workspaces
from storage.database import Database, open_database
from storage.encryption import Keyring, new_key
from storage.migrating import migrate
from stories.channels import ChannelSettings
from stories.digest import DigestSettings
from stories.schedule import DigestTimes

TEAM = "T0BENCH"
PEOPLE, PLACES = 200, 60
LATE_SECONDS = 3.0


def workspace() -> Setup:
    """Two hundred people in sixty channels, in a Slack that keeps its limits."""
    people = tuple(Person(f"p{number}", f"Person {number}") for number in range(PEOPLE))
    some = tuple(one.handle for one in people[:5])
    rooms = tuple(Room(f"c{number}", members=some, bot=True) for number in range(PLACES))
    return Setup(team_id=TEAM, manifest=manifest(), people=people, channels=rooms)


async def fill(database: Database, places: Sequence[str], *, talks: int, answers: int) -> None:
    """A company's history, and channels whose digest is due."""
    now = datetime.now(UTC)
    async with database.begin() as session:
        await workspaces.ensure(session, TEAM, name="", installed_by=None, now=now)
        source = await nps_sources.ensure(session, TEAM, kind="file", name="survey", now=now)
    await plant_talks(database, TEAM, talks=talks, posts=talks // 100)
    await plant_answers(database, TEAM, source, answers, first=now.date() - timedelta(days=1096))
    async with database.begin() as session:
        # The planted conversations lie ahead of today's clock.
        for statement in ("UPDATE consents SET valid_from = :at", "UPDATE stories SET published_at = :at"):
            await session.execute(text(statement), {"at": f"{now - timedelta(days=2):%Y-%m-%d %H:%M:%S.%f}"})
        due = (now - timedelta(minutes=2)).replace(second=0, microsecond=0)
        times = DigestTimes(days=frozenset(range(7)), at=due.time(), time_zone="UTC", country=None)
        for place in places:
            channel = ChannelSettings(
                channel_id=place,
                set_up_by="U1",
                times=times,
                digest=DigestSettings(how_many=3),
                next_at=due,
            )
            await channels.save(session, TEAM, channel, now=now)


def event(user_id: str) -> bytes:
    """`app_home_opened` as Slack sends it, ready to be written to a socket."""
    told = {"type": "app_home_opened", "user": user_id, "channel": "D1", "tab": "home", "event_ts": "1.1"}
    body = json.dumps(
        {
            "type": "event_callback",
            "team_id": TEAM,
            "api_app_id": "A1",
            "event": told,
            "event_id": f"Ev{user_id}{random.random()}",
            "event_time": int(time.time()),
            "authorizations": [{"team_id": TEAM, "user_id": "UBOT", "is_bot": True}],
        }
    ).encode()
    stamp = str(int(time.time()))
    digest = hmac.new(SECRET.encode(), b"v0:" + stamp.encode() + b":" + body, hashlib.sha256)
    head = (
        "POST /slack/events HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
        f"Content-Length: {len(body)}\r\nX-Slack-Request-Timestamp: {stamp}\r\n"
        f"X-Slack-Signature: v0={digest.hexdigest()}\r\n\r\n"
    )
    return head.encode() + body


async def opened(port: int, users: Sequence[str], seconds: float, chance: random.Random) -> list[float]:
    """Have each of these open their Home at some moment of the time; seconds to each acknowledgement."""

    async def one(user_id: str, wait: float) -> float:
        await asyncio.sleep(wait)
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        begun = time.perf_counter()
        writer.write(event(user_id))
        await body_of(reader)
        writer.close()
        return time.perf_counter() - begun

    return await asyncio.gather(*(one(user, chance.uniform(0, seconds)) for user in users))


@asynccontextmanager
async def running(environment: dict[str, str]) -> AsyncIterator[int]:
    """The bot as `firsthand run` starts it; the port on which it is ready."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "run", env={**environment, "FIRSTHAND_PORT": str(port)},
        stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL,
    )  # fmt: skip
    try:
        await _ready(port)
        yield port
    finally:
        process.terminate()
        await process.wait()


async def _ready(port: int) -> None:
    for _ in range(600):
        try:
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(b"GET /readyz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            head = await reader.readline()
            writer.close()
        except OSError:
            head = b""
        if b" 200 " in head:
            return
        await asyncio.sleep(0.1)
    raise TimeoutError("the bot did not become ready")


async def _settled(world: Playground, method: str, wanted: int, seconds: float) -> int:
    """How often Slack was called so, once it was often enough or the time is over."""
    for _look in range(int(seconds * 5)):
        if await world.calls(method) >= wanted:
            break
        await asyncio.sleep(0.2)
    return await world.calls(method)


async def run(seconds: float, talks: int, answers: int) -> dict[str, Any]:
    """Open the Homes with nothing else going on, then with digests going out."""
    chance = random.Random(7)
    found: dict[str, Any] = {}
    async with Playground.start(workspace()) as world:
        setup = await world.control.get("setup")
        places = [str(channel["id"]) for channel in setup["channels"]]
        users = [world.person(f"p{number}").id for number in range(PEOPLE)]
        for name, due in (("quiet", []), ("digests", places)):
            with tempfile.TemporaryDirectory() as folder:
                url = f"sqlite:///{Path(folder) / 'bench.sqlite3'}"
                key = new_key()
                migrate(url)
                database = open_database(url, Keyring([key]))
                await fill(database, due, talks=talks, answers=answers)
                await database.close()
                environment = {
                    **os.environ,
                    "SLACK_BOT_TOKEN": world.bot_token,
                    "SLACK_SIGNING_SECRET": SECRET,
                    "SLACK_API_URL": world.api_url,
                    "DATABASE_URL": url,
                    "FIRSTHAND_KEYS": key,
                }
                homes, posts = await world.calls("views.publish"), await world.calls("chat.postMessage")
                async with running(environment) as port:
                    taken = await opened(port, users, seconds, chance)
                    await _settled(world, "views.publish", homes + PEOPLE, 120)
                    told = await _settled(world, "chat.postMessage", posts + len(due), 120) - posts
                shown = await world.calls("views.publish") - homes
            late = sum(one >= LATE_SECONDS for one in taken)
            found[name] = milliseconds(taken) | {"late": late, "homes_put": shown, "digests_posted": told}
            say(f"{name:8} {found[name]}")
    return found


def main() -> None:
    """Both, one after the other."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--talks", type=int, default=10_000)
    parser.add_argument("--answers", type=int, default=100_000)
    asked = parser.parse_args()
    found = asyncio.run(run(asked.seconds, asked.talks, asked.answers))
    ratio = round(found["digests"]["p99_ms"] / found["quiet"]["p99_ms"], 2)
    say(f"late: {found['digests']['late']} of {PEOPLE} (target 0); p99 with digests over without: {ratio}")
    conclude({"benchmark": "home_rush", "people": PEOPLE, **found, "ratio": ratio})


if __name__ == "__main__":
    main()
