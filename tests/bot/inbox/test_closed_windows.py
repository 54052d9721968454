"""Somebody who closes a window before its answer comes is told what they have to know, and no more."""

from __future__ import annotations

from typing import Any

import pytest
from slack_bolt import BoltResponse
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.failures import answer_failure
from playground.client import Playground
from stories.errors import UserError

GONE: dict[str, Any] = {
    "id": "V0GONE",
    "type": "modal",
    "title": {"type": "plain_text", "text": "A window"},
    "blocks": [{"type": "divider"}],
}


async def test_what_was_refused_in_a_closed_window_is_said_in_private() -> None:
    async with Playground.start() as world:
        client = AsyncWebClient(world.bot_token, base_url=world.api_url)
        ana = world.person("ana")
        body = {"type": "block_actions", "user": {"id": ana.id}, "view": GONE}
        with pytest.raises(SlackApiError) as gone:
            await client.views_update(view_id="V0GONE", view=GONE)
        answer = await answer_failure(gone.value, body, client, BoltResponse(status=404))
        assert answer is not None
        assert answer.status == 200
        private = world.channel(await ana.dm())
        assert await private.messages() == []
        await answer_failure(UserError("It is not shown any more."), body, client, None)
        assert [message.text for message in await private.messages()] == ["It is not shown any more."]
