"""Projects on the centre: those of channels that everybody here could join, and how lively each is."""

from __future__ import annotations

import asyncio
import time
import unicodedata
from collections.abc import Callable, Sequence
from datetime import datetime

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncSession

from bot.audience import audience
from bot.centre.values import ProjectShown
from storage import centre_figures
from storage.centre_figures import ProjectFace
from stories.avatars.liveliness import liveliness

MOST = 12
"""Projects that are looked at, the newest first."""

REMEMBERED_SECONDS = 600.0
"""How long a channel is taken for what Slack said of it."""

LOOKING_SECONDS = 1.5
"""How long a page waits for Slack to say what a channel is; one that it does not know is not shown."""

MOST_REMEMBERED = 20_000
_AT_ONCE = 6


class OpenChannels:
    """Knows which channels are public: what is done in a private one is for those who are in it.

    `seconds` is a clock that never goes back.
    """

    def __init__(self, seconds: Callable[[], float] = time.monotonic) -> None:
        self._seconds = seconds
        self._known: dict[tuple[str, str], tuple[float, bool]] = {}

    async def among(
        self, client: AsyncWebClient, workspace_id: str, channel_ids: Sequence[str]
    ) -> frozenset[str]:
        """Those of these channels of which Slack says that they are public and not archived."""
        now = self._seconds()
        stale = [one for one in channel_ids if self._known.get((workspace_id, one), (0.0, False))[0] <= now]
        if stale:
            await self._ask(client, workspace_id, stale)
        known = {one: self._known.get((workspace_id, one), (0.0, False)) for one in channel_ids}
        return frozenset(one for one, (until, is_open) in known.items() if is_open and until > now)

    async def _ask(self, client: AsyncWebClient, workspace_id: str, channel_ids: Sequence[str]) -> None:
        if len(self._known) >= MOST_REMEMBERED:
            self._known.clear()
        at_once = asyncio.Semaphore(_AT_ONCE)

        async def look(channel_id: str) -> None:
            async with at_once:
                there = await audience(client, channel_id)
            is_open = not (there.private or there.direct or there.archived)
            self._known[workspace_id, channel_id] = (self._seconds() + REMEMBERED_SECONDS, is_open)

        looks = asyncio.gather(*(look(one) for one in channel_ids), return_exceptions=True)
        try:
            said = await asyncio.wait_for(looks, LOOKING_SECONDS)
        except TimeoutError:
            return
        for one in said:
            if isinstance(one, BaseException) and not isinstance(one, _NO_WORD):
                raise one


_NO_WORD = (SlackApiError, aiohttp.ClientError, TimeoutError, OSError)


async def with_life(
    session: AsyncSession, workspace_id: str, faces: Sequence[ProjectFace], now: datetime
) -> tuple[ProjectShown, ...]:
    """These projects with how lively each is, the liveliest first."""
    moved = await centre_figures.last_moved(session, workspace_id, [one.id for one in faces])
    by_life = sorted(faces, key=lambda one: max(one.begun, moved.get(one.id, one.begun)), reverse=True)
    return tuple(
        ProjectShown(
            name=one.name,
            goal=one.goal,
            avatar=one.avatar,
            emoji=drawn(one.emoji, one.avatar),
            picture=one.picture,
            lively=liveliness(max(one.begun, moved.get(one.id, one.begun)), now),
        )
        for one in by_life
    )


def drawn(emoji: str, name: str) -> str:
    """An emoji by its name in Slack (":seedling:"), where Unicode calls it the same; else a first letter."""
    called = emoji.strip(":").partition("::")[0].replace("_", " ").replace("-", " ").upper()
    for suffix in ("", " FACE"):
        try:
            return unicodedata.lookup(called + suffix)
        except KeyError:
            continue
    return name[:1].upper() or "·"
