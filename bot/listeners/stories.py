"""`/stories`: finding, reading, and one's own; the menu and the reading modal under every story."""

from __future__ import annotations

import random
from collections.abc import Iterable
from datetime import datetime
from difflib import get_close_matches
from typing import Any

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncSession

from bot import account_team, ids, showing
from bot.desk import Desk
from bot.listeners import own_stories, priorities, reports, search, sharing, themes
from bot.listeners.clicks import may_click, open_view, refuse_guests
from bot.messages import endings, stories_list
from bot.messages.renewals import figure
from bot.own_customers import not_about
from bot.permissions import Act, Thing, may
from bot.settings import Settings
from storage import accounts, stories
from stories.story import Story, Telling
from stories.text import one_line

LATEST, TEAM = 3, 50
LOOKED_AT = 20
"""How many of the latest are looked at for some that may be shown."""
WORDS = ("search", "top", "themes", "mine", "team", "random", "reports", "help")


def register(app: AsyncApp, settings: Settings) -> None:
    """Listen to the command, and to the menu under every story."""
    app.command(settings.firsthand_stories_command)(answer_command)
    app.action(ids.STORY_READ)(read)
    app.action(ids.STORY_MENU)(choose)


async def answer_command(ack: AsyncAck, command: dict[str, Any], client: AsyncWebClient, desk: Desk) -> None:
    """Answer `/stories …`, to the one who asked alone."""
    workspace_id, user_id = command["team_id"], command["user_id"]
    await refuse_guests(desk, client, workspace_id, user_id)
    first, _space, rest = one_line(command.get("text") or "").partition(" ")
    word = first.lower()
    if word == "search":
        payload = await search.answered(desk, workspace_id, user_id, search.page_for(rest))
    elif word == "team":
        payload = await _of_team(desk, workspace_id, user_id)
    elif word == "mine":
        payload = await own_stories.own_page(desk, workspace_id, user_id, skip=0)
    elif word == "themes":
        await themes.open_window(command, client, desk)
        await ack()
        return
    elif word == "top":
        await priorities.open_window(command, client, desk)
        await ack()
        return
    elif word == "reports":
        payload = await reports.open_page(desk, client, workspace_id, user_id)
    elif word == "random":
        payload = await _by_chance(desk, workspace_id, user_id)
    elif word in {"", "help"}:
        payload = await _help(desk, workspace_id, user_id)
    else:
        payload = _meant(f"{first} {rest}".strip(), word, desk.settings)
    await ack(response_type="ephemeral", **payload)


async def read(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, desk: Desk) -> None:
    """Show the whole story; to its author and to editors with what they can do with it."""
    click = await may_click(desk, client, body, Act.READ)
    workspace_id, user_id = click.workspace_id, click.user_id
    async with desk.read() as session:
        actor = await desk.colleagues.actor(session, client, workspace_id, user_id)
        theirs = None
        if not actor.guest:
            theirs = await account_team.telling(session, workspace_id, click.story_id, user_id, desk.now())
        telling = theirs or await click.telling(session, desk)
        own = await accounts.value_of_story(session, workspace_id, click.story_id, user_id)
    looks_after = may(actor, Act.LABEL, Thing(owner_id=telling.author_id))
    mine = [one for one in telling.endings if may(actor, Act.WITHDRAW, Thing(owner_id=one.by))]
    view = stories_list.read_modal(telling, looks_after=looks_after, team=theirs is not None)
    view["blocks"] += [*endings.to_change(mine), *map(figure, own)]
    await open_view(client, body, view)
    await ack()


async def choose(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, desk: Desk) -> None:
    """Do what was chosen in the menu under a story."""
    chosen = body["actions"][0]["selected_option"]["value"].partition(":")[0]
    todo = {"read": read, "share": sharing.ask_where, "wrong": reports.ask_what}[chosen]
    await todo(ack, body, client, desk)


async def _of_team(desk: Desk, workspace_id: str, user_id: str) -> dict[str, Any]:
    async with desk.read() as session:
        found = await account_team.readable(session, workspace_id, user_id, desk.now(), most=TEAM)
    return stories_list.of_team(found[: stories_list.MOST_OF_TEAM])


async def _help(desk: Desk, workspace_id: str, user_id: str) -> dict[str, Any]:
    async with desk.read() as session:
        latest = await _latest(session, workspace_id, user_id, desk.now())
    names = desk.settings
    return stories_list.help_text(
        names.firsthand_stories_command, names.firsthand_interview_command, latest[:LATEST]
    )


async def _by_chance(desk: Desk, workspace_id: str, user_id: str) -> dict[str, Any]:
    async with desk.read() as session:
        some = await stories.random(session, workspace_id, chance=random.random())
        tellings = await _told_to(session, workspace_id, user_id, some, desk.now())
        tellings = tellings or await _latest(session, workspace_id, user_id, desk.now())
    if not tellings:
        return stories_list.none_yet(desk.settings.firsthand_interview_command)
    return stories_list.by_chance(tellings[0])


async def _latest(
    session: AsyncSession, workspace_id: str, user_id: str, at: datetime
) -> tuple[Telling, ...]:
    latest = await stories.latest(session, workspace_id, most=LOOKED_AT)
    return await _told_to(session, workspace_id, user_id, latest, at)


async def _told_to(
    session: AsyncSession, workspace_id: str, user_id: str, loaded: Iterable[Story], at: datetime
) -> tuple[Telling, ...]:
    """Those of these that may be told, to somebody who may be one's customer."""
    told = await showing.told(session, workspace_id, loaded, at)
    return await not_about(session, workspace_id, user_id, told)


def _meant(words: str, first: str, settings: Settings) -> dict[str, Any]:
    page = search.page_for(words)
    close = get_close_matches(first, WORDS, n=1, cutoff=0.6)
    return stories_list.meant(page, close[0] if close else None, settings.firsthand_stories_command)
