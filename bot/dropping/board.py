"""A message in a file's thread that is brought up to date while the file is read."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from typing import Any

from slack_sdk.errors import SlackClientError
from slack_sdk.web.async_client import AsyncWebClient

from stories.values import dataclass

log = logging.getLogger(__name__)
TRIES = 4
PAUSE_SECONDS = 0.5


@dataclass(slots=True)
class Board:
    """`ts` is the message's stamp once it stands; `settled` whether its last words were said."""

    client: AsyncWebClient
    channel_id: str
    thread_ts: str
    ts: str | None = None
    settled: bool = False

    @classmethod
    def clicked(cls, client: AsyncWebClient, body: Mapping[str, Any]) -> Board:
        """The message under which somebody clicked."""
        message = body["message"]
        return cls(client, body["channel"]["id"], message.get("thread_ts") or message["ts"], ts=message["ts"])

    async def show(self, message: dict[str, Any]) -> None:
        """How far it is. Trouble is logged and passed over: the next words replace these."""
        try:
            await self._put(message)
        except (SlackClientError, OSError, TimeoutError) as trouble:
            log.warning("could not say how far reading a file is: %s", trouble)

    async def settle(self, message: dict[str, Any]) -> None:
        """What came of it: said again a moment later where Slack has trouble. Raises SlackClientError."""
        for number in range(1, TRIES + 1):
            try:
                await self._put(message)
            except (SlackClientError, OSError, TimeoutError):
                if number == TRIES:
                    raise
                await asyncio.sleep(PAUSE_SECONDS * 2**number)
            else:
                self.settled = True
                return

    def another(self) -> Board:
        """A further message in the same thread."""
        return Board(self.client, self.channel_id, self.thread_ts)

    async def _put(self, message: dict[str, Any]) -> None:
        if self.ts is not None:
            await self.client.chat_update(channel=self.channel_id, ts=self.ts, **message)
            return
        posted = await self.client.chat_postMessage(
            channel=self.channel_id, thread_ts=self.thread_ts, **message
        )
        self.ts = str(posted["ts"])
