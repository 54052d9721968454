"""Sign in with Slack: OpenID Connect's code flow, the statement of who somebody is checked in full.

https://docs.slack.dev/authentication/sign-in-with-slack
"""

from __future__ import annotations

import hmac
import secrets
import time
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.centre.viewers import PATH
from bot.settings import Settings
from stories.values import dataclass

if TYPE_CHECKING:
    from jwt import PyJWK

BACK = f"{PATH}/signed-in"
"""Where Slack leads back to; to be named among the app's redirect addresses."""

PATIENCE_SECONDS = 10
KEYS_KEPT_SECONDS = 3600.0
SLACK_SECONDS = 60
"""How far Slack's clock may be from ours."""

LONGEST_CODE = 1_000
_PERSON, _TEAM = "https://slack.com/user_id", "https://slack.com/team_id"


class Refused(Exception):
    """Nobody is signed in by this; the reason is for the log."""


class SlackAway(Exception):
    """Slack does not answer."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """A sign-in that was begun: what only this browser and Slack have. Both are random, of 192 bits."""

    state: str
    nonce: str

    @classmethod
    def new(cls) -> Attempt:
        """One that nobody can guess."""
        return cls(secrets.token_urlsafe(24), secrets.token_urlsafe(24))

    def fits(self, state: str) -> bool:
        """Whether Slack led this browser back, compared in constant time."""
        return bool(self.state) and hmac.compare_digest(self.state.encode(), state.encode())


@dataclass(frozen=True, slots=True)
class Who:
    """Somebody, as Slack states it."""

    workspace_id: str
    user_id: str


class SignIn:
    """The way over Slack's question and back."""

    def __init__(self, settings: Settings) -> None:
        self._slack = settings.slack_api_url.rstrip("/").removesuffix("/api")
        self._client = AsyncWebClient(base_url=settings.slack_api_url, timeout=PATIENCE_SECONDS)
        self._app = settings.sign_in_client
        self._back = f"{settings.firsthand_address}{BACK}"
        self._keys: tuple[float, Mapping[str, PyJWK]] = (0.0, {})

    @property
    def is_possible(self) -> bool:
        """Whether the operator has said which app this is, and where browsers reach it."""
        return self._app is not None

    def question(self, attempt: Attempt) -> str:
        """Slack's page that asks somebody whether to tell us who they are: `openid`, and nothing else."""
        asked = {
            "response_type": "code",
            "scope": "openid",
            "client_id": self._app[0] if self._app else "",
            "state": attempt.state,
            "nonce": attempt.nonce,
            "redirect_uri": self._back,
        }
        return f"{self._slack}/openid/connect/authorize?{urlencode(asked)}"

    async def who(self, code: str, attempt: Attempt) -> Who:
        """Who came back with this code. Raises Refused, and SlackAway."""
        if not self._app or not 0 < len(code) <= LONGEST_CODE:
            raise Refused("no code, or no client")
        known, secret = self._app
        try:
            answer = await self._client.openid_connect_token(
                client_id=known, client_secret=secret, code=code, redirect_uri=self._back
            )
        except SlackApiError as error:
            raise Refused(str(error.response.get("error"))) from error
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise SlackAway from error
        # The token that comes with it is let go: who somebody is, is all that we wanted.
        claims = await self._checked(str(answer.get("id_token") or ""), known)
        if not hmac.compare_digest(str(claims.get("nonce", "")).encode(), attempt.nonce.encode()):
            raise Refused("the statement is the answer to another question")
        if not (claims.get(_TEAM) and claims.get(_PERSON)):
            raise Refused("the statement names nobody")
        return Who(str(claims[_TEAM]), str(claims[_PERSON]))

    async def _checked(self, statement: str, client_id: str) -> Mapping[str, Any]:
        """The statement's claims: signed by Slack, for us, and not over by the real clock, as Slack's is."""
        import jwt

        try:
            key = await self._key(str(jwt.get_unverified_header(statement).get("kid", "")))
            claims: Mapping[str, Any] = jwt.decode(
                statement,
                key,
                algorithms=["RS256"],
                audience=client_id,
                issuer=self._slack,
                leeway=SLACK_SECONDS,
                options={"require": ["iss", "aud", "exp", "iat", "sub"]},
            )
        except jwt.PyJWTError as error:
            raise Refused(f"the statement does not hold: {type(error).__name__}") from error
        return claims

    async def _key(self, name: str) -> PyJWK:
        """Slack's key of this name, asked for anew when it is unknown or was kept long enough."""
        until, keys = self._keys
        if name not in keys or until < time.monotonic():
            keys = await self._fetched()
            self._keys = (time.monotonic() + KEYS_KEPT_SECONDS, keys)
        if name not in keys:
            raise Refused("the statement is signed with a key that is not Slack's")
        return keys[name]

    async def _fetched(self) -> Mapping[str, PyJWK]:
        import jwt

        patience = aiohttp.ClientTimeout(total=PATIENCE_SECONDS)
        try:
            async with (
                aiohttp.ClientSession(timeout=patience) as session,
                session.get(f"{self._slack}/openid/connect/keys", allow_redirects=False) as answer,
            ):
                answer.raise_for_status()
                told = await answer.text()
            found = jwt.PyJWKSet.from_json(told)
        except (aiohttp.ClientError, TimeoutError, OSError, ValueError) as error:
            raise SlackAway from error
        return {one.key_id: one for one in found.keys if one.key_id}
