"""Settings from the environment and a `.env` file, every missing or wrong one named at once with its fix."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Self, TypeVar

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.guarded_addresses import Allowed
from bot.settings_slack import SlackSettings
from storage.database import database_file
from storage.encryption import Keyring, keys_beside
from storage.places import make_room

Kind = TypeVar("Kind", "Settings", "StorageSettings")
Port = Annotated[int, Field(ge=0, le=65_535)]


class StorageSettings(BaseSettings):
    """Where the stories are kept: all that a command needs which never speaks to Slack."""

    model_config = SettingsConfigDict(env_file=".env", extra="ignore", env_ignore_empty=True)

    database_url: str = Field(
        default="sqlite:///var/firsthand.sqlite3",
        description="sqlite:///FILE for one machine, postgresql://USER:PASSWORD@HOST/NAME for several.",
    )
    firsthand_keys: SecretStr | None = Field(
        default=None,
        description="Keys for secrets at rest, the current one first, with commas. One is made beside an "
        "embedded database when this is missing; a database server needs it. "
        "Make one with: firsthand key",
    )

    firsthand_outgoing_allowed: str = Field(
        default="",
        description="Where survey tools and trackers on your own network are: host, host:port or 10.0.0.0/8, "
        "with commas. Anything else is called over https, in the open internet alone.",
    )

    @field_validator("firsthand_outgoing_allowed")
    @classmethod
    def _is_allowed(cls, value: str) -> str:
        Allowed.of(value.split(","))
        return value

    @field_validator("firsthand_keys")
    @classmethod
    def _are_keys(cls, value: SecretStr | None) -> SecretStr | None:
        if value:
            try:
                _keyring(value.get_secret_value().split(","))
            except ValueError:
                raise ValueError(
                    "each key has to be as firsthand key prints it, with commas between"
                ) from None
        return value

    @field_validator("database_url")
    @classmethod
    def _is_database(cls, value: str) -> str:
        if not value.startswith(("sqlite:", "postgresql:", "postgres:")):
            raise ValueError("must begin with sqlite:/// or postgresql://")
        return value

    @model_validator(mode="after")
    def _has_keys(self) -> Self:
        if database_file(self.database_url) is None and not self.firsthand_keys:
            raise ValueError("set FIRSTHAND_KEYS: a database server needs it (make one with: firsthand key)")
        return self

    def outgoing(self) -> Allowed:
        """What requests to other people's servers may reach beside the open internet."""
        return Allowed.of(self.firsthand_outgoing_allowed.split(","))

    def keyring(self) -> Keyring:
        """The keys for secrets at rest; made beside an embedded database on first use.

        Raises StartError where they are none, and where there is none but secrets that need one.
        """
        file = database_file(self.database_url) or Path("firsthand")
        given = self.firsthand_keys.get_secret_value().split(",") if self.firsthand_keys else None
        if given is None:
            _refuse_a_second_key(file)
        try:
            make_room(file)
            return _keyring(given or keys_beside(file))
        except (ValueError, OSError) as error:
            where = "FIRSTHAND_KEYS" if given else file.with_suffix(".key")
            raise StartError(f"{where} cannot be read, or holds something that is no key.") from error


