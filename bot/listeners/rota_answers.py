"""What somebody answers to the rota's private messages, each with one click."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient

from bot import home
from bot.desk import Desk
from bot.listeners.clicks import open_view, workspace_of
from bot.messages import rota_forms as forms
from bot.messages.blocks import values_of
from bot.messages.reacting import done_modal
from bot.messages.rota_words import when
from bot.rota import answering, joining
from bot.rota import ids as rota_ids
from bot.rota.about import about, may_go_on
from bot.rota.calendar import calendar_file
from bot.settings import Settings
from storage import rota, rota_talks
from stories.errors import UserError
from stories.language import _, speaking
from stories.rota.people import in_common
from stories.rota.talks import Kind, State, Talk


def register(app: AsyncApp, settings: Settings) -> None:  # noqa: ARG001 every feature registers alike
    """Listen to the buttons of invitations, guides and reminders."""
    app.action(rota_ids.ROTA_YES)(yes)
    app.action(rota_ids.ROTA_NOT_ME)(not_me)
    app.action(rota_ids.ROTA_PAUSE)(pause)
    app.action(rota_ids.ROTA_RESUME)(resume)
    app.action(rota_ids.ROTA_MISSED)(missed)
    app.action(rota_ids.ROTA_LATER)(ask_when)
    app.view(rota_ids.ROTA_LATER_VIEW)(later)
    app.action(rota_ids.ROTA_REACH)(reach)
    app.action(rota_ids.ROTA_CALENDAR)(calendar)


async def yes(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, desk: Desk) -> None:
    """Agree: the guide comes as a message of its own."""
    workspace_id, user_id, talk_id = _clicked(body)
    async with desk.begin() as session:
        talk = await answering.own_talk(session, workspace_id, talk_id, user_id)
        await answering.say_yes(session, workspace_id, talk, desk.now())
    await _done(ack, client, desk, workspace_id, user_id)


async def not_me(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, desk: Desk) -> None:
    """This customer is somebody else's."""
    workspace_id, user_id, talk_id = _clicked(body)
    async with desk.begin() as session:
        talk = await answering.own_talk(session, workspace_id, talk_id, user_id)
        await answering.say_no(session, workspace_id, talk, desk.now())
    await _done(ack, client, desk, workspace_id, user_id)


async def pause(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, desk: Desk) -> None:
    """Ask nothing more until they start again; from an invitation or from the rota's window."""
    workspace_id, user_id = workspace_of(body), str(body["user"]["id"])
    colleague = await desk.colleagues.get(client, workspace_id, user_id)
    async with desk.begin() as session:
        await joining.pause(session, workspace_id, colleague, desk.now())
        view = await joining.window(session, workspace_id, colleague)
    await _in_window(client, body, view)
    await _done(ack, client, desk, workspace_id, user_id)


async def resume(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, desk: Desk) -> None:
    """Start again."""
    workspace_id, user_id = workspace_of(body), str(body["user"]["id"])
    colleague = await desk.colleagues.get(client, workspace_id, user_id)
    async with desk.begin() as session:
        await joining.resume(session, workspace_id, colleague)
        view = await joining.window(session, workspace_id, colleague)
    if not await _in_window(client, body, view):
        said = _("You are back on the rota. When it is your turn you hear from me.")
        await client.chat_postMessage(channel=user_id, text=said)
    await _done(ack, client, desk, workspace_id, user_id)


async def missed(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, desk: Desk) -> None:
    """It did not come to a talk."""
    workspace_id, user_id, talk_id = _clicked(body)
    async with desk.begin() as session:
        talk = await answering.own_talk(session, workspace_id, talk_id, user_id)
        await answering.missed(session, workspace_id, talk, desk.now())
    await _done(ack, client, desk, workspace_id, user_id)


async def ask_when(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, desk: Desk) -> None:
    """Ask for another time."""
    workspace_id, user_id, talk_id = _clicked(body)
    async with desk.read() as session:
        talk = await _open_talk(session, workspace_id, talk_id, user_id)
        shown, _known = await about(session, workspace_id, talk)
    earliest = max(talk.starts_at or desk.now(), desk.now()) + timedelta(days=1)
    await open_view(client, body, forms.later_modal(shown, earliest))
    await ack()


