"""What a playground is started with: its people, channels, the app's manifest and how the app is reached."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

Mode = Literal["socket", "http"]


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in the workspace. `handle` is unique; `id` is made up when empty; `tz` is an IANA name.

    `display_name` is what others see in place of `name`; as in Slack, many people have none.
    """

    handle: str
    name: str
    id: str = ""
    title: str = ""
    tz: str = "Europe/London"
    locale: str = "en-GB"
    is_admin: bool = False
    is_owner: bool = False
    is_guest: bool = False
    colour: str = "#4a154b"
    emoji: str = ""
    email: str = ""
    display_name: str = ""


@dataclass(frozen=True, slots=True)
class Team:
    """A further workspace of an organisation; `granted` says whether an org-wide app may work in it."""

    id: str
    name: str
    granted: bool = True


@dataclass(frozen=True, slots=True)
class Room:
    """A channel. `members` are handles; `bot` says whether the app is in it; `shared` means Slack Connect.

    `team` is the workspace it belongs to, the first one when empty.
    """

    name: str
    id: str = ""
    private: bool = False
    members: tuple[str, ...] = ()
    bot: bool = False
    shared: bool = False
    archived: bool = False
    topic: str = ""
    creator: str = ""
    team: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to try, shown beside the page: plain text, and a page to open, if there is one for it."""

    title: str
    body: str
    link: str = ""


@dataclass(frozen=True, slots=True)
class Tokens:
    """The secrets the app is given; an empty one is made up at start."""

    bot: str = ""
    app: str = ""
    signing_secret: str = ""
    client_id: str = ""
    client_secret: str = ""


@dataclass(frozen=True, slots=True)
class Tuning:
    """How closely Slack's own pace is kept; tests and benchmarks turn it down.

    `rates` switches rate limits on; `rate_scale` multiplies what is allowed (10 = ten times Slack's pace).
    `ack_seconds` is the time an app has to acknowledge (Slack: 3), `trigger_seconds` how long a trigger lives
    (Slack: 3), `retry_seconds` when an unacknowledged event comes again (Slack: at once, 1 min, 5 min).
    `thread_replies_for_bots` lets bot tokens read `conversations.replies` in channels.
    `is_commercial` gives the app what Slack leaves apps sold outside its Marketplace: history once a minute,
    fifteen messages at most. `token_seconds` is how long a rotated token lives (Slack: twelve hours).
    """

    rates: bool = True
    rate_scale: float = 1.0
    ack_seconds: float = 3.0
    trigger_seconds: float = 3.0
    retry_seconds: tuple[float, ...] = (0.0, 60.0, 300.0)
    thread_replies_for_bots: bool = False
    token_seconds: float = 43_200.0
    is_commercial: bool = False


UNHURRIED = Tuning(rates=False, ack_seconds=30, trigger_seconds=30, retry_seconds=(0.0, 0.1, 0.5))
"""For tests of what an app does, which are not to fail where a busy machine is slow to do it."""

DEFAULT_PEOPLE = (
    Person("ana", "Ana Sousa", title="Product manager", tz="Europe/Lisbon", is_admin=True, is_owner=True),
    Person("ben", "Ben Okafor", title="Support", tz="Europe/London", colour="#1264a3"),
    Person("mika", "Mika Laine", title="Engineer", tz="Europe/Helsinki", colour="#2e7d32"),
)
DEFAULT_ROOMS = (
    Room("general", members=("ana", "ben", "mika"), topic="Company-wide announcements"),
    Room("pilot", members=("ana", "ben", "mika"), bot=True, topic="Where we try things"),
    Room("backstage", members=("ana", "ben"), private=True),
)
DEFAULT_SCOPES = (  # noqa: SIM905 - a list of thirty one-word strings reads worse
    "app_mentions:read channels:history channels:join channels:read chat:write chat:write.public commands "
    "groups:history groups:read im:history im:read im:write mpim:history mpim:read pins:write reactions:read "
    "reactions:write users:read"
).split()
DEFAULT_EVENTS = ["app_home_opened", "app_mention", "message.channels", "message.groups", "message.im"]


def default_manifest() -> dict[str, Any]:
    """An app manifest to try things with: one command, one shortcut of each kind, common scopes."""
    return {
        "display_information": {"name": "Tryout"},
        "features": {
            "app_home": {"home_tab_enabled": True, "messages_tab_enabled": True},
            "bot_user": {"display_name": "tryout", "always_online": True},
            "slash_commands": [{"command": "/try", "description": "Try something", "usage_hint": "[words]"}],
            "shortcuts": [
                {"name": "Try it", "type": "global", "callback_id": "try_it", "description": "Try"},
                {"name": "Try this", "type": "message", "callback_id": "try_this", "description": "Try"},
            ],
        },
        "oauth_config": {"scopes": {"bot": list(DEFAULT_SCOPES)}},
        "settings": {
            "event_subscriptions": {"bot_events": list(DEFAULT_EVENTS)},
            "interactivity": {"is_enabled": True},
            "socket_mode_enabled": True,
        },
    }


@dataclass(frozen=True, slots=True)
class Setup:
    """Everything a workspace starts with.

    `manifest` is the app's manifest.json as a dict: its scopes are granted, its commands, shortcuts and
    events are the only ones that work. `mode` says how the app is reached; `http` needs `request_url`.
    `steps` are shown beside the page under `notice`, which says what the visitor should know first.
    With `installed` off the app has no bot token until somebody installs it over OAuth. `enterprise_id` makes
    it an organisation whose further workspaces are `teams`; `org_install` installs the app for all of it.
    `keep` is a file that holds the workspace over restarts: what it holds counts before all else said here.
    `seed` fixes made-up ids and probabilities; `start` sets the workspace's clock (aware), else real time.
    """

    team_name: str = "Playground"
    team_id: str = "T0PLAYGRND"
    people: tuple[Person, ...] = DEFAULT_PEOPLE
    channels: tuple[Room, ...] = DEFAULT_ROOMS
    manifest: Mapping[str, Any] = field(default_factory=default_manifest)
    tokens: Tokens = Tokens()
    mode: Mode = "socket"
    request_url: str = ""
    steps: tuple[Step, ...] = ()
    notice: str = ""
    installed: bool = True
    enterprise_id: str = ""
    teams: tuple[Team, ...] = ()
    org_install: bool = False
    seed: int | None = None
    start: datetime | None = None
    keep: Path | None = None
    tuning: Tuning = Tuning()
