"""Does manifest.json ask for every scope, command, shortcut and event in use, and for no other?"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tools.slack_use import Places, Use, scan
from tools.sources import Problem, read, report

MANIFEST = "manifest.json"
FOLDERS = ("bot",)
OF_ORGANISATIONS = frozenset({"team_access_granted", "team_access_revoked"})
"""Events that only an app for organisations may ask for: docs/installing.md has them, with its settings."""
_SHOWN = 3


def check(root: Path) -> list[Problem]:
    """What has to change in the manifest under `root`, or in the code, for the two to agree."""
    manifest = json.loads((root / MANIFEST).read_text("utf-8"))
    use = scan(read(root, FOLDERS))
    return [*use.problems, *compare(manifest, use)]


def compare(manifest: dict[str, Any], use: Use) -> Iterator[Problem]:
    """What the manifest lacks and what it asks for in vain."""
    features = manifest.get("features", {})
    scopes = manifest.get("oauth_config", {}).get("scopes", {})
    settings = manifest.get("settings", {})
    asked = {
        "scope": {*scopes.get("bot", ()), *scopes.get("bot_optional", ())},
        "command": {entry["command"] for entry in features.get("slash_commands", ())},
        "shortcut": {entry["callback_id"] for entry in features.get("shortcuts", ())},
        "event": set(settings.get("event_subscriptions", {}).get("bot_events", ())),
    }
    used = {"scope": use.scopes(), "command": use.commands, "shortcut": use.shortcuts}
    used["event"] = {name: at for name, at in use.events.items() if name not in OF_ORGANISATIONS}
    for kind, names in asked.items():
        yield from _differences(kind, names, used[kind])


def _differences(kind: str, asked: set[str], used: Places) -> Iterator[Problem]:
    for name in sorted(used.keys() - asked):
        places = ", ".join(sorted(set(used[name]))[:_SHOWN])
        yield Problem(MANIFEST, 0, f"add the {kind} {name}: used at {places}")
    for name in sorted(asked - used.keys()):
        yield Problem(MANIFEST, 0, f"remove the {kind} {name}: no code uses it")


def main() -> int:
    """Check the repository in the current folder."""
    return report("The manifest and the code", check(Path.cwd()))


if __name__ == "__main__":
    sys.exit(main())
