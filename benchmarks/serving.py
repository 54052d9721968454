"""A server for the submissions benchmark: `python -m benchmarks.serving empty|firsthand`."""

from __future__ import annotations

import asyncio
import signal
import sys

import uvloop
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck

from bot import ids, web
from bot.app import create_app
from bot.clock import SystemClock
from bot.connections import OneWorkspace
from bot.desk import Desk
from bot.front import serving
from bot.running import leave_the_start_alone
from bot.settings import load_settings
from storage.database import open_database


def empty_app(desk: Desk) -> AsyncApp:
    """A Bolt app whose one handler only acknowledges."""
    secret = desk.settings.slack_signing_secret
    app = AsyncApp(
        client=OneWorkspace(desk.settings).only_client,
        signing_secret=secret.get_secret_value() if secret else "",
    )

    async def acknowledge(ack: AsyncAck) -> None:
        await ack()

    app.view(ids.INTERVIEW_VIEW)(acknowledge)
    app.view(ids.INTERVIEW_PREVIEW_VIEW)(acknowledge)
    return app


async def main(kind: str) -> None:
    """Serve until the process is told to stop."""
    settings = load_settings()
    desk = Desk(
        settings,
        open_database(settings.database_url, settings.keyring()),
        SystemClock(),
        OneWorkspace(settings),
    )
    stopping = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stopping.set)
    front = web.create_web(create_app(desk) if kind == "firsthand" else empty_app(desk), desk)
    host, port = settings.firsthand_host, settings.firsthand_port
    async with serving(front, host, port, setting="FIRSTHAND_PORT"):
        leave_the_start_alone()
        await stopping.wait()
    await desk.database.close()


if __name__ == "__main__":
    uvloop.run(main(sys.argv[1]))
