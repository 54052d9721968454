"""What the log leaves out, whoever writes it and however deep it stands in a trace."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator

import pytest
from slack_sdk.errors import SlackApiError

from bot.log_ids import Ids, about, begin
from bot.logs import HIDDEN, Discreet
from tests.bot.installing.conftest import Place

SECRETS = ("signing-secret-of-ours", "short")


@pytest.fixture
def told() -> Iterator[io.StringIO]:
    """Everything that Slack's library says at DEBUG, as our formatter writes it."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(Discreet(SECRETS))
    library = logging.getLogger("slack_sdk")
    before = library.level
    library.setLevel(logging.DEBUG)
    library.addHandler(handler)
    yield stream
    library.removeHandler(handler)
    library.setLevel(before)


def line(message: str, *args: object, exc: BaseException | None = None) -> str:
    record = logging.LogRecord(
        "bot", logging.ERROR, "", 1, message, args, (type(exc), exc, None) if exc else None
    )
    return Discreet(SECRETS).format(record)


@pytest.mark.parametrize(
    "token",
    [
        "xoxb-123-456-abcDEF",
        "xoxp-1-2-3",
        "xoxe.xoxb-1-Mi0yLTE_-x",
        "xoxe-1-abcdef",
        "xapp-1-A0-1-ff",
        SECRETS[0],
    ],
)
def test_tokens_and_secrets_are_hidden_in_lines_and_traces(token: str) -> None:
    assert token not in line("it was %s, again", token)
    assert token not in line(f"{{'access_token': '{token}'}}")
    trace = line("it failed", exc=ValueError(f"no such token: {token}"))
    assert token not in trace
    assert HIDDEN in trace
    assert "no such token" in trace


def test_words_that_are_no_secrets_stay() -> None:
    assert line("a short story about foxes and xoxo-hugs").endswith("a short story about foxes and xoxo-hugs")


def test_lines_and_objects_name_request_workspace_and_delivery() -> None:
    record = logging.LogRecord("bot", logging.INFO, "", 1, "kept: %s", ('a "quoted" secret',), None)
    begin(request="Ev1", workspace="T1")
    with about(delivery=7):
        assert Ids().filter(record)
    secrets = ['a "quoted" secret']
    assert (
        Discreet(secrets)
        .format(record)
        .endswith(f"INFO bot request=Ev1 workspace=T1 delivery=7 kept: {HIDDEN}")
    )
    told = json.loads(Discreet(secrets, as_json=True).format(record))
    assert told.pop("time").endswith("+00:00")
    ids = {"request": "Ev1", "workspace": "T1", "delivery": "7"}
    assert told == {"level": "INFO", "logger": "bot", "message": f"kept: {HIDDEN}", **ids}
    begin()
    later = logging.LogRecord("bot", logging.INFO, "", 1, "later", (), None)
    assert Ids().filter(later)
    assert Discreet([]).format(later).endswith("INFO bot later"), "what ended is not named any more"


async def test_what_slacks_library_tells_of_a_renewal_holds_no_token(place: Place, told: io.StringIO) -> None:
    await place.install(ends_in=60)
    with pytest.raises(SlackApiError):
        await (await place.installed.client(place.world.team_id)).users_info(user="U0NOBODY")
    assert place.world.bot_token not in told.getvalue()
    assert "xox" not in told.getvalue()
    assert "users.info" in told.getvalue(), "it did say something"
