"""The playground under load: 200 people with a page open each, 10,000 messages in their channel.

Pages behave as the real one does: each listens on the live line, waits a moment after a change (longer the
more pages are open) and asks for what is new. The baseline for the bot is that bot with nobody else there.
"""

from __future__ import annotations

import asyncio
import json
import random
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import urlencode

from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient
from websockets.asyncio.client import ClientConnection, connect

from benchmarks.load import body_of
from benchmarks.reporting import conclude, milliseconds, percentile, say
from playground.client import Playground
from playground.setup import Person, Room, Setup, Tuning

PEOPLE, MESSAGES, SECONDS, WRITERS_PER_SECOND = 200, 10_000, 8.0, 4.0
PAGE_TARGET_MS = 100
CALLS, CALLERS = 4_000, 16
COMMANDS = 60
OPENING_SECONDS = 60.0
ROOM = "everybody"


def crowd() -> Setup:
    """A workspace of 200 people in one channel, in which nothing is slowed down."""
    people = tuple(Person(f"p{number}", f"Person {number}") for number in range(PEOPLE))
    rooms = (Room(ROOM, members=tuple(person.handle for person in people), bot=True),)
    return Setup(people=people, channels=rooms, tuning=Tuning(rates=False))


async def serve() -> None:
    """Run the playground in a process of its own, as it runs for people."""
    async with Playground.start(crowd()) as world:
        print(world.url, flush=True)
        await asyncio.Event().wait()


@asynccontextmanager
async def elsewhere() -> AsyncIterator[Playground]:
    """A playground in another process."""
    command = (sys.executable, "-m", "benchmarks.playground", "serve")
    process = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE)
    try:
        assert process.stdout
        async with Playground.connect((await process.stdout.readline()).decode().strip()) as world:
            yield world
    finally:
        process.terminate()
        await process.wait()


@asynccontextmanager
async def bot(world: Playground) -> AsyncIterator[None]:
    """A Bolt app that acknowledges /try."""
    slack = AsyncWebClient(token=world.bot_token, base_url=world.api_url)
    app = AsyncApp(client=slack, signing_secret=world.signing_secret)

    async def acknowledge(ack: Callable[[], Awaitable[None]]) -> None:
        await ack()

    app.command("/try")(acknowledge)
    app.event("message")(acknowledge)
    handler: Any = AsyncSocketModeHandler(app, world.app_token)
    handler.client.web_client.base_url = world.api_url
    await handler.connect_async()
    await world.wait_for_app()
    yield
    await handler.close_async()


async def commands(world: Playground) -> list[float]:
    """Seconds from typing a command until the bot has acknowledged it."""
    taken = []
    for number in range(COMMANDS):
        began = time.perf_counter()
        await world.person(f"p{number}").command("/try", ROOM)
        taken.append(time.perf_counter() - began)
        await asyncio.sleep(0.05)
    return taken


class Page:
    """One open page of somebody: draws what changes for as long as it is left to."""

    def __init__(self, world: Playground, who: str, room: str, taken: list[float]) -> None:
        self._address = world.url.removeprefix("http://")
        self._head = f"GET /page/messages?as={who}&channel={room}&since="
        self._live = f"ws://{self._address}/page/live?as={who}"
        self._taken = taken
        self.opened = asyncio.Event()
        self._line: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def run(self) -> None:
        """Look once, then again whenever something is new."""
        version = await self._ask("")
        self.opened.set()
        news: asyncio.Queue[str | bytes] = asyncio.Queue()
        async with connect(self._live) as line, asyncio.TaskGroup() as group:
            group.create_task(self._listen(line, news))
            while True:
                note = json.loads(await news.get())
                await asyncio.sleep(0.03 + random.random() * min(note["open"] * 4, 1000) / 1000)
                while not news.empty():  # what came meanwhile is drawn together
                    news.get_nowait()
                version = await self._ask(version)

    @staticmethod
    async def _listen(line: ClientConnection, news: asyncio.Queue[str | bytes]) -> None:
        async for note in line:
            news.put_nowait(note)

    async def _ask(self, since: str) -> str:
        if self._line is None or self._line[0].at_eof():  # the server hangs up on who is silent for long
            host, _, port = self._address.partition(":")
            self._line = await asyncio.open_connection(host, int(port))
        reader, writer = self._line
        began = time.perf_counter()
        writer.write(f"{self._head}{since} HTTP/1.1\r\nHost: {self._address}\r\n\r\n".encode())
        answer = json.loads(await body_of(reader))
        self._taken.append(time.perf_counter() - began)
        return str(answer["version"])


