"""Handing something over to a colleague, who says yes or no."""

from __future__ import annotations

from typing import Any

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncSession

from bot import home, ids, notices
from bot.attention_rounds import tell_soon
from bot.desk import Desk
from bot.endings.notes import asked_to_take_over
from bot.follow_through import reminders_of
from bot.listeners.chosen import chosen_colleague
from bot.listeners.clicks import open_view, refuse_guests, workspace_of
from bot.listeners.follow_ups import follow, gone, own_open
from bot.messages import follow_up_views as views
from bot.messages import hand_over
from bot.messages.blocks import values_of
from bot.messages.follow_up_views import over_view
from bot.settings import Settings
from bot.tongues import speaking_to
from storage import customer_colleagues, deliveries, follow_up_changes, follow_ups, stories
from storage import notices as about_stories
from storage.follow_ups import FollowUp
from stories.attention_kinds import HAND_OVER
from stories.errors import UserError
from stories.language import _


def register(app: AsyncApp, settings: Settings) -> None:  # noqa: ARG001 every feature registers alike
    """Listen to the question and to its answers."""
    app.action(ids.FOLLOW_UP_HAND)(ask_whom)
    app.view(ids.FOLLOW_UP_HAND_VIEW)(ask)
    app.action(ids.FOLLOW_UP_TAKE)(take)
    app.action(ids.FOLLOW_UP_NOT_ME)(refuse)


async def ask_whom(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, desk: Desk) -> None:
    """Ask who might take it over."""
    async with desk.read() as session:
        task = await own_open(session, body, int(body["actions"][0]["value"]))
    await open_view(client, body, views.hand_view(task))
    await ack()


async def ask(
    ack: AsyncAck, body: dict[str, Any], view: dict[str, Any], client: AsyncWebClient, desk: Desk
) -> None:
    """Ask the colleague; the window's id tells one asking from another."""
    workspace_id, user_id = workspace_of(body), body["user"]["id"]
    colleague = values_of(view).get("colleague") or ""
    await _refuse_unfit(desk, client, workspace_id, user_id, colleague)
    async with desk.begin() as session:
        task = await own_open(session, body, int(view["private_metadata"]))
        await _refuse_the_customer(session, workspace_id, task, colleague)
        await follow_up_changes.offer_to(
            session, workspace_id, task.id, owner_id=user_id, colleague=colleague
        )
        slot, about = f"hand:{task.id}:{view['id']}", {task.story_id}
        await notices.offer(session, workspace_id, colleague, HAND_OVER, slot, about=about, now=desk.now())
    said = _(
        "I ask <@{person}>; if they heard enough from me this week, in the next one. It stays yours until "
        "they say yes."
    )
    await ack(response_action="update", view=over_view(_("Asked"), said.format(person=colleague)))
    await tell_soon(desk, workspace_id, colleague)


async def take(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, desk: Desk) -> None:
    """A colleague's yes: it is theirs from now on."""
    await _answer(ack, body, client, desk, takes_it=True)


async def refuse(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, desk: Desk) -> None:
    """A colleague's no: it stays where it was, and whoever asked hears of it."""
    await _answer(ack, body, client, desk, takes_it=False)


async def _answer(
    ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, desk: Desk, *, takes_it: bool
) -> None:
    workspace_id, user_id = workspace_of(body), body["user"]["id"]
    follow_up_id = int(body["actions"][0]["value"])
    async with desk.begin() as session:
        task = await follow_ups.get(session, workspace_id, follow_up_id)
        standing = await reminders_of(session, workspace_id, task) if task else ()
        answered = await follow_up_changes.answer(
            session, workspace_id, follow_up_id, colleague=user_id, takes_it=takes_it
        )
        if task is None or not answered:
            raise UserError(gone())
        await _follow_the_question(session, workspace_id, task, desk)
        await follow(session, workspace_id, standing, desk)
        async with speaking_to(session, workspace_id, task.owner_id):
            payload = hand_over.answered(task, user_id, takes_it=takes_it)
        slot = f"handed:{follow_up_id}:{user_id}:{desk.now():%Y%m%d%H%M%S}"
        about = {task.story_id}
        await notices.plan(session, workspace_id, task.owner_id, slot, payload, about=about, now=desk.now())
    await ack()
    desk.wake_outbox()
    for person in (user_id, task.owner_id):
        await home.refresh(desk, client, workspace_id, person)


async def _follow_the_question(session: AsyncSession, workspace_id: str, task: FollowUp, desk: Desk) -> None:
    """Have the messages in which it was asked say what became of it."""
    for note in await about_stories.about(session, workspace_id, task.story_id):
        if not note.slot_key.startswith(f"hand:{task.id}:"):
            continue
        async with speaking_to(session, workspace_id, note.channel_id):
            payload = await asked_to_take_over(session, workspace_id, task.id, note.channel_id, desk.now())
        if payload is not None:
            await deliveries.revise(session, workspace_id, note.id, payload, now=desk.now(), at_once=True)


async def _refuse_unfit(
    desk: Desk, client: AsyncWebClient, workspace_id: str, user_id: str, colleague: str
) -> None:
    """Raises UserError for nobody, for oneself, and for guests and apps."""
    await refuse_guests(desk, client, workspace_id, user_id)
    if not colleague:
        raise UserError(_("Please choose a colleague."), field="colleague")
    if colleague == user_id:
        raise UserError(_("It is yours already; please choose somebody else."), field="colleague")
    known = await chosen_colleague(desk, client, workspace_id, colleague, field="colleague")
    if known.guest:
        said = _("{name} is a guest or an app; what customers were promised is for colleagues.")
        raise UserError(said.format(name=known.name), field="colleague")


async def _refuse_the_customer(
    session: AsyncSession, workspace_id: str, task: FollowUp, colleague: str
) -> None:
    story = await stories.get(session, workspace_id, task.story_id)
    known = await customer_colleagues.every(session, workspace_id)
    if story is not None and known.get(story.interview.customer.id) == colleague:
        said = _("They are the customer of this story; please choose somebody else.")
        raise UserError(said, field="colleague")
