"""A small repository on disk for a check to look at."""

from __future__ import annotations

import ast
import json
from pathlib import Path
from textwrap import dedent
from typing import Any

from tools.sources import Module


def write(root: Path, files: dict[str, str]) -> Path:
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dedent(content), "utf-8")
    return root


def module(source: str, name: str = "bot.listeners.home") -> Module:
    return Module(f"{name.replace('.', '/')}.py", name, ast.parse(dedent(source)))


def manifest(**parts: Any) -> str:
    """A manifest with these scopes, commands, shortcuts and events."""
    commands = [{"command": name, "description": "…"} for name in parts.get("commands", ())]
    shortcuts = [{"callback_id": name, "type": "global"} for name in parts.get("shortcuts", ())]
    return json.dumps(
        {
            "features": {"slash_commands": commands, "shortcuts": shortcuts},
            "oauth_config": {"scopes": {"bot": list(parts.get("scopes", ()))}},
            "settings": {"event_subscriptions": {"bot_events": list(parts.get("events", ()))}},
        }
    )
