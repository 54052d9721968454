"""Settings say everything that is wrong at once, with the fix, and show no secret."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.settings import SettingsError, load_settings

NAMES = (
    "SLACK_BOT_TOKEN",
    "SLACK_APP_TOKEN",
    "SLACK_SIGNING_SECRET",
    "SLACK_CLIENT_ID",
    "SLACK_CLIENT_SECRET",
    "FIRSTHAND_ADDRESS",
    "DATABASE_URL",
    "FIRSTHAND_KEYS",
)


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """An empty environment, in a folder without a .env."""
    monkeypatch.chdir(tmp_path)
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)


def test_everything_wrong_is_named_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", "abc")
    monkeypatch.setenv("DATABASE_URL", "mysql://x")
    monkeypatch.setenv("FIRSTHAND_PORT", "99999")
    with pytest.raises(SettingsError) as failure:
        load_settings()
    said = str(failure.value)
    for part in ("SLACK_BOT_TOKEN", "xoxb-", "DATABASE_URL", "postgresql://", "FIRSTHAND_PORT", "65535"):
        assert part in said


def test_a_way_for_slack_to_reach_the_bot_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-1")
    with pytest.raises(SettingsError, match=r"SLACK_APP_TOKEN .* or SLACK_SIGNING_SECRET"):
        load_settings()


def test_a_database_server_needs_keys_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-1")
    monkeypatch.setenv("SLACK_APP_TOKEN", "xapp-1")
    monkeypatch.setenv("DATABASE_URL", "postgresql://localhost/firsthand")
    with pytest.raises(SettingsError, match="firsthand key"):
        load_settings()


def test_a_dotenv_file_is_read_and_secrets_are_not_shown(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("SLACK_BOT_TOKEN=xoxb-hush\nSLACK_APP_TOKEN=xapp-hush\n")
    settings = load_settings()
    assert settings.slack_bot_token
    assert settings.slack_bot_token.get_secret_value() == "xoxb-hush"
    assert "hush" not in repr(settings)


def test_a_key_is_made_beside_the_database_once_and_for_its_owner_alone(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("SLACK_BOT_TOKEN=xoxb-1\nSLACK_APP_TOKEN=xapp-1\n")
    token = load_settings().keyring().encrypt("the back door code")
    assert load_settings().keyring().decrypt(token) == "the back door code"
    key = tmp_path / "var" / "firsthand.key"
    assert key.stat().st_mode & 0o077 == 0


MANY = {
    "SLACK_CLIENT_ID": "1.2",
    "SLACK_CLIENT_SECRET": "hush-client",
    "SLACK_SIGNING_SECRET": "hush-signing",
    "FIRSTHAND_ADDRESS": "https://firsthand.example.com/",
}


def test_many_workspaces_need_no_token_and_all_the_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in MANY.items():
        monkeypatch.setenv(name, value)
    settings = load_settings()
    assert settings.many_workspaces
    assert settings.firsthand_address == "https://firsthand.example.com"
    assert "hush" not in repr(settings)
    for name in MANY:
        monkeypatch.delenv(name)
        with pytest.raises(SettingsError, match=name):
            load_settings()
        monkeypatch.setenv(name, MANY[name])


def test_one_workspace_and_many_are_not_both_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {**MANY, "SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1"}.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as failure:
        load_settings()
    assert "SLACK_BOT_TOKEN is for one workspace" in str(failure.value)
    assert "SLACK_APP_TOKEN (Socket Mode) is for one workspace" in str(failure.value)


def test_a_number_that_is_none_is_said_in_plain_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FIRSTHAND_PORT", "abc")
    with pytest.raises(
        SettingsError, match=r"FIRSTHAND_PORT is not usable: must be a valid integer\. The port"
    ):
        load_settings()


def test_nothing_set_names_what_the_simple_way_needs() -> None:
    with pytest.raises(SettingsError, match=r"(?s)SLACK_BOT_TOKEN is missing.*SLACK_APP_TOKEN"):
        load_settings()


@pytest.mark.parametrize(
    "address", ["http://firsthand.example.com", "firsthand", "https://a.b/?x=1", "https://"]
)
def test_an_address_that_browsers_cannot_trust_is_refused(
    monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    for name, value in (MANY | {"FIRSTHAND_ADDRESS": address}).items():
        monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError, match="FIRSTHAND_ADDRESS is not usable"):
        load_settings()
