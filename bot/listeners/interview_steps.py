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
from bot.lessons.offering import after_write_up, is_the_moment
from bot.listeners.interview_showing import put
from bot.listeners.interview_thread import close_thread
from bot.messages.blocks import Block
from bot.messages.interview_meanwhile import USE_STANDING
from bot.settings import Settings
from bot.visitors import writer
from storage.drafts import Draft
from stories.values import dataclass


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
    done = await _finished(desk, context, view, publish=True)
    await ack(response_action="update", view=done.view)
    await _afterwards(desk, client, context, done)


async def keep(
    ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, context: AsyncBoltContext, desk: Desk
) -> None:
    """*Keep it for now*: stored, and shown to nobody."""
    done = await _finished(desk, context, body["view"], publish=False)
    await ack()
    await put(client, body, done.view)
    await _afterwards(desk, client, context, done)


@dataclass(frozen=True, slots=True)
class _Done:
    """The last view, the draft that became a story, and whether its author may be offered a lesson now."""

    view: Block
    was: Draft | None = None
    may_learn: bool = False


async def _afterwards(desk: Desk, client: AsyncWebClient, context: AsyncBoltContext, done: _Done) -> None:
    desk.wake_outbox()
    await close_thread(client, done.was)
    if done.may_learn:
        await after_write_up(desk, client, context.team_id or "", context.user_id or "")
    await home.refresh(desk, client, context.team_id or "", context.user_id or "")


async def _finished(desk: Desk, context: AsyncBoltContext, view: dict[str, Any], *, publish: bool) -> _Done:
    who = await writer(desk, context)
    try:
        async with desk.step() as session:
            done, was = await finish(session, who, view, publish=publish)
            moment = was is not None and await is_the_moment(session, who.workspace_id, who.user_id, who.now)
            return _Done(done, was, moment)
    except Undone as not_yet:
        return _Done(not_yet.view)
