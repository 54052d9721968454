"""Searching: `/stories search`, the window from App Home, narrowing and turning pages in both."""

from __future__ import annotations

import re
from typing import Any

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.respond.async_respond import AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from bot import ids, showing
from bot.desk import Desk
from bot.listeners.clicks import open_view, refuse_guests, workspace_of
from bot.messages import search as messages
from bot.messages import stories_list
from bot.messages.blocks import Block, values_of
from bot.messages.search import Page
from bot.search import EVERYTHING, Answer, find
from bot.search_choices import choices
from bot.settings import Settings
from storage import nps_words, stories
from stories.search import asking
from stories.text import one_line, shortened

LOOKED_AT = 20
"""How many of the latest stories are looked at for one that may be shown."""


def register(app: AsyncApp, settings: Settings) -> None:  # noqa: ARG001 every feature registers alike
    """Listen to the menus and buttons under results, and to the window."""
    app.action(re.compile(f"^{ids.SEARCH_NARROW}"))(narrow)
    app.action(ids.STORIES_MORE)(turn)
    app.action(ids.STORIES_EARLIER)(turn)
    app.action(ids.STORIES_SEARCH)(turn)
    app.action(ids.SEARCH_OPEN)(open_window)
    app.view(ids.SEARCH_VIEW)(search_in_window)


async def answered(desk: Desk, workspace_id: str, user_id: str, page: Page) -> dict[str, Any]:
    """The message with this page, or the next step where there is nothing to search in."""
    if not page.words and page.narrowed == EVERYTHING:
        return stories_list.no_words(desk.settings.firsthand_stories_command)
    found = await _search(desk, workspace_id, user_id, page)
    if not found.results and not await _anything_told(desk, workspace_id):
        return stories_list.none_yet(desk.settings.firsthand_interview_command)
    async with desk.read() as session:
        offered = await choices(session, workspace_id, user_id)
    return messages.message(found, page, offered)


def page_for(words: str) -> Page:
    """The first page of a search for what somebody typed, on one line and as long as buttons remember.

    `theme:billing` and `segment:large` in it are what the menus then stand at.
    """
    said, narrowed = asking.typed(shortened(one_line(words), messages.LONGEST_WORDS), EVERYTHING)
    return Page(words=said, narrowed=narrowed)


async def narrow(
    ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, respond: AsyncRespond, desk: Desk
) -> None:
    """Show the same search narrowed to what was chosen in a menu."""
    action = body["actions"][0]
    page = messages.narrowed_by(
        Page.of(action["block_id"]), action["action_id"], action["selected_option"]["value"]
    )
    await _show(ack, body, client, respond, desk, page)


async def turn(
    ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, respond: AsyncRespond, desk: Desk
) -> None:
    """Put another page in the place of the one that stands."""
    await _show(ack, body, client, respond, desk, Page.of(body["actions"][0]["value"]))


async def open_window(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, desk: Desk) -> None:
    """Open the window in which one searches."""
    await refuse_guests(desk, client, workspace_of(body), body["user"]["id"])
    await open_view(client, body, messages.modal(Page(words=""), []))
    await ack()


async def search_in_window(
    ack: AsyncAck, body: dict[str, Any], view: dict[str, Any], client: AsyncWebClient, desk: Desk
) -> None:
    """Show what was found under the words, in the same window."""
    await refuse_guests(desk, client, workspace_of(body), body["user"]["id"])
    page = page_for(str(values_of(view)[ids.SEARCH_WORDS] or ""))
    shown = await _window(desk, workspace_of(body), body["user"]["id"], page)
    await ack(response_action="update", view=shown)


async def _show(
    ack: AsyncAck,
    body: dict[str, Any],
    client: AsyncWebClient,
    respond: AsyncRespond,
    desk: Desk,
    page: Page,
) -> None:
    workspace_id, user_id = workspace_of(body), body["user"]["id"]
    await refuse_guests(desk, client, workspace_id, user_id)
    view = body.get("view")
    if view:
        shown = await _window(desk, workspace_id, user_id, page)
        await client.views_update(view_id=view["id"], hash=view["hash"], view=shown)
        await ack()
        return
    payload = await answered(desk, workspace_id, user_id, page)
    await ack()
    await respond(response_type="ephemeral", replace_original=True, **payload)


async def _window(desk: Desk, workspace_id: str, user_id: str, page: Page) -> Block:
    shown = (await answered(desk, workspace_id, user_id, page))["blocks"]
    return messages.modal(page, shown)


async def _search(desk: Desk, workspace_id: str, user_id: str, page: Page) -> Answer:
    return await find(desk, workspace_id, user_id, page.words, page.narrowed)


async def _anything_told(desk: Desk, workspace_id: str) -> bool:
    async with desk.read() as session:
        latest = await stories.latest(session, workspace_id, most=LOOKED_AT)
        return bool(await showing.told(session, workspace_id, latest, desk.now())) or bool(
            await nps_words.vocabulary(session, workspace_id)
        )
