"""`/firsthand series`: the series' own window, following it, opening and ending seasons."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient

from bot.desk import Desk
from bot.listeners.clicks import channel_of, open_view, refuse_guests, workspace_of
from bot.listeners.entitled import refuse_unless
from bot.listeners.interview_showing import put
from bot.listeners.nps_channels import refuse_strangers, refuse_untuned
from bot.messages import series as words
from bot.messages.blocks import Block, option, values_of
from bot.messages.reacting import done_modal
from bot.permissions import Act
from bot.priorities.windows import show_in
from bot.series import goodbye, ids, seasons, windows
from bot.settings import Settings
from storage import series, series_candidates, series_follows
from stories.language import _
from stories.series.episodes import Episode, NoEpisode, Nothing
from stories.text import one_line

ME = "me"
MOST_OFFERED = 20

Refuse = Callable[[Desk, AsyncWebClient, str, str, str], Awaitable[None]]
"""Raises UserError for a person who may not say so of a channel."""


def register(app: AsyncApp, settings: Settings) -> None:  # noqa: ARG001 every feature registers alike
    """Listen to the window; the command itself is the channel's."""
    app.action(ids.OPEN)(opened_page)
    app.action(ids.FOLLOW)(follow)
    app.action(ids.UNFOLLOW)(unfollow)
    app.action(ids.FOLLOW_MYSELF)(follow)
    app.action(ids.UNFOLLOW_MYSELF)(unfollow)
    app.action(ids.SEASON_NEW)(ask_season)
    app.view(ids.SEASON_NEW_VIEW)(begin)
    app.action(ids.SEASON_END)(ask_end)
    app.view(ids.SEASON_END_VIEW)(end)
    app.action(ids.LOOK_NOW)(look_now)
    app.options(ids.CUSTOMERS)(offer_customers)


async def series_view(
    desk: Desk, client: AsyncWebClient, workspace_id: str, user_id: str, channel_id: str
) -> Block:
    """The series as somebody sees it who typed the command. Raises UserError for guests."""
    await refuse_guests(desk, client, workspace_id, user_id)
    place = channel_id if channel_id.startswith(("C", "G")) else ""
    return await windows.series_window(desk, client, workspace_id, user_id, place)


async def opened_page(ack: AsyncAck) -> None:
    """A link was opened: Slack wants to hear that it was heard."""
    await ack()


async def follow(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, desk: Desk) -> None:
    """Bring new episodes to a channel, or to whoever clicked."""
    workspace_id, user_id, place = await _place(body, client, desk, refuse_strangers)
    async with desk.begin() as session:
        await series_follows.follow(session, workspace_id, place, by=user_id, now=desk.now())
    await ack()
    said = _("New episodes come to you from now on.")
    if place != user_id:
        said = _("New episodes come to <#{channel}> from now on.").format(channel=place)
    await _window_again(body, client, desk, said)


async def unfollow(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, desk: Desk) -> None:
    """Bring them no more, whoever reads along by now; a guest by now may have it end for themself, too."""
    workspace_id, user_id = workspace_of(body), body["user"]["id"]
    guest = (await desk.colleagues.get(client, workspace_id, user_id)).guest
    place = user_id
    if not guest or body["actions"][0]["value"] != ME:
        _workspace, _user, place = await _place(body, client, desk, refuse_untuned)
    async with desk.begin() as session:
        await series_follows.unfollow(session, workspace_id, place)
    await ack()
    said = _("No more episodes come to you.")
    if place != user_id:
        said = _("No more episodes come to <#{channel}>. Those that came stay.").format(channel=place)
    if not guest:
        await _window_again(body, client, desk, said)
    elif (body.get("view") or {}).get("type") == "modal":
        await put(client, body, done_modal(_("The series"), said))


async def ask_season(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, desk: Desk) -> None:
    """Open the window in which a season is opened."""
    await editor(desk, client, body)
    await open_view(client, body, words.season_view())
    await ack()


async def begin(
    ack: AsyncAck, body: dict[str, Any], view: dict[str, Any], client: AsyncWebClient, desk: Desk
) -> None:
    """Open a season; the window says whom to ask."""
    workspace_id, user_id = await editor(desk, client, body), body["user"]["id"]
    values = values_of(view)
    wanted = seasons.Wanted(
        title=values["title"] or "",
        weeks=int(values["weeks"]),
        every_days=int(values["every"]),
        customer_ids=tuple(int(number) for number in values["customers"] or ()),
    )
    async with desk.begin() as session:
        await seasons.begin(session, workspace_id, wanted, by=user_id, now=desk.now())
    said = _("The season is open. Now ask each of them, and record what they said.")
    await ack(response_action="update", view=await windows.people(desk, workspace_id, notice=said))


