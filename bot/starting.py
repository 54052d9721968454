"""What has to be so before the bot can start: what waiting mends is waited for, all else is said."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine, Iterator, Sequence
from itertools import chain, repeat
from typing import Any, TypeVar

from slack_sdk.errors import SlackApiError
from sqlalchemy.exc import SQLAlchemyError

from bot.connections import OneWorkspace
from bot.desk import Desk
from bot.health import Health, in_words
from bot.settings import StartError, lost_key
from bot.slack_refusals import NO_ANSWER, away, no_socket, no_token, refusal
from storage import workspaces
from storage.database import Database, async_url, database_file
from storage.encryption import Keyring
from storage.secrets_held import closed
from storage.versions import current, newest

T = TypeVar("T")

log = logging.getLogger(__name__)

WAITS_SECONDS = (1.0, 2.0, 5.0, 10.0, 30.0)
"""How long the bot waits before it asks again for what is out of reach; the last one from then on."""

_MISTAKES = ("authentication failed", "does not exist", "no pg_hba.conf entry")
"""What a server says to an address that no waiting makes right."""


class Unreachable(StartError):
    """The database does not answer; it may later."""


class NewerSchema(StartError):
    """The database was migrated by a newer version than this one."""


class ToldToStop(Exception):
    """The process was asked to end before it had started."""


def check_schema(url: str) -> None:
    """Raises StartError when the database is missing or of another version, Unreachable when it is away."""
    file = database_file(url)
    if file is not None and not file.exists():
        raise StartError(f"There is no database at {file} yet. Make it with: firsthand migrate")
    try:
        found = current(url)
    except SQLAlchemyError as error:
        raise unreachable(url, error) from error
    refuse_newer(found)
    if found != newest():
        raise StartError(_not_this_version(found))


def _not_this_version(found: str | None) -> str:
    """Both ways on from an older schema, or from a database in which nothing was ever made."""
    if found is None:
        return "The database is not of this version. Bring it up to date with: firsthand migrate"
    return (
        f"The database is not of this version: its schema is {found}, this version's is {newest()}. Bring it "
        f"up to date with: firsthand migrate. Or, to stay at {found}, install the version of Firsthand whose "
        "schema that is."
    )


def unreachable(url: str, error: SQLAlchemyError) -> StartError:
    """What to say of a database that does not answer: Unreachable where it may later."""
    reason = in_words(error)
    kind = StartError if any(mistake in reason for mistake in _MISTAKES) else Unreachable
    place = async_url(url).set(drivername="postgresql").render_as_string(hide_password=True)
    return kind(f"The database {place} cannot be reached: {reason}. Is DATABASE_URL right?")


def refuse_newer(found: str | None) -> None:
    """Raises StartError for a database whose revision, `found`, this code is too old for."""
    if found is not None and found > newest():
        raise NewerSchema(
            "The database was last used by a newer version of Firsthand: its schema is "
            f"{found}, this version's is {newest()}. Install the newer one again, or take the database back "
            f"with it: firsthand roll-back {newest()}"
        )


class Start:
    """The start of a process: says in its health what it waits for, and gives up when `stopping` is set."""

    def __init__(
        self,
        health: Health,
        stopping: asyncio.Event,
        waits: Sequence[float] = WAITS_SECONDS,
        *,
        despite_lost: bool = False,
    ) -> None:
        """With `despite_lost`, secrets that none of the keys opens keep nobody from starting."""
        self.health = health
        self._despite_lost = despite_lost
        self._stopping, self._waits = stopping, waits
        health.waits_for = "its start"

    async def database(self, url: str) -> None:
        """Wait until the database can be reached. Raises StartError as `check_schema`, and ToldToStop."""
        for seconds in self._tries():
            try:
                # A server that is away keeps whoever asks waiting: health is told meanwhile.
                await self._unless_stopped(asyncio.to_thread(check_schema, url))
            except Unreachable as error:
                await self._wait(str(error), seconds)
            else:
                return

    async def keys(self, database: Database, keyring: Keyring) -> None:
        """See that the keys open what is secret in it. Raises StartError where they do not."""
        async with database.read() as session:
            lost = await closed(session, keyring)
        if lost and not self._despite_lost:
            raise StartError(lost_key(lost))

    async def introduce(self, desk: Desk, connection: OneWorkspace) -> None:
        """Ask Slack which workspace the token is for, and know it; waits while Slack is out of reach.

        Raises StartError for a token that Slack refuses, and ToldToStop.
        """
        answer = await self._slack(connection.only_client.auth_test, no_token)
        workspace_id = str(answer["team_id"])
        await _know(desk, workspace_id, str(answer.get("team", "")))
        connection.speaks_for(workspace_id)

    async def socket(self, open_line: Callable[[], Coroutine[Any, Any, None]]) -> None:
        """Have Slack send through a line that this opens; waits while Slack is out of reach.

        Raises StartError where Slack opens none for this app, and ToldToStop.
        """
        await self._slack(open_line, no_socket)

    async def _slack(self, ask: Callable[[], Coroutine[Any, Any, T]], refused: Callable[[str], str]) -> T:
        """What Slack answers at last. Raises StartError with `refused` of its word, and ToldToStop."""
        waits = self._tries()
        while True:
            try:
                return await self._unless_stopped(ask())
            except SlackApiError as error:
                if word := refusal(error):
                    raise StartError(refused(word)) from error
                await self._wait(away(error), next(waits))
            except NO_ANSWER as error:
                await self._wait(away(error), next(waits))

    def _tries(self) -> Iterator[float]:
        """How long to wait if this try fails, for as many tries as it takes."""
        return chain(self._waits, repeat(self._waits[-1]))

    async def _unless_stopped(self, work: Coroutine[Any, Any, T]) -> T:
        """What the work answers or raises. Raises ToldToStop when that comes first."""
        task, told = asyncio.ensure_future(work), asyncio.ensure_future(self._stopping.wait())
        try:
            await asyncio.wait({task, told}, return_when=asyncio.FIRST_COMPLETED)
            if not task.done():
                raise ToldToStop
            return await task
        finally:
            task.cancel()
            told.cancel()

    async def _wait(self, reason: str, seconds: float) -> None:
        self.health.waits_for = reason
        log.warning("%s Waiting for it: the next try is in %g s.", reason, seconds)
        try:
            await asyncio.wait_for(self._stopping.wait(), seconds)
        except TimeoutError:
            return
        raise ToldToStop


async def _know(desk: Desk, workspace_id: str, name: str) -> None:
    async with desk.database.begin() as session:
        await workspaces.ensure(session, workspace_id, name=name, installed_by=None, now=desk.now())
