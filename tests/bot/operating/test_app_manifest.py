"""firsthand manifest: for Socket Mode the file itself, for an address the same with its URLs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner

from bot.commands.manifest import manifest
from bot.settings import Settings
from stories.digest import DigestSettings
from stories.errors import UserError
from tests.scenarios.installing import manifest_for
from tests.test_house import MANIFEST_LIMITS, ROOT

URL = "https://firsthand.example.com"
FILE: dict[str, Any] = json.loads((ROOT / "manifest.json").read_text("utf-8"))


@pytest.fixture(autouse=True)
def nothing_is_renamed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)


def printed(*arguments: str) -> dict[str, Any]:
    done = CliRunner().invoke(manifest, arguments, catch_exceptions=False)
    assert done.exit_code == 0, done.output
    made: dict[str, Any] = json.loads(done.output)
    return made


def test_socket_mode_gets_the_file_itself_line_by_line() -> None:
    done = CliRunner().invoke(manifest, catch_exceptions=False)
    assert done.output == (ROOT / "manifest.json").read_text("utf-8")


def test_it_promises_as_many_stories_as_a_channel_gets_at_first() -> None:
    assert DigestSettings().how_many == 3
    assert "read up to three of these stories" in FILE["display_information"]["long_description"]
    assert "up to three a morning" in (ROOT / "README.md").read_text("utf-8")


@pytest.mark.parametrize("more", [(), ("--many",)])
def test_over_http_everything_that_slack_calls_has_the_address(more: tuple[str, ...]) -> None:
    made = printed("--http", f"{URL}/", *more)
    jsonschema.validate(made, MANIFEST_LIMITS)
    events = f"{URL}/slack/events"
    assert {entry["url"] for entry in made["features"]["slash_commands"]} == {events}
    settings = made["settings"]
    assert settings["event_subscriptions"]["request_url"] == events
    assert settings["interactivity"] == {
        "is_enabled": True, "request_url": events, "message_menu_options_url": events,
    }  # fmt: skip
    assert settings["socket_mode_enabled"] is False
    assert (f"{URL}/slack/oauth_redirect" in made["oauth_config"]["redirect_urls"]) is bool(more)
    assert settings["token_rotation_enabled"] is bool(more)
    assert made["oauth_config"]["scopes"] == FILE["oauth_config"]["scopes"]
    heard, usual = (one["settings"]["event_subscriptions"]["bot_events"] for one in (made, FILE))
    assert set(heard) - set(usual) == ({"team_access_granted", "team_access_revoked"} if more else set())
    assert made["features"]["shortcuts"] == FILE["features"]["shortcuts"]


def test_for_many_workspaces_it_is_what_the_page_about_installing_says() -> None:
    assert printed("--http", URL, "--many") == manifest_for(URL)


def test_commands_have_the_names_of_the_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FIRSTHAND_NPS_COMMAND", "/score")
    named = [entry["command"] for entry in printed()["features"]["slash_commands"]]
    assert "/score" in named
    assert "/nps" not in named
    monkeypatch.setenv("FIRSTHAND_NPS_COMMAND", "score")
    with pytest.raises(UserError, match="FIRSTHAND_NPS_COMMAND"):
        printed()


@pytest.mark.parametrize(
    "arguments", [("--many",), ("--http", "http://example.com"), ("--http", f"{URL}/?x=1")]
)
def test_what_slack_could_not_use_is_refused(arguments: tuple[str, ...]) -> None:
    assert CliRunner().invoke(manifest, arguments).exit_code == 2
