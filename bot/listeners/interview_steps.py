"""From step to step, and the end: every click keeps what was typed before anything else happens."""

from __future__ import annotations

from typing import Any

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot import home, ids, interviewing
from bot.desk import Desk
from bot.interview_finish import Undone, finish
from bot.interviewing import Errors
from bot.lessons.offering import after_write_up
from bot.listeners.interview_showing import put
from bot.listeners.interview_thread import close_thread
from bot.messages.blocks import Block
from bot.messages.interview_meanwhile import USE_STANDING
from bot.settings import Settings
from bot.visitors import writer
from storage.drafts import Draft


def register(app: AsyncApp, settings: Settings) -> None:  # noqa: ARG001 every feature registers alike
    """Listen to the steps of a write-up."""
    app.view(ids.INTERVIEW_VIEW)(next_step)
    app.view(ids.INTERVIEW_PREVIEW_VIEW)(publish)
    app.action(ids.INTERVIEW_BACK)(back)
    app.action(ids.INTERVIEW_ADD_QUOTE)(add_quote)
    app.action(ids.CUSTOMER_SEARCH)(followed)
    app.action(ids.INTERVIEW_KEEP)(keep)
    app.action(ids.INTERVIEW_HIDE)(followed)
    app.action(USE_STANDING)(use_standing)


async def next_step(ack: AsyncAck, view: dict[str, Any], context: AsyncBoltContext, desk: Desk) -> None:
    """*Next*: kept, then either what is still wrong, beside its field, or the next step."""
    who = await writer(desk, context)
    async with desk.step() as session:
        ahead = await interviewing.next_step(session, who, view)
    if isinstance(ahead, Errors):
        await ack(response_action="errors", errors=dict(ahead.by_block))
    else:
        await ack(response_action="update", view=ahead)


async def back(
    ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, context: AsyncBoltContext, desk: Desk
) -> None:
    """*Back*: kept, then the step before."""
    who = await writer(desk, context)
    async with desk.begin() as session:
        view = await interviewing.step_back(session, who, body["view"])
    await ack()
    await put(client, body, view)


async def add_quote(
    ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, context: AsyncBoltContext, desk: Desk
) -> None:
    """Another place for their words."""
    who = await writer(desk, context)
    async with desk.begin() as session:
        view = await interviewing.same_step(session, who, body["view"], more_quotes=1)
    await ack()
    await put(client, body, view)


async def followed(
    ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, context: AsyncBoltContext, desk: Desk
) -> None:
    """The step follows what was chosen in it: what we know of a customer, a preview with a word hidden."""
    who = await writer(desk, context)
    async with desk.begin() as session:
        view = await interviewing.same_step(session, who, body["view"])
    await ack()
    await put(client, body, view)


async def use_standing(
    ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, context: AsyncBoltContext, desk: Desk
) -> None:
    """*Use these instead of mine*: where the story was changed while this edit of it was open."""
    who = await writer(desk, context)
    async with desk.begin() as session:
        view = await interviewing.with_chosen(session, who, body["view"], body["actions"][0]["value"])
    await ack()
    await put(client, body, view)


async def publish(
    ack: AsyncAck, view: dict[str, Any], client: AsyncWebClient, context: AsyncBoltContext, desk: Desk
) -> None:
    """The last button: stored and told, or kept where consent says so."""
    done, was = await _finished(desk, context, view, publish=True)
    await ack(response_action="update", view=done)
    await _afterwards(desk, client, context, was)


async def keep(
    ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, context: AsyncBoltContext, desk: Desk
) -> None:
    """*Keep it for now*: stored, and shown to nobody."""
    done, was = await _finished(desk, context, body["view"], publish=False)
    await ack()
    await put(client, body, done)
    await _afterwards(desk, client, context, was)


async def _afterwards(
    desk: Desk, client: AsyncWebClient, context: AsyncBoltContext, was: Draft | None
) -> None:
    desk.wake_outbox()
    await close_thread(client, was)
    if was is not None:
        await after_write_up(desk, client, context.team_id or "", context.user_id or "")
    await home.refresh(desk, client, context.team_id or "", context.user_id or "")


async def _finished(
    desk: Desk, context: AsyncBoltContext, view: dict[str, Any], *, publish: bool
) -> tuple[Block, Draft | None]:
    who = await writer(desk, context)
    try:
        async with desk.step() as session:
            return await finish(session, who, view, publish=publish)
    except Undone as not_yet:
        return not_yet.view, None
