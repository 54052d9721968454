"""Signing up for an event and stepping back, each with one click, and the file for one's calendar."""

from __future__ import annotations

from typing import Any

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient

from bot.desk import Desk
from bot.erasing.handing import KEPT_FOR
from bot.failures import whisper
from bot.handed_files import hand
from bot.listeners import stage_windows as window
from bot.listeners.clicks import refuse_guests, workspace_of
from bot.listeners.interview_showing import put
from bot.settings import Settings
from bot.stage import ids as stage_ids
from bot.stage import seating
from bot.stage.calendar import calendar_file
from storage import event_seats, events, exports
from storage.holdings import About
from stories.errors import UserError
from stories.language import _
from stories.stage.events import Place


def register(app: AsyncApp, settings: Settings) -> None:  # noqa: ARG001 every feature registers alike
    """Listen to the buttons of announcements and tickets."""
    app.action(stage_ids.STAGE_COME)(come)
    app.action(stage_ids.STAGE_STEP_BACK)(step_back)
    app.action(stage_ids.STAGE_CALENDAR)(calendar)


async def come(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, desk: Desk) -> None:
    """Sign somebody up; the ticket comes in private."""
    workspace_id, user_id, event_id = _clicked(body)
    await refuse_guests(desk, client, workspace_id, user_id)
    zone = (await desk.colleagues.get(client, workspace_id, user_id)).time_zone
    async with desk.begin() as session:
        place = await seating.sign_up(session, workspace_id, event_id, user_id, zone=zone, now=desk.now())
    desk.wake_outbox()
    if place is Place.GOING:
        said = _("You have a seat. Your ticket is in my private messages.")
    else:
        said = _("All seats are taken, so you are on the waiting list. I tell you the moment one is free.")
    await _tell(desk, client, body, event_id, said)
    await ack()


async def step_back(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, desk: Desk) -> None:
    """Give the seat back."""
    workspace_id, user_id, event_id = _clicked(body)
    async with desk.begin() as session:
        had = await seating.step_back(session, workspace_id, event_id, user_id, now=desk.now())
    desk.wake_outbox()
    said = _("You stepped back, and are not reminded any more.") if had else _("You had not signed up.")
    await _tell(desk, client, body, event_id, said)
    await ack()


async def calendar(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, desk: Desk) -> None:
    """Put a calendar file beside the message in which somebody asked for it."""
    workspace_id, user_id, event_id = _clicked(body)
    async with desk.read() as session:
        event = await events.get(session, workspace_id, event_id)
        seat = await event_seats.of_person(session, workspace_id, event_id, user_id)
    if event is None or seat is None:
        raise UserError(window.gone())
    await ack()
    content = calendar_file(event, seat.place, workspace_id=workspace_id, now=desk.now())
    file = {"filename": "event.ics", "content": content, "title": _("For your calendar")}

    async def keep(files: list[str]) -> None:
        # The place may be the host's own room or line: an erasure of theirs takes the file down, too.
        now, host = desk.now(), event.host_id
        over = max(now, event.when.ends_at) + KEPT_FOR
        async with desk.begin() as session:
            await exports.keep(
                session, workspace_id, About.EMPLOYEE, host, files, by=user_id, now=now, delete_on=over
            )

    await hand(client, user_id, [file], keep=keep, under=str(body["message"]["ts"]))


def _clicked(body: dict[str, Any]) -> tuple[str, str, int]:
    return workspace_of(body), str(body["user"]["id"]), int(body["actions"][0]["value"])


async def _tell(desk: Desk, client: AsyncWebClient, body: dict[str, Any], event_id: int, said: str) -> None:
    """Say what became of a click in its window, or beside the announcement; in private the ticket says it."""
    if (body.get("view") or {}).get("type") == "modal":
        workspace_id, user_id, _event = _clicked(body)
        view = await window.event_view(desk, client, workspace_id, user_id, event_id)
        await put(client, body, view)
    elif not str((body.get("channel") or {}).get("id", "D")).startswith("D"):
        await whisper(client, body, said)
