"""Who somebody is, asked of Slack as seldom as may be."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.colleagues import REMEMBERED_SECONDS, Colleagues
from playground.client import Playground
from playground.setup import Tuning


class Seconds:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
async def world() -> AsyncIterator[Playground]:
    """A workspace that answers at once."""
    async with Playground.start(tuning=Tuning(rates=False)) as started:
        yield started


async def test_slack_is_left_alone_for_as_long_as_it_asks(world: Playground) -> None:
    seconds = Seconds()
    colleagues = Colleagues(seconds)
    client = AsyncWebClient(token=world.bot_token, base_url=world.api_url)
    ana, ben = world.person("ana").id, world.person("ben").id
    assert await colleagues.names(client, world.team_id, [ana, "U0GONE", ana]) == {ana: "Ana Sousa"}
    known = await colleagues.get(client, world.team_id, ana)
    seconds.now += REMEMBERED_SECONDS + 1
    await world.faults.add("users.info", "status", status=429, seconds=40)
    assert await colleagues.get(client, world.team_id, ana) == known, "as last known"
    asked = await world.calls("users.info")
    for _ in range(3):
        with pytest.raises(SlackApiError):
            await colleagues.get(client, world.team_id, ben)
    assert await colleagues.get(client, world.team_id, ana) == known
    assert await world.calls("users.info") == asked, "nothing is asked meanwhile"
    seconds.now += 41
    assert (await colleagues.get(client, world.team_id, ben)).user_id == ben
