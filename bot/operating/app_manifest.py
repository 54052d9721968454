"""The Slack app's manifest for this copy: as the file says it, or for an address of one's own."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from pydantic import ValidationError, create_model
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.centre.signing_in import BACK
from bot.installing.flow import REDIRECT_PATH
from bot.settings import Settings
from stories.errors import UserError
from stories.language import _

NAME = "manifest.json"
EVENTS_PATH = "/slack/events"
OF_ORGANISATIONS = ("team_access_granted", "team_access_revoked")
"""Events that only an app for organisations may ask for."""


class _Named(BaseSettings):
    model_config = SettingsConfigDict(env_file=".env", extra="ignore", env_ignore_empty=True)


def manifest(
    address: str = "", *, many: bool = False, renamed: dict[str, str] | None = None
) -> dict[str, Any]:
    """The manifest, made from the one that `make check` compares with the code.

    With an `address` (https://…, no slash at its end) Slack calls it over HTTP; `many` is for workspaces that
    install the app by themselves. `renamed` maps commands to the names they have here.
    """
    made: dict[str, Any] = json.loads(_file().read_text("utf-8"))
    for entry in made["features"]["slash_commands"]:
        entry["command"] = (renamed or {}).get(entry["command"], entry["command"])
    if address:
        _over_http(made, address)
    if many:
        made["oauth_config"]["redirect_urls"].insert(0, f"{address}{REDIRECT_PATH}")
        made["settings"]["event_subscriptions"]["bot_events"] += OF_ORGANISATIONS
        made["settings"] |= {"org_deploy_enabled": True, "token_rotation_enabled": True}
    return made


def as_text(address: str = "", *, many: bool = False) -> str:
    """The same as JSON to paste, its commands named as the settings name them.

    Raises UserError where Slack would not take such a name.
    """
    try:
        renamed = names_here()
    except ValidationError as error:
        wrong = ", ".join(str(one["loc"][0]).upper() for one in error.errors())
        said = _("{names}: a command is / and up to 31 of a-z, 0-9, _ and -.")
        raise UserError(said.format(names=wrong)) from None
    made = manifest(address, many=many, renamed=renamed)
    return json.dumps(made, ensure_ascii=False, indent=2)


def _over_http(made: dict[str, Any], address: str) -> None:
    url = f"{address}{EVENTS_PATH}"
    for entry in made["features"]["slash_commands"]:
        entry["url"] = url
    # The centre's sign-in leads back here; it asks nobody who has no client id in the settings.
    made["oauth_config"]["redirect_urls"] = [f"{address}{BACK}"]
    settings = made["settings"]
    settings["event_subscriptions"] = {"request_url": url, **settings["event_subscriptions"]}
    settings["interactivity"] |= {"request_url": url, "message_menu_options_url": url}
    settings["socket_mode_enabled"] = False


def names_here() -> dict[str, str]:
    """The commands that the settings give another name: the usual one to that of this copy.

    Raises pydantic.ValidationError for a name that Slack would not take.
    """
    fields = {name: one for name, one in Settings.model_fields.items() if name.endswith("_command")}
    kind = create_model("Commands", __base__=_Named, **{n: (f.annotation, f) for n, f in fields.items()})  # type: ignore[call-overload]  # fields that are known when it runs
    return {str(one.default): str(getattr(kind(), name)) for name, one in fields.items()}


def _file() -> Path:
    """Beside the code, or where an installed package puts it. Raises FileNotFoundError without one."""
    beside, installed = Path(__file__).parents[2], Path("share") / "firsthand" / NAME
    places = (beside / NAME, beside / installed, Path(sys.prefix) / installed)
    found = next((place for place in places if place.is_file()), None)
    if found is None:
        raise FileNotFoundError(f"{NAME} is at none of {places}")
    return found
