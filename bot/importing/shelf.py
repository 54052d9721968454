"""The database as an import sees it: one step at a time, so that questions can be asked in between."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot import publishing
from bot.clock import Clock
from bot.deciding import with_all_hidden
from bot.dropping.keeping import Kept, kept_before
from bot.moderation import hold
from bot.settings import StorageSettings
from bot.terminal import Terminal, open_terminal
from storage import audit, customers, interviews, stories
from stories.forms import Form

_FULL_NAME = 2
"""Words from which on a name is taken for the same person when it is met again."""


class Shelf:
    """One workspace's conversations, for putting new ones beside them."""

    def __init__(self, terminal: Terminal, clock: Clock) -> None:
        self._database, self._clock, self._run = terminal.database, clock, terminal.run
        self.workspace_id = terminal.workspace_id

    def holds(self, fingerprint: str) -> bool:
        """Whether a conversation of these words is kept already, as a draft that came through Slack too."""
        return self._run(self._kept(fingerprint)) is not None

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

    async def _kept(self, fingerprint: str) -> Kept | None:
        async with self._database.read() as session:
            return await kept_before(session, self.workspace_id, fingerprint)

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
                await _publish(session, self.workspace_id, story_id, by=author_id, now=now)
        return story_id


async def _publish(
    session: AsyncSession, workspace_id: str, story_id: int, *, by: str, now: datetime
) -> None:
    """Publish what was just kept, or have it wait for an editor."""
    story = await stories.get(session, workspace_id, story_id)
    if story is None or not await hold(session, workspace_id, story, by=by, now=now):
        await publishing.publish(session, workspace_id, story_id, by=by, now=now)


@contextmanager
def open_shelf(settings: StorageSettings, clock: Clock, *, workspace: str = "") -> Iterator[Shelf]:
    """The conversations of a workspace (an id), or of the only one there is.

    Raises UserError, with what to do, for a database that is not there, cannot be reached or has another
    version's schema, and for a workspace that is unknown or not named among several.
    """
    with open_terminal(settings, workspace=workspace) as terminal:
        yield Shelf(terminal, clock)
