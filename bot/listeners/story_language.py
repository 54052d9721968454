"""An author at the language that their story is in."""

from __future__ import annotations

from typing import Any

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient

from bot import ids, publishing
from bot.desk import Desk
from bot.listeners.clicks import open_view, workspace_of
from bot.listeners.entitled import refuse_unless
from bot.messages import story_language as words
from bot.messages.blocks import values_of
from bot.messages.reacting import done_modal
from bot.permissions import Act, Thing
from bot.settings import Settings
from storage import interviews, stories
from stories.errors import UserError
from stories.language import _
from stories.languages import KNOWN
from stories.story import Story


def register(app: AsyncApp, settings: Settings) -> None:  # noqa: ARG001 every feature registers alike
    """Listen to the button under one's own story."""
    app.action(ids.STORY_LANGUAGE)(ask)
    app.view(ids.STORY_LANGUAGE_VIEW)(say)


async def ask(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, desk: Desk) -> None:
    """Ask which language it is in."""
    story = await _story(desk, client, body, int(body["actions"][0]["value"]))
    await open_view(client, body, words.language_modal(story.id, story.interview.language))
    await ack()


async def say(
    ack: AsyncAck, body: dict[str, Any], view: dict[str, Any], client: AsyncWebClient, desk: Desk
) -> None:
    """Keep it; channels that want other languages do not hear it from now on."""
    story = await _story(desk, client, body, int(view["private_metadata"]))
    chosen = values_of(view).get("language") or words.ANOTHER
    language = chosen if chosen in KNOWN else ""
    async with desk.begin() as session:
        await interviews.say_language(session, workspace_of(body), story.interview.id, language)
    said = _("Noted. Channels that chose other languages don’t hear it from now on.")
    if not language:
        said = _("Noted. Every channel may hear it, whichever languages it chose.")
    await ack(response_action="update", view=done_modal(_("Thank you"), said))


async def _story(desk: Desk, client: AsyncWebClient, body: dict[str, Any], story_id: int) -> Story:
    """The story, for its author and editors. Raises UserError for others."""
    async with desk.read() as session:
        story = await stories.get(session, workspace_of(body), story_id)
    if story is None:
        raise UserError(publishing.gone())
    thing = Thing(owner_id=story.interview.author_id)
    await refuse_unless(desk, client, workspace_of(body), body["user"]["id"], Act.LABEL, thing)
    return story
