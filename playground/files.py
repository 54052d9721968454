"""Files people and apps share: kept in memory, described as Slack describes them.

https://docs.slack.dev/messaging/working-with-files and https://docs.slack.dev/reference/objects/file-object
"""

from __future__ import annotations

import mimetypes
from pathlib import PurePath
from urllib.parse import quote

from playground.errors import SlackError
from playground.model import Channel, File, Json
from playground.workspace import Workspace

MOST_BYTES = 32 * 1024 * 1024
"""The largest file kept here; Slack takes 1 GB."""
MOST_NAME = 255
_TEXTS = {
    "txt": ("text", "Plain Text"),
    "md": ("markdown", "Markdown (raw)"),
    "csv": ("csv", "CSV"),
    "json": ("json", "JSON"),
    "html": ("html", "HTML"),
    "vtt": ("vtt", "Web Video Text Tracks"),
    "srt": ("srt", "SubRip"),
    "py": ("python", "Python"),
}
_PRETTY = {"pdf": "PDF", "png": "PNG", "jpg": "JPEG", "gif": "GIF", "docx": "Word Document", "zip": "Zip"}
_KINDS = {"jpeg": "jpg", "markdown": "md"}


def new_file(
    ws: Workspace, user_id: str, name: str, size: int, *, title: str = "", alt_text: str = ""
) -> File:
    """A file announced by somebody, its bytes still to come; raises file_upload_size_restricted."""
    if size > MOST_BYTES:
        raise SlackError("file_upload_size_restricted")
    name = PurePath(name.replace("\\", "/")).name[:MOST_NAME] or "untitled"
    ending = PurePath(name).suffix.removeprefix(".").lower()
    ending = _KINDS.get(ending, ending)
    kind, pretty = _TEXTS.get(ending, (ending or "binary", _PRETTY.get(ending, ending.upper() or "Binary")))
    mimetype = "text/plain" if ending in _TEXTS else mimetypes.guess_type(name)[0]
    return File(
        id=ws.new_id("F"),
        user_id=user_id,
        name=name,
        title=title or name,
        mimetype=mimetype or "application/octet-stream",
        kind=kind,
        pretty=pretty,
        created=int(ws.clock.seconds()),
        size=size,
        alt_text=alt_text,
    )


def keep(ws: Workspace, file: File) -> None:
    """Let a file whose bytes are there be found by its id."""
    ws.files[file.id] = file
    ws.notify("file", user_id=file.user_id, ts=file.id)


def share(ws: Workspace, file: File, channel: Channel, ts: str) -> None:
    """Remember that a message shows the file."""
    file.shares.setdefault(channel.id, []).append(ts)
    ws.notify("file", user_id=file.user_id, ts=file.id)


def may_see(ws: Workspace, file: File, user_id: str) -> bool:
    """Whether somebody (or the app) may open a file: its owner, and whoever is where it was shared."""
    if user_id in (file.user_id, *file.readers):
        return True
    rooms = [ws.channels[key] for key in file.shares if key in ws.channels]
    user = ws.users.get(user_id)
    guest = user is None or user.is_guest
    return any(user_id in c.members or (c.kind == "public" and not guest) for c in rooms)


def discard(ws: Workspace, file: File) -> None:
    """Delete a file: its messages keep a tombstone."""
    file.deleted, file.data = True, b""
    for channel_id, stamps in file.shares.items():
        for ts in stamps:
            message = ws.message(channel_id, ts)
            if message is not None:
                message.files = [tombstone(f) if f["id"] == file.id else f for f in message.files]
                ws.notify("edited", channel_id, file.user_id, ts)
    ws.notify("file", user_id=file.user_id, ts=file.id)


def tombstone(face: Json) -> Json:
    """What is left of a deleted file in a message."""
    return {"id": face["id"], "mode": "tombstone"}


def file_json(ws: Workspace, file: File) -> Json:
    """A file object. Its addresses serve the bytes to whoever brings a token with files:read."""
    rooms = [ws.channels[key] for key in file.shares if key in ws.channels]
    name = quote(file.name.lower().replace(" ", "_"))
    private = f"{ws.base_url}/files-pri/{ws.team_id}-{file.id}"
    is_text = file.mimetype == "text/plain"
    face: Json = {
        "id": file.id,
        "created": file.created,
        "timestamp": file.created,
        "name": file.name,
        "title": file.title,
        "mimetype": file.mimetype,
        "filetype": file.kind,
        "pretty_type": file.pretty,
        "user": file.user_id,
        "user_team": ws.team_id,
        "editable": is_text,
        "size": file.size,
        "mode": "snippet" if is_text else "hosted",
        "is_external": False,
        "external_type": "",
        "is_public": any(c.kind == "public" for c in rooms),
        "public_url_shared": False,
        "display_as_bot": False,
        "username": "",
        "url_private": f"{private}/{name}",
        "url_private_download": f"{private}/download/{name}",
        "permalink": f"{ws.base_url}/files/{file.user_id}/{file.id}/{name}",
        "is_starred": False,
        "has_rich_preview": False,
        "file_access": "visible",
        "comments_count": 0,
    }
    if file.alt_text:
        face["alt_txt"] = file.alt_text
    return face | _where(ws, file, rooms)


def _where(ws: Workspace, file: File, rooms: list[Channel]) -> Json:
    shares: dict[str, dict[str, list[Json]]] = {}
    for room in rooms:
        side = "public" if room.kind == "public" else "private"
        entries = [
            {"ts": ts, "team_id": ws.team_id, "channel_name": room.name} for ts in file.shares[room.id]
        ]
        shares.setdefault(side, {})[room.id] = entries
    return {
        "channels": [c.id for c in rooms if c.kind == "public"],
        "groups": [c.id for c in rooms if c.kind in ("private", "mpim")],
        "ims": [c.id for c in rooms if c.kind == "im"],
        "shares": shares,
    }
