"""In which language somebody is spoken to: a person in the one they use Slack in, a channel in its own."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import TypeVar

from slack_sdk.errors import SlackClientError
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncSession

from bot.colleagues import Colleagues
from storage import languages
from storage.database import Database
from stories.language import speak, speaking

log = logging.getLogger(__name__)

REMEMBERED_SECONDS = 600
MOST_REMEMBERED = 50_000
PATIENCE_SECONDS = 0.8
"""How long Slack may take to tell somebody's language before they are answered without."""

T = TypeVar("T")

_TROUBLE = (SQLAlchemyError, SlackClientError, OSError, TimeoutError)


@asynccontextmanager
async def speaking_to(session: AsyncSession, workspace_id: str, place: str) -> AsyncIterator[None]:
    """Say everything in the block in the language of this person or channel, by their id."""
    with speaking(await languages.of_place(session, workspace_id, place)):
        yield


@asynccontextmanager
async def speaking_to_all(session: AsyncSession, workspace_id: str) -> AsyncIterator[None]:
    """Say everything in the block in the workspace's language: what is kept in words, for several readers."""
    async with speaking_to(session, workspace_id, ""):
        yield


async def said_to(session: AsyncSession, workspace_id: str, place: str, say: Callable[[], T]) -> T:
    """What `say` says, in the language of this person or channel."""
    async with speaking_to(session, workspace_id, place):
        return say()


class Tongues:
    """Knows in which language people use Slack: remembered for ten minutes, kept in the database for good.

    Slack is asked once about somebody new; afterwards it is noticed when Slack tells of them anyway
    (`bot.colleagues`). `seconds` is a clock that never goes back.
    """

    def __init__(self, seconds: Callable[[], float] = time.monotonic) -> None:
        self._known: dict[tuple[str, str], tuple[float, str]] = {}
        self._seconds = seconds

    async def speak_to(
        self,
        database: Database,
        colleagues: Colleagues,
        client: AsyncWebClient,
        workspace_id: str,
        user_id: str,
    ) -> None:
        """Say everything in the current context in this person's language, whom the bot has met.

        While neither the database nor Slack answers, as they were spoken to last, or in English.
        """
        key = (workspace_id, user_id)
        seen, tag = self._known.get(key, (float("-inf"), ""))
        told = colleagues.told(workspace_id, user_id)
        try:
            if told is not None and told.locale != tag:
                await self._keep(database, key, told.locale)
                tag = told.locale
            elif self._seconds() - seen > REMEMBERED_SECONDS:
                tag = await self._look(database, colleagues, client, key)
        except _TROUBLE as trouble:
            log.info("the language of somebody is not known at the moment: %s", trouble)
            _seen, tag = self._known.get(key, (0.0, ""))
            self._remember(key, tag)
        speak(tag)

    async def _look(
        self, database: Database, colleagues: Colleagues, client: AsyncWebClient, key: tuple[str, str]
    ) -> str:
        async with database.read() as session:
            own, for_all = await languages.of_person(session, *key)
        if own:
            self._remember(key, own)
            return own
        # Should Slack not answer in time, the workspace's language has to do for the next ten minutes.
        self._remember(key, for_all)
        async with asyncio.timeout(PATIENCE_SECONDS):
            colleague = await colleagues.get(client, *key)
        await self._keep(database, key, colleague.locale)
        return colleague.locale

    async def _keep(self, database: Database, key: tuple[str, str], locale: str) -> None:
        async with asyncio.timeout(PATIENCE_SECONDS), database.begin() as session:
            await languages.keep(session, *key, locale)
        self._remember(key, locale)

    def _remember(self, key: tuple[str, str], tag: str) -> None:
        if len(self._known) >= MOST_REMEMBERED:
            self._known.clear()
        self._known[key] = (self._seconds(), tag)
