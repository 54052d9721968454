"""The page for a review as a file: sent to its owner alone, deleted when a customer in it is told no more."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from aiohttp import ClientError
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncSession

from bot.desk import Desk
from bot.handed_files import hand
from bot.objective.lines import Line
from bot.showing import show
from storage import exports, posted, stories, tellings
from storage.holdings import About
from stories.language import _
from stories.objectives.objective import Aim

KEPT_FOR = timedelta(days=30)
"""How long the file stays in Slack."""

MOST_LINKS = 20
LINK_SECONDS = 1.0
"""How long Slack is waited for to say where a message is; the page goes without it else."""


async def hand_over(
    desk: Desk,
    client: AsyncWebClient,
    workspace_id: str,
    user_id: str,
    page: str,
    lines: Mapping[Aim, Sequence[Line]],
) -> None:
    """Send the page to its owner's private conversation with the bot, and note whose words are in it.

    Raises SlackApiError where Slack does not take it.
    """
    name = f"customer-insight-{desk.now().date().isoformat()}.md"
    file = {"filename": name, "content": page, "title": _("Your page")}
    comment = _(
        "Here is your page, as you asked. Only you see it; handing it over is up to you. "
        "I delete it here in {days} days."
    ).format(days=KEPT_FOR.days)

    async def keep(files: list[str]) -> None:
        async with desk.begin() as session:
            await _note(session, workspace_id, user_id, files, lines, desk.now())

    await hand(client, user_id, [file], comment=comment, keep=keep)


async def follow(session: AsyncSession, workspace_id: str, story_id: int, *, now: datetime) -> None:
    """Have pages go in which a story stands that may be shown no more; called when a story changes."""
    if await show(session, workspace_id, story_id, now) is not None:
        return
    story = await stories.get(session, workspace_id, story_id)
    if story is not None:
        key = str(story.interview.id)
        await exports.end_now(session, workspace_id, About.CONVERSATION, key, now=now)


async def links_to(
    desk: Desk, client: AsyncWebClient, workspace_id: str, story_ids: Iterable[int]
) -> dict[int, str]:
    """Where the newest post of each of these stories is in Slack, as far as Slack says it soon enough."""
    async with desk.read() as session:
        places = {one: await _place(session, workspace_id, one) for one in sorted(story_ids)[-MOST_LINKS:]}
    known = {story_id: place for story_id, place in places.items() if place is not None}
    found = await asyncio.gather(*(_link(client, *place) for place in known.values()))
    return {story_id: link for story_id, link in zip(known, found, strict=True) if link}


async def _place(session: AsyncSession, workspace_id: str, story_id: int) -> tuple[str, str] | None:
    for told in reversed(await tellings.of_story(session, workspace_id, story_id)):
        post = await posted.standing(session, workspace_id, told.delivery_id)
        if post is not None and post.slack_ts is not None:
            return told.channel_id, post.slack_ts
    return None


async def _link(client: AsyncWebClient, channel_id: str, slack_ts: str) -> str:
    try:
        async with asyncio.timeout(LINK_SECONDS):
            answer = await client.chat_getPermalink(channel=channel_id, message_ts=slack_ts)
    except (SlackApiError, SlackClientError, ClientError, TimeoutError):
        return ""
    return str(answer["permalink"])


async def _note(
    session: AsyncSession,
    workspace_id: str,
    user_id: str,
    files: list[str],
    lines: Mapping[Aim, Sequence[Line]],
    now: datetime,
) -> None:
    """Erasures and consent find the file by every customer and conversation in it, and by its owner."""
    told = [line for some in lines.values() for line in some if line.title]
    about = {(About.EMPLOYEE, user_id)}
    about |= {(About.CUSTOMER, str(line.customer_id)) for line in told}
    about |= {(About.CONVERSATION, str(line.interview_id)) for line in told}
    for whose, key in sorted(about):
        await exports.keep(
            session, workspace_id, whose, key, files, by=user_id, now=now, delete_on=now + KEPT_FOR
        )
