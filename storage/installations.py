"""slack_sdk's stores of installations and of their states, over our database and with secrets encrypted."""

from __future__ import annotations

import logging
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any, cast

from slack_sdk.oauth.installation_store import Bot, Installation
from slack_sdk.oauth.installation_store.sqlalchemy import AsyncSQLAlchemyInstallationStore
from slack_sdk.oauth.state_store.sqlalchemy import AsyncSQLAlchemyOAuthStateStore
from sqlalchemy import ColumnElement, MetaData, Table, and_, delete, or_, update
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from storage.database import Database, database_time
from storage.tables_installs import BOTS, INSTALLATIONS, STATES

log = logging.getLogger(__name__)

STATE_SECONDS = 600
"""How long somebody may think about Slack's question before they have to start again."""

ROTATION_LEASE = timedelta(seconds=60)
"""How long one process may take to exchange a refresh token before another tries."""

_STATE = re.compile(r"[0-9a-f-]{36}")
"""What a state looks like; anything else is not looked up."""


class _Engine:
    """Gives slack_sdk's stores our transactions: on SQLite there is one writer, and it is shared.

    Of a connection they use `execute` alone, which a session has as well.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[AsyncSession]:
        """A transaction."""
        async with self._database.begin() as session:
            yield session

    @asynccontextmanager
    async def connect(self) -> AsyncIterator[AsyncSession]:
        """A look, never a write."""
        async with self._database.read() as session:
            yield session


class InstallationStore(AsyncSQLAlchemyInstallationStore):
    """Installations of the app with this client id.

    Differs from slack_sdk's in this: secrets are encrypted, a bot's token stands in one place (so that a
    rotated one is never read beside an old one), and an installation's earlier rows go when it is renewed.
    """

    def __init__(self, client_id: str, database: Database) -> None:
        super().__init__(client_id, cast("AsyncEngine", _Engine(database)), logger=log)

    @classmethod
    def build_installations_table(cls, metadata: MetaData, table_name: str) -> Table:  # noqa: ARG003 the interface names them
        """The table as our migrations lay it out."""
        return INSTALLATIONS

    @classmethod
    def build_bots_table(cls, metadata: MetaData, table_name: str) -> Table:  # noqa: ARG003 the interface names them
        """The table as our migrations lay it out."""
        return BOTS

    async def async_save(self, installation: Installation) -> None:
        """Keep an installation, in place of what stood for the same workspace or organisation."""
        bot = installation.to_bot()
        bare = Installation(**installation.to_dict_for_copying())
        bare.bot_token = bare.bot_refresh_token = None
        await super().async_save(bare)
        await self.async_save_bot(bot)
        await self._forget_earlier(installation)

    async def async_save_bot(self, bot: Bot) -> None:
        """Keep a bot's token; nothing happens for an installation that brought none."""
        if bot.bot_token:
            await super().async_save_bot(bot)

    async def _forget_earlier(self, kept: Installation) -> None:
        moment = datetime.fromtimestamp(kept.installed_at, UTC).replace(tzinfo=None)
        place = (kept.enterprise_id, kept.team_id)
        async with self.engine.begin() as connection:
            for table in (BOTS, INSTALLATIONS):
                earlier = and_(self._own(table, *place), table.c.installed_at < moment)
                await connection.execute(delete(table).where(earlier))

    def _own(self, table: Table, enterprise_id: str | None, team_id: str | None) -> ColumnElement[bool]:
        return and_(
            table.c.client_id == self.client_id,
            table.c.enterprise_id == enterprise_id,
            table.c.team_id == team_id,
        )

    async def may_rotate(self, session: AsyncSession, bot: Bot) -> bool:
        """Take the right to exchange this bot's refresh token; False while another process has it.

        A refresh token works once: whoever gets the right reads the bot again before the exchange.
        """
        now = await database_time(session)
        free = or_(BOTS.c.rotating_until.is_(None), BOTS.c.rotating_until < now)
        place = self._own(BOTS, bot.enterprise_id, bot.team_id)
        claim = update(BOTS).where(place, free).values(rotating_until=now + ROTATION_LEASE)
        return (await session.execute(claim.returning(BOTS.c.id))).first() is not None

    async def rotation_done(self, session: AsyncSession, bot: Bot) -> None:
        """Give that right back."""
        place = self._own(BOTS, bot.enterprise_id, bot.team_id)
        await session.execute(update(BOTS).where(place).values(rotating_until=None))


class StateStore(AsyncSQLAlchemyOAuthStateStore):
    """States of installations that somebody began: each works once, for ten minutes."""

    def __init__(self, database: Database) -> None:
        super().__init__(STATE_SECONDS, cast("AsyncEngine", _Engine(database)), logger=log)

    @classmethod
    def build_oauth_states_table(cls, metadata: MetaData, table_name: str) -> Table:  # noqa: ARG003 the interface names them
        """The table as our migrations lay it out."""
        return STATES

    async def async_issue(self, *args: Any, **kwargs: Any) -> str:
        """A fresh state; those whose time is over go."""
        async with self.engine.begin() as connection:
            await connection.execute(delete(STATES).where(STATES.c.expire_at < _naive_now()))
        state: str = await super().async_issue(*args, **kwargs)
        return state

    async def async_consume(self, state: str) -> bool:
        """Whether the state was issued and is used for the first time; of two at once, one is told so."""
        if not _STATE.fullmatch(state):
            return False
        used = delete(STATES).where(STATES.c.state == state, STATES.c.expire_at > _naive_now())
        async with self.engine.begin() as connection:
            return (await connection.execute(used.returning(STATES.c.id))).first() is not None


def _naive_now() -> datetime:
    """slack_sdk keeps times in UTC without saying so."""
    return datetime.now(UTC).replace(tzinfo=None)
