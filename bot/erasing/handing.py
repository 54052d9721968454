"""All that is held about somebody, handed over in Slack as files that only they see, and taken back there."""

from __future__ import annotations

import logging
from datetime import timedelta

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.desk import Desk
from bot.erasing.exporting import Export
from bot.handed_files import hand
from storage import audit, exports
from storage.exports import Handed
from storage.holdings import About
from stories.language import _

log = logging.getLogger(__name__)

KEPT_FOR = timedelta(days=7)
"""How long the files stay in Slack."""

_GONE = frozenset({"file_not_found", "file_deleted", "cant_delete_file"})


async def hand_over(
    desk: Desk, client: AsyncWebClient, workspace_id: str, export: Export, *, to: str
) -> None:
    """Send both files to this person's private conversation with the bot, and write that down.

    Raises SlackApiError where Slack does not take them.
    """
    await _note(desk, workspace_id, export, by=to)
    # Deleting a file leaves what was said with it: that names nobody.
    comment = _(
        "Here is all that Firsthand holds, as you asked: the page to read, and the same as JSON. "
        "Only you see it here. I delete both files in {days} days."
    ).format(days=KEPT_FOR.days)
    files = [
        {"filename": f"{export.name}.html", "content": export.page, "title": _("To read")},
        {"filename": f"{export.name}.json", "content": export.json, "title": _("As JSON")},
    ]

    async def keep(file_ids: list[str]) -> None:
        now, whose = desk.now(), (export.about, export.object_key)
        async with desk.begin() as session:
            await exports.keep(
                session, workspace_id, *whose, file_ids, by=to, now=now, delete_on=now + KEPT_FOR
            )

    await hand(client, to, files, comment=comment, keep=keep)


async def _note(desk: Desk, workspace_id: str, export: Export, *, by: str) -> None:
    """Write it down before it leaves: what is handed over is in the log, whatever comes of it."""
    kind = "person" if export.about is About.EMPLOYEE else "customer"
    entry = audit.Entry(
        at=desk.now(), actor_id=by, act="export_held", object_kind=kind, object_id=export.object_key
    )
    async with desk.begin() as session:
        await audit.note(session, workspace_id, entry)


async def delete_files(desk: Desk, workspace_id: str, about: About, object_key: str) -> None:
    """Delete in Slack what was handed out about somebody, or to them."""
    async with desk.read() as session:
        found = await exports.of(session, workspace_id, about, object_key)
    await _delete(desk, workspace_id, found)


async def delete_due(desk: Desk, workspace_id: str) -> None:
    """Delete in Slack what has been there for long enough."""
    async with desk.read() as session:
        found = await exports.due(session, workspace_id, desk.now())
    await _delete(desk, workspace_id, found)


async def _delete(desk: Desk, workspace_id: str, found: tuple[Handed, ...]) -> None:
    if not found:
        return
    client = await desk.connections.client(workspace_id)
    for handed in found:
        for file in handed.files:
            try:
                await client.files_delete(file=file)
            except SlackApiError as error:
                if error.response.get("error") not in _GONE:
                    raise
        async with desk.database.begin() as session:
            await exports.forget(session, workspace_id, handed.id)
        log.info("an export's files are deleted in Slack")
