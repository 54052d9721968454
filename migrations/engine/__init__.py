"""The schema of the engine that shares work among processes: PostgreSQL only, and not ours."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

from alembic import op

FIRST = "procrastinate_3_10_0.sql"

_DROP = """
DROP TABLE IF EXISTS procrastinate_periodic_defers, procrastinate_events, procrastinate_jobs,
    procrastinate_workers CASCADE;
DO $$
DECLARE one record;
BEGIN
    FOR one IN
        SELECT p.oid::regprocedure AS name FROM pg_proc p
        WHERE starts_with(p.proname, 'procrastinate_') AND p.pronamespace = current_schema()::regnamespace
    LOOP
        EXECUTE 'DROP FUNCTION ' || one.name || ' CASCADE';
    END LOOP;
END;
$$;
DROP TYPE IF EXISTS procrastinate_job_to_defer_v1, procrastinate_job_event_type,
    procrastinate_job_status CASCADE;
"""


def bring() -> None:
    """Make what the engine needs, where there is a PostgreSQL for it."""
    _run(files(__name__).joinpath(FIRST).read_text("utf-8"))


def take_away() -> None:
    """Take all of it away again, jobs that waited included: the posts they were for stay in the outbox."""
    _run(_DROP)


def _run(script: str) -> None:
    connection: Any = op.get_bind()
    if connection.dialect.name == "postgresql":
        # The driver itself takes a script of many statements, and leaves its percent signs alone.
        connection.connection.driver_connection.execute(script)
