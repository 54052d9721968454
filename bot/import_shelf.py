"""The database as an import sees it: one step at a time, so that questions can be asked in between.

Nothing of an event loop runs while somebody is asked something: Ctrl-C then ends the question at once, and
what was kept before it is on disk.
"""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from sqlalchemy.exc import SQLAlchemyError

from bot import publishing
from bot.clock import Clock
from bot.deciding import with_all_hidden
from bot.settings import StorageSettings
from storage import audit, customers, interviews, workspaces
from storage.database import Database, database_file, open_database
from storage.migrating import is_current
from stories.errors import UserError
from stories.forms import Form
from stories.language import _

T = TypeVar("T")
_FULL_NAME = 2
"""Words from which on a name is taken for the same person when it is met again."""


class Shelf:
    """One workspace's conversations, for putting new ones beside them."""

    def __init__(self, database: Database, workspace_id: str, clock: Clock, runner: asyncio.Runner) -> None:
        self._database, self._clock, self._runner = database, clock, runner
        self.workspace_id = workspace_id

    def holds(self, source_key: str) -> bool:
        """Whether a conversation from this source is kept already."""
        return self._run(self._stored(source_key)) is not None

    def customer_id(self, name: str, company: str) -> int | None:
        """The known customer of exactly this whole name (and company, when given)."""
        if len(name.split()) < _FULL_NAME:
            return None
        return self._run(self._named(name, company))

    def keep(self, form: Form, *, source_key: str, author_id: str, publish: bool) -> int:
        """Keep a form without problems, on disk when this returns; its story's id.

        Raises UserError when `publish` is asked for and the consent in the form does not allow it.
        """
        return self._run(self._keep(form, source_key, author_id, publish=publish))

    async def _stored(self, source_key: str) -> int | None:
        async with self._database.read() as session:
            return await interviews.stored_as(session, self.workspace_id, source_key)

    async def _named(self, name: str, company: str) -> int | None:
        async with self._database.read() as session:
            known = await customers.named(session, self.workspace_id, name, company)
        return None if known is None else known.id

    async def _keep(self, form: Form, source_key: str, author_id: str, *, publish: bool) -> int:
        now = self._clock.now()
        if publish:
            form = with_all_hidden(form, author_id=author_id, now=now)
        async with self._database.begin() as session:
            story_id = await interviews.store(
                session, self.workspace_id, form, source_key=source_key, author_id=author_id, now=now
            )
            entry = audit.Entry(
                at=now, actor_id=author_id, act="import", object_kind="story", object_id=str(story_id)
            )
            await audit.note(session, self.workspace_id, entry)
            if publish:
                await publishing.publish(session, self.workspace_id, story_id, by=author_id, now=now)
        return story_id

    def _run(self, work: Coroutine[Any, Any, T]) -> T:
        return _told(self._runner, work)


@contextmanager
def open_shelf(settings: StorageSettings, clock: Clock, *, workspace: str = "") -> Iterator[Shelf]:
    """The conversations of a workspace (an id), or of the only one there is.

    Raises UserError, with what to do, for a database that is not there, cannot be reached or has another
    version's schema, and for a workspace that is unknown or not named among several.
    """
    _check(settings)
    with asyncio.Runner() as runner:
        database = open_database(settings.database_url, settings.keyring())
        try:
            workspace_id = _chosen(_told(runner, _known(database)), workspace)
            yield Shelf(database, workspace_id, clock, runner)
        finally:
            runner.run(database.close())


def _check(settings: StorageSettings) -> None:
    file = database_file(settings.database_url)
    try:
        ready = (file is None or file.exists()) and is_current(settings.database_url)
    except SQLAlchemyError as error:
        raise UserError(_unreachable(error)) from None
    if not ready:
        raise UserError(
            _("The database is not there yet or is of another version. Run this first: firsthand migrate")
        )


async def _known(database: Database) -> tuple[tuple[str, str], ...]:
    async with database.read() as session:
        return await workspaces.known(session)


def _chosen(known: tuple[tuple[str, str], ...], wanted: str) -> str:
    ids = [workspace_id for workspace_id, _name in known]
    if not ids:
        raise UserError(
            _(
                "This database does not know your Slack workspace yet. Start the bot once (firsthand run) "
                "and import then."
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
