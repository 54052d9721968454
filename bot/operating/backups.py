"""Backing an embedded database up and bringing it back, as the commands do it."""

from __future__ import annotations

import asyncio
import sqlite3
from datetime import datetime
from pathlib import Path

from bot.operating import checks_settings
from bot.operating.findings import Finding
from bot.settings import StorageSettings
from storage import backups
from storage.backups import InUse, NotUsable
from storage.checkup import unreadable
from storage.database import database_file, open_database
from storage.encryption import Keyring, new_key
from storage.migrating import migrate
from storage.places import make_room, set_aside
from stories.errors import UserError
from stories.language import _
from stories.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """What came of it: where the former database is kept, and what has to be done by a person."""

    kept: Path | None
    held: int
    erasures: int
    locked: tuple[str, ...]


def back_up(settings: StorageSettings, to: Path, now: datetime) -> Path:
    """Copy the database to a new file, or into a folder under a name with the moment; tells where.

    The bot may run meanwhile. Raises UserError with what to do.
    """
    source = _own_file(settings)
    if not source.exists():
        raise UserError(_("There is no database at {file} yet.").format(file=source))
    target = to / f"firsthand-{now:%Y-%m-%dT%H%M%SZ}.sqlite3" if to.is_dir() else to
    try:
        backups.copy(source, target)
    except FileExistsError:
        raise UserError(_("{file} is there already: name a new one.").format(file=target)) from None
    except (sqlite3.Error, OSError, NotUsable) as error:
        raise UserError(_("The copy cannot be made: {reason}.").format(reason=error)) from error
    return target


def restore(settings: StorageSettings, source: Path, now: datetime) -> Restored:
    """Put a backup in the database's place, brought to this version; the former one is kept beside it.

    Raises UserError with what to do: while the bot runs, for a file that is not usable. Then nothing has
    changed.
    """
    own = _own_file(settings)
    make_room(own)
    new = own.with_name(f"{own.name}.restoring")
    new.unlink(missing_ok=True)
    try:
        backups.check(source)
        backups.copy(source, new)
        migrate(f"sqlite:///{new}")
        held = backups.hold_waiting_posts(new)
        kept, erasures = _put_in_place(own, new, now)
    except InUse:
        raise UserError(
            _("{file} is open: stop every process of Firsthand first, then run this again.").format(file=own)
        ) from None
    except (NotUsable, sqlite3.Error, OSError) as error:
        raise UserError(_("Nothing was changed. {reason}.").format(reason=error)) from error
    finally:
        new.unlink(missing_ok=True)
    return Restored(kept=kept, held=held, erasures=erasures, locked=asyncio.run(_locked(settings)))


def key_said(settings: StorageSettings) -> Finding:
    """Where the keys are, which no backup holds."""
    return checks_settings.keys(settings)


def _put_in_place(own: Path, new: Path, now: datetime) -> tuple[Path | None, int]:
    if not own.exists():
        new.replace(own)
        return None, 0
    kept = own.with_name(f"{own.name}.before-{now:%Y-%m-%dT%H%M%SZ}")
    with backups.alone(own):
        set_aside(own, kept)
        new.replace(own)
    return kept, backups.erasures_since(own, kept)


async def _locked(settings: StorageSettings) -> tuple[str, ...]:
    """The columns whose secrets do not open with the keys that are there."""
    # Where there is none, a passing one shows whether there is anything that needs one.
    keyring = checks_settings.keyring(settings) or Keyring([new_key()])
    database = open_database(settings.database_url, keyring)
    try:
        async with database.read() as session:
            return await unreadable(session, keyring)
    finally:
        await database.close()


def _own_file(settings: StorageSettings) -> Path:
    file = database_file(settings.database_url)
    if file is None:
        raise UserError(
            _("DATABASE_URL is a server: use its own tools, pg_dump and pg_restore (docs/backup.md).")
        )
    return file
