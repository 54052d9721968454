"""Do guests read a channel? Asked of Slack person by person, so only as far as that is cheap."""

from __future__ import annotations

import asyncio

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.desk import Desk
from storage import channels
from stories.channels import StopReason
from stories.errors import UserError
from stories.language import _

MOST_ASKED = 100
"""Members of a channel that are looked at; of more than these nobody can rule guests out.

`users.info` may be asked about a hundred times a minute, and every answer is remembered for five minutes.
"""

LOOKING_SECONDS = 1.5
"""How long somebody waits for a look at a channel's readers: Slack gives up after three seconds."""

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


async def refuse_unknown_readers(
    desk: Desk, client: AsyncWebClient, workspace_id: str, channel_id: str
) -> None:
    """Raise UserError where guests read along, or may in a large channel, and no editor agreed."""
    async with desk.read() as session:
        channel = await channels.get(session, workspace_id, channel_id)
    if channel is not None and channel.guests_allowed_by:
        return
    try:
        async with asyncio.timeout(LOOKING_SECONDS):
            readers = await guests_in(desk, client, workspace_id, channel_id)
    except TimeoutError:
        # Everybody looked at so far is remembered, so the next attempt gets further.
        raise UserError(_("I’m still looking at who reads that channel. Please press Share again.")) from None
    if readers is not None:
        said = _(
            "Guests read that channel, or it is too large to tell. Set it up there with {command} first: "
            "an editor then decides whether guests may read stories."
        )
        raise UserError(said.format(command=desk.settings.firsthand_channel_command))


async def _is_guest(desk: Desk, client: AsyncWebClient, workspace_id: str, user_id: str) -> bool:
    try:
        colleague = await desk.colleagues.get(client, workspace_id, user_id)
    except SlackApiError as error:
        if error.response.get("error") in {"user_not_found", "user_not_visible"}:
            # Whom Slack will not tell us about is not one of us.
            return True
        raise
    return colleague.guest and not colleague.bot