async def later(
    ack: AsyncAck, body: dict[str, Any], view: dict[str, Any], client: AsyncWebClient, desk: Desk
) -> None:
    """Another time for this talk, or later altogether."""
    workspace_id, user_id = workspace_of(body), str(body["user"]["id"])
    values, talk_id = values_of(view), int(view["private_metadata"])
    async with desk.begin() as session:
        talk = await answering.own_talk(session, workspace_id, talk_id, user_id)
        if values["which"] == "weeks":
            if not values.get("weeks"):
                raise UserError(_("Please choose when I may ask you again."), field="weeks")
            await answering.ask_later(session, workspace_id, talk, int(values["weeks"]), desk.now())
            said = _("Another time, then. Nobody is told.")
        else:
            if not values.get("at"):
                raise UserError(_("Please choose a time."), field="at")
            at = datetime.fromtimestamp(int(values["at"]), UTC)
            await answering.say_yes(session, workspace_id, talk, desk.now(), at=at)
            said = _("That time it is. Your guide has it; please agree on it with them.")
    await ack(response_action="update", view=done_modal(_("Another time"), said))
    desk.wake_outbox()
    await home.refresh(desk, client, workspace_id, user_id)


async def reach(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, desk: Desk) -> None:
    """How to reach the customer, for whoever said yes, with a message to send; it stands in no post."""
    workspace_id, user_id, talk_id = _clicked(body)
    sender = (await desk.colleagues.get(client, workspace_id, user_id)).name
    async with desk.read() as session:
        talk = await _open_talk(session, workspace_id, talk_id, user_id)
        shown, known = await about(session, workspace_id, talk)
        allowed = await may_go_on(session, workspace_id, talk, desk.now())
        own = await rota.member(session, workspace_id, user_id)
    if known is None or not allowed or talk.state is not State.ACCEPTED or talk.starts_at is None:
        raise UserError(_("They would rather not be contacted any more, so this is off."))
    # In a language of theirs, whatever the one in which the colleague uses Slack.
    with speaking(in_common(known.languages, own.languages if own else ())):
        there = when(talk.starts_at, known.party)
        message = forms.message_to(shown, sender=sender, first_name=known.name.split()[0], time_there=there)
    await open_view(client, body, forms.reach_modal(shown, known.reach, message))
    await ack()


async def calendar(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, desk: Desk) -> None:
    """Put a calendar file beside the guide."""
    workspace_id, user_id, talk_id = _clicked(body)
    async with desk.read() as session:
        talk = await _open_talk(session, workspace_id, talk_id, user_id)
    if talk.starts_at is None:
        raise UserError(_("This talk has no time yet; press Another time to choose one."))
    await ack()
    uid = f"rota-{talk.id}@{workspace_id}.firsthand"
    file = calendar_file(uid=uid, starts_at=talk.starts_at, now=desk.now())
    await client.files_upload_v2(
        channel=str(body["channel"]["id"]),
        content=file,
        filename="customer-talk.ics",
        title=_("Your talk, for your calendar"),
        thread_ts=body["message"]["ts"],
    )


async def _open_talk(session: Any, workspace_id: str, talk_id: int, user_id: str) -> Talk:
    """This person's conversation while it may still be had. Raises UserError when it is over."""
    talk = await rota_talks.get(session, workspace_id, talk_id)
    if talk is None or talk.user_id != user_id or not talk.is_open or talk.kind is not Kind.TALK:
        raise UserError(_("This is over; there is nothing to do."))
    return talk


def _clicked(body: dict[str, Any]) -> tuple[str, str, int]:
    return workspace_of(body), str(body["user"]["id"]), int(body["actions"][0]["value"])


async def _in_window(client: AsyncWebClient, body: dict[str, Any], view: dict[str, Any]) -> bool:
    """Show the rota's window as it is now, where somebody clicked in it."""
    if (body.get("view") or {}).get("callback_id") != rota_ids.ROTA_VIEW:
        return False
    await client.views_update(view_id=body["view"]["id"], view=view)
    return True


async def _done(ack: AsyncAck, client: AsyncWebClient, desk: Desk, workspace_id: str, user_id: str) -> None:
    await ack()
    desk.wake_outbox()
    await home.refresh(desk, client, workspace_id, user_id)
