"""The running bot: what answers Slack, what keeps the schedule, and how both end."""

from __future__ import annotations

import asyncio
import gc
import logging
import signal
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from functools import partial

from slack_bolt.app.async_app import AsyncApp
from starlette.applications import Starlette

from bot import home_following, inbox, logs, schedule, telling_languages
from bot.accounts.renewals import look as look_at_renewals
from bot.app import connect_socket, create_app
from bot.attention_rounds import decide_waiting
from bot.avatars.following_comments import follow_turned
from bot.avatars.milestone_rounds import look_back
from bot.avatars.pinning import keep_pinned
from bot.avatars.reminding import remember
from bot.avatars.wanted_reminding import remind_of_talks
from bot.channel_rolls import keep_rolls
from bot.clock import Clock
from bot.connections import Connections, NotConnected, OneWorkspace
from bot.delivery import worker as outbox
from bot.delivery.asking import consent_asked, refusal_followed
from bot.desk import Desk
from bot.endings.spreading import spread
from bot.erasing.rounds import Rounds
from bot.feeds.ticking import reading_feeds
from bot.health import Health, health_routes
from bot.installing.installed import Installed
from bot.installing.leaving import keep_house
from bot.log_ids import each
from bot.moderation import publish_due
from bot.momentum.rounds import look as look_for_thanks
from bot.nps.sources.ticking import pulling
from bot.nps.watching import watch
from bot.nps.worth_watching import recheck
from bot.operating.measuring import measuring
from bot.priorities.rounds import look
from bot.recalling import catch_up_everywhere
from bot.reminders import remind
from bot.rota.rounds import keep_rota
from bot.routing.following import follow_turned_routes
from bot.routing.planning import route_due
from bot.search_gleaning import gleaning
from bot.seldom import Seldom
from bot.series.rounds import look as look_at_series
from bot.settings import Settings
from bot.stage.remember_rounds import look as look_at_days
from bot.stage.rounds import keep_stage
from bot.starting import Start, ToldToStop
from bot.web import Front, create_web, serving
from storage.database import Database, open_database

log = logging.getLogger(__name__)

SCHEDULE = "the schedule"
SCHEDULE_SECONDS = 1800.0
"""How long the schedule may take to come round: 100,000 channels due at once take minutes."""


async def serve(settings: Settings, clock: Clock, *, web: bool = True, worker: bool = True) -> None:
    """Run until the process is asked to stop (SIGTERM or Ctrl-C); what was begun is finished first."""
    logs.configure(settings)
    stopping = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stopping.set)
    try:
        # All parts come to their end side by side, though they are left one after the other.
        async with running(settings, clock, web=web, worker=worker, stopping=stopping):
            leave_the_start_alone()
            log.info("Firsthand is ready")
            await stopping.wait()
    except ToldToStop:
        log.info("asked to stop before the start was over")
    log.info("Firsthand has stopped")


def leave_the_start_alone() -> None:
    """Have the garbage collector pass over what was made at the start, and look less often at the rest.

    Walking a hundred megabytes of modules with every few requests made the slowest answers twice as slow.
    """
    gc.collect()
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

    A database or a Slack that cannot be reached is waited for, and `/readyz` says so meanwhile. `stopping`
    is set when the process is asked to end. Raises StartError, in words that say what to do, when it cannot
    start, and ToldToStop when it is asked to end before it has.
    """
    stopping = stopping or asyncio.Event()
    start = start or Start(Health(), stopping)
    async with AsyncExitStack() as stack:
        front = await stack.enter_async_context(_front(settings, start.health, web=web))
        await start.database(settings.database_url)
        database = open_database(settings.database_url, settings.keyring())
        stack.push_async_callback(database.close)
        connections = _connections(settings, database, clock)
        desk = Desk(settings, database, clock, connections, stopping=stopping, health=start.health)
        if isinstance(connections, OneWorkspace):
            await start.introduce(desk, connections)
        if worker:
            await stack.enter_async_context(_working(desk))
        app = create_app(desk) if web else None
        await stack.enter_async_context(measuring(desk, app))
        if app is not None:
            await stack.enter_async_context(_listening(app, desk, front))
        else:
            await stack.enter_async_context(
                front.open(Starlette(routes=health_routes(desk.health, database)))
            )
        yield desk


@asynccontextmanager
async def _working(desk: Desk) -> AsyncIterator[None]:
    """The outbox, the schedule, and what is looked at by itself."""
    async with AsyncExitStack() as stack:
        asking, following = consent_asked(desk), refusal_followed(desk)
        await stack.enter_async_context(outbox.draining(desk, asking, following))
        desk.health.expect(SCHEDULE, SCHEDULE_SECONDS, vital=False)
        also = (
            partial(_comes_round, desk.health),
            partial(remember, desk),
            partial(follow_turned, desk),
            partial(follow_turned_routes, desk),
            partial(route_due, desk),
            partial(look_back, desk),
            partial(keep_pinned, desk),
            partial(keep_rota, desk),
            partial(keep_stage, desk),
            Seldom(desk, keep_rolls).look,
            Seldom(desk, telling_languages.tell).look,
            partial(_unasked, desk),
            partial(publish_due, desk),
            partial(catch_up_everywhere, desk),
            partial(keep_house, desk),
            Rounds(desk).look,
        )
        await stack.enter_async_context(schedule.ticking(desk, *also))
        await stack.enter_async_context(home_following.following(desk))
        await stack.enter_async_context(gleaning(desk))
        await stack.enter_async_context(pulling(desk))
        await stack.enter_async_context(reading_feeds(desk))
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


def _connections(settings: Settings, database: Database, clock: Clock) -> Connections:
    if settings.many_workspaces:
        return Installed(settings, database, clock)
    return OneWorkspace(settings)


async def _unasked(desk: Desk) -> None:
    """Remind people of what they promised, and decide about what waits for room, in every workspace."""
    for workspace_id in each(await desk.connections.workspaces()):
        try:
            await remind(desk, workspace_id)
            await spread(desk, workspace_id)
            await look_at_renewals(desk, workspace_id)
            await remind_of_talks(desk, workspace_id)
            await watch(desk, workspace_id)
            await look_at_series(desk, workspace_id)
            await recheck(desk, workspace_id)
            await look(desk, workspace_id)
            await look_for_thanks(desk, workspace_id)
            await look_at_days(desk, workspace_id)
            await decide_waiting(desk, workspace_id)
        except NotConnected as lost:
            log.info("nothing unasked goes there: %s", lost)


async def _comes_round(health: Health) -> None:
    health.beat(SCHEDULE)


@asynccontextmanager
async def _listening(app: AsyncApp, desk: Desk, front: Front) -> AsyncIterator[None]:
    """Socket Mode when there is an app token, and HTTP on one port: Slack's calls and our health."""
    async with AsyncExitStack() as stack:
        await stack.enter_async_context(inbox.looked_after(app))
        if desk.settings.slack_app_token:
            handler = await connect_socket(app, desk)
            stack.push_async_callback(handler.close_async)
        await stack.enter_async_context(front.open(create_web(app, desk)))
        yield
