"""What has to be so before the bot can start, and what to do where it is not."""

from __future__ import annotations

import asyncio
import logging
from itertools import chain, repeat

import aiohttp
from slack_sdk.errors import SlackApiError
from sqlalchemy.exc import SQLAlchemyError

from bot.connections import OneWorkspace
from bot.desk import Desk
from bot.settings import StartError
from storage import workspaces
from storage.database import database_file
from storage.versions import is_current

log = logging.getLogger(__name__)

WAITS_SECONDS = (1, 2, 5, 10, 30)
"""How long the bot waits before it asks a Slack that is out of reach again; the last one from then on."""


def check_schema(url: str) -> None:
    """Raises StartError when the database is missing, out of reach, or of another version."""
    file = database_file(url)
    if file is not None and not file.exists():
        raise StartError(f"There is no database at {file} yet. Make it with: firsthand migrate")
    try:
        current = is_current(url)
    except SQLAlchemyError as error:
        raise StartError(f"The database cannot be read: {error.args[0]}. Is DATABASE_URL right?") from error
    if not current:
        raise StartError("The database is not of this version. Bring it up to date with: firsthand migrate")


async def introduce(desk: Desk, connection: OneWorkspace) -> None:
    """Ask Slack which workspace the token is for, and know it; waits while Slack is out of reach.

    Raises StartError for a token that Slack refuses.
    """
    for wait in chain(WAITS_SECONDS, repeat(WAITS_SECONDS[-1])):
        try:
            answer = await connection.only_client.auth_test()
        except SlackApiError as error:
            if error.response.status_code < 500 and error.response.status_code != 429:
                word = error.response.get("error", error.response.status_code)
                raise StartError(
                    f"Slack refuses SLACK_BOT_TOKEN ({word}). Copy it anew from the app's Install App page."
                ) from error
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            log.warning("Slack cannot be reached (%s)", error)
        else:
            workspace_id = str(answer["team_id"])
            await _know(desk, workspace_id, str(answer.get("team", "")))
            connection.speaks_for(workspace_id)
            return
        log.warning("trying again in %s s", wait)
        await asyncio.sleep(wait)
    raise StartError("Slack could not be reached.")


async def _know(desk: Desk, workspace_id: str, name: str) -> None:
    async with desk.database.begin() as session:
        await workspaces.ensure(session, workspace_id, name=name, installed_by=None, now=desk.now())
