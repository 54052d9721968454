"""A second tracker, written for the tests in one file, as docs/trackers.md says: cards on a board."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.guarded_client import Reply
from bot.trackers import tracker
from bot.trackers.answers import changed, checked, found
from stories.errors import UserError
from stories.trackers import Event, TrackedItem, What


class Board:
    """Cards are called BOARD-12; a card is done or not, and hidden boards are private."""

    kind = "board"
    title = "Board"

    def said(self) -> tracker.Said:
        return tracker.Said(
            place="Board",
            example="https://board.example.com/APP",
            token="Settings, Keys",
            webhook="Settings, Hooks",
        )

    def place(self, typed: str) -> tracker.Place:
        site, slash, name = typed.strip().rpartition("/")
        if not slash or "://" not in site:
            raise UserError("A board looks like https://board.example.com/APP", field="place")
        return tracker.Place(site=site, name=name)

    def address(self, place: tracker.Place, ref: str) -> str:
        return f"{place.site}/cards/{ref}"

    def is_signed(self, call: tracker.Call, secret: str) -> bool:
        wanted = hmac.new(secret.encode(), call.body, hashlib.sha256).hexdigest()
        return hmac.compare_digest(wanted.encode(), call.headers.get("board-signature", "").encode())

    def name_of(self, call: tracker.Call) -> str:
        return call.headers.get("board-call", "")

    def read(self, call: tracker.Call, place_key: str) -> tracker.Told | None:
        try:
            told = json.loads(call.body)
            if told["board"]["key"] != place_key:
                return None
            item = _item(told["card"], told["board"])
            what = (
                What.LABELLED if told["did"] == "tag" else What.LEFT if told["did"] == "drop" else What.SEEN
            )
            event = Event(what=what, item=item, label=str(told.get("tag", "")))
        except (ValueError, LookupError, TypeError):
            raise tracker.Unreadable("no card") from None
        return tracker.Told(event=event, place=str(told["board"]["name"]))

    async def readers(self, line: tracker.Line) -> tracker.Readers:
        told = await _get(line, f"/boards/{line.place.name}")
        if told.status == 404:
            raise tracker.ToMend("There is no such board.")
        board = found(told, self.title)
        return tracker.Readers(name=board["name"], key=board["key"], public=not board["hidden"])

    async def account(self, line: tracker.Line) -> str:
        return str(found(await _get(line, "/me"), self.title)["name"])

    async def outsiders(self, line: tracker.Line) -> bool:
        return bool(found(await _get(line, f"/boards/{line.place.name}"), self.title)["visitors"])

    async def item(self, line: tracker.Line, ref: str) -> TrackedItem:
        told = found(_there(await _get(line, f"/cards/{ref}")), self.title)
        return _item(told["card"], told["board"])

    async def comment(self, line: tracker.Line, ref: str, text: str) -> str:
        told = _there(await _send(line, "POST", f"/cards/{ref}/notes", {"text": text}))
        if told.status != 201:
            raise tracker.NotTaken(f"HTTP {told.status}")
        return str(found(told, self.title)["id"])

    async def edit_comment(self, line: tracker.Line, ref: str, comment_id: str, text: str) -> None:
        changed(await _send(line, "PUT", f"/cards/{ref}/notes/{comment_id}", {"text": text}))

    async def delete_comment(self, line: tracker.Line, ref: str, comment_id: str) -> None:
        changed(await _send(line, "DELETE", f"/cards/{ref}/notes/{comment_id}", None))

    async def comments(self, line: tracker.Line, ref: str, since: datetime | None) -> Mapping[str, str]:
        asked = f"?since={since.timestamp():.0f}" if since else ""
        told = found(_there(await _get(line, f"/cards/{ref}/notes{asked}")), self.title)
        return {str(one["id"]): str(one["text"]) for one in told["notes"]}


board = Board()


def _item(card: Mapping[str, Any], place: Mapping[str, Any]) -> TrackedItem:
    return TrackedItem(
        ref=str(card["ref"]),
        place=str(place["name"]),
        key=f"{place['key']}:{card['n']}",
        title=str(card["title"]),
        labels=frozenset(card["tags"]),
        open=not card["done"],
        public=not place["hidden"],
    )


def _there(reply: Reply) -> Reply:
    if reply.status == 410:
        raise tracker.ItemGone
    if reply.status == 404:
        raise tracker.OutOfSight
    return reply


async def _get(line: tracker.Line, path: str) -> Reply:
    return checked(
        await line.client.get(line.place.site + path, headers=_key(line)), "Board", needs="writing"
    )


async def _send(line: tracker.Line, method: str, path: str, body: Any) -> Reply:
    reply = await line.client.send(method, line.place.site + path, body=body, headers=_key(line))
    return checked(reply, "Board", needs="writing")


def _key(line: tracker.Line) -> dict[str, str]:
    return {"board-key": line.token}
