"""The audit log as a file in a private message, for whoever may read it; taken back there a week later."""

from __future__ import annotations

import csv
import io

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.audit_terminal import COLUMNS, row_of
from bot.desk import Desk
from bot.erasing.handing import KEPT_FOR
from bot.handed_files import hand
from storage import audit, exports
from storage.holdings import About
from stories.errors import UserError
from stories.language import _

MOST_LINES = 100_000
"""Lines of a file in Slack; a longer log is written at a terminal."""


async def send(desk: Desk, client: AsyncWebClient, workspace_id: str, *, to: str) -> None:
    """Send the log, oldest line first, to this person alone; that it was exported is a line of its own.

    Raises UserError where the bot may send no files, and for a log that is too long.
    """
    text = await as_csv(desk, workspace_id)
    await _note(desk, workspace_id, by=to)

    async def keep(files: list[str]) -> None:
        now, whose = desk.now(), (About.WORKSPACE, "audit")
        async with desk.begin() as session:
            await exports.keep(session, workspace_id, *whose, files, by=to, now=now, delete_on=now + KEPT_FOR)

    try:
        said = _("The audit log so far. Only you see it here; I delete it in {days} days.")
        file = {"filename": "audit.csv", "content": text, "title": _("Audit log")}
        await hand(client, to, [file], comment=said.format(days=KEPT_FOR.days), keep=keep)
    except SlackApiError as error:
        if error.response.get("error") == "missing_scope":
            raise UserError(
                _(
                    "I may not send files here: the permission files:write was not granted. Whoever runs "
                    "Firsthand writes the log to a file with: firsthand audit export FILE"
                )
            ) from error
        raise


async def as_csv(desk: Desk, workspace_id: str) -> str:
    """Every line of the log as a table, no cell of which a spreadsheet takes for a formula.

    Raises UserError for a log that is too long.
    """
    file, last, lines = io.StringIO(), 0, 0
    table = csv.writer(file)
    table.writerow(COLUMNS)
    while True:
        async with desk.read() as session:
            found = await audit.after(session, workspace_id, last)
        if not found:
            return file.getvalue()
        lines += len(found)
        if lines > MOST_LINES:
            raise UserError(
                _(
                    "The log has more than {most:,} lines, too many for a message. Whoever runs Firsthand "
                    "writes it to a file with: firsthand audit export FILE"
                ).format(most=MOST_LINES)
            )
        table.writerows(row_of(entry) for _id, entry in found)
        last = found[-1][0]


async def _note(desk: Desk, workspace_id: str, *, by: str) -> None:
    """Write it down before it leaves: what is handed over is in the log, whatever comes of it."""
    entry = audit.Entry(at=desk.now(), actor_id=by, act="export_audit", object_kind="audit", object_id="all")
    async with desk.begin() as session:
        await audit.note(session, workspace_id, entry)
