"""Write the pages that say what the code says: settings, commands and the example of a `.env` file.

`python -m tools.document` writes them; with `--check` it writes nothing, names the stale ones and fails.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from bot.__main__ import main as program
from bot.home_values import Commands
from bot.messages import channel_answers, stories_list
from bot.settings import Settings
from tools import commands_page, settings_page
from tools.sources import Problem, report


def pages(root: Path) -> dict[str, str]:
    """Every generated file's path relative to `root`, to its content as it should be."""
    manifest = json.loads((root / "manifest.json").read_text("utf-8"))
    return {
        "docs/settings.md": settings_page.page(Settings),
        "docs/commands.md": commands_page.page(manifest, program, _helps()),
        ".env.example": settings_page.example(Settings),
    }


def _helps() -> dict[str, str]:
    """What the slash commands that understand many words say of them, in English."""
    interview, stories, channel = (
        str(Settings.model_fields[f"firsthand_{name}_command"].default)
        for name in ("interview", "stories", "channel")
    )
    commands = Commands(interview=interview, stories=stories, channel=channel)
    return {
        channel: channel_answers.help_text(commands),
        stories: str(stories_list.help_text(stories, interview, ())["text"]),
    }


def stale(root: Path) -> list[Problem]:
    """The generated files that differ from what they should be, or are not there."""
    return [
        Problem(name, 0, "says something else than the code: run `make docs`")
        for name, content in pages(root).items()
        if not (root / name).is_file() or (root / name).read_text("utf-8") != content
    ]


def main(arguments: list[str]) -> int:
    """Write the pages of the repository in the current folder, or check them."""
    root = Path.cwd()
    if "--check" in arguments:
        return report("Generated pages", stale(root))
    for name, content in pages(root).items():
        (root / name).write_text(content, "utf-8")
        print(f"wrote {name}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