async def write(world: Playground, until: float) -> int:
    """People say something, one after the other; how many did."""
    said = 0
    while time.perf_counter() < until:
        await world.person(f"p{said % PEOPLE}").say(f"Line {said}", ROOM)
        said += 1
        await asyncio.sleep(1 / WRITERS_PER_SECOND)
    return said


async def ceiling(world: Playground, method: str, body: dict[str, str], calls: int) -> float:
    """Calls a second that the Web API answers, asked through a few kept connections by one process."""
    left = iter(range(calls))
    content = urlencode(body).encode()
    host, _, port = world.url.removeprefix("http://").partition(":")
    request = (
        f"POST /api/{method} HTTP/1.1\r\nHost: {host}:{port}\r\nAuthorization: Bearer {world.bot_token}\r\n"
        f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(content)}\r\n\r\n"
    ).encode() + content

    async def caller() -> None:
        reader, writer = await asyncio.open_connection(host, int(port))
        for _ in left:
            writer.write(request)
            assert b'"ok":true' in await body_of(reader)
        writer.close()

    began = time.perf_counter()
    await asyncio.gather(*(caller() for _ in range(CALLERS)))
    return calls / (time.perf_counter() - began)


async def fill(world: Playground, room: str) -> tuple[float, float]:
    """Fill the channel; posts and auth.tests a second that the Web API answered meanwhile."""
    posting = await ceiling(world, "chat.postMessage", {"channel": room, "text": "Nothing new"}, MESSAGES)
    return posting, await ceiling(world, "auth.test", {}, CALLS)


async def crowded(world: Playground, room: str) -> tuple[list[float], list[float], list[float], int]:
    """Open all pages, let people write: seconds of first answers, later ones and commands; lines written."""
    taken: list[float] = []
    everybody = [Page(world, f"p{number}", room, taken) for number in range(PEOPLE)]
    pages = [asyncio.create_task(page.run()) for page in everybody]
    try:
        async with asyncio.timeout(OPENING_SECONDS):
            for page in everybody:
                await page.opened.wait()
        opened = list(taken)
        taken.clear()
        writing = asyncio.create_task(write(world, time.perf_counter() + SECONDS))
        together = await commands(world)
        said = await writing
        await asyncio.sleep(1)
        assert not any(open_page.done() for open_page in pages), "some pages did not stay open"
    finally:
        for open_page in pages:
            open_page.cancel()
        await asyncio.gather(*pages, return_exceptions=True)
    return opened, taken, together, said


async def main() -> None:
    """Fill the channel, measure the bot alone, open 200 pages, measure pages and bot together."""
    async with elsewhere() as world, bot(world):
        facts = await world.control.get("setup")
        room = next(str(c["id"]) for c in facts["channels"] if c.get("name") == ROOM)
        posting, asking = await fill(world, room)
        alone = await commands(world)
        opened, taken, together, said = await crowded(world, room)
    p95 = percentile(taken, 0.95) * 1000
    say(f"{PEOPLE} pages in a channel of {MESSAGES:,}: {said} messages, {len(taken)} answers to pages")
    say(f"a page's answer: 95 % within {p95:.0f} ms (target {PAGE_TARGET_MS}), {milliseconds(taken)}")
    say(f"opening {len(opened)} pages at once: {milliseconds(opened)}")
    say(f"a command until acknowledged: alone {milliseconds(alone)}, in the crowd {milliseconds(together)}")
    say(f"the Web API's ceiling: {posting:.0f} posts or {asking:.0f} auth.test a second")
    conclude(
        {
            "page_p95_ms": round(p95, 1),
            "pages": PEOPLE,
            "messages": MESSAGES,
            "posts_per_second": round(posting),
            "auth_tests_per_second": round(asking),
            "command_alone": milliseconds(alone),
            "command_in_crowd": milliseconds(together),
        }
    )


if __name__ == "__main__":
    asyncio.run(serve() if sys.argv[1:] == ["serve"] else main())
