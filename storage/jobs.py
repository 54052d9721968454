"""Jobs of the engine that shares the work on PostgreSQL, made in the transaction that plans a post.

Whoever plans a post may have no worker of its own: the job is there when the post is, and the engine's
`NOTIFY` wakes whichever process is free. Nothing hangs on it: workers look for work without a job as well.
On SQLite there is one worker, in the same process, and no jobs.
"""

from __future__ import annotations

from sqlalchemy import event, text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session

QUEUE = "outbox"
TASK = "drain_workspace"

_WANTED = "workspaces_to_drain"


def lock_of(workspace_id: str) -> str:
    """The engine's lock under which one process at a time drains a workspace."""
    return f"workspace:{workspace_id}"


async def want(session: AsyncSession, workspace_id: str) -> None:
    """Have this workspace drained as soon as the transaction is committed; nothing when it is undone."""
    if session.get_bind().dialect.name != "postgresql":
        return
    wanted: set[str] = session.info.setdefault(_WANTED, set())
    if not wanted:
        # As the last statement: others who plan for the same workspace wait for the commit alone.
        event.listen(session.sync_session, "before_commit", _make, once=True)
    wanted.add(workspace_id)


def _make(session: Session) -> None:
    ids = sorted(session.info.pop(_WANTED))
    values = {"ids": ids, "locks": [lock_of(one) for one in ids], "queue": QUEUE, "task": TASK}
    session.execute(_MAKE, values)


_MAKE = text(
    """
    WITH wanted AS (
        SELECT * FROM unnest(CAST(:ids AS text[]), CAST(:locks AS text[])) AS wanted (workspace_id, lock)
    ),
    waiting AS (
        SELECT jobs.queueing_lock FROM procrastinate_jobs AS jobs
        WHERE jobs.status = 'todo' AND jobs.queueing_lock = ANY (CAST(:locks AS text[]))
        ORDER BY jobs.queueing_lock
        FOR KEY SHARE
    )
    INSERT INTO procrastinate_jobs (queue_name, task_name, lock, queueing_lock, args)
    SELECT :queue, :task, lock, lock, jsonb_build_object('workspace_id', workspace_id)
    FROM wanted WHERE lock NOT IN (SELECT queueing_lock FROM waiting)
    ORDER BY lock
    ON CONFLICT (queueing_lock) WHERE status = 'todo' DO NOTHING
    """
)
"""A job for each workspace that has none waiting.

One that waits already is held until the commit: nobody begins it before the post can be seen. A job that
is at work may have looked already, so that another follows it.
"""
