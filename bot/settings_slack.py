"""How Slack and this copy of Firsthand reach each other: one workspace by a token, or many over OAuth."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Self
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, field_validator, model_validator
from pydantic_settings import BaseSettings


class SlackSettings(BaseSettings):
    """How Slack and this copy of Firsthand reach each other."""

    slack_bot_token: SecretStr | None = Field(
        default=None,
        description="The bot's token (xoxb-…), for one workspace: Slack app settings, Install App.",
    )
    slack_app_token: SecretStr | None = Field(
        default=None,
        description="An app-level token (xapp-…) with connections:write, for Socket Mode: Basic Information.",
    )
    slack_signing_secret: SecretStr | None = Field(
        default=None, description="The signing secret, for receiving over HTTP: Basic Information."
    )
    slack_client_id: str | None = Field(
        default=None,
        description="The app's client id, for many workspaces (docs/installing.md): Basic Information. "
        "In place of SLACK_BOT_TOKEN.",
    )
    slack_client_secret: SecretStr | None = Field(
        default=None, description="The client secret that belongs to it: Basic Information."
    )
    slack_sign_in_client_id: str | None = Field(
        default=None,
        description="The app's client id, for signing in to the centre where one workspace is served by "
        "SLACK_BOT_TOKEN (docs/centre.md): Basic Information. With SLACK_CLIENT_ID it is not needed.",
    )
    slack_sign_in_client_secret: SecretStr | None = Field(
        default=None, description="The client secret that belongs to it: Basic Information."
    )
    firsthand_address: str | None = Field(
        default=None,
        description="Where Slack and browsers reach this copy (https://…): many workspaces need it.",
    )
    slack_api_url: str = Field(
        default="https://slack.com/api/", description="Where Slack's Web API is; the playground has its own."
    )

    @field_validator("slack_bot_token")
    @classmethod
    def _is_bot_token(cls, value: SecretStr | None) -> SecretStr | None:
        return value and _beginning("xoxb-", value)

    @field_validator("slack_app_token")
    @classmethod
    def _is_app_token(cls, value: SecretStr | None) -> SecretStr | None:
        return value and _beginning("xapp-", value)

    @field_validator("firsthand_address")
    @classmethod
    def _is_address(cls, value: str | None) -> str | None:
        return value and reachable(value)

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        wrong = list(_for_many(self) if self.many_workspaces else _for_one(self))
        wrong += _for_signing_in(self)
        if wrong:
            raise ValueError("\n- ".join(wrong))
        return self

    @property
    def many_workspaces(self) -> bool:
        """Whether workspaces install the app by themselves, over OAuth."""
        return bool(self.slack_client_id or self.slack_client_secret)

    @property
    def sign_in_client(self) -> tuple[str, str] | None:
        """The app's client id and secret, for signing in with Slack; None where nobody can."""
        known = self.slack_client_id or self.slack_sign_in_client_id
        secret = self.slack_client_secret or self.slack_sign_in_client_secret
        return (known, secret.get_secret_value()) if known and secret and self.firsthand_address else None


def _for_one(settings: SlackSettings) -> Iterator[str]:
    if not settings.slack_bot_token:
        yield (
            "SLACK_BOT_TOKEN is missing. The bot's token (xoxb-…): Slack app settings, Install App. "
            "(For many workspaces SLACK_CLIENT_ID and SLACK_CLIENT_SECRET take its place: docs/installing.md)"
        )
    if not (settings.slack_app_token or settings.slack_signing_secret):
        yield (
            "set SLACK_APP_TOKEN (Socket Mode, simplest) or SLACK_SIGNING_SECRET (HTTP): "
            "without one of them Slack cannot reach the bot"
        )


def _for_many(settings: SlackSettings) -> Iterator[str]:
    if settings.slack_bot_token:
        yield (
            "SLACK_BOT_TOKEN is for one workspace, SLACK_CLIENT_ID and SLACK_CLIENT_SECRET are for many: "
            "take one or the other out"
        )
    if settings.slack_app_token:
        yield "SLACK_APP_TOKEN (Socket Mode) is for one workspace: with SLACK_CLIENT_ID take it out"
    needed = {
        "SLACK_CLIENT_ID": settings.slack_client_id,
        "SLACK_CLIENT_SECRET": settings.slack_client_secret,
        "SLACK_SIGNING_SECRET": settings.slack_signing_secret,
        "FIRSTHAND_ADDRESS": settings.firsthand_address,
    }
    for name, value in needed.items():
        if not value:
            description = SlackSettings.model_fields[name.lower()].description
            yield f"{name} is missing, which many workspaces need. {description}"


def _for_signing_in(settings: SlackSettings) -> Iterator[str]:
    both = (settings.slack_sign_in_client_id, settings.slack_sign_in_client_secret)
    if any(both) and not all(both):
        yield "SLACK_SIGN_IN_CLIENT_ID and SLACK_SIGN_IN_CLIENT_SECRET belong together: set both or none"
    if all(both) and not settings.firsthand_address:
        yield "FIRSTHAND_ADDRESS is missing, to which Slack leads people back who sign in"


def reachable(address: str) -> str:
    """An address of one's own without a slash at its end. Raises ValueError for one that Slack cannot use."""
    parts = urlsplit(address)
    on_this_machine = parts.hostname in ("localhost", "127.0.0.1", "::1")
    if parts.scheme != "https" and not (parts.scheme == "http" and on_this_machine):
        raise ValueError("must begin with https://")
    if not parts.hostname or parts.query or parts.fragment:
        raise ValueError("must be an address alone, such as https://firsthand.example.com")
    return address.rstrip("/")


def _beginning(prefix: str, value: SecretStr) -> SecretStr:
    if not value.get_secret_value().startswith(prefix):
        raise ValueError(f"must begin with {prefix}")
    return value
