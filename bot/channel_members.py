"""Who is in a channel, as Slack tells and remembered for a few minutes."""

from __future__ import annotations

import time
from collections.abc import Callable

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

REMEMBERED_SECONDS = 300.0
MOST_REMEMBERED = 500
PAGE = 1000
MOST_PAGES = 10


class ChannelMembers:
    """Looks channels' members up in Slack, each channel's at most once in five minutes.

    `seconds` is a clock that never goes back.
    """

    def __init__(self, seconds: Callable[[], float] = time.monotonic) -> None:
        self._seconds = seconds
        self._known: dict[tuple[str, str], tuple[float, frozenset[str]]] = {}

    def known(self, workspace_id: str, channel_id: str) -> frozenset[str] | None:
        """What Slack told of this channel within the last five minutes; None when it has not."""
        seen, members = self._known.get((workspace_id, channel_id), (0.0, frozenset[str]()))
        return members if members and self._seconds() - seen <= REMEMBERED_SECONDS else None

    async def ask(self, client: AsyncWebClient, workspace_id: str, channel_id: str) -> frozenset[str] | None:
        """The ids of everybody in this channel; None where Slack does not tell, or there are too many."""
        try:
            found = await self._ask(client, channel_id)
        except SlackApiError:
            return None
        if found is not None:
            if len(self._known) >= MOST_REMEMBERED:
                self._known.clear()
            self._known[workspace_id, channel_id] = (self._seconds(), found)
        return found

    def forget(self, workspace_id: str, channel_id: str) -> None:
        """Somebody came or went: what Slack told before holds no more."""
        self._known.pop((workspace_id, channel_id), None)

    async def _ask(self, client: AsyncWebClient, channel_id: str) -> frozenset[str] | None:
        found: set[str] = set()
        cursor = ""
        for _page in range(MOST_PAGES):
            told = await client.conversations_members(channel=channel_id, limit=PAGE, cursor=cursor)
            found.update(told["members"])
            cursor = (told.get("response_metadata") or {}).get("next_cursor") or ""
            if not cursor:
                return frozenset(found)
        return None
