"""An editor looks at a draft: changes it, strikes from it, adds to it, publishes it or throws it away."""

from __future__ import annotations

import json
from typing import Any

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient

from bot.desk import Desk
from bot.listeners.clicks import open_view
from bot.listeners.series import editor
from bot.messages import series_drafts as words
from bot.messages.blocks import values_of
from bot.messages.reacting import done_modal
from bot.priorities.windows import show_in
from bot.series import drafts, ids, publishing, trying, windows
from bot.settings import Settings
from stories.errors import UserError
from stories.language import _
from stories.series.episodes import Part
from stories.series.sources import Ref


def register(app: AsyncApp, settings: Settings) -> None:  # noqa: ARG001 every feature registers alike
    """Listen to the window of a draft."""
    app.action(ids.DRAFT)(show)
    app.action(ids.SENTENCE)(turn)
    app.action(ids.STRIKE)(strike)
    app.action(ids.ADD)(ask_words)
    app.view(ids.SENTENCE_VIEW)(keep)
    app.action(ids.DROP)(drop)
    app.view(ids.DRAFT_VIEW)(publish)


async def show(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, desk: Desk) -> None:
    """Show a draft with its sources."""
    workspace_id = await editor(desk, client, body)
    await open_view(client, body, await windows.draft(desk, workspace_id, int(body["actions"][0]["value"])))
    await ack()


async def turn(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, desk: Desk) -> None:
    """What was chosen for one sentence: put in other words, or struck."""
    workspace_id = await editor(desk, client, body)
    what, _colon, number = body["actions"][0]["selected_option"]["value"].partition(":")
    episode_id = int(body["view"]["private_metadata"])
    if what == "strike":
        await _strike(desk, client, body, workspace_id, int(number))
        await ack()
        return
    async with desk.read() as session:
        at_hand = await drafts.draft(session, workspace_id, episode_id, desk.now())
    one = next((each for each in at_hand.episode.sentences() if each.id == int(number)), None)
    if one is None:
        raise UserError(_("Somebody changed this draft meanwhile. Open it again."))
    line = at_hand.lines.get(one.source) if isinstance(one.source, Ref) else None
    await open_view(client, body, words.sentence_view(episode_id, one, line))
    await ack()


async def strike(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, desk: Desk) -> None:
    """Leave out a sentence that nothing stands behind."""
    workspace_id = await editor(desk, client, body)
    await _strike(desk, client, body, workspace_id, int(body["actions"][0]["value"]))
    await ack()


async def ask_words(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, desk: Desk) -> None:
    """Open the form for a sentence of the editor's own."""
    await editor(desk, client, body)
    await open_view(client, body, words.add_view(int(body["actions"][0]["value"]), tuple(Part)))
    await ack()


async def keep(
    ack: AsyncAck, body: dict[str, Any], view: dict[str, Any], client: AsyncWebClient, desk: Desk
) -> None:
    """Keep a sentence in other words, or a new one."""
    workspace_id, user_id = await editor(desk, client, body), body["user"]["id"]
    about, values, now = json.loads(view["private_metadata"]), values_of(view), desk.now()
    said = values["words"] or ""
    async with desk.begin() as session:
        if about["sentence"] is None:
            part = Part(values["part"])
            await drafts.add(session, workspace_id, about["episode"], part, said, by=user_id, now=now)
        else:
            await drafts.change(
                session, workspace_id, about["episode"], about["sentence"], said, by=user_id, now=now
            )
    await ack()
    below = body["view"].get("previous_view_id")
    if below:
        await show_in(client, below, await windows.draft(desk, workspace_id, about["episode"]))


async def drop(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, desk: Desk) -> None:
    """Throw a draft away; Slack has asked twice."""
    workspace_id, user_id = await editor(desk, client, body), body["user"]["id"]
    async with desk.begin() as session:
        number = int(body["actions"][0]["value"])
        await publishing.throw_away(session, workspace_id, number, by=user_id, now=desk.now())
    await ack()
    desk.wake_outbox()
    said = _("It’s thrown away. It is looked again for something new when the season says so.")
    await show_in(client, body["view"]["id"], done_modal(_("The series"), said))


async def publish(
    ack: AsyncAck, body: dict[str, Any], view: dict[str, Any], client: AsyncWebClient, desk: Desk
) -> None:
    """Let the draft be told, after another look at every source."""
    workspace_id, user_id = await editor(desk, client, body), body["user"]["id"]
    episode_id, asked = int(view["private_metadata"]), values_of(view).get("questions") or ""
    readers = await publishing.readers(desk, client, workspace_id)
    async with desk.begin() as session:
        at_hand = await drafts.draft(session, workspace_id, episode_id, desk.now())
        places = trying.placed(at_hand.season, readers, at_hand.episode.number)
        await publishing.publish(
            session,
            workspace_id,
            episode_id,
            places,
            asked.splitlines(),
            by=user_id,
            command=desk.settings.firsthand_channel_command,
            now=desk.now(),
        )
    desk.wake_outbox()
    said = _("It’s published. It comes to whoever follows, each at their own hour.")
    await ack(response_action="update", view=done_modal(_("Published"), said))


async def _strike(
    desk: Desk, client: AsyncWebClient, body: dict[str, Any], workspace_id: str, number: int
) -> None:
    episode_id = int(body["view"]["private_metadata"])
    async with desk.begin() as session:
        await drafts.strike(session, workspace_id, episode_id, number, now=desk.now())
    await show_in(client, body["view"]["id"], await windows.draft(desk, workspace_id, episode_id))
