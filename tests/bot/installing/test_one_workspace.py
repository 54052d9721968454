"""The simple way: one token in the settings, tried again when Slack has refused it for a while."""

from __future__ import annotations

import pytest

from bot.connections import REST_SECONDS, NotConnected, OneWorkspace
from bot.settings import Settings
from tests.bot.installing.conftest import Seconds


async def test_it_speaks_for_the_workspace_that_slack_names_and_no_other(settings: Settings) -> None:
    connection = OneWorkspace(settings)
    assert await connection.workspaces() == ()
    connection.speaks_for("T1")
    assert await connection.workspaces() == ("T1",)
    assert await connection.token("T1") == "xoxb-test"
    assert await connection.client("T1") is await connection.client("T1")
    with pytest.raises(NotConnected, match="not for T2"):
        await connection.client("T2")


async def test_a_token_that_slack_refuses_rests_and_is_tried_again(
    settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    seconds = Seconds()
    connection = OneWorkspace(settings, seconds)
    connection.speaks_for("T1")
    for _ in range(3):
        await connection.lost("T1", "account_inactive")
    assert len(caplog.records) == 1, "the operator hears it once"
    assert "account_inactive" in caplog.text
    assert "xoxb" not in caplog.text
    assert await connection.workspaces() == ()
    with pytest.raises(NotConnected):
        await connection.token("T1")
    seconds.now += REST_SECONDS
    assert await connection.workspaces() == ("T1",)