# The order of the bases is that of the pages written from them, last base first.
class Settings(StorageSettings, SlackSettings):
    """How this copy of Firsthand runs. Names are those of the environment, in capitals."""

    model_config = SettingsConfigDict(env_file=".env", extra="ignore", env_ignore_empty=True)

    firsthand_host: str = Field(default="127.0.0.1", description="The address on which HTTP is served.")
    firsthand_port: Port = Field(default=3000, description="The port on which HTTP is served.")
    firsthand_health_port: Port | None = Field(
        default=None,
        description="The port on which a process that only works (--worker) tells its health; none "
        "when empty.",
    )
    firsthand_metrics_port: Port | None = Field(
        default=None,
        description="The port on which this process tells Prometheus how it does (docs/operating.md); "
        "none when empty. Keep it from the internet.",
    )
    firsthand_metrics_workspaces: bool = Field(
        default=False,
        description="Whether /metrics names workspaces by their Slack ids; otherwise all are one.",
    )
    firsthand_proxies: int = Field(
        default=0,
        ge=0,
        le=5,
        description="Proxies of yours in front of that port which write X-Forwarded-For; 0: it is not read. "
        "Needed behind one, or all visitors count as one.",
    )
    firsthand_tick_seconds: float = Field(
        default=15, gt=0, le=300, description="How often due digests are looked for, in seconds."
    )
    firsthand_country: str | None = Field(
        default=None,
        description="The country whose public holidays are quiet in new channels (GB, DE-BY …).",
    )
    firsthand_interview_command: str = Field(
        default="/interview",
        pattern=r"^/[a-z0-9_-]{1,31}$",
        description="The command that opens the write-up.",
    )
    firsthand_stories_command: str = Field(
        default="/stories", pattern=r"^/[a-z0-9_-]{1,31}$", description="The command for finding stories."
    )
    firsthand_channel_command: str = Field(
        default="/firsthand",
        pattern=r"^/[a-z0-9_-]{1,31}$",
        description="The command for a channel's digest and for help.",
    )
    firsthand_nps_command: str = Field(
        default="/nps", pattern=r"^/[a-z0-9_-]{1,31}$", description="The command for questions about NPS."
    )
    firsthand_why_command: str = Field(
        default="/why",
        pattern=r"^/[a-z0-9_-]{1,31}$",
        description="The command for what a channel’s project was begun for, and its avatar.",
    )
    firsthand_search_encoder: str = Field(
        default="",
        pattern="^(|wordllama|minilm|none)$",
        description="What searches by meaning: wordllama (the extra `meaning`), minilm (the extra "
        "`meaning-large`: finds more, slower), none. Left empty: the best that is installed.",
    )
    firsthand_leavers_kept_days: int = Field(
        default=30,
        ge=0,
        le=3650,
        description="Days until what a workspace kept here is deleted, after it removed the bot.",
    )
    firsthand_log_level: str = Field(
        default="INFO",
        pattern="^(DEBUG|INFO|WARNING|ERROR)$",
        description="How much the log tells: DEBUG, INFO, WARNING or ERROR.",
    )
    firsthand_log_format: str = Field(
        default="text",
        pattern="^(text|json)$",
        description="How the log is written: text, or json (one object a line, for a log collector).",
    )


def _refuse_a_second_key(file: Path) -> None:
    """Raises StartError where the key of an embedded database is gone: a new one would open nothing in it."""
    if file.with_suffix(".key").exists():
        return
    # Read by a first start alone.
    from storage.secrets_held import held_in

    try:
        held = held_in(file)
    except sqlite3.Error as error:
        raise StartError(f"{file} cannot be read: {error}.") from error
    if held:
        raise StartError(lost_key(held))


def lost_key(columns: Sequence[str]) -> str:
    """What to do where these columns hold secrets that no key opens."""
    return (
        f"The database holds secrets that none of the keys opens: {', '.join(columns)}. Bring back the key "
        "with which they were written: set FIRSTHAND_KEYS to it (beside another: after a comma), or put it "
        "into the .key file beside the database, as a line of its own. No new key was made. Where it is gone "
        "for good: docs/backup.md, A lost key."
    )


class StartError(Exception):
    """Why the bot cannot start although its settings can be read, in words that say what to do."""


class SettingsError(Exception):
    """What is missing or wrong in the settings: one line for each, with its fix."""


def _keyring(keys: Sequence[str]) -> Keyring:
    return Keyring([key.strip() for key in keys])


def load_settings() -> Settings:
    """The settings of this process. Raises SettingsError that names everything wrong at once."""
    return _loaded(Settings)


def load_storage_settings() -> StorageSettings:
    """The same for a command that needs the database alone: no Slack tokens have to be set."""
    return _loaded(StorageSettings)


def _loaded(kind: type[Kind]) -> Kind:
    try:
        return kind()
    except ValidationError as error:
        lines = [_line(problem["loc"], problem["msg"]) for problem in error.errors()]
        raise SettingsError("\n".join(lines)) from None


def _line(place: tuple[int | str, ...], message: str) -> str:
    told = message.removeprefix("Value error, ").replace("Input should be", "must be").split(", unable to")[0]
    if not place:
        return f"- {told}"
    name = str(place[0])
    description = Settings.model_fields[name].description
    what = "is missing" if message == "Field required" else f"is not usable: {told}"
    return f"- {name.upper()} {what}. {description}"
