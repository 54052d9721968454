"""App Home: what stands on it for whom, put there only when it has changed."""

from __future__ import annotations

import asyncio
import hashlib
import json
import logging
import time

from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.exc import SQLAlchemyError

from bot.colleagues import Colleague
from bot.desk import Desk
from bot.home_gathering import gather
from bot.home_values import Commands, Home
from bot.messages.home import home_view
from bot.settings import Settings
from storage import homes, homes_due
from storage.homes_due import DueHome
from stories.language import speaking

log = logging.getLogger(__name__)

GATHERED_SECONDS = 0.3
"""How long a Home waits for more of the same person's changes."""

UNOPENED_SECONDS = 60.0
MOST_REMEMBERED = 10_000


async def publish(
    desk: Desk, client: AsyncWebClient, workspace_id: str, user_id: str, *, shown: str | None
) -> bool:
    """Bring somebody's App Home up to date; tells whether that took a call.

    `shown` is Slack's hash of the view that stands there now (None when there is none): what we put there
    last counts only while it is what Slack shows.
    """
    key = (workspace_id, user_id)
    desk.homes_opening[key] += 1
    try:
        return await _publish(desk, client, workspace_id, user_id, shown)
    finally:
        desk.homes_opening[key] -= 1
        if not desk.homes_opening[key]:
            del desk.homes_opening[key]
        # What was changed meanwhile may have taken them for somebody who never looks.
        desk.homes_unopened.pop(key, None)


async def put_off(desk: Desk, workspace_id: str, user_id: str, trouble: SlackApiError) -> None:
    """Have a Home that Slack does not take just now follow after the pause that it asks for.

    Raises what else went wrong.
    """
    if trouble.response.get("error") != "ratelimited":
        raise trouble
    log.info("an App Home comes after a pause that Slack asked for")
    async with desk.begin() as session:
        await homes_due.once_more(session, workspace_id, user_id)


async def _publish(
    desk: Desk, client: AsyncWebClient, workspace_id: str, user_id: str, shown: str | None
) -> bool:
    colleague = await desk.colleagues.get(client, workspace_id, user_id)
    # Somebody else's change may have made this Home follow: it speaks its owner's language all the same.
    with speaking(colleague.locale):
        async with desk.homes_making:
            home, last, noted, after = await _gathered(desk, workspace_id, colleague)
        view = home_view(home, commands_of(desk.settings))
    ours = hashlib.sha256(json.dumps(view, sort_keys=True).encode()).hexdigest()
    if shown is not None and last == f"{ours} {shown}":
        return False
    answer = await client.views_publish(user_id=user_id, view=view)
    async with desk.begin() as session:
        standing = f"{ours} {answer['view']['hash']}"
        before = await homes_due.remember(session, workspace_id, user_id, standing)
        await homes_due.put_there(session, after)
        await homes_due.stands(session, workspace_id, user_id, home.made_of, overtaken=before != last)
        if gone := noted - home.made_of:
            await homes_due.forget(session, workspace_id, user_id, gone)
    return True


async def _gathered(
    desk: Desk, workspace_id: str, colleague: Colleague
) -> tuple[Home, str | None, frozenset[int], DueHome]:
    """The Home, what it showed last, the stories noted for it (its own among them), how far it has come."""
    who = colleague.user_id
    noted: frozenset[int] = frozenset()
    while True:
        async with desk.read() as session:
            changes = await homes_due.changes_of(session, workspace_id, who)
            home, last = await gather(session, workspace_id, colleague, desk.now())
            noted |= await homes_due.standing_on(session, workspace_id, who)
        new = home.made_of - noted
        if not new:
            after = DueHome(workspace_id=workspace_id, user_id=who, changes=changes)
            return home, last, noted, after
        # Whoever takes one of them back before it is noted does not find this Home: it is read once more.
        async with desk.begin() as session:
            await homes_due.note(session, workspace_id, who, new)


async def refresh(desk: Desk, client: AsyncWebClient, workspace_id: str, user_id: str) -> None:
    """After somebody changed something of theirs: their App Home follows, if they ever looked at it.

    What they did is done by then, so trouble is logged and not told: the Home follows when it is opened.
    Changes of one person that come together are one refresh, and few Homes are made at a time: people who
    are waiting for an answer go first.
    """
    key = (workspace_id, user_id)
    if key in desk.homes_due or desk.homes_unopened.get(key, 0.0) > time.monotonic():
        return
    desk.homes_due.add(key)
    try:
        await asyncio.sleep(GATHERED_SECONDS)
    finally:
        desk.homes_due.discard(key)
    async with desk.background:
        await _follow(desk, client, workspace_id, user_id)


async def follow(desk: Desk, client: AsyncWebClient, workspace_id: str, user_id: str) -> bool:
    """Bring somebody's App Home, which they have opened, up to date; tells whether that took a call."""
    async with desk.read() as session:
        _settings, last, _installer = await homes.person(session, workspace_id, user_id)
    shown = last.partition(" ")[2] if last else None
    return await publish(desk, client, workspace_id, user_id, shown=shown)


async def _follow(desk: Desk, client: AsyncWebClient, workspace_id: str, user_id: str) -> None:
    try:
        async with desk.read() as session:
            _settings, last, _installer = await homes.person(session, workspace_id, user_id)
        if last is None and not desk.homes_opening[workspace_id, user_id]:
            _remember_unopened(desk, workspace_id, user_id)
            return
        # Whoever looks for the first time just now may have been shown what was there before the change.
        await publish(desk, client, workspace_id, user_id, shown=(last or "").partition(" ")[2])
    except (SlackClientError, SQLAlchemyError, OSError, TimeoutError) as trouble:
        log.warning("an App Home could not follow: %s", trouble)


def _remember_unopened(desk: Desk, workspace_id: str, user_id: str) -> None:
    """Most people who submit never open the Home: they are not looked up again for a minute."""
    if len(desk.homes_unopened) >= MOST_REMEMBERED:
        desk.homes_unopened.clear()
    desk.homes_unopened[workspace_id, user_id] = time.monotonic() + UNOPENED_SECONDS


def commands_of(settings: Settings) -> Commands:
    """The slash commands as they are called here."""
    return Commands(
        interview=settings.firsthand_interview_command,
        stories=settings.firsthand_stories_command,
        channel=settings.firsthand_channel_command,
    )
