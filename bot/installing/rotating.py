"""Tokens that end after hours: exchanged ahead of time, by one process, once."""

from __future__ import annotations

import asyncio
import logging
import time

import aiohttp
from slack_sdk.errors import SlackClientError, SlackTokenRotationError
from slack_sdk.oauth.installation_store import Bot
from slack_sdk.oauth.token_rotation.async_rotator import AsyncTokenRotator
from slack_sdk.web.async_client import AsyncWebClient

from bot.connections import NotConnected
from bot.settings import Settings
from storage.database import Database
from storage.installations import InstallationStore

log = logging.getLogger(__name__)

AHEAD_MINUTES = 120
"""How long before its end a token is exchanged; Slack's tokens live for twelve hours."""

LOOKS, LOOK_SECONDS = 20, 0.2
"""How often, and how far apart, somebody looks whether another process has the new token."""


class Rotation:
    """Exchanges refresh tokens. Each works once, so the right to do it is taken in the database first."""

    def __init__(self, settings: Settings, database: Database, store: InstallationStore) -> None:
        secret = settings.slack_client_secret
        self._rotator = AsyncTokenRotator(
            client=AsyncWebClient(base_url=settings.slack_api_url, timeout=10),
            client_id=settings.slack_client_id or "",
            client_secret=secret.get_secret_value() if secret else "",
        )
        self._database, self._store = database, store
        self._at_work: dict[tuple[str | None, str | None], asyncio.Task[Bot]] = {}
        self._unwritten: dict[tuple[str | None, str | None], Bot] = {}

    async def fresh(self, bot: Bot) -> Bot:
        """The bot with a token that lives on for a while. Raises NotConnected when none is to be had."""
        if not _ends_within(bot, AHEAD_MINUTES * 60):
            return bot
        key = (bot.enterprise_id, bot.team_id)
        task = self._at_work.get(key)
        if task is None:
            task = asyncio.create_task(self._rotate(bot))
            self._at_work[key] = task
            task.add_done_callback(lambda _: self._at_work.pop(key, None))
        # Whoever waits may give up; the new token must be written down all the same.
        return await asyncio.shield(task)

    async def _rotate(self, bot: Bot) -> Bot:
        spent = self._unwritten.get((bot.enterprise_id, bot.team_id))
        if spent is not None:
            await self._keep(spent)
            return spent
        async with self._database.begin() as session:
            ours = await self._store.may_rotate(session, bot)
        if not ours:
            return await self._from_another(bot)
        try:
            return await self._exchange(await self._again(bot))
        finally:
            async with self._database.begin() as session:
                await self._store.rotation_done(session, bot)

    async def _exchange(self, bot: Bot) -> Bot:
        try:
            renewed = await self._rotator.perform_bot_token_rotation(
                bot=bot, minutes_before_expiration=AHEAD_MINUTES
            )
        except SlackTokenRotationError as error:
            word = error.api_error.response.get("error", "unknown")
            # The trace tells nothing more than Slack's word.
            log.error("the token of %s cannot be renewed (%s): install it anew", _place(bot), word)  # noqa: TRY400
            return _while_it_lives(bot)
        except (aiohttp.ClientError, SlackClientError, TimeoutError, OSError) as error:
            log.warning("the token of %s is to be renewed, and Slack does not answer: %s", _place(bot), error)
            return _while_it_lives(bot)
        if renewed is not None:
            log.info("the token of %s was renewed", _place(bot))
            await self._keep(renewed)
        return renewed or bot

    async def _keep(self, bot: Bot) -> None:
        """Write a renewed token down. What cannot be written yet is kept: the one before is spent."""
        key = (bot.enterprise_id, bot.team_id)
        self._unwritten[key] = bot
        await self._store.async_save_bot(bot)
        del self._unwritten[key]

    async def _from_another(self, bot: Bot) -> Bot:
        if not _ends_within(bot, 0):
            return bot
        for _ in range(LOOKS):
            await asyncio.sleep(LOOK_SECONDS)
            found = await self._again(bot)
            if not _ends_within(found, 0):
                return found
        raise NotConnected(f"the token of {_place(bot)} has ended and is being renewed")

    async def _again(self, bot: Bot) -> Bot:
        found = await self._store.async_find_bot(
            enterprise_id=bot.enterprise_id,
            team_id=bot.team_id,
            is_enterprise_install=bot.is_enterprise_install,
        )
        if found is None:
            raise NotConnected(f"{_place(bot)} was uninstalled")
        return found


def _while_it_lives(bot: Bot) -> Bot:
    if _ends_within(bot, 0):
        raise NotConnected(f"the token of {_place(bot)} has ended and could not be renewed")
    return bot


def _ends_within(bot: Bot, seconds: float) -> bool:
    ends = bot.bot_token_expires_at
    return ends is not None and ends <= time.time() + seconds


def _place(bot: Bot) -> str:
    return bot.team_id or f"organisation {bot.enterprise_id}"
