"""The whole examination, from the settings to what Slack says; where one fails, the rest is looked at."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.exc import SQLAlchemyError

from bot.clock import Clock
from bot.connections import NotConnected, OneWorkspace
from bot.health import in_words
from bot.installing.installed import Installed
from bot.operating import checks_database, checks_door, checks_settings, checks_slack
from bot.operating.findings import Finding, broken, look
from bot.settings import Settings, StorageSettings
from bot.slack_refusals import NO_ANSWER
from storage import workspaces
from storage.database import Database, open_database
from storage.encryption import Keyring, new_key

MOST = 25
"""Workspaces that are asked about one by one; Slack would have to be asked about each."""


async def examine(settings: Settings, clock: Clock) -> list[Finding]:
    """Everything there is to say about a copy whose settings are complete."""
    found = [*checks_settings.settings_found(settings), *await examine_storage(settings, clock.now())]
    found += await _slack(settings, clock)
    found += [one async for one in checks_door.at_home(settings)]
    if settings.slack_signing_secret and not settings.slack_app_token:
        found.append(await checks_door.from_outside(settings))
    elif settings.firsthand_address:
        found.append(await checks_door.for_browsers(settings.firsthand_address))
    return found


async def examine_storage(settings: StorageSettings, now: datetime) -> list[Finding]:
    """What can be said of the database alone; `now` is real time."""
    # Without keys of its own, a passing one shows whether there is anything that it cannot open.
    keyring = checks_settings.keyring(settings) or Keyring([new_key()])
    keys, schema = checks_settings.keys(settings), checks_database.schema(settings)
    room = [*checks_database.readers(settings), *checks_database.room(settings)]
    if schema.fix:
        return [keys, schema, *room]
    database, found = open_database(settings.database_url, keyring), list[Finding]()
    try:
        keys = await checks_database.secrets(database, keyring, keys)
        found += [keys, await checks_database.writing(database), *room]
        found += [one async for one in checks_database.workers(database)]
        for workspace_id in await _known(database):
            found += [one async for one in checks_database.waiting(database, workspace_id, now)]
    except (SQLAlchemyError, OSError, TimeoutError) as error:
        found.append(broken("database", f"It stopped answering: {in_words(error)}.", "Run this again."))
    finally:
        await database.close()
    return found


async def _known(database: Database) -> Sequence[str]:
    async with database.read() as session:
        return [workspace_id for workspace_id, _name in (await workspaces.known(session))[:MOST]]


async def _slack(settings: Settings, clock: Clock) -> list[Finding]:
    if not settings.many_workspaces:
        client, token = OneWorkspace(settings).only_client, settings.slack_app_token
        found = [one async for one in checks_slack.workspace(client, clock.now)]
        reached = all(one.check != "slack" for one in found)
        if reached and token:
            found.append(await checks_slack.socket(client, token.get_secret_value()))
        return found
    keyring = checks_settings.keyring(settings)
    if checks_database.schema(settings).fix or keyring is None:
        return []
    database = open_database(settings.database_url, keyring)
    try:
        return await _each_installed(settings, database, clock)
    except (SQLAlchemyError, OSError, TimeoutError) as error:
        return [
            broken("database", f"The installations cannot be read: {in_words(error)}.", "Run this again.")
        ]
    finally:
        await database.close()


async def _each_installed(settings: Settings, database: Database, clock: Clock) -> list[Finding]:
    installed = Installed(settings, database, clock)
    known, found = await installed.workspaces(), list[Finding]()
    if not known:
        link = f"{settings.firsthand_address}/slack/install"
        found.append(look("token", "No workspace has installed Firsthand yet.", f"Open {link}"))
    for workspace_id in known[:MOST]:
        client = await _client(installed, workspace_id)
        if isinstance(client, Finding):
            found.append(client)
        else:
            found += [one async for one in checks_slack.workspace(client, clock.now)]
    if len(known) > MOST:
        said = f"{len(known) - MOST} more workspaces were not asked about."
        found.append(look("token", said, "The log names every one whose token Slack refuses."))
    return found


async def _client(installed: Installed, workspace_id: str) -> AsyncWebClient | Finding:
    try:
        return await installed.client(workspace_id)
    except (NotConnected, SlackApiError, *NO_ANSWER) as error:
        fix = f"Have {workspace_id} install it again: /slack/install"
        return broken("token", f"There is no live token for {workspace_id}: {error}.", fix)
