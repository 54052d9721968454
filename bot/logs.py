"""What the log tells, as lines or as JSON: never a token, a key or a secret, nothing of libraries below INFO.

At DEBUG Slack's libraries write whole requests and answers, with tokens and customers' words in them.
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterable

from sqlalchemy import make_url

from bot.log_ids import NAMES, Ids
from bot.settings import Settings
from storage.database import database_file
from storage.encryption import keys_beside

FORMAT = "%(asctime)s %(levelname)s %(name)s%(ids)s %(message)s"
HIDDEN = "(hidden)"
OURS = ("bot", "storage", "stories")
_TOKEN = re.compile(r"\b(?:xox[a-z]|xapp)[.-](?=[\w.-]*\d)[\w.-]+")
"""Slack's tokens of every kind: xoxb-…, xoxe.xoxb-…, xapp-…."""
_SHORTEST = 8
"""Characters of a secret that is looked for; anything shorter would hide words."""


class Discreet(logging.Formatter):
    """Writes a record with its trace, what is secret taken out: a line of text, or one JSON object."""

    def __init__(self, secrets: Iterable[str], *, as_json: bool = False) -> None:
        super().__init__()
        self._written = _json() if as_json else logging.Formatter(FORMAT, defaults={"ids": ""})
        spelt = {way for one in secrets for way in (one, json.dumps(one)[1:-1])}
        known = sorted((one for one in spelt if len(one) >= _SHORTEST), key=len, reverse=True)
        self._known = re.compile("|".join(map(re.escape, known))) if known else None

    def format(self, record: logging.LogRecord) -> str:
        """The line, and the lines of its trace."""
        told = _TOKEN.sub(HIDDEN, self._written.format(record))
        return self._known.sub(HIDDEN, told) if self._known else told


def _json() -> logging.Formatter:
    """time (ISO 8601, UTC), level, logger, message, the ids that are known, and exc_info: a trace."""
    # Only those who want JSON wait for it at the start.
    from pythonjsonlogger.json import JsonFormatter

    return JsonFormatter(
        ["levelname", "name", "message"],
        rename_fields={"levelname": "level", "name": "logger", "timestamp": "time"},
        reserved_attrs=[one for one in vars(logging.makeLogRecord({})) if one not in NAMES]
        + ["ids", "asctime"],
        timestamp=True,
    )


def configure(settings: Settings) -> None:
    """Send the log to standard error, at the level and in the form that were set."""
    handler = logging.StreamHandler()
    handler.addFilter(Ids())
    handler.setFormatter(Discreet(_secrets(settings), as_json=settings.firsthand_log_format == "json"))
    logging.basicConfig(level=max(_level(settings), logging.INFO), handlers=[handler])
    for name in OURS:
        logging.getLogger(name).setLevel(_level(settings))
    # A tick that is still at work when the next is due is meant to be left out, not reported.
    logging.getLogger("apscheduler.scheduler").setLevel(logging.ERROR)
    # Otherwise two lines for each tick, four times a minute, hide what is worth reading.
    logging.getLogger("apscheduler.executors").setLevel(logging.WARNING)


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