async def ask_end(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, desk: Desk) -> None:
    """Ask before a season ends."""
    workspace_id = await editor(desk, client, body)
    async with desk.read() as session:
        season = await seasons.running(session, workspace_id, desk.now())
    await open_view(client, body, words.end_view(season))
    await ack()


async def end(
    ack: AsyncAck, body: dict[str, Any], view: dict[str, Any], client: AsyncWebClient, desk: Desk
) -> None:
    """End the season; whoever follows hears what we changed."""
    workspace_id, user_id = await editor(desk, client, body), body["user"]["id"]
    season_id, command = int(view["private_metadata"]), desk.settings.firsthand_channel_command
    async with desk.begin() as session:
        if await seasons.end(session, workspace_id, season_id, by=user_id, now=desk.now()):
            await goodbye.say(session, workspace_id, season_id, command=command, now=desk.now())
    desk.wake_outbox()
    said = _("The season is over. Whoever follows hears so, with what we changed.")
    await ack(response_action="update", view=done_modal(_("The series"), said))


async def look_now(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, desk: Desk) -> None:
    """Look at once whether there is something new to tell."""
    from bot.series import rounds

    workspace_id = await editor(desk, client, body)
    await ack()
    async with desk.database.begin() as session:
        season = await seasons.running(session, workspace_id, desk.now())
        woven = await rounds.draft(session, workspace_id, season, now=desk.now())
    desk.wake_outbox()
    await _window_again(body, client, desk, _found(woven))


async def offer_customers(
    ack: AsyncAck, body: dict[str, Any], payload: dict[str, Any], client: AsyncWebClient, desk: Desk
) -> None:
    """Customers of whom stories are told, by their aliases."""
    workspace_id = await editor(desk, client, body)
    typed = one_line(payload.get("value") or "")
    async with desk.read() as session:
        found = await series_candidates.candidates(session, workspace_id, typed, most=MOST_OFFERED)
        season = await series.running(session, workspace_id, desk.now())
    taken = {one.customer_id for one in season.followed} if season else set()
    options = [
        option(", ".join(part for part in (one.alias, one.segment) if part), str(one.customer_id))
        for one in found
        if one.customer_id not in taken
    ]
    await ack(options=options)


async def editor(desk: Desk, client: AsyncWebClient, body: dict[str, Any]) -> str:
    """The workspace, of an editor. Raises UserError for others."""
    workspace_id = workspace_of(body)
    await refuse_unless(desk, client, workspace_id, body["user"]["id"], Act.APPROVE)
    return workspace_id


async def _place(
    body: dict[str, Any], client: AsyncWebClient, desk: Desk, refuse: Refuse
) -> tuple[str, str, str]:
    """The workspace, who clicked, and the channel or person that is to follow."""
    workspace_id, user_id, value = workspace_of(body), body["user"]["id"], body["actions"][0]["value"]
    await refuse_guests(desk, client, workspace_id, user_id)
    if value == ME:
        return workspace_id, user_id, user_id
    await refuse(desk, client, workspace_id, user_id, value)
    return workspace_id, user_id, value


async def _window_again(body: dict[str, Any], client: AsyncWebClient, desk: Desk, notice: str) -> None:
    view, workspace_id = body.get("view") or {}, workspace_of(body)
    if view.get("type") != "modal":
        return
    channel_id = view.get("private_metadata") or channel_of(body) or ""
    shown = await windows.series_window(
        desk, client, workspace_id, body["user"]["id"], channel_id, notice=notice
    )
    await show_in(client, view["id"], shown)


def _found(woven: Episode | NoEpisode) -> str:
    if isinstance(woven, Episode):
        return _("There is something new: a draft of episode {number} waits.").format(number=woven.number)
    return {
        Nothing.NOBODY_FOLLOWED: _("There is no episode: the season follows nobody."),
        Nothing.NOT_RENEWED: _("There is no episode: nobody has said yes to this season yet."),
        Nothing.NOTHING_NEW: _("There is no episode: nothing new came in of those it follows."),
        Nothing.NOTHING_TOLD: _("There is no episode: nothing of those it follows may be told."),
        Nothing.ENDED: _("There is no episode: the season is over."),
    }[woven.why]
