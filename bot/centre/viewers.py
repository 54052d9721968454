"""Who looks at the centre: somebody who signed in with Slack, or a screen with a link."""

from __future__ import annotations

import re
from datetime import timedelta

import aiohttp
from slack_sdk.errors import SlackApiError
from starlette.requests import Request
from starlette.responses import Response

from bot.connections import TOKEN_DEAD, NotConnected
from bot.customer_link.secret import Secret, as_typed, new_secret
from bot.desk import Desk
from storage import connections, languages, screens, web_sessions
from stories.language import speak
from stories.values import dataclass

SIGNED_IN_FOR = timedelta(days=7)
"""How long a browser is known after somebody signed in."""

PATH = "/centre"
_SCREEN, _PERSON = "screen", "person"
_OURS = re.compile(r"[A-Za-z0-9_-]{1,40}")
"""What finds a secret's row; anything else (a zero byte) a database may refuse to look for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Viewer:
    """Who looks. `user_id` is empty for a screen, whose `screen` is its name."""

    workspace_id: str
    user_id: str = ""
    screen: str = ""

    @property
    def is_screen(self) -> bool:
        """Whether it is a screen: nobody knows who passes by."""
        return not self.user_id


class Door:
    """Lets in who may look, and knows their browser again by one cookie."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        # The prefix lets no other site below the same name put a cookie here; it needs https.
        self._secure = (desk.settings.firsthand_address or "").startswith("https://")
        self.cookie = "__Host-firsthand" if self._secure else "firsthand"

    async def viewer(self, request: Request) -> Viewer | None:
        """Who asks, where they may look now: asked anew each time. None for everybody else.

        Raises SlackApiError while Slack does not say whether somebody still works here.
        """
        kind, _dot, token = request.cookies.get(self.cookie, "").partition(".")
        if kind == _SCREEN:
            return await self._screen(as_typed(token))
        return await self._person(as_typed(token)) if kind == _PERSON else None

    async def open_screen(self, token: str) -> str | None:
        """What the cookie of a screen holds whose link was opened; None for a link that opens nothing."""
        secret, now = as_typed(token), self._desk.now()
        viewer = await self._screen(secret)
        if viewer is None:
            return None
        async with self._desk.database.begin() as session:
            found = await screens.check(session, secret.public_id, secret.secret, now)
            if found is not None:
                await screens.opened(session, found.workspace_id, found.id, now=now)
        return f"{_SCREEN}.{_in_one(secret)}"

    async def sign_in(self, workspace_id: str, user_id: str) -> str | None:
        """Know a browser from now on: what its cookie holds; None for somebody who may not look."""
        secret, now = new_secret(), self._desk.now()
        if not await self._works_here(workspace_id, user_id):
            return None
        async with self._desk.database.begin() as session:
            await web_sessions.begin(
                session,
                workspace_id,
                user_id,
                public_id=secret.public_id,
                secret=secret.secret,
                now=now,
                ends_at=now + SIGNED_IN_FOR,
            )
        return f"{_PERSON}.{_in_one(secret)}"

    async def sign_out(self, request: Request, *, everywhere: bool) -> None:
        """Know this browser no more, or none of this person's; Slack is not asked, which may be away."""
        kind, _dot, token = request.cookies.get(self.cookie, "").partition(".")
        secret = as_typed(token)
        if kind != _PERSON or not _OURS.fullmatch(secret.public_id):
            return
        async with self._desk.database.begin() as session:
            found = await web_sessions.check(session, secret.public_id, secret.secret, self._desk.now())
            if found is None:
                return
            if everywhere:
                await web_sessions.end_all(session, found.workspace_id, found.user_id)
            else:
                await web_sessions.end(session, found.workspace_id, secret.public_id)

    def remember(self, answer: Response, value: str, *, name: str = "", lasts: timedelta) -> None:
        """Put a cookie beside an answer that no script reads and no other site sends; empty: take it away."""
        answer.set_cookie(
            name or self.cookie,
            value,
            max_age=int(lasts.total_seconds()) if value else 0,
            path="/",
            secure=self._secure,
            httponly=True,
            samesite="lax",
        )

    async def _screen(self, secret: Secret) -> Viewer | None:
        if not _OURS.fullmatch(secret.public_id):
            return None
        async with self._desk.read() as session:
            found = await screens.check(session, secret.public_id, secret.secret, self._desk.now())
            language = await languages.of_place(session, found.workspace_id, "") if found else ""
        if found is None or not await self._token_lives(found.workspace_id, found.issued_by):
            return None
        speak(language)
        return Viewer(workspace_id=found.workspace_id, screen=found.name)

    async def _person(self, secret: Secret) -> Viewer | None:
        if not _OURS.fullmatch(secret.public_id):
            return None
        async with self._desk.read() as session:
            found = await web_sessions.check(session, secret.public_id, secret.secret, self._desk.now())
        if found is None or not await self._works_here(found.workspace_id, found.user_id):
            return None
        if told := self._desk.colleagues.told(found.workspace_id, found.user_id):
            speak(told.locale)
        return Viewer(workspace_id=found.workspace_id, user_id=found.user_id)

    async def _works_here(self, workspace_id: str, user_id: str) -> bool:
        """Whether Slack knows them as one of the company's own people. Raises SlackApiError as `viewer`."""
        if not await self._is_installed(workspace_id):
            return False
        try:
            client = await self._desk.connections.client(workspace_id)
            colleague = await self._desk.colleagues.get(client, workspace_id, user_id)
        except NotConnected:
            return False
        except SlackApiError as error:
            if error.response.get("error") in {*TOKEN_DEAD, "user_not_found", "user_not_visible"}:
                return False
            raise
        return not (colleague.guest or colleague.deactivated)

    async def _token_lives(self, workspace_id: str, anybody: str) -> bool:
        """Whether the bot is still in this workspace, as far as Slack says: asked by a look at somebody."""
        if not await self._is_installed(workspace_id):
            return False
        try:
            client = await self._desk.connections.client(workspace_id)
            await self._desk.colleagues.get(client, workspace_id, anybody)
        except NotConnected:
            return False
        except SlackApiError as error:
            return error.response.get("error") not in TOKEN_DEAD
        except (aiohttp.ClientError, OSError):
            # A screen goes on while Slack is away; whom it shows is asked of our own records.
            return True
        return True

    async def _is_installed(self, workspace_id: str) -> bool:
        async with self._desk.read() as session:
            known = await connections.get(session, workspace_id)
        return known is None or known.live


def screen_address(base: str, secret: Secret) -> str:
    """The link that a screen opens, below the address at which browsers reach us."""
    return f"{base}{PATH}/screen/{_in_one(secret)}"


def _in_one(secret: Secret) -> str:
    return f"{secret.public_id}.{secret.secret}"
