"""Is every setting, command and scope documented, and does every link in the documents lead somewhere?"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from bot.__main__ import main as program
from bot.settings import Settings
from tools import commands_page, document, settings_page
from tools.sources import Problem, report

SCOPES = "docs/scopes.md"
_SCOPE_ROW = re.compile(r"^\|\s*`([\w.:]+)`\s*\|", re.MULTILINE)
_LINK = re.compile(r"(?<!!)\[[^\]]+\]\(([^)\s#]+)(?:#[^)]*)?\)|!\[[^\]]*\]\(([^)\s]+)\)")


def check(root: Path) -> list[Problem]:
    """Everything that the documents under `root` leave out, and every link that leads nowhere."""
    return [
        *document.stale(root),
        *(
            Problem("bot/settings.py", 0, f"{name} has no description")
            for name in settings_page.undescribed(Settings)
        ),
        *(Problem("bot/__main__.py", 0, text) for text in commands_page.undescribed(program)),
        *scopes(root),
        *links(root),
    ]


def scopes(root: Path) -> Iterator[Problem]:
    """Scopes of the manifest that the page of scopes does not explain, and the other way round."""
    manifest = json.loads((root / "manifest.json").read_text("utf-8"))
    asked = set(manifest["oauth_config"]["scopes"]["bot"])
    explained = set(_SCOPE_ROW.findall((root / SCOPES).read_text("utf-8")))
    for scope in sorted(asked - explained):
        yield Problem(SCOPES, 0, f"explain the scope {scope}: the manifest asks for it")
    for scope in sorted(explained - asked):
        yield Problem(SCOPES, 0, f"drop the scope {scope}: the manifest does not ask for it")


def links(root: Path) -> Iterator[Problem]:
    """Links from one document to a file that is not there."""
    for path in sorted([*root.glob("*.md"), *(root / "docs").rglob("*.md")]):
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            for match in _LINK.finditer(line):
                target = match[1] or match[2]
                if (
                    "://" not in target
                    and not target.startswith("mailto:")
                    and not (path.parent / target).exists()
                ):
                    yield Problem(path.relative_to(root).as_posix(), number, f"{target} is not there")


def main() -> int:
    """Check the repository in the current folder."""
    return report("Documents", check(Path.cwd()))


if __name__ == "__main__":
    sys.exit(main())
