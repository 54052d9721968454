"""firsthand setup: what is typed is checked, kept at once, and nothing that was there is lost."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from dotenv import dotenv_values
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bot.commands.setup import setup
from bot.operating.env_file import EnvFile
from bot.settings import Settings
from playground.client import Playground
from storage.encryption import Keyring, new_key
from stories.errors import UserError

AWAY = "http://127.0.0.1:1/api/"
SECRET = "0123456789abcdef" * 2


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to be in, with nothing of ours in the environment."""
    monkeypatch.chdir(tmp_path)
    for name in (*Settings.model_fields, "makelevel", "postgres_password"):
        monkeypatch.delenv(name.upper(), raising=False)
    return tmp_path


def answer(*typed: str) -> Result:
    """What happens when this is typed, line by line, and then nothing more."""
    return CliRunner().invoke(setup, input="\n".join(typed) + "\n")


def http(*more: str) -> Sequence[str]:
    return ("2", "https://firsthand.example.com/", *more)


def test_http_is_set_up_with_a_key_of_its_own_in_a_file_for_its_owner_alone(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SLACK_API_URL", AWAY)
    done = answer(*http("xoxp-1", "xoxb-1", SECRET, ""))
    assert done.exit_code == 0, done.output
    assert "has to begin with xoxb-" in done.output
    assert "cannot be reached" in done.output, "Slack being away keeps nobody from going on"
    assert "SLACK_API_URL leads there in place of Slack" in done.output
    assert "A playground has the app already" in done.output
    found = Settings()
    assert found.firsthand_address == "https://firsthand.example.com"
    assert found.firsthand_keys is not None
    Keyring([found.firsthand_keys.get_secret_value()])
    assert (folder / ".env").stat().st_mode & 0o777 == 0o600
    for secret in ("xoxb-1", SECRET, found.firsthand_keys.get_secret_value()):
        assert secret not in done.output


def test_the_next_questions_token_is_told_from_one_that_is_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK_API_URL", AWAY)
    done = answer(*http("xapp-1", "xoxb-1", "no signing secret", SECRET))
    assert "That is the app-level token" in done.output
    assert isinstance(done.exception, UserError), "another answer than yes or no has gone astray"
    assert "Use it all the same?” takes y or n" in done.exception.message
    assert SECRET not in done.exception.message
    assert "SLACK_BOT_TOKEN" in EnvFile(Path(".env")).values(), "what was answered before stays"


def test_an_address_on_this_machine_has_the_port_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK_API_URL", AWAY)
    done = answer("2", "http://127.0.0.1:3071", "xoxb-1", SECRET, "postgresql://a b/c", "")
    assert done.exit_code == 0, done.output
    assert Settings().firsthand_port == 3071
    assert "Event Subscriptions" not in done.output, "a playground asks for no answer"
    assert "It has a space in it" in done.output


def test_what_was_answered_before_somebody_left_is_there_when_they_come_back(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SLACK_API_URL", AWAY)
    left = answer(*http("xoxb-1"))
    assert left.exit_code == 1
    assert "Go on with: firsthand setup" in left.output
    assert EnvFile(Path(".env")).values() == {
        "SLACK_API_URL": AWAY,
        "SETUP_CHOSE": "http",
        "FIRSTHAND_ADDRESS": "https://firsthand.example.com",
        "SLACK_BOT_TOKEN": "xoxb-1",
    }
    back = answer("", "", "", SECRET, "")
    assert back.exit_code == 0, back.output
    assert "reach each other? [2]" in back.output
    assert "[https://firsthand.example.com]" in back.output
    found = Settings()
    assert found.slack_bot_token is not None
    assert found.slack_bot_token.get_secret_value() == "xoxb-1"


def test_what_stood_in_the_file_stays_and_what_cannot_be_beside_is_taken_out_when_wished(
    folder: Path,
) -> None:
    file, key = folder / ".env", new_key()
    file.write_text(
        f"# ours\nSLACK_BOT_TOKEN=xoxb-old\nFIRSTHAND_COUNTRY=GB\nFIRSTHAND_KEYS={key}\n"
        "DATABASE_URL=postgresql://me:hush@db/x"
    )
    many = ("3", "https://firsthand.example.com", "n", "1.2", SECRET, "odd", "y", "y", "")
    done = answer(*many)
    assert done.exit_code == 0, done.output
    assert "hush" not in done.output
    assert "firsthand manifest --http https://firsthand.example.com --many\n" in done.output
    assert '"display_information"' not in done.output, "it was not wanted"
    assert "press Retry" in done.output, "Slack asked an address at which nothing ran yet"
    kept = file.read_text()
    assert kept.startswith("# ours\n# SLACK_BOT_TOKEN=xoxb-old\nFIRSTHAND_COUNTRY=GB\n")
    found = Settings()
    assert found.many_workspaces
    assert found.firsthand_country == "GB"
    assert found.firsthand_keys is not None
    assert found.firsthand_keys.get_secret_value() == key
    assert found.database_url == "postgresql://me:hush@db/x"


def test_a_key_beside_the_database_is_not_hidden_by_a_second_one(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SLACK_API_URL", AWAY)
    (folder / "var").mkdir()
    (folder / "var" / "firsthand.key").write_text(new_key())
    done = answer(*http("xoxb-1", SECRET, ""))
    assert done.exit_code == 0, done.output
    assert "FIRSTHAND_KEYS" not in dotenv_values(".env")


def test_the_playground_of_the_environment_is_written_down_and_can_be_left_again(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SLACK_API_URL", AWAY)
    assert "written down too" in answer(*http()).output
    assert "written down too" not in answer(*http()).output, "it is already"
    monkeypatch.delenv("SLACK_API_URL")
    assert EnvFile(Path(".env")).values()["SLACK_API_URL"] == AWAY, "what is started later goes there as well"
    stays = answer("y", *http())
    assert f"leads to {AWAY} in place of Slack" in stays.output
    left = answer("n", *http("y"))
    assert "SLACK_API_URL" not in EnvFile(Path(".env")).values()
    shown = left.output.partition("Print it here")[2]
    assert '"https://firsthand.example.com/slack/events"' in shown, "the app's manifest, to copy"


def test_for_compose_the_databases_password_is_made_once_and_nothing_else_is_asked_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SLACK_API_URL", AWAY)
    asked = "\n".join(http("xoxb-1", SECRET)) + "\n"
    for _time in range(2):
        done = CliRunner().invoke(setup, ["--compose"], input=asked)
        assert done.exit_code == 0, done.output
    assert "docker compose up --build --detach" in done.output
    found = EnvFile(Path(".env")).values()
    assert found.keys() == {
        "SLACK_API_URL", "FIRSTHAND_ADDRESS", "SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET", "POSTGRES_PASSWORD",
        "FIRSTHAND_KEYS", "SETUP_CHOSE",
    }  # fmt: skip
    made = found["POSTGRES_PASSWORD"]
    assert re.fullmatch("[0-9a-f]{48}", made), "it stands in an address as it is"
    assert made not in done.output
    assert "was made" not in done.output, "the second time all is there"


@pytest.mark.parametrize(
    "value", ["plain", "with space", "it's", 'a"b', "back\\slash", "#no", "$HOME", "é=x"]
)
def test_any_value_is_read_as_it_was_written(folder: Path, value: str) -> None:
    file = EnvFile(folder / ".env")
    file.put("BEFORE", "1")
    file.put("ONE", "something else")
    file.put("AFTER", "multi word")
    file.put("ONE", value)
    assert dotenv_values(folder / ".env", interpolate=False) == {
        "BEFORE": "1",
        "ONE": value,
        "AFTER": "multi word",
    }
    assert list(file.values()) == ["BEFORE", "ONE", "AFTER"]


def test_a_folder_that_cannot_be_written_to_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK_API_URL", AWAY)
    done = CliRunner().invoke(setup, ["--file", "nowhere/.env"], input="\n".join(http()) + "\n")
    assert done.exit_code == 1
    assert "cannot be written" in str(done.exception)


async def test_tokens_are_tried_with_slack(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with Playground.start() as world:
        monkeypatch.setenv("SLACK_API_URL", world.api_url)
        typed = ("1", "xoxb-wrong", "n", world.bot_token, "xapp-wrong", "n", world.app_token, "")
        done = await asyncio.to_thread(answer, *typed)
    assert done.exit_code == 0, done.output
    assert "Slack refuses it (invalid_auth)" in done.output
    assert f"({world.team_id})" in done.output
    assert "Slack opens no socket (invalid_auth)" in done.output
    found = Settings()
    assert found.slack_bot_token is not None
    assert found.slack_bot_token.get_secret_value() == world.bot_token


@given(
    st.lists(st.sampled_from([*"ab:-#=%\n\r\t é\\'\"$}", "${", "${HOME}"]), min_size=1, max_size=8).map(
        "".join
    )
)
@example("p${HOME}w")
@example("one\rtwo\\r'\"${")
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_written_down_is_read_as_it_was(tmp_path: Path, value: str) -> None:
    file = EnvFile(tmp_path / ".env")
    for name in ("BEFORE", "AFTER"):
        file.put(name, "one")
    file.put("BEFORE", value)
    assert file.values() == {"BEFORE": value, "AFTER": "one"}
