"""What Slack's own answers tell the doctor: the token, its scopes, the clock."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.installing import scopes
from bot.operating import checks_slack
from bot.operating.findings import State
from tests.conftest import NOW


def test_scopes_that_were_not_granted_are_named_with_what_is_lost() -> None:
    assert "all it asks for" in checks_slack.granted(",".join(scopes.names())).said
    assert checks_slack.granted("channels:read").state is State.LOOK
    assert "commands (without it: everything" in checks_slack.granted("channels:read").said


@pytest.mark.parametrize(
    ("seconds", "state", "said"),
    [
        (1.9, State.OK, "agrees with Slack's"),
        (-5.9, State.OK, "agrees with Slack's"),
        (6, State.OK, "is 4 s ahead of Slack's. That does no harm"),
        (-45, State.LOOK, "is 40 s behind Slack's"),
        (290, State.BROKEN, "is 288 s ahead of"),
        (-290, State.BROKEN, "is 285 s behind"),
    ],
)
def test_a_clock_is_compared_with_slacks_as_far_as_a_header_tells(
    seconds: float, state: State, said: str
) -> None:
    asked = NOW + timedelta(seconds=seconds)
    told = checks_slack.clock("Mon, 16 Nov 2026 09:00:00 GMT", asked, asked + timedelta(seconds=5))
    assert told is not None
    assert told.state is state
    assert said in told.said


@pytest.mark.parametrize("word", ["invalid_auth", "token_revoked"])
def test_a_token_that_slack_refuses_is_to_be_copied_anew(word: str) -> None:
    assert "SLACK_BOT_TOKEN" in checks_slack.refused("token", word).fix
