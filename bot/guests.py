"""Do guests read a channel? Asked of Slack person by person, so only as far as that is cheap."""

from __future__ import annotations

import asyncio

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.desk import Desk
from stories.channels import StopReason

MOST_ASKED = 100
"""Members of a channel that are looked at; of more than these nobody can rule guests out.

`users.info` may be asked about a hundred times a minute, and every answer is remembered for five minutes.
"""

_AT_ONCE = 10


async def guests_in(
    desk: Desk, client: AsyncWebClient, workspace_id: str, channel_id: str
) -> StopReason | None:
    """GUESTS when one reads the channel, LARGE when it cannot be ruled out, else None.

    Stops at the first guest. Raises SlackApiError when Slack does not tell.
    """
    told = await client.conversations_members(channel=channel_id, limit=MOST_ASKED + 1)
    members: list[str] = told["members"]
    more = (told.get("response_metadata") or {}).get("next_cursor")
    for start in range(0, min(len(members), MOST_ASKED), _AT_ONCE):
        asked = members[start : start + _AT_ONCE]
        if any(await asyncio.gather(*(_is_guest(desk, client, workspace_id, user) for user in asked))):
            return StopReason.GUESTS
    return StopReason.LARGE if more or len(members) > MOST_ASKED else None


async def _is_guest(desk: Desk, client: AsyncWebClient, workspace_id: str, user_id: str) -> bool:
    try:
        colleague = await desk.colleagues.get(client, workspace_id, user_id)
    except SlackApiError as error:
        if error.response.get("error") in {"user_not_found", "user_not_visible"}:
            # Whom Slack will not tell us about is not one of us.
            return True
        raise
    return colleague.guest and not colleague.bot
