"""Whom a season follows: what each agreed to is recorded, a photo or a voice handed over. For editors."""

from __future__ import annotations

from typing import Any

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient

from bot.desk import Desk
from bot.listeners.clicks import open_view
from bot.listeners.series import editor
from bot.messages import series_people as words
from bot.messages.blocks import values_of
from bot.messages.reacting import done_modal
from bot.priorities.windows import show_in
from bot.series import ids, seasons, windows
from bot.settings import Settings
from storage.series_media import MediaKind
from stories.errors import UserError
from stories.language import _
from stories.links import https_link
from stories.series.seasons import Followed, Season


def register(app: AsyncApp, settings: Settings) -> None:  # noqa: ARG001 every feature registers alike
    """Listen to the window of whom a season follows."""
    app.action(ids.PEOPLE)(show)
    app.view(ids.PEOPLE_VIEW)(add)
    app.action(ids.CONSENT)(ask_consent)
    app.view(ids.CONSENT_VIEW)(keep_consent)
    app.action(ids.LEAVE_OUT)(leave_out)
    app.action(ids.MEDIA)(ask_media)
    app.view(ids.MEDIA_VIEW)(keep_media)


async def show(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, desk: Desk) -> None:
    """Show everybody the season follows."""
    workspace_id = await editor(desk, client, body)
    await open_view(client, body, await windows.people(desk, workspace_id))
    await ack()


async def add(
    ack: AsyncAck, body: dict[str, Any], view: dict[str, Any], client: AsyncWebClient, desk: Desk
) -> None:
    """Have the season follow more customers, who are to be asked."""
    workspace_id, user_id = await editor(desk, client, body), body["user"]["id"]
    chosen = [int(number) for number in values_of(view).get("customers") or ()]
    if not chosen:
        raise UserError(_("Choose whom the season follows besides."), field="customers")
    async with desk.begin() as session:
        season = await seasons.running(session, workspace_id, desk.now())
        await seasons.add(session, workspace_id, season, chosen, by=user_id, now=desk.now())
    said = _("They are in. Now ask each of them, and record what they said.")
    await ack(response_action="update", view=await windows.people(desk, workspace_id, notice=said))


async def ask_consent(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, desk: Desk) -> None:
    """Open the form for what a customer agreed to."""
    season, one = await _clicked(desk, client, body)
    await open_view(client, body, words.consent_view(one, season))
    await ack()


async def keep_consent(
    ack: AsyncAck, body: dict[str, Any], view: dict[str, Any], client: AsyncWebClient, desk: Desk
) -> None:
    """Record what they said; what told of them follows at once."""
    workspace_id, values = await editor(desk, client, body), values_of(view)
    async with desk.begin() as session:
        _season, one = await _whom(session, workspace_id, view, desk)
        await seasons.keep_consent(
            session,
            workspace_id,
            one,
            values.get("agreed") or (),
            values["words"] or "",
            by=body["user"]["id"],
            now=desk.now(),
        )
    desk.wake_outbox()
    said = _("It’s recorded. What they did not agree to, or took back, is told no more.")
    await ack(response_action="update", view=done_modal(_("What they agreed to"), said))
    await _window_below(body, client, desk, workspace_id)


async def leave_out(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, desk: Desk) -> None:
    """Follow a customer no more; Slack has asked twice."""
    workspace_id, user_id = await editor(desk, client, body), body["user"]["id"]
    async with desk.begin() as session:
        season = await seasons.running(session, workspace_id, desk.now())
        number = int(body["actions"][0]["value"])
        await seasons.leave_out(session, workspace_id, season, number, by=user_id, now=desk.now())
    await ack()
    desk.wake_outbox()
    await _show_again(client, desk, workspace_id, body["view"]["id"])


async def ask_media(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, desk: Desk) -> None:
    """Open the form for a photo or a recording."""
    season, one = await _clicked(desk, client, body)
    await open_view(client, body, words.media_view(one, season))
    await ack()


async def keep_media(
    ack: AsyncAck, body: dict[str, Any], view: dict[str, Any], client: AsyncWebClient, desk: Desk
) -> None:
    """Keep a photo or a recording, which the customer agreed to by itself."""
    workspace_id, values = await editor(desk, client, body), values_of(view)
    kind = MediaKind(values["kind"])
    handed = _file(view) if kind is MediaKind.PHOTO else https_link(values.get("link") or "", field="link")
    if not handed:
        field = "file" if kind is MediaKind.PHOTO else "link"
        raise UserError(_("Hand over the photo, or say where the recording is."), field=field)
    async with desk.begin() as session:
        season, one = await _whom(session, workspace_id, view, desk)
        await seasons.show_or_hear(
            session,
            workspace_id,
            season,
            one,
            kind,
            handed,
            values["described"] or "",
            by=body["user"]["id"],
            now=desk.now(),
        )
    said = _("It’s kept, and goes into the next episode about them.")
    await ack(response_action="update", view=done_modal(_("Photo or voice"), said))
    await _window_below(body, client, desk, workspace_id)


def _file(view: dict[str, Any]) -> str:
    """The file that was handed over, "" for none."""
    held = (view["state"]["values"].get("file") or {}).values()
    return next((str(one["id"]) for element in held for one in element.get("files") or ()), "")


async def _clicked(desk: Desk, client: AsyncWebClient, body: dict[str, Any]) -> tuple[Season, Followed]:
    workspace_id = await editor(desk, client, body)
    async with desk.read() as session:
        season = await seasons.running(session, workspace_id, desk.now())
    return season, seasons.whom(season, int(body["actions"][0]["value"]))


async def _whom(session: Any, workspace_id: str, view: dict[str, Any], desk: Desk) -> tuple[Season, Followed]:
    """The season and the customer that a form is about. Raises UserError where that is over."""
    season = await seasons.running(session, workspace_id, desk.now())
    season_id, _colon, number = view["private_metadata"].partition(":")
    if season.id != int(season_id):
        raise UserError(_("That season is over. Open the window again."))
    return season, seasons.whom(season, int(number))


async def _window_below(body: dict[str, Any], client: AsyncWebClient, desk: Desk, workspace_id: str) -> None:
    """Have the window that stands below a form show what is so now."""
    below = body["view"].get("previous_view_id")
    if below:
        await _show_again(client, desk, workspace_id, below)


async def _show_again(client: AsyncWebClient, desk: Desk, workspace_id: str, view_id: str) -> None:
    try:
        shown = await windows.people(desk, workspace_id)
    except UserError as over:
        # The season closed with the last of them.
        shown = done_modal(_("The series"), over.message)
    await show_in(client, view_id, shown)
