"""Copies of an embedded database: made while it is written to, looked through, and put in its place.

Everything here blocks and works on files; commands use it, the running bot does not.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from storage.versions import newest

AGAIN_MS = 5_000
"""How long a copy waits for a lock; writers hold theirs for milliseconds."""

PAGES_AT_ONCE = -1
"""All in one look: a copy made piece by piece would start again with each change."""


class NotUsable(Exception):
    """A file that is no database of Firsthand's, is damaged, or is of a version newer than this code."""


class InUse(Exception):
    """Somebody has the database open."""


def copy(source: Path, target: Path) -> None:
    """Copy a database as it is at one moment, whoever writes to it meanwhile; one file, for its owner alone.

    Raises FileExistsError for a target that is there, sqlite3.Error, OSError, and NotUsable when the copy is
    not sound; nothing is left then.
    """
    new = target.with_name(f"{target.name}.unfinished")
    new.unlink(missing_ok=True)
    os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    try:
        os.close(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        with closing(_reading(source)) as here, closing(sqlite3.connect(new)) as there:
            here.backup(there, pages=PAGES_AT_ONCE)
            # Otherwise whoever opens the copy makes two more files beside it.
            there.execute("PRAGMA journal_mode = DELETE")
        check(new)
        _keep(new)
        new.replace(target)
    except BaseException:
        new.unlink(missing_ok=True)
        target.unlink(missing_ok=True)
        raise


def check(file: Path) -> str:
    """The version of the schema in a sound database of Firsthand's. Raises NotUsable with the reason."""
    try:
        with closing(_reading(file)) as opened:
            said = opened.execute("PRAGMA integrity_check(1)").fetchone()[0]
            if said != "ok":
                raise NotUsable(f"{file} is damaged: {said}")
            version = str(opened.execute("SELECT version_num FROM alembic_version").fetchone()[0])
    except (sqlite3.Error, TypeError) as error:
        raise NotUsable(f"{file} is no database of Firsthand's ({error})") from error
    if version > newest():
        raise NotUsable(
            f"{file} was written by a newer version of Firsthand ({version}, this one is {newest()})"
        )
    return version


@contextmanager
def alone(file: Path) -> Iterator[None]:
    """Have the database to oneself for the length of the block, what was written to it all in the one file.

    Raises InUse while another process has it open: leaving the write-ahead log needs that nobody else has.
    """
    with closing(sqlite3.connect(file, timeout=0, isolation_level=None)) as opened:
        try:
            opened.execute("PRAGMA journal_mode = DELETE")
            opened.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            raise InUse(str(error)) from error
        yield


def hold_waiting_posts(file: Path) -> int:
    """Have posts that wait in a copy be looked for in Slack before they are made; tells how many.

    They may have been posted after the copy was made. They become posts whose answer was lost, which the
    outbox settles from the channels' histories.
    """
    with closing(sqlite3.connect(file)) as opened, opened:
        held = opened.execute(
            "UPDATE deliveries SET state = 'sending', owner = 'restore', sending_at = created_at, "
            "lease_until = created_at WHERE state = 'pending' AND method = 'chat.postMessage'"
        )
        return held.rowcount


def erasures_since(restored: Path, replaced: Path) -> int:
    """How many erasures the replaced database knows that the restored one does not."""
    known = _erasures(restored)
    return len(_erasures(replaced) - known)


def _erasures(file: Path) -> set[tuple[str, int, str]]:
    with closing(_reading(file)) as opened:
        try:
            rows = opened.execute("SELECT workspace_id, id, asked_at FROM erasures")
        except sqlite3.OperationalError:
            return set()  # of a version that kept none
        return {(str(workspace), int(number), str(at)) for workspace, number, at in rows}


def _reading(file: Path) -> sqlite3.Connection:
    opened = sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)
    opened.execute(f"PRAGMA busy_timeout = {AGAIN_MS}")
    return opened


def _keep(file: Path) -> None:
    descriptor = os.open(file, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
