"""What `firsthand setup` asks for each way of connecting, and how an answer shows that it is wrong."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from enum import Enum

from sqlalchemy.exc import ArgumentError

from bot.settings_slack import reachable
from storage.database import async_url
from stories.values import dataclass

Check = Callable[[str], str]
"""What is wrong with an answer, in words; empty when nothing is."""


class Way(Enum):
    """How Slack and this copy reach each other."""

    SOCKET = "socket"
    HTTP = "http"
    MANY = "many"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One setting that is asked for. `sure`: what is wrong is certain; otherwise it may be kept."""

    name: str
    words: str
    where: str
    wrong: Check
    secret: bool = True
    sure: bool = True


def _beginning(prefix: str, also: str) -> Check:
    def wrong(value: str) -> str:
        return "" if value.startswith(prefix) else f"It has to begin with {prefix}. {also}"

    return wrong


def _bot_token(value: str) -> str:
    if value.startswith("xapp-"):
        return "That is the app-level token: with Socket Mode it is asked for next. The bot's is xoxb-…"
    also = "One that begins with xoxp- is a person's; the bot's stands beside it."
    return _beginning("xoxb-", also)(value)


def _shaped(pattern: str, said: str) -> Check:
    def wrong(value: str) -> str:
        return "" if re.fullmatch(pattern, value) else said

    return wrong


def _address(value: str) -> str:
    try:
        reachable(value)
    except ValueError as error:
        return f"It {error}."
    return ""


def _database(value: str) -> str:
    if not re.match(r"(sqlite:///|postgres(ql)?://).", value):
        return "It has to begin with sqlite:/// or postgresql://."
    if value.startswith("postgres") and " " in value:
        return "It has a space in it, which no server's address has."
    try:
        async_url(value)
    except (ArgumentError, ValueError):
        return "It cannot be read: a password with @, / or : in it has to be percent-encoded."
    return ""


def without_password(address: str) -> str:
    """An address as it may be shown: a database's without the password in it."""
    return re.sub(r"(://[^/@:]*:)[^/@]*@", r"\1***@", address)


BOT_TOKEN = Question(
    name="SLACK_BOT_TOKEN",
    words="Bot token",
    where="Install App → Install to Workspace → Bot User OAuth Token",
    wrong=_bot_token,
)
APP_TOKEN = Question(
    name="SLACK_APP_TOKEN",
    words="App-level token",
    where="Basic Information → App-Level Tokens → Generate, with connections:write",
    wrong=_beginning("xapp-", "The one that begins with xoxb- is the bot's."),
)
SIGNING_SECRET = Question(
    name="SLACK_SIGNING_SECRET",
    words="Signing secret",
    where="Basic Information → App Credentials → Signing Secret (not the verification token)",
    wrong=_shaped("[0-9a-f]{32}", "Slack's signing secrets are 32 characters of 0-9 and a-f."),
    sure=False,
)
CLIENT_ID = Question(
    name="SLACK_CLIENT_ID",
    words="Client ID",
    where="Basic Information → App Credentials",
    wrong=_shaped(r"\d+\.\d+", "Slack's client ids are two numbers with a dot between."),
    secret=False,
    sure=False,
)
CLIENT_SECRET = Question(
    name="SLACK_CLIENT_SECRET",
    words="Client secret",
    where="Basic Information → App Credentials",
    wrong=_shaped("[0-9a-f]{32}", "Slack's client secrets are 32 characters of 0-9 and a-f."),
    sure=False,
)
ADDRESS = Question(
    name="FIRSTHAND_ADDRESS",
    words="Address (https://…)",
    where="where your proxy or load balancer takes requests and passes them on to Firsthand, which listens "
    "at port 3000 (another: FIRSTHAND_PORT)",
    wrong=_address,
    secret=False,
)

DATABASE = Question(
    name="DATABASE_URL",
    words="Database",
    where="sqlite:///FILE for one machine, postgresql://USER:PASSWORD@HOST/NAME for several",
    wrong=_database,
    secret=False,
)

ASKED: Mapping[Way, tuple[Question, ...]] = {
    Way.SOCKET: (BOT_TOKEN, APP_TOKEN),
    Way.HTTP: (ADDRESS, BOT_TOKEN, SIGNING_SECRET),
    Way.MANY: (ADDRESS, CLIENT_ID, CLIENT_SECRET, SIGNING_SECRET),
}
"""The questions of each way, in the order in which they are asked."""

AGAINST: Mapping[Way, tuple[str, ...]] = {
    Way.SOCKET: ("SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET"),
    Way.HTTP: ("SLACK_APP_TOKEN", "SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET"),
    Way.MANY: ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"),
}
"""What must not be set beside it."""
