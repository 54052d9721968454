"""What the log tells: never a token, a key or a secret, and of libraries nothing below INFO.

At DEBUG Slack's libraries write whole requests and answers, with tokens and customers' words in them.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable

from sqlalchemy import make_url

from bot.settings import Settings
from storage.database import database_file
from storage.encryption import keys_beside

FORMAT = "%(asctime)s %(levelname)s %(name)s %(message)s"
HIDDEN = "(hidden)"
OURS = ("bot", "storage", "stories")
_TOKEN = re.compile(r"\b(?:xox[a-z]|xapp)[.-](?=[\w.-]*\d)[\w.-]+")
"""Slack's tokens of every kind: xoxb-…, xoxe.xoxb-…, xapp-…."""
_SHORTEST = 8
"""Characters of a secret that is looked for; anything shorter would hide words."""


class Discreet(logging.Formatter):
    """Writes a record with its trace, what is secret taken out."""

    def __init__(self, secrets: Iterable[str]) -> None:
        super().__init__(FORMAT)
        known = sorted({one for one in secrets if len(one) >= _SHORTEST}, key=len, reverse=True)
        self._known = re.compile("|".join(map(re.escape, known))) if known else None

    def format(self, record: logging.LogRecord) -> str:
        """The line, and the lines of its trace."""
        told = _TOKEN.sub(HIDDEN, super().format(record))
        return self._known.sub(HIDDEN, told) if self._known else told


def configure(settings: Settings) -> None:
    """Send the log to standard error, at the level that was set."""
    handler = logging.StreamHandler()
    handler.setFormatter(Discreet(_secrets(settings)))
    logging.basicConfig(level=max(_level(settings), logging.INFO), handlers=[handler])
    for name in OURS:
        logging.getLogger(name).setLevel(_level(settings))
    # A tick that is still at work when the next is due is meant to be left out, not reported.
    logging.getLogger("apscheduler.scheduler").setLevel(logging.ERROR)


def _level(settings: Settings) -> int:
    return logging.getLevelNamesMapping()[settings.firsthand_log_level]


def _secrets(settings: Settings) -> list[str]:
    given = (
        settings.slack_bot_token,
        settings.slack_app_token,
        settings.slack_signing_secret,
        settings.slack_client_secret,
        settings.slack_sign_in_client_secret,
    )
    password = make_url(settings.database_url).password
    return [
        *(one.get_secret_value() for one in given if one),
        *_keys(settings),
        *([password] if password else []),
    ]


def _keys(settings: Settings) -> list[str]:
    if settings.firsthand_keys:
        return settings.firsthand_keys.get_secret_value().split(",")
    file = database_file(settings.database_url)
    return keys_beside(file) if file and file.with_suffix(".key").exists() else []
