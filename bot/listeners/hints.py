"""What somebody answers to a hint; every click keeps what was typed before anything else happens."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncSession

from bot.desk import Desk
from bot.hints import answering
from bot.hints import ids as hint_ids
from bot.listeners.interview_showing import put
from bot.messages.blocks import Block
from bot.settings import Settings
from bot.visitors import Visitor, writer
from stories.forms import Step

Answer = Callable[[AsyncSession, Visitor, dict[str, Any], str], Awaitable[Block]]


def register(app: AsyncApp, settings: Settings) -> None:  # noqa: ARG001 every feature registers alike
    """Listen to the buttons of hints."""
    app.action(hint_ids.HINT_FINE)(fine)
    app.action(hint_ids.HINT_OFF)(off)
    app.action(hint_ids.HINT_CHANGE)(change)


async def fine(
    ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, context: AsyncBoltContext, desk: Desk
) -> None:
    """*Fine as it is*."""
    await _answer(ack, body, client, context, desk, answering.put_away)


async def off(
    ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, context: AsyncBoltContext, desk: Desk
) -> None:
    """*No more of these*."""
    await _answer(ack, body, client, context, desk, answering.turn_off)


async def change(
    ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, context: AsyncBoltContext, desk: Desk
) -> None:
    """*Change it*."""

    async def there(session: AsyncSession, who: Visitor, view: dict[str, Any], value: str) -> Block:
        return await answering.change(session, who, view, Step(value))

    await _answer(ack, body, client, context, desk, there)


async def _answer(
    ack: AsyncAck,
    body: dict[str, Any],
    client: AsyncWebClient,
    context: AsyncBoltContext,
    desk: Desk,
    answer: Answer,
) -> None:
    who = await writer(desk, context)
    async with desk.begin() as session:
        view = await answer(session, who, body["view"], str(body["actions"][0]["value"]))
    await ack()
    await put(client, body, view)
