"""The buttons under a story: each counts a person once, and the author hears of it."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncSession

from bot import home, ids, notices, publishing
from bot.attention_rounds import tell_soon
from bot.desk import Desk
from bot.failures import whisper
from bot.listeners.clicks import Click, may_click, refuse, workspace_of
from bot.messages import reacting
from bot.messages.blocks import values_of
from bot.permissions import Act
from bot.preferences import Private, wants
from bot.restating import thanked
from bot.settings import Settings
from storage import follow_ups, people, reactions, stories
from stories.errors import UserError
from stories.language import _
from stories.story import Reaction
from stories.text import clean, says_something


def register(app: AsyncApp, settings: Settings) -> None:  # noqa: ARG001 every feature registers alike
    """Listen to the buttons under stories."""
    app.action(ids.STORY_THOUGHT)(_counting(Reaction.THOUGHT))
    app.action(ids.STORY_MORE)(_counting(Reaction.MORE))
    app.action(ids.STORY_THANKS)(thank)
    app.action(ids.STORY_ACT)(ask_what)
    app.view(ids.STORY_ACT_VIEW)(take_on)


def _counting(kind: Reaction) -> Callable[..., Awaitable[None]]:
    async def react(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, desk: Desk) -> None:
        click = await may_click(desk, client, body, Act.REACT)
        async with desk.begin() as session:
            await click.telling(session, desk)
            counted = await _count(session, click, kind, desk.now()) or not await reactions.unreact(
                session, click.workspace_id, click.story_id, click.user_id, kind
            )
            await publishing.refresh(session, click.workspace_id, click.story_id, now=desk.now())
        await ack()
        desk.wake_outbox()
        await whisper(client, body, _SAID[kind]() if counted else _("Taken back."))

    return react


async def thank(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, desk: Desk) -> None:
    """Say thank you to the author: they get one private note a day that gathers all thanks."""
    click = await may_click(desk, client, body, Act.REACT)
    async with desk.read() as session:
        author = (await click.telling(session, desk)).author_id
    if author == click.user_id:
        raise UserError(_("This is your own story; thanks from others reach you as a message from me."))
    zone = await _zone_of(client, desk, click.workspace_id, author)
    async with desk.begin() as session:
        new = await _count(session, click, Reaction.THANKS, desk.now())
        if new and await _wants_notes(session, click, author):
            await _tell_of_thanks(session, click.workspace_id, author, zone, desk.now())
        if new:
            await publishing.refresh(session, click.workspace_id, click.story_id, now=desk.now())
    await ack()
    desk.wake_outbox()
    said = _("Your thanks are on their way.") if new else _("You have thanked them already; they know.")
    await whisper(client, body, said)


async def ask_what(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, desk: Desk) -> None:
    """Ask what somebody will do, and by when."""
    click = await may_click(desk, client, body, Act.REACT)
    async with desk.read() as session:
        telling = await click.telling(session, desk)
    own = telling.author_id == click.user_id
    view = reacting.act_modal(telling, channel_id=click.channel_id, own=own)
    await client.views_open(trigger_id=body["trigger_id"], view=view)
    await ack()


async def take_on(
    ack: AsyncAck, body: dict[str, Any], view: dict[str, Any], client: AsyncWebClient, desk: Desk
) -> None:
    """Keep what somebody will do; the author hears of each person once."""
    kept, given = json.loads(view["private_metadata"]), values_of(view)
    click = Click(
        workspace_id=workspace_of(body),
        user_id=body["user"]["id"],
        story_id=kept["story"],
        channel_id=kept["channel"],
    )
    what, due_on = clean(given["what"] or ""), _due(given["due_on"], desk.now())
    if not says_something(what):
        raise UserError(_("A few words, please: what will you do?"), field="what")
    await refuse(desk, client, click, Act.REACT)
    async with desk.begin() as session:
        author = await _keep_act(session, click, what, due_on, desk)
    desk.wake_outbox()
    said = _("It’s yours. You find it in my Home tab.")
    if author and author != click.user_id:
        said = _("It’s yours. You find it in my Home tab, and the author knows that something comes of it.")
    await ack(response_action="update", view=reacting.done_modal(_("Taken on"), said))
    if author:
        await tell_soon(desk, click.workspace_id, author)
    await home.refresh(desk, client, click.workspace_id, click.user_id)


async def _keep_act(
    session: AsyncSession, click: Click, what: str, due_on: date | None, desk: Desk
) -> str | None:
    """Keep it; whom to tell of it, if anybody."""
    telling = await click.telling(session, desk)
    story = await stories.get(session, click.workspace_id, click.story_id)
    already = await follow_ups.of_story(session, click.workspace_id, click.story_id)
    mine = (click.user_id, what, due_on)
    if story is None or mine in [(one.owner_id, one.what, one.due_on) for one in already if not one.done_at]:
        return None
    await follow_ups.take_on(
        session,
        click.workspace_id,
        story.interview.id,
        kind=follow_ups.ACT,
        owner_id=click.user_id,
        what=what,
        due_on=due_on,
        now=desk.now(),
    )
    await _count(session, click, Reaction.ACT, desk.now())
    if telling.author_id != click.user_id and await _wants_notes(session, click, telling.author_id):
        slot, about = f"act:{click.story_id}:{click.user_id}", {click.story_id}
        await notices.offer(
            session, click.workspace_id, telling.author_id, "acting", slot, about=about, now=desk.now()
        )
    await publishing.refresh(session, click.workspace_id, click.story_id, now=desk.now())
    return telling.author_id


async def _count(session: AsyncSession, click: Click, kind: Reaction, now: datetime) -> bool:
    return await reactions.react(
        session,
        click.workspace_id,
        click.story_id,
        click.user_id,
        kind,
        channel_id=click.channel_id,
        now=now,
    )


async def _tell_of_thanks(
    session: AsyncSession, workspace_id: str, author: str, zone: ZoneInfo, now: datetime
) -> None:
    """One note a day by the author's own clock; later thanks are added to it."""
    today = now.astimezone(zone).date()
    _said, about = await thanked(session, workspace_id, author, [today], zone, now)
    slot = f"thanks:{today.isoformat()}:{zone.key}"
    await notices.offer(session, workspace_id, author, "thanks", slot, about=about, now=now, zone=zone.key)


async def _wants_notes(session: AsyncSession, click: Click, author: str) -> bool:
    return wants(await people.settings(session, click.workspace_id, author), Private.THANKS)


async def _zone_of(client: AsyncWebClient, desk: Desk, workspace_id: str, user_id: str) -> ZoneInfo:
    try:
        return ZoneInfo((await desk.colleagues.get(client, workspace_id, user_id)).time_zone)
    except (SlackApiError, KeyError):
        # Somebody who has left is thanked all the same.
        return ZoneInfo("UTC")


def _due(chosen: str | None, now: datetime) -> date | None:
    if not chosen:
        return None
    day = date.fromisoformat(chosen)
    # It may still be yesterday where somebody sits.
    if day < now.date() - timedelta(days=1):
        raise UserError(_("That day has passed; please choose today or later."), field="due_on")
    return day


_SAID: dict[Reaction, Callable[[], str]] = {
    Reaction.THOUGHT: lambda: _("Thank you; the author will see it. Click again to take it back."),
    Reaction.MORE: lambda: _("Noted: more like this, here. Click again to take it back."),
}
