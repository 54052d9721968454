"""Installing over OAuth: Bolt's own flow, with our pages and our way to keep what comes of it."""

from __future__ import annotations

import logging
import re
import time
from collections import deque
from collections.abc import Callable

import aiohttp
from slack_bolt.error import BoltError
from slack_bolt.oauth.async_callback_options import AsyncCallbackOptions, AsyncFailureArgs, AsyncSuccessArgs
from slack_bolt.oauth.async_oauth_flow import AsyncOAuthFlow
from slack_bolt.oauth.async_oauth_settings import AsyncOAuthSettings
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.errors import SlackClientError
from slack_sdk.oauth.installation_store import Installation
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.exc import SQLAlchemyError

from bot.installing import scopes
from bot.installing.authorizing import Authorize
from bot.installing.installed import Installed
from bot.installing.pages import Pages
from bot.settings import Settings
from storage.database import Database
from storage.installations import STATE_SECONDS, StateStore

log = logging.getLogger(__name__)

INSTALL_PATH, REDIRECT_PATH = "/slack/install", "/slack/oauth_redirect"
MOST_A_MINUTE = 120
"""Installations that may be begun in a minute, by everybody together."""

LONGEST = 1_000
"""Characters of a parameter that Slack leads back with; its codes and our states are far shorter."""

_NO_ANSWER = (aiohttp.ClientError, SlackClientError, TimeoutError, OSError)
_CODE = re.compile(r"(with code: )\S+")


def install_flow(settings: Settings, database: Database, installed: Installed) -> AsyncOAuthFlow:
    """The way from `/slack/install` over Slack's question to a connected workspace."""
    secret, pages = settings.slack_client_secret, Pages(settings)

    async def success(args: AsyncSuccessArgs) -> BoltResponse:
        return pages.done(args.installation)

    async def failure(args: AsyncFailureArgs) -> BoltResponse:
        log.info("an installation did not come about: %s", args.reason if args.reason in KNOWN else "unknown")
        return pages.failed(args.reason, args.suggested_status_code)

    asked = AsyncOAuthSettings(
        client_id=settings.slack_client_id,
        client_secret=secret.get_secret_value() if secret else None,
        scopes=sorted(scopes.names()),
        user_scopes=[],
        redirect_uri=f"{settings.firsthand_address}{REDIRECT_PATH}",
        install_path=INSTALL_PATH,
        redirect_uri_path=REDIRECT_PATH,
        authorization_url=f"{_slack(settings)}/oauth/v2/authorize",
        installation_store=installed.store,
        state_store=StateStore(database),
        state_expiration_seconds=STATE_SECONDS,
        callback_options=AsyncCallbackOptions(success=success, failure=failure),
        logger=_quiet_logger(),
    )
    asked.authorize = Authorize(installed)
    return InstallFlow(settings, asked, installed, pages)


class InstallFlow(AsyncOAuthFlow):
    """Bolt's flow; differs in its pages, and in that an installation connects its workspaces."""

    def __init__(
        self, settings: Settings, asked: AsyncOAuthSettings, installed: Installed, pages: Pages
    ) -> None:
        client = AsyncWebClient(base_url=settings.slack_api_url, timeout=10)
        super().__init__(client=client, logger=_quiet_logger(), settings=asked)
        self._installed, self._pages, self._door = installed, pages, Door(MOST_A_MINUTE)

    async def handle_installation(self, request: AsyncBoltRequest) -> BoltResponse:
        """Show the page, unless too many ask for it at once: each page costs a row until its time is over."""
        if not self._door.lets_in():
            return self._pages.failed("too_many", 429)
        drawn = await super().handle_installation(request)
        cookies = drawn.headers.get("set-cookie", [])
        return BoltResponse(
            status=drawn.status, body=drawn.body, headers={**self._pages.headers(), "Set-Cookie": cookies}
        )

    async def handle_callback(self, request: AsyncBoltRequest) -> BoltResponse:
        """Where Slack leads back to."""
        if any(len(value) > LONGEST for values in request.query.values() for value in values):
            return self._pages.failed("too_long", 400)
        return await super().handle_callback(request)

    async def build_install_page_html(self, url: str, request: AsyncBoltRequest) -> str:  # noqa: ARG002 the interface names it
        """What somebody reads before Slack asks them."""
        return self._pages.before(url)

    async def run_installation(self, code: str) -> Installation | None:
        """The installation that a code stands for; None when Slack does not take it, or does not answer."""
        try:
            return await super().run_installation(code)
        except _NO_ANSWER as error:
            log.warning("Slack does not answer an installation: %s", type(error).__name__)
            return None

    async def store_installation(self, request: AsyncBoltRequest, installation: Installation) -> None:
        """Keep it, and connect its workspaces. Raises BoltError when that does not work out."""
        try:
            await super().store_installation(request, installation)
            await self._installed.arrived(installation)
        except (SQLAlchemyError, *_NO_ANSWER) as error:
            log.exception("an installation could not be kept")
            raise BoltError("the installation could not be kept") from error


class Door:
    """Lets in so many a minute and sends the others away. `seconds` is a clock that never goes back."""

    def __init__(self, most: int, seconds: Callable[[], float] = time.monotonic) -> None:
        self._seconds = seconds
        self._lately: deque[float] = deque(maxlen=most)

    def lets_in(self) -> bool:
        """Whether one more may come in now."""
        now = self._seconds()
        if len(self._lately) == self._lately.maxlen and now - self._lately[0] < 60:
            return False
        self._lately.append(now)
        return True


KNOWN = frozenset(
    {"access_denied", "invalid_browser", "invalid_state", "missing_code", "invalid_code", "storage_error"}
)
"""Why an installation does not come about, in Slack's and in Bolt's words."""


def _slack(settings: Settings) -> str:
    return settings.slack_api_url.rstrip("/").removesuffix("/api")


def _quiet_logger() -> logging.Logger:
    """Bolt writes the code of a failed installation into its log; this leaves it out."""
    logger = logging.getLogger("bot.installing.bolt")
    if not logger.filters:
        logger.addFilter(_without_code)
    return logger


def _without_code(record: logging.LogRecord) -> bool:
    record.msg = _CODE.sub(r"\1…", str(record.msg))
    return True
