from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from tools.settings_page import example, page, rows, undescribed


class Sample(BaseSettings):
    model_config = SettingsConfigDict(env_file=None)

    token: SecretStr = Field(description="The bot's token,\n    xoxb-…")
    database: Path = Field(Path("firsthand.sqlite3"), description="The file | database")
    mode: Literal["socket", "http"] = Field("socket", description="How Slack reaches the bot.")
    zone: str | None = Field(None, description="A time zone", validation_alias="FIRSTHAND_ZONE")
    quiet: bool = False
    days: tuple[str, ...] = Field(default_factory=lambda: ("mon", "tue"), description="Days")


def test_a_row_has_the_name_in_the_environment_and_the_default_as_it_would_be_typed() -> None:
    found = {row.name: row.default for row in rows(Sample)}
    assert found == {
        "TOKEN": None,
        "DATABASE": "firsthand.sqlite3",
        "MODE": "socket",
        "FIRSTHAND_ZONE": "",
        "QUIET": "false",
        "DAYS": "mon,tue",
    }


def test_the_table_says_what_must_be_set_and_what_may_be_chosen() -> None:
    text = page(Sample)
    assert "| `TOKEN` | it must be set | The bot's token, xoxb-… |" in text
    assert "| `MODE` | `socket` | How Slack reaches the bot. One of `socket`, `http`. |" in text
    assert "| `FIRSTHAND_ZONE` | nothing | A time zone |" in text
    assert "The file \\| database" in text


def test_the_example_leaves_only_what_must_be_set_uncommented() -> None:
    settings = [line for line in example(Sample).splitlines() if "=" in line]
    assert settings == [
        "TOKEN=",
        "#DATABASE=firsthand.sqlite3",
        "#MODE=socket",
        "#FIRSTHAND_ZONE=",
        "#QUIET=false",
        "#DAYS=mon,tue",
    ]


def test_a_setting_that_nobody_explained_is_named() -> None:
    assert list(undescribed(Sample)) == ["QUIET"]
