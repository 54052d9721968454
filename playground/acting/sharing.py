"""Files people bring: uploaded, then shown in a message or put into a modal's file input."""

from __future__ import annotations

from collections.abc import Sequence

from playground.acting.payloads import somebody
from playground.errors import PersonError, SlackError
from playground.files import MOST_BYTES, file_json, keep, may_see, new_file
from playground.model import File, Json
from playground.state import Values
from playground.workspace import Workspace

MOST_FILES = 10


async def upload(ws: Workspace, user_id: str, name: str, data: bytes) -> File:
    """Take a file from somebody's machine; nobody else sees it until it is shared."""
    somebody(ws, user_id)
    if not data:
        raise PersonError(f"“{name}” is empty: choose a file with something in it.")
    try:
        file = new_file(ws, user_id, name, len(data))
    except SlackError as error:
        most = MOST_BYTES // 1024 // 1024
        raise PersonError(f"“{name}” is too large: files here may have up to {most} MB.") from error
    file.data, file.is_whole = data, True
    keep(ws, file)
    return file


def own_files(ws: Workspace, user_id: str, file_ids: Sequence[str]) -> list[File]:
    """The files with those ids that somebody may show; raises PersonError."""
    if len(file_ids) > MOST_FILES:
        raise PersonError(f"A message shows up to {MOST_FILES} files: send the others in another one.")
    found = [ws.files.get(str(key)) for key in dict.fromkeys(file_ids)]
    files = [f for f in found if f is not None and not f.deleted and may_see(ws, f, user_id)]
    if len(files) < len(found):
        raise PersonError("That file is no longer there: choose it again.")
    return files


def with_files(ws: Workspace, user_id: str, values: Values) -> Values:
    """Values in which each file input holds file objects as Slack draws them, whatever the page sent.

    The app may open what it gets this way.
    """

    def whole(value: Json) -> Json:
        given = value.get("files")
        if value.get("type") != "file_input" or not isinstance(given, list):
            return value
        ids = [str(one.get("id")) for one in given if isinstance(one, dict)]
        files = own_files(ws, user_id, ids)
        for file in files:
            file.readers = list(dict.fromkeys((*file.readers, ws.app.user_id)))
            keep(ws, file)
        return value | {"files": [file_json(ws, file) for file in files]}

    return {
        block: {
            action: whole(value) if isinstance(value, dict) else value for action, value in actions.items()
        }
        for block, actions in values.items()
        if isinstance(actions, dict)
    }
