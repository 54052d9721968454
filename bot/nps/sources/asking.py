"""Asking a survey tool, patiently: at its own pace, again when it has trouble, later when it says so."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import Any

from bot.guarded_client import GuardedClient, OutgoingFailed, OutgoingRefused, Reply
from bot.nps.sources.tools import SurveyTool
from stories.language import _

Rest = Callable[[float], Awaitable[None]]

TRIES = 4
BACKOFF_SECONDS = 1.0
"""The pause before the second try; doubled before each further one."""

LONGEST_REST = 30.0
"""Seconds that a pull waits because the tool asked for it; for more it comes back another time."""


class Trouble(Exception):
    """A pull that cannot go on, in words.

    `later` is when the tool wants to be asked again, in seconds; None when it did not say. `hopeless` says
    that asking again does not help until somebody mends something.
    """

    def __init__(self, words: str, *, later: float | None = None, hopeless: bool = False) -> None:
        super().__init__(words)
        self.words, self.later, self.hopeless = words, later, hopeless


class Asking:
    """Asks one tool with one key; `rest` is how time is waited out."""

    def __init__(
        self, client: GuardedClient, tool: SurveyTool, host: str, key: str, *, rest: Rest = asyncio.sleep
    ) -> None:
        self._client, self._tool, self._host = client, tool, host
        self._headers, self._rest = tool.headers(key), rest
        self._asked = False

    async def get(self, path: str, params: Mapping[str, str | int]) -> Any:
        """What the tool answers. Raises Trouble."""
        url = path if path.startswith("https:") else f"{self._host}{path}"
        trouble = ""
        for attempt in range(TRIES):
            if attempt or self._asked:
                await self._rest(BACKOFF_SECONDS * 2 ** (attempt - 1) if attempt else self._tool.pace)
            self._asked = True
            try:
                reply = await self._client.get(url, params=params, headers=self._headers)
                wait = self._wait(reply)
                if wait is None:
                    return reply.json()
                trouble = self._unwell(reply)
            except OutgoingRefused as refused:
                raise Trouble(str(refused), hopeless=True) from None
            except OutgoingFailed as failed:
                wait, trouble = 0.0, str(failed)
            if wait > LONGEST_REST:
                raise Trouble(trouble, later=wait)
            await self._rest(wait)
        raise Trouble(trouble)

    def _wait(self, reply: Reply) -> float | None:
        """How long to wait before trying again; None when the answer can be used. Raises Trouble."""
        if reply.status == HTTPStatus.OK:
            return None
        if reply.status in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN):
            said = _("{tool} refuses the key ({status}): give it a new one. It needs a {key}.")
            words = said.format(tool=self._tool.title, status=reply.status, key=self._tool.key_name)
            raise Trouble(words, hopeless=True)
        if reply.status == HTTPStatus.TOO_MANY_REQUESTS:
            return _retry_after(reply.headers.get("retry-after", ""))
        if reply.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            return _retry_after(reply.headers.get("retry-after", "0"))
        said = _("{tool} does not know what was asked ({status}): check the source’s settings.")
        raise Trouble(said.format(tool=self._tool.title, status=reply.status), hopeless=True)

    def _unwell(self, reply: Reply) -> str:
        if reply.status == HTTPStatus.TOO_MANY_REQUESTS:
            return _("{tool} wants to be asked less often").format(tool=self._tool.title)
        said = _("{tool} has trouble of its own ({status})")
        return said.format(tool=self._tool.title, status=reply.status)


def _retry_after(value: str) -> float:
    """Seconds, or a date; ten seconds where it says neither."""
    if value.strip().replace(".", "", 1).isdecimal():
        return float(value)
    try:
        at = parsedate_to_datetime(value)
    except ValueError:
        return 10.0
    return max(0.0, (at - datetime.now(at.tzinfo or UTC)).total_seconds())
