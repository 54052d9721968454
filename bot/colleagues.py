"""What Slack knows of a colleague, remembered for a few minutes: time zone, language, admin, guest."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterable

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncSession

from bot.channel_members import ChannelMembers
from bot.permissions import Actor, Role
from storage import people, workspaces
from stories.values import dataclass

REMEMBERED_SECONDS = 300
MOST_REMEMBERED = 10_000
TOO_MANY = 429
RETRY_SECONDS = 30.0
"""How long Slack is left alone when it does not say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Colleague:
    """A person as Slack tells of them. `guest` is also true for people from other companies and for bots.

    `deactivated`: they had an account here, and have left.
    """

    user_id: str
    name: str
    time_zone: str
    locale: str
    admin: bool
    guest: bool
    bot: bool = False
    deactivated: bool = False


class Colleagues:
    """Looks people up in Slack, each at most once in five minutes; not while Slack asks to be left alone.

    `seconds` is a clock that never goes back.
    """

    def __init__(self, seconds: Callable[[], float] = time.monotonic) -> None:
        self._known: dict[tuple[str, str], tuple[float, Colleague]] = {}
        self._resting: dict[str, tuple[float, SlackApiError]] = {}
        self._seconds = seconds
        self.members = ChannelMembers(seconds)

    async def get(self, client: AsyncWebClient, workspace_id: str, user_id: str) -> Colleague:
        """This person, as last known while Slack is not to be asked.

        Raises SlackApiError when Slack does not know them, and what it last answered for a stranger while it
        asks to be left alone.
        """
        key = (workspace_id, user_id)
        seen, colleague = self._known.get(key, (0.0, None))
        if colleague is not None and self._seconds() - seen <= REMEMBERED_SECONDS:
            return colleague
        try:
            user = await self._ask(client, workspace_id, user_id)
        except SlackApiError as error:
            if colleague is None or error.response.status_code != TOO_MANY:
                raise
            return colleague
        if len(self._known) >= MOST_REMEMBERED:
            self._known.clear()
        colleague = _colleague(user, workspace_id)
        self._known[key] = (self._seconds(), colleague)
        return colleague

    async def names(
        self, client: AsyncWebClient, workspace_id: str, user_ids: Iterable[str]
    ) -> dict[str, str]:
        """What these people are called, asked together; without those of whom Slack does not tell."""

        async def name(user_id: str) -> str:
            try:
                return (await self.get(client, workspace_id, user_id)).name
            except SlackApiError:
                return ""

        wanted = tuple(dict.fromkeys(user_ids))
        found = await asyncio.gather(*map(name, wanted))
        return {user_id: known for user_id, known in zip(wanted, found, strict=True) if known}

    def told(self, workspace_id: str, user_id: str) -> Colleague | None:
        """This person as Slack told of them in the last five minutes; None where it was not asked."""
        seen, colleague = self._known.get((workspace_id, user_id), (0.0, None))
        return colleague if self._seconds() - seen <= REMEMBERED_SECONDS else None

    async def _ask(self, client: AsyncWebClient, workspace_id: str, user_id: str) -> dict[str, object]:
        until, refusal = self._resting.get(workspace_id, (0.0, None))
        if refusal is not None and self._seconds() < until:
            raise refusal
        try:
            answer = await client.users_info(user=user_id, include_locale=True)
        except SlackApiError as error:
            if error.response.status_code == TOO_MANY:
                wait = float(error.response.headers.get("Retry-After", RETRY_SECONDS))
                self._resting[workspace_id] = (self._seconds() + wait, error)
            raise
        self._resting.pop(workspace_id, None)
        found: dict[str, object] = answer["user"]
        return found

    async def actor(
        self, session: AsyncSession, client: AsyncWebClient, workspace_id: str, user_id: str
    ) -> Actor:
        """This person as somebody who wants to do something, with the roles they have here.

        Slack's admins are admins here, and so is whoever installed the bot.
        """
        colleague = await self.get(client, workspace_id, user_id)
        roles = set(await people.roles(session, workspace_id, user_id))
        if colleague.admin or await workspaces.installer(session, workspace_id) == user_id:
            roles.add(Role.ADMIN)
        return Actor(user_id=user_id, roles=frozenset(roles), guest=colleague.guest)


def _colleague(user: dict[str, object], workspace_id: str) -> Colleague:
    profile = user.get("profile")
    shown = profile.get("display_name") if isinstance(profile, dict) else ""
    stranger = user.get("team_id", workspace_id) != workspace_id
    return Colleague(
        user_id=str(user["id"]),
        name=str(shown or user.get("real_name") or user.get("name") or user["id"]),
        time_zone=str(user.get("tz") or "UTC"),
        locale=str(user.get("locale") or "en-US"),
        admin=bool(user.get("is_admin") or user.get("is_owner")),
        guest=bool(
            user.get("is_restricted") or user.get("is_ultra_restricted") or user.get("is_bot") or stranger
        ),
        bot=bool(user.get("is_bot")),
        deactivated=bool(user.get("deleted")),
    )
