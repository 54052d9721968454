"""The app that is installed in the workspace: what its manifest grants, its tokens and how it is reached."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Any

from playground.setup import Mode, Tokens


def _words(node: Any) -> frozenset[str]:
    return frozenset(w for w in node if isinstance(w, str)) if isinstance(node, list) else frozenset()


def _entries(node: Any) -> tuple[Mapping[str, Any], ...]:
    return tuple(entry for entry in node if isinstance(entry, Mapping)) if isinstance(node, list) else ()


def _within(manifest: Mapping[str, Any], *path: str) -> Any:
    node: Any = manifest
    for key in path:
        node = node.get(key) if isinstance(node, Mapping) else None
    return node


@dataclass(slots=True)
class App:
    """An installed app. `scopes` are the bot's granted ones; `installed` turns false at uninstall.

    `is_org` says that it is installed for a whole organisation, `teams` which workspaces let it in.
    """

    id: str
    bot_id: str
    user_id: str
    name: str
    manifest: Mapping[str, Any]
    tokens: Tokens
    mode: Mode
    request_url: str
    scopes: frozenset[str] = frozenset()
    events: frozenset[str] = frozenset()
    commands: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    shortcuts: tuple[Mapping[str, Any], ...] = ()
    installed: bool = True
    is_org: bool = False
    teams: set[str] = field(default_factory=set)

    def shortcut(self, callback_id: str, kind: str) -> Mapping[str, Any] | None:
        """The manifest's shortcut of that kind (`global` or `message`), or None."""
        for entry in self.shortcuts:
            if entry.get("callback_id") == callback_id and entry.get("type") == kind:
                return entry
        return None

    def has_tab(self, tab: str) -> bool:
        """Whether the manifest switches on the App Home's `home_tab` or `messages_tab`."""
        return bool(_within(self.manifest, "features", "app_home", f"{tab}_enabled"))

    def asks_for(self, kind: str) -> frozenset[str]:
        """The `bot` or `user` scopes that its manifest names."""
        return _words(_within(self.manifest, "oauth_config", "scopes", kind))

    def redirects(self) -> list[str]:
        """The addresses its manifest lets an installation lead back to."""
        urls = _within(self.manifest, "oauth_config", "redirect_urls")
        return [url for url in urls if isinstance(url, str)] if isinstance(urls, list) else []

    def has(self, setting: str) -> bool:
        """Whether a switch under the manifest's settings is on, such as `token_rotation_enabled`."""
        return bool(_within(self.manifest, "settings", setting))

    def is_interactive(self) -> bool:
        """Whether buttons and modals reach the app at all."""
        return bool(_within(self.manifest, "settings", "interactivity", "is_enabled"))

    def icon(self) -> str:
        """The emoji people see as the app's picture."""
        return ":speech_balloon:"


def app_from_manifest(
    manifest: Mapping[str, Any],
    *,
    app_id: str,
    bot_id: str,
    user_id: str,
    tokens: Tokens,
    mode: Mode,
    url: str,
) -> App:
    """Read a manifest the way Slack does at install: what it does not ask for is not granted."""
    display = _within(manifest, "features", "bot_user", "display_name")
    name = _within(manifest, "display_information", "name")
    commands = _entries(_within(manifest, "features", "slash_commands"))
    return App(
        id=app_id,
        bot_id=bot_id,
        user_id=user_id,
        name=str(name or display or "App"),
        manifest=manifest,
        tokens=tokens,
        mode=mode,
        request_url=url,
        scopes=_words(_within(manifest, "oauth_config", "scopes", "bot")),
        events=_words(_within(manifest, "settings", "event_subscriptions", "bot_events")),
        commands={str(e.get("command")): e for e in commands},
        shortcuts=_entries(_within(manifest, "features", "shortcuts")),
    )


def made_tokens(given: Tokens, random: Random) -> Tokens:
    """Fill in what was not given with secrets of Slack's shapes (xoxb-, xapp-, 32 hex digits)."""

    def digits(n: int) -> str:
        return "".join(random.choice("0123456789abcdef") for _ in range(n))

    return Tokens(
        bot=given.bot or f"xoxb-{digits(12)}-{digits(24)}",
        app=given.app or f"xapp-1-A0PLAYGRND-{digits(13)}-{digits(32)}",
        signing_secret=given.signing_secret or digits(32),
        client_id=given.client_id or f"{random.randrange(10**12)}.{random.randrange(10**12)}",
        client_secret=given.client_secret or digits(32),
    )
