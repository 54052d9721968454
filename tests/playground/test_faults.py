"""What goes wrong on demand, as Slack's own client meets it."""

from __future__ import annotations

import time

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.web.async_client import AsyncWebClient

from playground.client import Playground, PlaygroundError
from tests.playground.conftest import BRISK, id_of, refused


async def texts(world: Playground) -> list[str]:
    return [message.text for message in await world.channel("pilot").messages()]


async def test_a_call_is_refused_with_the_word_asked_for_as_often_as_asked(
    world: Playground, slack: AsyncWebClient
) -> None:
    await world.faults.add("chat.postMessage", "refuse", error="msg_blocks_too_long", times=2)
    pilot = await id_of(world, "pilot")
    for _ in range(2):
        with refused("msg_blocks_too_long"):
            await slack.chat_postMessage(channel=pilot, text="Hi")
    await slack.chat_postMessage(channel=pilot, text="Hi")
    assert await texts(world) == ["Hi"]
    assert await world.faults.waiting() == 0


async def test_too_many_requests_say_when_to_come_back(world: Playground, slack: AsyncWebClient) -> None:
    await world.faults.add("chat.postMessage", "status", status=429, seconds=1)
    pilot = await id_of(world, "pilot")
    with refused("ratelimited") as holder:
        await slack.chat_postMessage(channel=pilot, text="Hi")
    assert holder.response.headers["Retry-After"] == "1"
    slack.retry_handlers.append(AsyncRateLimitErrorRetryHandler(max_retry_count=1))
    await world.faults.add("chat.postMessage", "status", status=429, seconds=0)
    await slack.chat_postMessage(channel=pilot, text="Hi again")
    assert await texts(world) == ["Hi again"]


async def test_a_server_error_does_nothing(world: Playground, slack: AsyncWebClient) -> None:
    await world.faults.add("*", "status", status=500)
    with pytest.raises(SlackApiError) as caught:
        await slack.chat_postMessage(channel=await id_of(world, "pilot"), text="Hi")
    assert caught.value.response.status_code == 500
    assert await texts(world) == []


@pytest.mark.parametrize(
    ("kind", "left"), [("drop", []), ("lose_answer", ["Hi"])], ids=["nothing done", "done, answer lost"]
)
async def test_a_connection_breaks_before_or_after_the_deed(
    world: Playground, kind: str, left: list[str]
) -> None:
    slack = AsyncWebClient(token=world.bot_token, base_url=world.api_url, retry_handlers=[])
    pilot = await id_of(world, "pilot")
    await world.faults.add("chat.postMessage", kind)
    with pytest.raises(aiohttp.ClientError):
        await slack.chat_postMessage(channel=pilot, text="Hi")
    assert await texts(world) == left


async def test_a_call_can_be_carried_out_late(world: Playground) -> None:
    slack = AsyncWebClient(token=world.bot_token, base_url=world.api_url, retry_handlers=[])
    pilot = await id_of(world, "pilot")
    await world.faults.add("chat.postMessage", "late", seconds=60)
    with pytest.raises(aiohttp.ClientError):
        await slack.chat_postMessage(channel=pilot, text="Better late")
    assert await texts(world) == []
    await world.faults.clear()
    await world.channel("pilot").wait_for("Better late")


async def test_a_call_can_be_slow(world: Playground, slack: AsyncWebClient) -> None:
    await world.faults.add("auth.test", "delay", seconds=0.2)
    began = time.monotonic()
    await slack.auth_test()
    assert time.monotonic() - began >= 0.2


async def test_chance_strikes_the_same_calls_for_the_same_seed() -> None:
    async def struck() -> list[bool]:
        async with Playground.start(BRISK, seed=7) as world:
            slack = AsyncWebClient(token=world.bot_token, base_url=world.api_url)
            await world.faults.add("api.test", "refuse", error="fatal_error", times=0, probability=0.5)
            results = [await _works(slack) for _ in range(20)]
            await world.faults.clear()
            await slack.api_test()
            return results

    first, second = await struck(), await struck()
    assert first == second
    assert 3 < sum(first) < 17


async def _works(slack: AsyncWebClient) -> bool:
    try:
        await slack.api_test()
    except SlackApiError:
        return False
    return True


async def test_a_fault_that_means_nothing_is_refused(world: Playground) -> None:
    with pytest.raises(PlaygroundError, match="use one of refuse, delay"):
        await world.faults.add("auth.test", "explode")
    with pytest.raises(PlaygroundError, match="use 0 to 1"):
        await world.faults.add("auth.test", "drop", probability=2)
