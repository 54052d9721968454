"""Files that are to be deleted in Slack again: written down before Slack shows them to anybody.

A process that dies, or waits for Slack's last answer in vain, leaves no file that nobody knows of.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

Keep = Callable[[list[str]], Awaitable[None]]
"""Writes the files' ids down, durably."""


async def hand(
    client: AsyncWebClient,
    user_id: str,
    files: Sequence[dict[str, Any]],
    *,
    comment: str = "",
    keep: Keep,
    under: str | None = None,
) -> None:
    """Send files (filename, content, title) to somebody's private conversation with the bot.

    `under` is the timestamp of the message there in whose thread they stand. `keep` is called once they are
    uploaded and before they are shared. Raises SlackApiError where Slack does not take them, and what `keep`
    raises: then nobody sees them, and Slack forgets what is never shared.
    """
    opened = await client.conversations_open(users=user_id)
    await _Keeping(client, keep).files_upload_v2(
        channel=opened["channel"]["id"],
        initial_comment=comment or None,
        file_uploads=list(files),
        thread_ts=under,
    )


class _Keeping(AsyncWebClient):
    """A client whose uploads end with the ids being kept, then with the files being shared."""

    def __init__(self, like: AsyncWebClient, keep: Keep) -> None:
        super().__init__(token=like.token, base_url=like.base_url, timeout=like.timeout)
        self._keep = keep

    async def files_completeUploadExternal(self, **given: Any) -> AsyncSlackResponse:  # noqa: N802 Slack's name
        """The last step of an upload. Raises as `hand` does."""
        await self._keep([str(one["id"]) for one in given["files"]])
        return await super().files_completeUploadExternal(**given)
