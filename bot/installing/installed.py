"""Speaking for every workspace that installed the bot over OAuth."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from datetime import datetime

from slack_sdk.oauth.installation_store import Bot, Installation
from slack_sdk.web.async_client import AsyncWebClient

from bot.clock import Clock
from bot.connections import REST_SECONDS, NotConnected, client_for
from bot.installing import scopes
from bot.installing.rotating import Rotation
from bot.settings import Settings
from storage import connections
from storage.connections import Arrival, Connection
from storage.database import Database
from storage.installations import InstallationStore
from stories.values import dataclass

log = logging.getLogger(__name__)

REMEMBERED_SECONDS = 20.0
"""How long a token is used before the database is asked again whether the workspace is still connected."""


@dataclass(frozen=True, slots=True)
class _Held:
    bot: Bot
    client: AsyncWebClient
    until: float


class Installed:
    """`bot.connections.Connections` by installations that are kept in the database.

    `seconds` is a clock that never goes back.
    """

    def __init__(
        self,
        settings: Settings,
        database: Database,
        clock: Clock,
        seconds: Callable[[], float] = time.monotonic,
    ) -> None:
        self._settings, self._database, self._clock = settings, database, clock
        self._seconds = seconds
        self.store = InstallationStore(settings.slack_client_id or "", database)
        self._rotation = Rotation(settings, database, self.store)
        self._held: dict[str, _Held] = {}
        self._rests_until: dict[str, float] = {}
        self.looked_at_scopes: set[str] = set()
        self.looked_at_organisations: dict[str, datetime] = {}

    async def workspaces(self) -> tuple[str, ...]:
        """Every workspace that the bot is installed in, but for those whose token was just refused."""
        async with self._database.read() as session:
            live = await connections.live(session)
        return tuple(one.workspace_id for one in live if self._may_try(one.workspace_id))

    async def token(self, workspace_id: str) -> str:
        """A live token, renewed ahead of its end. Raises NotConnected."""
        return str((await self._hold(workspace_id)).bot.bot_token)

    async def client(self, workspace_id: str) -> AsyncWebClient:
        """The client for this workspace. Raises NotConnected."""
        return (await self._hold(workspace_id)).client

    async def bot(self, workspace_id: str) -> Bot:
        """Who the bot is in this workspace, with a live token. Raises NotConnected."""
        return (await self._hold(workspace_id)).bot

    async def lost(self, workspace_id: str, reason: str) -> None:
        """Leave the workspace alone for a while; when Slack goes on refusing, it counts as left."""
        self.forget(workspace_id)
        self._rests_until[workspace_id] = self._seconds() + REST_SECONDS
        async with self._database.begin() as session:
            news = await connections.lose(session, workspace_id, now=self._clock.now())
        if news:
            log.error(
                "Slack refuses the token of %s (%s): nothing is posted there until it is installed again",
                workspace_id,
                reason,
            )

    def forget(self, workspace_id: str) -> None:
        """Ask the database again: the workspace was connected anew, or has left."""
        self._held.pop(workspace_id, None)
        self._rests_until.pop(workspace_id, None)
        self.looked_at_scopes.discard(workspace_id)

    async def arrived(self, installation: Installation) -> tuple[str, ...]:
        """Connect the workspaces of an installation that was just kept; tells which."""
        if installation.is_enterprise_install:
            told = scopes.missing_names(installation.bot_scopes)
            return await self.of_organisation(
                installation.enterprise_id or "", installed_by=installation.user_id, scopes_told=told
            )
        arrival = Arrival(
            name=installation.team_name or "",
            enterprise_id=installation.enterprise_id,
            org_wide=False,
            installed_by=installation.user_id,
            scopes_told=scopes.missing_names(installation.bot_scopes),
        )
        workspace_id = installation.team_id or ""
        await self._connect({workspace_id: arrival})
        return (workspace_id,)

    async def of_organisation(
        self, enterprise_id: str, *, installed_by: str | None = None, scopes_told: str = ""
    ) -> tuple[str, ...]:
        """Connect every workspace that its organisation lets the bot into; tells which those are.

        None of them when the organisation has no installation. Raises SlackApiError when Slack does not tell.
        """
        found = await self._let_in(enterprise_id, installed_by, scopes_told)
        await self._connect(found or {})
        return tuple(found or ())

    async def let_in(self, enterprise_id: str) -> frozenset[str] | None:
        """The workspaces that an organisation lets the bot into; None when it has no installation.

        Raises SlackApiError when Slack does not tell.
        """
        found = await self._let_in(enterprise_id, None, "")
        return None if found is None else frozenset(found)

    async def _let_in(
        self, enterprise_id: str, installed_by: str | None, scopes_told: str
    ) -> dict[str, Arrival] | None:
        bot = await self.store.async_find_bot(
            enterprise_id=enterprise_id, team_id=None, is_enterprise_install=True
        )
        if bot is None:
            return None
        bot = await self._rotation.fresh(bot)
        slack, found, cursor = client_for(self._settings, bot.bot_token), dict[str, Arrival](), ""
        while True:
            page = await slack.auth_teams_list(cursor=cursor, limit=100)
            for team in page["teams"]:
                found[str(team["id"])] = Arrival(
                    name=str(team["name"]),
                    enterprise_id=enterprise_id,
                    org_wide=True,
                    installed_by=installed_by,
                    scopes_told=scopes_told,
                )
            cursor = (page.get("response_metadata") or {}).get("next_cursor") or ""
            if not cursor:
                return found

    async def _connect(self, arrivals: dict[str, Arrival]) -> None:
        async with self._database.begin() as session:
            for workspace_id, arrival in arrivals.items():
                known = await connections.get(session, workspace_id)
                if known and known.live and _stays(known, arrival):
                    continue
                await connections.connect(session, workspace_id, arrival, now=self._clock.now())
        for workspace_id in arrivals:
            self.forget(workspace_id)
            log.info("connected with %s", workspace_id)

    async def _hold(self, workspace_id: str) -> _Held:
        held = self._held.get(workspace_id)
        if held is not None and self._seconds() < held.until:
            return held
        if not self._may_try(workspace_id):
            raise NotConnected(f"Slack refuses the token of {workspace_id}")
        bot = await self._rotation.fresh(await self._found(workspace_id))
        same = held is not None and held.bot.bot_token == bot.bot_token
        client = held.client if held and same else client_for(self._settings, bot.bot_token)
        fresh = _Held(bot, client, self._seconds() + REMEMBERED_SECONDS)
        self._held[workspace_id] = fresh
        return fresh

    async def _found(self, workspace_id: str) -> Bot:
        async with self._database.read() as session:
            known = await connections.get(session, workspace_id)
        if known is None or not known.live:
            raise NotConnected(f"{workspace_id} has not installed the bot, or removed it")
        bot = await self.store.async_find_bot(
            enterprise_id=known.enterprise_id,
            team_id=None if known.org_wide else workspace_id,
            is_enterprise_install=known.org_wide,
        )
        if bot is None:
            raise NotConnected(f"the installation of {workspace_id} is gone")
        return bot

    def _may_try(self, workspace_id: str) -> bool:
        return self._seconds() >= self._rests_until.get(workspace_id, 0.0)


def _stays(known: Connection, arrival: Arrival) -> bool:
    """Whether a workspace is connected already: by itself, which goes before its organisation, or by that."""
    return arrival.org_wide and (not known.org_wide or arrival.installed_by is None)
