"""A file that somebody dropped on the bot: fetched, read, kept as a draft, told about in its thread."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any, TypeVar

from slack_sdk.web.async_client import AsyncWebClient

from bot import home
from bot.desk import Desk
from bot.dropping.board import Board
from bot.dropping.download import NotNow, SharedFile, describe, fetch
from bot.dropping.keeping import Kept, keep_once
from bot.dropping.talk import Talk
from bot.failures import DATABASE_TROUBLE
from bot.messages import dropped_files as messages
from bot.visitors import Visitor
from stories.errors import UserError
from stories.language import _
from stories.values import dataclass

log = logging.getLogger(__name__)
T = TypeVar("T")
READING_SECONDS = 60
"""How long a file is read before it is given up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Drop:
    """A file in somebody's message; `said` is what they wrote along with it, at `slack_ts`.

    `name` is empty where Slack tells of the file's id alone, as for one from another workspace.
    """

    file_id: str
    name: str
    slack_ts: str
    said: str = ""


async def take_in(desk: Desk, client: AsyncWebClient, who: Visitor, drop: Drop, board: Board) -> None:
    """Read a file to its end, whatever comes of it; the board says what."""
    name = drop.name or _("your file")
    await board.show(messages.reading(name))
    try:
        await _take_in(desk, client, who, drop, board)
    except UserError as refusal:
        await board.settle(messages.refused(refusal.message))
    except NotNow as trouble:
        log.warning("a dropped file could not be fetched: %s", trouble)
        await board.settle(messages.try_again("not_now", drop.file_id, name))
    except DATABASE_TROUBLE:
        log.exception("what was read from a dropped file could not be kept")
        await board.settle(messages.try_again("not_kept", drop.file_id, name))
    finally:
        # Whatever nobody foresaw is logged where Bolt ends; here it is said.
        if not board.settled:
            await board.show(messages.try_again("broke", drop.file_id, name))


async def _take_in(desk: Desk, client: AsyncWebClient, who: Visitor, drop: Drop, board: Board) -> None:
    # Reading dates in fourteen languages takes memory that a bot without files can do without.
    from bot.accounts import dropping as account_lists
    from bot.dropping import reading
    from bot.nps import dropping
    from bot.rota import dropping as rota_lists

    if drop.name and not dropping.is_table(drop.name):
        reading.check_name(drop.name)
    file = await describe(client, drop.file_id)
    table = dropping.is_table(file.name)
    if not table:
        reading.check_name(file.name)
        reading.check_size(file.name, file.size)
    token, most = client.token or "", dropping.MOST_BYTES if table else reading.MOST_BYTES
    data = await fetch(file, token=token, api_url=client.base_url, most=most)
    if table and await rota_lists.offer(desk, client, who, file, data, board):
        return
    if table and await account_lists.offer(desk, client, who, file, data, board):
        return
    if table and await dropping.offer(desk, client, who, file, data, board):
        return
    reading.check_size(file.name, len(data))
    colleague = await desk.colleagues.get(client, who.workspace_id, who.user_id)
    async with desk.background:
        read = partial(reading.read, file.name, data, today=who.today, ours=colleague.name)
        found = await _beside(file, read)
        await board.show(messages.halfway([one.talk for one in found]))
        told = [await _beside(file, partial(reading.with_lines, one)) for one in found]
    talks = [replace(talk, link=file.link) for talk in told]
    for number, talk in enumerate(talks):
        async with desk.begin() as session:
            note = drop.said if number == 0 else ""
            kept = await keep_once(session, who, talk, said=note, slack_ts=drop.slack_ts)
        words = _told(kept, talk, who, desk.settings.firsthand_stories_command)
        await (board if number == 0 else board.another()).settle(words)
    await home.refresh(desk, client, who.workspace_id, who.user_id)


async def _beside(file: SharedFile, work: Callable[[], T]) -> T:
    """Run work that takes a while beside the loop. Raises UserError when it takes too long."""
    try:
        async with asyncio.timeout(READING_SECONDS):
            return await asyncio.to_thread(work)
    except TimeoutError:
        said = _("“{file}” takes longer than {most} seconds to read. Cut it into one file per conversation.")
        raise UserError(said.format(file=file.name, most=READING_SECONDS)) from None


def _told(kept: Kept, talk: Talk, who: Visitor, stories_command: str) -> dict[str, Any]:
    if kept.new and kept.draft_id is not None:
        return messages.found(kept.draft_id, talk)
    if not kept.author_id:
        return messages.imported(talk.file)
    if kept.author_id != who.user_id:
        return messages.anothers(talk.file, kept.author_id)
    if kept.draft_id is not None:
        return messages.own_draft(talk.file, kept.draft_id)
    return messages.own_story(talk.file, stories_command)
