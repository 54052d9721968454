"""What goes wrong, in Slack's words for the app and in plain ones for a person."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


class SlackError(Exception):
    """A refused Web API call: `word` is Slack's error, `extra` goes beside it, the rest around it."""

    def __init__(
        self,
        word: str,
        extra: Mapping[str, Any] | None = None,
        *,
        status: int = 200,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(word)
        self.word = word
        self.extra = dict(extra or {})
        self.status = status
        self.headers = dict(headers or {})


class PersonError(Exception):
    """What a person tried cannot be done; the text says why, as Slack's client would."""
