"""The Slack of the kill trial, in its own process: `python -m benchmarks.kill_slack PORT CHANNELS [KEEP]`."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from playground.client import Playground
from playground.setup import Person, Room, Setup, Tokens, Tuning

TOKEN = "xoxb-kill-trial"  # noqa: S105 a Slack of our own, for the length of a run


async def main(port: int, channels: int, keep: Path | None) -> None:
    """Serve until killed."""
    rooms = tuple(Room(f"room{number}", members=("ana",), bot=True) for number in range(channels))
    setup = Setup(
        people=(Person("ana", "Ana", is_admin=True),),
        channels=rooms,
        tokens=Tokens(bot=TOKEN),
        seed=1,
        keep=keep,
        tuning=Tuning(rates=False),
    )
    async with Playground.start(setup, port=port) as world:
        print(world.url, flush=True)
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]) if len(sys.argv) > 3 else None))
