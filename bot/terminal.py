"""What commands at a terminal share: the database, one workspace of it, one step at a time.

Nothing of an event loop runs while somebody is asked something: Ctrl-C then ends the question at once, and
what was kept before it is on disk.
"""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from sqlalchemy.exc import SQLAlchemyError

from bot.settings import StorageSettings
from storage import workspaces
from storage.database import Database, database_file, open_database
from storage.versions import is_current
from stories.errors import UserError
from stories.language import _
from stories.values import dataclass

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Terminal:
    """A workspace's database, for work that is run to its end before the next begins."""

    database: Database
    workspace_id: str
    runner: asyncio.Runner

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        """The work's answer. Raises UserError when the database fails."""
        return _told(self.runner, work)


@contextmanager
def open_terminal(settings: StorageSettings, *, workspace: str = "") -> Iterator[Terminal]:
    """The database with a workspace (an id), or with the only one there is.

    Raises UserError, with what to do, for a database that is not there, cannot be reached or has another
    version's schema, and for a workspace that is unknown or not named among several.
    """
    _check(settings)
    with asyncio.Runner() as runner:
        database = open_database(settings.database_url, settings.keyring())
        try:
            workspace_id = _chosen(_told(runner, _known(database)), workspace)
            yield Terminal(database, workspace_id, runner)
        finally:
            runner.run(database.close())


def _check(settings: StorageSettings) -> None:
    file = database_file(settings.database_url)
    if file is not None and not file.exists():
        said = _("There is no database at {file} yet. Make it with: firsthand migrate")
        raise UserError(said.format(file=file))
    try:
        ready = is_current(settings.database_url)
    except SQLAlchemyError as error:
        raise UserError(_unreachable(error)) from None
    if not ready:
        raise UserError(_("The database is not of this version. Bring it up to date with: firsthand migrate"))


async def _known(database: Database) -> tuple[tuple[str, str], ...]:
    async with database.read() as session:
        return await workspaces.known(session)


def _chosen(known: tuple[tuple[str, str], ...], wanted: str) -> str:
    ids = [workspace_id for workspace_id, _name in known]
    if not ids:
        raise UserError(
            _(
                "This database does not know your Slack workspace yet. Start the bot once (firsthand run) "
                "and try again then."
            )
        )
    if wanted in ids or (not wanted and len(ids) == 1):
        return wanted or ids[0]
    listed = ", ".join(f"{workspace_id} ({name})" for workspace_id, name in known)
    raise UserError(
        _("Say which Slack workspace these belong to, with --workspace. Known are: {listed}").format(
            listed=listed
        )
    )


def _told(runner: asyncio.Runner, work: Coroutine[Any, Any, T]) -> T:
    """The work's answer. Raises UserError when the database fails."""
    try:
        return runner.run(work)
    except (SQLAlchemyError, OSError, TimeoutError) as error:
        raise UserError(_unreachable(error)) from None


def _unreachable(error: BaseException) -> str:
    reason = str(getattr(error, "orig", None) or error).strip().split("\n")[0]
    return _(
        "The database (DATABASE_URL) cannot be used right now: {reason}. What was kept stays; run this again "
        "and it goes on from there."
    ).format(reason=reason)
