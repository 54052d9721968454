"""files.*: https://docs.slack.dev/reference/methods?family=files"""

from __future__ import annotations

from typing import Any

from playground.api.calling import Call, Method
from playground.drafting import checked_blocks, listed
from playground.errors import SlackError
from playground.files import discard, file_json, keep, may_see, new_file
from playground.model import Channel, File, Json
from playground.posting import Draft, post_files
from playground.text import MAX_TEXT

MOST_ALT, MOST_SNIPPET, MOST_FILES = 1_000, 1_000_000, 10


def upload_url(call: Call) -> Json:
    """files.getUploadURLExternal: an address to POST the bytes to, and the file's id."""
    name = call.text("filename", "missing_argument")
    length = str(call.args.get("length") or "0")
    if not length.isdecimal() or not int(length):
        raise SlackError("missing_argument")
    alt_text = str(call.args.get("alt_txt") or "")
    if len(alt_text) > MOST_ALT:
        raise SlackError("alt_txt_too_large")
    if call.args.get("snippet_type") and int(length) > MOST_SNIPPET:
        raise SlackError("snippet_too_large")
    ws = call.ws
    file = new_file(ws, ws.app.user_id, name, int(length), alt_text=alt_text)
    key = ws.random.randbytes(24).hex()
    ws.uploads[key] = file
    return {"ok": True, "upload_url": f"{call.base_url}/upload/v1/{key}", "file_id": file.id}


def complete(call: Call) -> Json:
    """files.completeUploadExternal: what was uploaded becomes files, shared where it is asked."""
    ws = call.ws
    entries = listed(call.args.get("files"), "invalid_arguments")
    if not 0 < len(entries) <= MOST_FILES:
        raise SlackError("invalid_arguments")
    rooms = _rooms(call)
    files = [_finished(call, entry) for entry in entries]
    blocks = checked_blocks(call.args.get("blocks"))
    comment = str(call.args.get("initial_comment") or "")[:MAX_TEXT]
    thread = str(call.args.get("thread_ts") or "") or None
    for file in files:
        ws.uploads = {key: one for key, one in ws.uploads.items() if one is not file}
        keep(ws, file)
    for room in rooms:
        draft = Draft(text=comment, blocks=[] if comment else blocks, thread_ts=thread)
        post_files(ws, room, ws.app.user_id, draft, files)
    return {"ok": True, "files": [file_json(ws, file) for file in files]}


def _rooms(call: Call) -> list[Channel]:
    given = [call.args.get("channel_id"), *str(call.args.get("channels") or "").split(",")]
    rooms = []
    for name in dict.fromkeys(str(one).strip() for one in given if one):
        ws = call.ws
        if name in ws.users and name != ws.app.user_id:
            rooms.append(ws.direct(name, ws.app.user_id))
            continue
        call.args["channel"] = name
        channel = call.channel(joined=True)
        if channel.is_archived:
            raise SlackError("is_archived")
        rooms.append(channel)
    return rooms


def _finished(call: Call, entry: Any) -> File:
    wanted = entry.get("id") if isinstance(entry, dict) else None
    file = next((one for one in call.ws.uploads.values() if one.id == wanted), None)
    if file is None or not file.is_whole:
        raise SlackError("file_not_found")
    file.title = str(entry.get("title") or file.title)
    return file


def _file(call: Call) -> File:
    file = call.ws.files.get(call.text("file", "file_not_found"))
    if file is None or not may_see(call.ws, file, call.grant.user_id):
        raise SlackError("file_not_found")
    if file.deleted:
        raise SlackError("file_deleted")
    return file


def info(call: Call) -> Json:
    """files.info."""
    face = file_json(call.ws, _file(call))
    return {"ok": True, "file": face, "comments": [], "response_metadata": {"next_cursor": ""}}


def list_(call: Call) -> Json:
    """files.list: by channel or by person, in pages by number."""
    ws = call.ws
    size, page = call.number("count", 100, 1000), call.number("page", 1, 1_000_000)
    room, user = call.args.get("channel"), call.args.get("user")
    found = [
        file
        for file in reversed(ws.files.values())
        if not file.deleted
        and may_see(ws, file, call.grant.user_id)
        and (not room or room in file.shares)
        and (not user or user == file.user_id)
    ]
    shown = found[(page - 1) * size : page * size]
    pages = max(1, -(-len(found) // size))
    paging = {"count": size, "total": len(found), "page": page, "pages": pages}
    return {"ok": True, "files": [file_json(ws, file) for file in shown], "paging": paging}


def delete(call: Call) -> Json:
    """files.delete: one's own."""
    file = _file(call)
    if file.user_id != call.grant.user_id:
        raise SlackError("cant_delete_file")
    discard(call.ws, file)
    return {"ok": True}


METHODS = {
    "files.completeUploadExternal": Method(complete, ("files:write",)),
    "files.delete": Method(delete, ("files:write",)),
    "files.getUploadURLExternal": Method(upload_url, ("files:write",)),
    "files.info": Method(info, ("files:read",)),
    "files.list": Method(list_, ("files:read",)),
}
