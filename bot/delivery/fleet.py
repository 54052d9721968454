"""Many processes share the workspaces: on PostgreSQL, through procrastinate.

A job says *drain this workspace* and nothing else; what is to be posted stands in the outbox. Its lock lets
one process at a time drain a workspace, its queueing lock keeps jobs from piling up. Whoever plans a post
makes the job in the same transaction (`storage.jobs`). What becomes due by itself, and a job that was lost,
cost a second: every process looks for workspaces that have work and no job. The jobs of a process that died
are ended by whoever notices that its heart has stopped.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager, suppress

from procrastinate import App, PsycopgConnector, exceptions
from procrastinate.jobs import DeleteJobCondition, Job, Status
from sqlalchemy import URL

from bot.delivery.office import TROUBLE, Office
from bot.delivery.working import LOOK_SECONDS, OUTBOX, WAITING, ready, work
from bot.log_ids import one_round
from storage.jobs import QUEUE, TASK, lock_of

log = logging.getLogger(__name__)

WORKSPACES_AT_ONCE = 1_000
"""Jobs of one process at a time. Most wait for Slack; what they may do at once is the office's to say."""

CONNECTIONS = 4
"""Of the engine's own to PostgreSQL, one of which listens."""

LAST_WORDS_SECONDS = 30.0
"""How long drains have to write their answers down when the engine itself stumbled."""

RETRY_SECONDS = 2.0
"""How long the engine rests when PostgreSQL is away."""

_ENGINE_TROUBLE = (exceptions.ProcrastinateException, *TROUBLE)


class Fleet:
    """This process among those that share the work."""

    def __init__(self, office: Office) -> None:
        self._office = office

    async def keep(self) -> None:
        """Share the work until the office stops; what was begun is finished first."""
        # Two lines for every job tell nothing that the outbox does not.
        logging.getLogger("procrastinate").setLevel(logging.WARNING)
        while not self._office.stopping:
            self._office.desk.health.beat(OUTBOX)
            try:
                await self._take_part()
            except _ENGINE_TROUBLE as error:
                log.warning("sharing the work waits for PostgreSQL: %s", error)
            except Exception:
                log.exception("sharing the work stumbled and goes on")
            if not self._office.stopping:
                await self._office.rest(RETRY_SECONDS)

    async def _take_part(self) -> None:
        patience = self._office.patience
        async with jobs_at(self._office.desk.database.url) as app:

            @app.task(name=TASK, queue=QUEUE)
            async def drain_workspace(workspace_id: str) -> None:
                await work(self._office, workspace_id)

            working = asyncio.create_task(
                app.run_worker_async(
                    queues=[QUEUE],
                    concurrency=WORKSPACES_AT_ONCE,
                    delete_jobs=DeleteJobCondition.ALWAYS.value,
                    install_signal_handlers=False,
                    shutdown_graceful_timeout=LAST_WORDS_SECONDS,
                    update_heartbeat_interval=patience.heartbeat,
                    stalled_worker_timeout=patience.dead_after,
                    fetch_job_polling_interval=LOOK_SECONDS,
                )
            )
            try:
                await self._sweep(app, working)
            finally:
                working.cancel()
                with suppress(asyncio.CancelledError, *_ENGINE_TROUBLE):
                    await working

    async def _sweep(self, app: App, working: asyncio.Task[None]) -> None:
        """Have a job for every workspace with something to do, until the office stops or the worker ends."""
        while not self._office.stopping and not working.done():
            self._office.desk.health.beat(OUTBOX)
            with one_round("outbox"):
                try:
                    await end_stalled(app, self._office.patience.dead_after)
                    await defer(app, await ready(self._office))
                    self._office.desk.health.beat(WAITING)
                except _ENGINE_TROUBLE as error:
                    log.warning("the outbox waits for PostgreSQL: %s", error)
            await self._office.rest(LOOK_SECONDS)
        if working.done():
            log.warning("the engine's worker ended and is started anew")


@asynccontextmanager
async def jobs_at(url: URL) -> AsyncIterator[App]:
    """The engine's jobs in this database, over connections of its own."""
    address = url.set(drivername="postgresql").render_as_string(hide_password=False)
    connector = PsycopgConnector(conninfo=address, min_size=1, max_size=CONNECTIONS, timeout=RETRY_SECONDS)
    app = App(connector=connector)
    async with app.open_async():
        yield app


async def defer(app: App, workspace_ids: Sequence[str]) -> None:
    """Have a job for each of these workspaces, unless one waits or is at work already."""
    busy = await _with_jobs(app) if workspace_ids else frozenset()
    jobs = [_job(app, workspace_id) for workspace_id in workspace_ids if workspace_id not in busy]
    if not jobs:
        return
    try:
        await app.job_manager.batch_defer_jobs_async(jobs)
    except exceptions.AlreadyEnqueued:
        # Somebody else deferred one of them meanwhile, and none of ours came in.
        for job in jobs:
            with suppress(exceptions.AlreadyEnqueued):
                await app.job_manager.defer_job_async(job)


async def end_stalled(app: App, dead_after: float) -> None:
    """End the jobs of processes whose heart stopped so many seconds ago: whoever looks next makes new ones.

    A retry would keep both locks of the job and jam its workspace for good
    (https://github.com/procrastinate-org/procrastinate/issues/1446).
    """
    stalled = await app.job_manager.get_stalled_jobs(queue=QUEUE, seconds_since_heartbeat=dead_after)
    for job in stalled:
        log.warning("taking over %s from a process that is gone", job.task_kwargs.get("workspace_id"))
        with suppress(exceptions.ConnectorException):
            await app.job_manager.finish_job(job, Status.FAILED, delete_job=True)


async def _with_jobs(app: App) -> frozenset[str]:
    found: set[str] = set()
    for status in (Status.TODO, Status.DOING):
        jobs: Iterable[Job] = await app.job_manager.list_jobs_async(queue=QUEUE, status=status.value)
        found |= {str(job.task_kwargs["workspace_id"]) for job in jobs}
    return frozenset(found)


def _job(app: App, workspace_id: str) -> Job:
    task = app.configure_task(
        TASK, queue=QUEUE, lock=lock_of(workspace_id), queueing_lock=lock_of(workspace_id)
    )
    return task.make_new_job(workspace_id=workspace_id)
