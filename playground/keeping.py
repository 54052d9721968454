"""A workspace in a file: what changed is on the disk before anybody is answered.

One SQLite table holds a row for each thing (a message, a channel, a token…), written whole when it changes.
What is soon over, open windows and the like, has its rows in `playground.passing`.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from playground.model import Change, Channel, File, Json, Message, Pin, Scheduled, User, View
from playground.passing import ROWS, restore_passing

if TYPE_CHECKING:
    from playground.workspace import Workspace

Row = tuple[str, bytes]
_TALK = frozenset(("message", "edited", "deleted", "reaction"))
_CHANNEL = ("id", "name", "kind", "created", "team_id", "creator", "topic", "is_archived", "is_shared")
_MAKE = "CREATE TABLE IF NOT EXISTS kept (kind TEXT, key TEXT, body TEXT, data BLOB, PRIMARY KEY (kind, key))"
_OTHERS = "SELECT name FROM sqlite_master WHERE type = 'table' AND name <> 'kept' ORDER BY name"
_PUT = (
    "INSERT INTO kept VALUES (?, ?, ?, ?) "
    "ON CONFLICT DO UPDATE SET body = excluded.body, data = excluded.data"
)


class KeepError(Exception):
    """The file cannot be kept in; the text says why."""


class Keeper:
    """One file, for its owner alone: it holds tokens and all that was typed.

    Raises KeepError where it cannot be opened, is in use by another playground, or is a database of
    something else's.
    """

    def __init__(self, path: Path) -> None:
        self._changed: dict[tuple[str, str], None] = {}
        try:
            os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
            self._base = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=1)
            _refuse_others(self._base, path)
            path.chmod(0o600)
            self._base.execute("PRAGMA locking_mode = EXCLUSIVE")
            self._base.execute("PRAGMA journal_mode = WAL")
            self._base.execute("PRAGMA synchronous = FULL")
            self._base.execute(_MAKE)
        except (sqlite3.Error, OSError) as error:
            raise KeepError(f"{path} can't be used to keep a workspace in: {error}.") from error

    def mark(self, change: Change) -> None:
        """Remember that what the change is about has to be written."""
        if change.kind in _TALK:
            self._changed["message", f"{change.channel_id}/{change.ts}"] = None
        elif change.kind in ("channel", "member"):
            self._changed["channel", change.channel_id] = None
        elif change.kind in ("user", "home", "modal"):
            self._changed[change.kind, change.user_id] = None
        elif change.kind == "read":
            self._changed["read", f"{change.user_id}/{change.channel_id}"] = None
        elif change.kind == "ephemeral":
            self._changed["ephemeral", f"{change.channel_id}/{change.user_id}"] = None
        elif change.kind == "file":
            self._changed["file", change.ts] = None
        elif change.kind in ("clock", "app", "token", "scheduled"):
            self._changed["workspace", ""] = None

    def remember(self, kind: str, key: str) -> None:
        """Have that row written, though nobody sees a change."""
        self._changed[kind, key] = None

    def flush(self, ws: Workspace) -> None:
        """Write what changed since the last time, all of it or nothing, and wait for the disk."""
        if not self._changed:
            return
        rows = [(kind, key, _row(ws, kind, key)) for kind, key in (*self._changed, ("workspace", ""))]
        self._base.execute("BEGIN IMMEDIATE")
        try:
            for kind, key, row in rows:
                if row is None:
                    self._base.execute("DELETE FROM kept WHERE kind = ? AND key = ?", (kind, key))
                else:
                    self._base.execute(_PUT, (kind, key, *row))
            self._base.execute("COMMIT")
        except sqlite3.Error:
            self._base.execute("ROLLBACK")
            raise
        self._changed.clear()

    def kept(self, kind: str) -> list[tuple[str, Any, bytes]]:
        """Everything of one kind as key, parsed JSON and bytes, in the order in which they came."""
        asked = "SELECT key, body, data FROM kept WHERE kind = ? ORDER BY rowid"
        return [(key, json.loads(body), data) for key, body, data in self._base.execute(asked, (kind,))]

    def close(self) -> None:
        """Let another playground use the file."""
        self._base.close()


def _refuse_others(base: sqlite3.Connection, path: Path) -> None:
    """Raises KeepError, and leaves it as it was, for a database in which something else has tables."""
    found = [str(name) for (name,) in base.execute(_OTHERS)]
    if found:
        base.close()
        raise KeepError(
            f"{path} is a database of something else: it has a table {found[0]!r}. Name a file that is not "
            "there yet, or one in which a playground was kept."
        )


def _row(ws: Workspace, kind: str, key: str) -> Row | None:
    if kind == "message":
        message = ws.message(*key.split("/"))
        return _as_row(asdict(message)) if message else None
    if kind in ROWS:
        passing = ROWS[kind](ws, key)
        return _as_row(passing) if passing else None
    if kind == "channel" and key not in ws.channels:
        return None
    if kind == "file":
        return _as_row(_file(ws.files[key]), ws.files[key].data)
    return _as_row(_WRITERS[kind](ws, key))


def _as_row(body: Json, data: bytes = b"") -> Row:
    return json.dumps(body), data


def _channel(channel: Channel) -> Json:
    face: Json = {name: getattr(channel, name) for name in _CHANNEL}
    pins = {ts: asdict(pin) for ts, pin in channel.pins.items()}
    return face | {"members": list(channel.members), "pins": pins}


def _file(file: File) -> Json:
    names = ("id", "user_id", "name", "title", "mimetype", "kind", "pretty", "created", "size", "alt_text")
    rest = ("is_whole", "deleted", "readers", "shares")
    return {name: getattr(file, name) for name in (*names, *rest)}


def _workspace(ws: Workspace) -> Json:
    app = ws.app
    grants = [asdict(grant) | {"scopes": sorted(grant.scopes)} for grant in ws.grants.all.values()]
    return {
        "ids": ws.ids,
        "offset": ws.clock.offset,
        "app": {"id": app.id, "bot_id": app.bot_id, "user_id": app.user_id},
        "tokens": asdict(app.tokens),
        "scopes": sorted(app.scopes),
        "installed": app.installed,
        "is_org": app.is_org,
        "teams": sorted(app.teams),
        "grants": grants,
        "scheduled": [asdict(one) for one in ws.scheduled.values()],
    }


def _read(ws: Workspace, key: str) -> Json:
    user_id, _, channel_id = key.partition("/")
    return {"ts": ws.read_marks[user_id, channel_id]}


_WRITERS: dict[str, Callable[[Workspace, str], Json]] = {
    "channel": lambda ws, key: _channel(ws.channels[key]),
    "user": lambda ws, key: asdict(ws.users[key]),
    "home": lambda ws, key: asdict(ws.homes[key]),
    "read": _read,
    "workspace": lambda ws, _key: _workspace(ws),
}


def restore(ws: Workspace, keeper: Keeper) -> None:
    """Fill an empty workspace with what the file holds, except the app, which is read before."""
    for _key, body, _data in keeper.kept("user"):
        ws.add_user(User(**body))
    for _key, body, _data in keeper.kept("channel"):
        _restore_channel(ws, body)
    for key, body, _data in keeper.kept("message"):
        ws.channels[key.partition("/")[0]].add(Message(**body))
    for key, body, _data in keeper.kept("home"):
        ws.homes[key] = View(**body)
        ws.views[ws.homes[key].id] = ws.homes[key]
    for key, body, _data in keeper.kept("read"):
        user_id, _, channel_id = key.partition("/")
        ws.read_marks[user_id, channel_id] = body["ts"]
    for key, body, data in keeper.kept("file"):
        ws.files[key] = File(**body, data=data)
    for _key, body, _data in keeper.kept("workspace"):
        ws.scheduled = {entry["id"]: Scheduled(**entry) for entry in body["scheduled"]}
    restore_passing(ws, keeper.kept)
    newest = max((c.order[-1] for c in ws.channels.values() if c.order), default="0")
    ws.clock.pass_by(newest)


def _restore_channel(ws: Workspace, body: Json) -> None:
    members, pins = body.pop("members"), body.pop("pins")
    channel = Channel(**body, pins={ts: Pin(**pin) for ts, pin in pins.items()})
    ws.channels[channel.id] = channel
    if channel.kind in ("public", "private"):
        ws.names[channel.name] = channel.id
    else:
        ws.dms[frozenset(members)] = channel.id
    for member in members:
        ws.enter(channel, member)
