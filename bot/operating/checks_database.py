"""The database: reached, of this version, writable, with room, its secrets readable; and what waits in it."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Iterator
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from bot.health import in_words
from bot.operating.findings import Finding, State, broken, look, ok
from bot.settings import StartError, StorageSettings
from bot.starting import NewerSchema, Unreachable, check_schema
from storage import checkup, delivery_care
from storage.database import Database, database_file
from storage.encryption import Keyring
from storage.versions import newest

ROOM_MB = 500
"""Megabytes free beside an embedded database below which somebody had better look."""

LATE = timedelta(minutes=10)
"""How long a digest or a post may be due before something is wrong."""

HEARTBEAT_LATE = timedelta(minutes=1)
"""How long no worker may be heard of: each tells every three seconds that it lives."""

_SERVER = "Start the server, or put DATABASE_URL right. The bot waits for it by itself."
_MIGRATE = "firsthand migrate"


def schema(settings: StorageSettings) -> Finding:
    """Whether the database is there and of this version."""
    url = settings.database_url
    file = database_file(url)
    if file is not None and not file.exists():
        return broken("database", f"There is none at {file} yet.", _MIGRATE)
    try:
        check_schema(url)
    except NewerSchema as error:
        said, _stop, fix = str(error).partition(". ")
        return broken("database", f"{said}.", fix)
    except Unreachable as error:
        return broken("database", str(error), _SERVER)
    except StartError as error:
        said, _told, fix = str(error).partition(" Bring it up to date with: ")
        return broken("database", said, fix or _SERVER)
    return ok("database", "Reached, and of this version's schema.")


async def writing(database: Database) -> Finding:
    """Whether a database that is reached, and of this version, takes what is written."""
    try:
        async with database.begin() as session:
            await checkup.try_writing(session)
    except (SQLAlchemyError, OSError, TimeoutError) as error:
        return broken(
            "database",
            f"Nothing can be written to it: {in_words(error)}.",
            "Does the user whom Firsthand runs as own the file and its folder, or have the right to write on "
            "the server? Is the disk full, or is this a read-only replica?",
        )
    return ok("database", f"Reached, of this version's schema ({newest()}), and it takes what is written.")


def room(settings: StorageSettings) -> Iterator[Finding]:
    """Whether an embedded database has room to grow."""
    file = database_file(settings.database_url)
    if file is None:
        return
    megabytes = shutil.disk_usage(_there(file.parent)).free // 1_000_000
    if megabytes < ROOM_MB:
        yield look(
            "disk", f"{megabytes} MB are free beside the database.", "Make room, or move it to a larger disk."
        )
    else:
        yield ok("disk", f"{megabytes:,} MB are free beside the database.")


def readers(settings: StorageSettings) -> Iterator[Finding]:
    """Whether others on this machine can read an embedded database, as older versions of Firsthand made it.

    Nothing is changed by itself: somebody may have let a group in on purpose, for backups say.
    """
    file = database_file(settings.database_url)
    if file is None or not file.exists():
        return
    open_folder = file.absolute().parent.stat().st_mode & 0o011
    beside = [one for end in ("", "-wal", "-shm") if (one := file.with_name(file.name + end)).exists()]
    if open_folder and any(one.stat().st_mode & 0o044 for one in beside):
        yield look(
            "database",
            f"Other users of this machine can read {file}, with what customers said in it.",
            f"chmod 600 {' '.join(str(one) for one in beside)}",
        )


async def secrets(database: Database, keyring: Keyring, kept: Finding) -> Finding:
    """Whether the keys, of which `kept` tells where they are, open what is secret in it.

    `keyring` may be a passing one where there is none: it shows whether anything needs one.
    """
    async with database.read() as session:
        lost = await checkup.unreadable(session, keyring)
    if not lost:
        return kept
    if kept.state is State.LOOK:
        return broken(
            "keys",
            f"{kept.said} What is secret in the database was written with one: {', '.join(lost)}.",
            "Bring that key back (FIRSTHAND_KEYS, or the .key file). Without it these cannot be read.",
        )
    return broken(
        "keys",
        f"Some secrets open with none of them: {', '.join(lost)}.",
        "Bring back the key with which they were written (add it to FIRSTHAND_KEYS after a comma, or to the "
        ".key file as a line of its own).",
    )


async def workers(database: Database) -> AsyncIterator[Finding]:
    """Whether a process that works was heard of lately, wherever it runs: on a server its heartbeat tells."""
    if database.embedded:
        return
    async with database.read() as session:
        silent = await checkup.workers_silent(session)
    if silent is None:
        yield look(
            "worker",
            "No process with the worker part is at work on this database: nothing is posted.",
            "Start one: firsthand run --worker, or firsthand run, which does everything.",
        )
    elif silent < HEARTBEAT_LATE.total_seconds():
        yield ok("worker", f"Heard of {silent:.0f} s ago.")
    else:
        yield broken(
            "worker",
            f"No process with the worker part was heard of for {lasted(timedelta(seconds=silent))}, so that "
            "nothing is posted.",
            "It hangs, or was killed. Look at /healthz there and at its log, end it, and start it again.",
        )


async def waiting(database: Database, workspace_id: str, now: datetime) -> AsyncIterator[Finding]:
    """How the schedule and the outbox stand for one workspace; `now` is real time."""
    async with database.read() as session:
        outbox = await delivery_care.counts(session, workspace_id)
        pace = await delivery_care.pace(session, workspace_id, now=now, late=now - LATE)
    yield _schedule(workspace_id, pace, now)
    yield _outbox(workspace_id, outbox, now)
    if outbox.in_doubt or outbox.failed:
        yield look(
            "outbox",
            f"{workspace_id}: {outbox.in_doubt} posts in doubt, {outbox.failed} failed.",
            f"Each with its reason and what to do: firsthand deliveries --workspace {workspace_id}",
        )
    if pace.paused_until:
        until = pace.paused_until.strftime("%H:%M UTC")
        yield look("outbox", f"{workspace_id}: Slack asked for a pause until {until}.", "It ends by itself.")


def _schedule(workspace_id: str, pace: delivery_care.Pace, now: datetime) -> Finding:
    if pace.overdue is None:
        return ok("schedule", f"{workspace_id}: nothing is overdue.")
    return broken(
        "schedule",
        f"{workspace_id}: a digest has been due for {lasted(now - pace.overdue)}.",
        "Is a process with the worker part running (firsthand run, or firsthand run --worker)? Its log says "
        "what holds it up.",
    )


def _outbox(workspace_id: str, outbox: delivery_care.Counts, now: datetime) -> Finding:
    if outbox.oldest is None:
        return ok("outbox", f"{workspace_id}: nothing waits.")
    waits = now - outbox.oldest
    said = f"{workspace_id}: {outbox.waiting} waiting, the oldest for {lasted(waits)}."
    if waits < LATE:
        return ok("outbox", said)
    return look(
        "outbox",
        said,
        "What holds each back: firsthand deliveries. If nothing moves, see whether a process with the worker "
        "part is running.",
    )


def lasted(time: timedelta) -> str:
    """How long, roughly: minutes, hours or days."""
    minutes = int(time.total_seconds() // 60)
    if minutes < 120:
        return f"{minutes} min"
    return f"{minutes // 60} h" if minutes < 48 * 60 else f"{minutes // (24 * 60)} days"


def _there(folder: Path) -> Path:
    """The nearest folder above that exists."""
    return next(one for one in (folder.absolute(), *folder.absolute().parents) if one.exists())
