"""The server behind the tests' own tracker."""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from dataclasses import dataclass, field
from typing import Any

from tests.bot.trackers.server import Answer, Asked, Server

_CARD = re.compile(r"/cards/(?P<ref>APP-\d+)(?P<notes>/notes(?:/(?P<note>\d+))?)?")


@dataclass
class FakeBoard:
    """One board with one card."""

    server: Server = field(default_factory=Server)
    place: dict[str, Any] = field(
        default_factory=lambda: {"name": "APP", "key": "b1", "hidden": True, "visitors": []}
    )
    card: dict[str, Any] = field(
        default_factory=lambda: {"ref": "APP-12", "n": 12, "title": "x", "tags": ["customer"], "done": False}
    )
    notes: dict[int, str] = field(default_factory=dict)
    gone: bool = False
    token: str = "the key"
    _calls: int = 0

    def call(self, did: str, secret: str) -> tuple[dict[str, str], bytes]:
        """What it tells about its card."""
        self._calls += 1
        told = {"did": did, "tag": "customer", "card": self.card, "board": self.place, "n": self._calls}
        body = json.dumps(told).encode()
        signature = hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
        headers = {"board-signature": signature, "board-call": str(self._calls)}
        return {"content-type": "application/json", **headers}, body

    def answer(self, asked: Asked) -> Answer:
        """By path and method."""
        if asked.headers.get("board-key") != self.token:
            return Answer(status=401)
        if asked.path == "/me":
            return Answer(body={"name": "maya"})
        if asked.path == "/boards/APP":
            return Answer(body=self.place)
        match = _CARD.fullmatch(asked.path)
        if match is None or match["ref"] != self.card["ref"] or self.gone:
            return Answer(status=410 if self.gone else 404, body={})
        if not match["notes"]:
            return Answer(body={"card": self.card, "board": self.place})
        return self._note(asked, int(match["note"])) if match["note"] else self._of_card(asked)

    def _of_card(self, asked: Asked) -> Answer:
        if asked.method == "GET":
            return Answer(body={"notes": [{"id": one, "text": text} for one, text in self.notes.items()]})
        number = 1 + max(self.notes, default=0)
        self.notes[number] = asked.body["text"]
        return Answer(status=201, body={"id": number})

    def _note(self, asked: Asked, number: int) -> Answer:
        if number not in self.notes or self.gone:
            return Answer(status=404, body={})
        if asked.method == "DELETE":
            del self.notes[number]
            return Answer(status=204)
        self.notes[number] = asked.body["text"]
        return Answer(body={})
