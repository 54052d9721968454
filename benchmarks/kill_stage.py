"""The playground of the crash trial, in a process of its own that can be killed, and what stands in it."""

from __future__ import annotations

import asyncio
import re
import socket
import sys
from collections import Counter
from pathlib import Path

from benchmarks.kill_worker import SLACK_LATE_SECONDS
from playground.client import Playground

LATENCY_SECONDS = 0.02
FAULTS_A_KIND = 15
"""How often each kind of fault strikes, at least; 429 and 500 a third as often."""


class Slack:
    """The playground's process."""

    def __init__(self, channels: int, posts: int, keep: Path | None) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self._port = int(free.getsockname()[1])
        self._command = [sys.executable, "-m", "benchmarks.kill_slack", str(self._port), str(channels)]
        self._command += [str(keep)] if keep else []
        self._chance = max(0.001, FAULTS_A_KIND / posts)
        self.url = f"http://127.0.0.1:{self._port}"

    async def start(self) -> None:
        """Up, with its faults."""
        # Its server complains about every connection that a fault breaks.
        answer, nothing = asyncio.subprocess.PIPE, asyncio.subprocess.DEVNULL
        self.process = await asyncio.create_subprocess_exec(*self._command, stdout=answer, stderr=nothing)
        assert self.process.stdout
        assert await self.process.stdout.readline(), "the playground did not start"
        chance = self._chance
        async with Playground.connect(self.url) as world:
            for kind in ("lose_answer", "drop"):
                await world.faults.add("chat.postMessage", kind, times=0, probability=chance)
            late = {"seconds": SLACK_LATE_SECONDS, "times": 0, "probability": chance}
            await world.faults.add("chat.postMessage", "late", **late)
            for status in (429, 500):
                details = {"status": status, "seconds": 1.0, "times": 0, "probability": chance / 3}
                await world.faults.add("chat.postMessage", "status", **details)
            await world.faults.add("chat.postMessage", "delay", times=0, seconds=LATENCY_SECONDS)

    async def kill(self) -> None:
        """With -9."""
        self.process.kill()
        await self.process.wait()


async def standing(slack: Slack, channels: int) -> Counter[int]:
    """How often each post stands."""
    found: Counter[int] = Counter()
    async with Playground.connect(slack.url) as world:
        for number in range(channels):
            messages = await world.channel(f"room{number}").messages()
            found.update(int(re.sub(r"\D", "", message.text)) for message in messages)
    return found


async def places(slack: Slack) -> list[str]:
    """The ids of the playground's rooms."""
    async with Playground.connect(slack.url) as world:
        rooms = (await world.control.get("setup"))["channels"]
    return [str(room["id"]) for room in rooms if room["name"].startswith("room")]
