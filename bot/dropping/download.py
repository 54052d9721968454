"""The bytes of a file that somebody shared with the bot: from Slack alone, never more than allowed."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from http import HTTPStatus
from pathlib import PurePath
from typing import Any, TypeVar
from urllib.parse import SplitResult, urlsplit

from aiohttp import ClientError, ClientResponse, ClientSession, ClientTimeout
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_client import AsyncWebClient

from stories.errors import UserError
from stories.language import _
from stories.values import dataclass

log = logging.getLogger(__name__)
T = TypeVar("T")

TRIES = 3
PAUSE_SECONDS = 0.5
PATIENCE = ClientTimeout(total=120, connect=10, sock_read=20)
_CHUNK = 64 * 1024
_GONE = frozenset({"file_not_found", "file_deleted"})
_FORBIDDEN = frozenset({"missing_scope", "not_allowed_token_type", "access_denied", "no_permission"})
_SLACKS_OWN = "slack.com"


class NotNow(Exception):
    """Slack would not hand a file over just now; another time it may."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedFile:
    """A file as Slack describes it; `size` in bytes, `link` for people who may see it."""

    id: str
    name: str
    size: int
    url: str
    link: str = ""

    @property
    def suffix(self) -> str:
        """How its name ends, in small letters and with the dot."""
        return PurePath(self.name).suffix.lower()


async def describe(client: AsyncWebClient, file_id: str) -> SharedFile:
    """What Slack says of a file now.

    Raises UserError when it is gone, lies elsewhere or may not be read, NotNow when Slack has trouble.
    """
    told = await _patiently(lambda: _asked(client, file_id), PAUSE_SECONDS)
    name = str(told.get("name") or told.get("title") or file_id)
    if told.get("mode") == "tombstone":
        raise UserError(_gone())
    if told.get("is_external") or not told.get("url_private_download"):
        said = _("“{file}” isn’t kept in Slack. Download it where it is, and drop the file itself here.")
        raise UserError(said.format(file=name))
    return SharedFile(
        id=file_id,
        name=name,
        size=int(told.get("size") or 0),
        url=str(told["url_private_download"]),
        link=str(told.get("permalink") or ""),
    )


async def fetch(
    file: SharedFile, *, token: str, api_url: str, most: int, pause: float = PAUSE_SECONDS
) -> bytes:
    """The file's bytes, at most `most` of them. The token goes to Slack (at `api_url`) and nowhere else.
    Between tries lie `pause` seconds and more.

    Raises UserError when it may not be read, is gone or larger than `most`, NotNow when Slack has trouble.
    """
    if not is_slacks(file.url, api_url):
        log.error("a file's address does not belong to Slack: %s", urlsplit(file.url).netloc)
        said = _("“{file}” isn’t kept in Slack. Download it where it is, and drop the file itself here.")
        raise UserError(said.format(file=file.name))
    return await _patiently(lambda: _fetched(file, token, most), pause)


def is_slacks(url: str, api_url: str) -> bool:
    """Whether an address is Slack's own; where the Web API is another's, only that very host."""
    api, place = urlsplit(api_url), urlsplit(url)
    if _is_slack(api):
        return place.scheme == "https" and _is_slack(place) and place.port in (None, 443)
    return (place.scheme, place.hostname, place.port) == (api.scheme, api.hostname, api.port)


def _is_slack(place: SplitResult) -> bool:
    host = place.hostname or ""
    return host == _SLACKS_OWN or host.endswith(f".{_SLACKS_OWN}")


async def _asked(client: AsyncWebClient, file_id: str) -> Mapping[str, Any]:
    try:
        answer: Mapping[str, Any] = (await client.files_info(file=file_id))["file"]
    except SlackApiError as refusal:
        word = refusal.response.get("error")
        if word in _GONE:
            raise UserError(_gone()) from None
        if word in _FORBIDDEN:
            raise UserError(_forbidden()) from None
        raise NotNow(str(word)) from refusal
    return answer


async def _fetched(file: SharedFile, token: str, most: int) -> bytes:
    headers = {"Authorization": f"Bearer {token}"}
    # A redirect leads to Slack's sign-in page, or would carry the token elsewhere.
    async with (
        ClientSession(timeout=PATIENCE) as http,
        http.get(file.url, headers=headers, allow_redirects=False) as answer,
    ):
        _check(answer, file)
        held = bytearray()
        async for chunk in answer.content.iter_chunked(_CHUNK):
            held += chunk
            if len(held) > most:
                said = _("“{file}” is larger than Slack says, and than the {most} MB that can be read.")
                raise UserError(said.format(file=file.name, most=most // 1024 // 1024))
        return bytes(held)


def _check(answer: ClientResponse, file: SharedFile) -> None:
    page = answer.content_type == "text/html" and file.suffix not in {".html", ".htm"}
    if answer.status in (HTTPStatus.NOT_FOUND, HTTPStatus.GONE):
        raise UserError(_gone())
    if answer.status in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN) or 300 <= answer.status < 400 or page:
        raise UserError(_forbidden())
    if answer.status != HTTPStatus.OK:
        raise NotNow(f"HTTP {answer.status}")


async def _patiently(attempt: Callable[[], Awaitable[T]], pause: float) -> T:
    """What the attempt gives, tried again a moment later where Slack has trouble."""
    for number in range(1, TRIES + 1):
        try:
            return await attempt()
        except (NotNow, SlackClientError, ClientError, TimeoutError, OSError) as trouble:
            log.warning("Slack would not hand a file over (try %s of %s): %s", number, TRIES, trouble)
            if number < TRIES:
                await asyncio.sleep(pause * number)
    raise NotNow


def _gone() -> str:
    return _("That file was deleted before I could read it. Drop it here once more, and leave it a moment.")


def _forbidden() -> str:
    return _(
        "Slack doesn’t let me open files here. Whoever looks after Firsthand can allow it: add the scope "
        "files:read to the app and install it again."
    )
