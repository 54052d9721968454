"""Lessons: their window, one screen after the other, and what is answered to an offer."""

from __future__ import annotations

from typing import Any

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient

from bot import home
from bot.desk import Desk
from bot.lessons import ids as lesson_ids
from bot.lessons import shelf, walking
from bot.lessons.settings import OFFERS, with_wanted, without
from bot.listeners.clicks import open_view, refuse_guests, workspace_of
from bot.listeners.interview_showing import put
from bot.messages.blocks import Block
from bot.messages.lessons import put_off_note
from bot.settings import Settings, StartError
from storage import deliveries, people, posted
from stories.attention_kinds import LESSON
from stories.lessons.errors import LessonError


def register(app: AsyncApp, settings: Settings) -> None:  # noqa: ARG001 every feature registers alike
    """Listen to lessons. Raises StartError when one of them cannot be read: where, and how to mend it."""
    try:
        shelf.check_added()
    except LessonError as wrong:
        raise StartError(f"A lesson cannot be read. {wrong}") from wrong
    app.action(lesson_ids.LESSONS_OPEN)(open_window)
    app.action(lesson_ids.LESSONS_WANTED)(choose)
    app.action(lesson_ids.LESSON_BEGIN)(begin)
    app.view(lesson_ids.LESSON_VIEW)(further)
    app.action(lesson_ids.LESSON_BACK)(back)
    app.action(lesson_ids.LESSON_NOT_NOW)(not_now)
    app.action(lesson_ids.LESSON_NO_MORE)(no_more)


async def window(desk: Desk, client: AsyncWebClient, workspace_id: str, user_id: str) -> Block:
    """All lessons. Raises UserError for guests."""
    await refuse_guests(desk, client, workspace_id, user_id)
    async with desk.read() as session:
        return await walking.window(session, workspace_id, user_id)


async def open_window(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, desk: Desk) -> None:
    """Open it from App Home, or wherever the button stands."""
    await open_view(client, body, await window(desk, client, workspace_of(body), str(body["user"]["id"])))
    await ack()


async def choose(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, desk: Desk) -> None:
    """Keep which hints somebody wants, and whether lessons are offered to them."""
    workspace_id, user_id = workspace_of(body), str(body["user"]["id"])
    wanted = [option["value"] for option in body["actions"][0]["selected_options"]]
    async with desk.begin() as session:
        await people.meet(session, workspace_id, user_id, now=desk.now())
        before = await people.held_settings(session, workspace_id, user_id)
        await people.choose(session, workspace_id, user_id, with_wanted(before, wanted))
    await ack()
    await home.refresh(desk, client, workspace_id, user_id)


async def begin(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, desk: Desk) -> None:
    """Open a lesson where somebody stopped."""
    workspace_id, user_id = workspace_of(body), str(body["user"]["id"])
    await refuse_guests(desk, client, workspace_id, user_id)
    async with desk.begin() as session:
        view = await walking.begin(session, workspace_id, user_id, body["actions"][0]["value"], desk.now())
    if _is_lesson(body):
        await put(client, body, view)
    else:
        await open_view(client, body, view)
    await ack()


async def further(
    ack: AsyncAck, body: dict[str, Any], view: dict[str, Any], client: AsyncWebClient, desk: Desk
) -> None:
    """The answer, the next screen, or the end."""
    workspace_id, user_id = workspace_of(body), str(body["user"]["id"])
    async with desk.begin() as session:
        ahead = await walking.further(session, workspace_id, user_id, view, desk.now())
    await ack(response_action="update", view=ahead)
    if ahead["callback_id"] == lesson_ids.LESSON_DONE_VIEW:
        await home.refresh(desk, client, workspace_id, user_id)


async def back(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, desk: Desk) -> None:
    """The screen before."""
    workspace_id, user_id = workspace_of(body), str(body["user"]["id"])
    async with desk.begin() as session:
        view = await walking.back(session, workspace_id, user_id, body["view"], desk.now())
    await ack()
    await put(client, body, view)


async def not_now(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, desk: Desk) -> None:
    """This lesson is offered no more."""
    await _turn_down(ack, body, client, desk, for_good=False)


async def no_more(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, desk: Desk) -> None:
    """No lesson is offered any more."""
    await _turn_down(ack, body, client, desk, for_good=True)


async def _turn_down(
    ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, desk: Desk, *, for_good: bool
) -> None:
    workspace_id, user_id, slot = workspace_of(body), str(body["user"]["id"]), body["actions"][0]["value"]
    now = desk.now()
    async with desk.begin() as session:
        await walking.put_off(session, workspace_id, user_id, slot.split(":")[1], now)
        if for_good:
            await people.meet(session, workspace_id, user_id, now=now)
            before = await people.held_settings(session, workspace_id, user_id)
            await people.choose(session, workspace_id, user_id, without(before, OFFERS))
        note = await posted.decided(session, workspace_id, user_id, LESSON, slot)
        if note is not None:
            said = put_off_note(for_good=for_good)
            await deliveries.revise(session, workspace_id, note.id, said, now=now, at_once=True)
    await ack()
    desk.wake_outbox()
    await home.refresh(desk, client, workspace_id, user_id)


def _is_lesson(body: dict[str, Any]) -> bool:
    """Whether somebody clicked at the end of a lesson: the next one takes its window."""
    return bool((body.get("view") or {}).get("callback_id") == lesson_ids.LESSON_DONE_VIEW)
