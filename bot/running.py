"""The running bot: what answers Slack, what keeps the schedule, and how both end."""

from __future__ import annotations

import asyncio
import gc
import logging
import signal
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from importlib import import_module

from slack_bolt.app.async_app import AsyncApp
from starlette.applications import Starlette
from starlette.types import ASGIApp

from bot import inbox, logs
from bot.clock import Clock
from bot.connections import Connections, OneWorkspace
from bot.desk import Desk
from bot.front import Front, serving
from bot.health import Health, health_routes
from bot.installing.installed import Installed
from bot.operating.measuring import measuring
from bot.settings import Settings
from bot.starting import Start, ToldToStop
from storage.database import Database, open_database

log = logging.getLogger(__name__)

FACE, WORK = ("bot.app", "bot.web"), ("bot.working",)
"""What answers people, and what works unasked: most of the code, read while the database and Slack answer.

Whoever does both is ready before it has read the second.
"""


async def serve(
    settings: Settings,
    clock: Clock,
    *,
    web: bool = True,
    worker: bool = True,
    despite_lost_secrets: bool = False,
) -> None:
    """Run until the process is asked to stop (SIGTERM or Ctrl-C); what was begun is finished first.

    With `despite_lost_secrets` it starts although none of the keys opens some secret.
    """
    logs.configure(settings)
    stopping = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stopping.set)
    start = Start(Health(), stopping, despite_lost=despite_lost_secrets)
    try:
        # All parts come to their end side by side, though they are left one after the other.
        async with running(settings, clock, web=web, worker=worker, stopping=stopping, start=start):
            leave_the_start_alone()
            log.info("everything is loaded")
            await stopping.wait()
    except ToldToStop:
        log.info("asked to stop before the start was over")
    log.info("Firsthand has stopped")


def leave_the_start_alone() -> None:
    """Have the garbage collector pass over what was made at the start, and look less often at the rest.

    Walking a hundred megabytes of modules with every few requests made the slowest answers twice as slow.
    What was garbage by then, a hundredth, stays: looking for it would hold up the first answers.
    """
    gc.freeze()
    gc.set_threshold(20_000, 50, 50)


@asynccontextmanager
async def running(
    settings: Settings,
    clock: Clock,
    *,
    web: bool = True,
    worker: bool = True,
    stopping: asyncio.Event | None = None,
    start: Start | None = None,
) -> AsyncIterator[Desk]:
    """The bot at work for the length of the block: ready when it is entered, at rest when it is left.

    A database or a Slack that cannot be reached is waited for, as `/readyz` says. `stopping` is set when the
    process is to end. Raises StartError, in words that say what to do, and ToldToStop when it ends before.
    """
    stopping = stopping or asyncio.Event()
    start = start or Start(Health(), stopping)
    async with AsyncExitStack() as stack:
        front = await stack.enter_async_context(_front(settings, start.health, web=web))
        reading = asyncio.create_task(_read(*(FACE if web else WORK)))
        stack.callback(reading.cancel)
        database = await stack.enter_async_context(_database(settings, start))
        connections = _connections(settings, database, clock)
        desk = Desk(settings, database, clock, connections, stopping=stopping, health=start.health)
        if isinstance(connections, OneWorkspace):
            await start.introduce(desk, connections)
        await reading
        # What is begun last is left first; but listeners come to their end before what they set going.
        at_work = await stack.enter_async_context(AsyncExitStack())
        app = _app(desk) if web else None
        await stack.enter_async_context(measuring(desk, app))
        if app is None:
            await at_work.enter_async_context(_doing(desk, None, worker=worker))
            health = Starlette(routes=health_routes(desk.health, database))
            await stack.enter_async_context(_open(front, health))
        else:
            await stack.enter_async_context(_listening(app, desk, front, start))
            await at_work.enter_async_context(_doing(desk, app, worker=worker))
        yield desk


@asynccontextmanager
async def _database(settings: Settings, start: Start) -> AsyncIterator[Database]:
    """The database once it is there, with keys that open what it holds."""
    await start.database(settings.database_url)
    keyring = await asyncio.to_thread(settings.keyring)
    database = open_database(settings.database_url, keyring)
    try:
        await start.keys(database, keyring)
        yield database
    finally:
        await database.close()


@asynccontextmanager
async def _doing(desk: Desk, app: AsyncApp | None, *, worker: bool) -> AsyncIterator[None]:
    """What is done unasked, and events that another process left."""
    async with AsyncExitStack() as stack:
        if worker:
            await _read(*WORK)
            from bot.working import working

            await stack.enter_async_context(working(desk))
        if app is not None:
            await stack.enter_async_context(inbox.looked_after(app))
        yield


@asynccontextmanager
async def _front(settings: Settings, health: Health, *, web: bool) -> AsyncIterator[Front]:
    """What answers on this process's port, if it has one, from now on."""
    port = settings.firsthand_port if web else settings.firsthand_health_port
    setting = "FIRSTHAND_PORT" if web else "FIRSTHAND_HEALTH_PORT"
    front = Front(health)
    if port is None:
        yield front
        return
    async with serving(front, settings.firsthand_host, port, setting=setting):
        yield front


async def _read(*modules: str) -> None:
    """Import these beside what the process does: its port answers meanwhile. Raises what they raise."""
    for name in modules:
        await asyncio.to_thread(import_module, name)


def _app(desk: Desk) -> AsyncApp:
    from bot.app import create_app

    return create_app(desk)


def _connections(settings: Settings, database: Database, clock: Clock) -> Connections:
    if settings.many_workspaces:
        return Installed(settings, database, clock)
    return OneWorkspace(settings)


@asynccontextmanager
async def _listening(app: AsyncApp, desk: Desk, front: Front, start: Start) -> AsyncIterator[None]:
    """Socket Mode when there is an app token, and HTTP on one port: Slack's calls and our health."""
    from bot.socket_mode import Line
    from bot.web import create_web

    async with AsyncExitStack() as stack:
        if token := desk.settings.slack_app_token:
            line = Line(app, token.get_secret_value(), desk.health)
            stack.push_async_callback(line.close)
            await start.socket(line.open)
        await stack.enter_async_context(_open(front, create_web(app, desk)))
        yield


@asynccontextmanager
async def _open(front: Front, answers: ASGIApp) -> AsyncIterator[None]:
    async with front.open(answers):
        log.info("Firsthand is ready")
        yield
