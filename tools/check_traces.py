"""Does any committed file name a package registry's host, or a path of one person's machine?"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from tools.sources import Problem, report

REGISTRY_HOST = re.compile(
    r"\b(?:[\w-]+\.)*(?:py(?:pi|thonhosted)|npmjs|debian)\.(?:org|com|net)\b", re.IGNORECASE
)
MACHINE_PATH = re.compile(r"(?<![\w.~/-])/(?:work|root|mnt|home/\w+|Users/\w+)/[\w.]+")
INDEX_OPTION = re.compile(r"(?:--(?:extra-)?index-url|--find-links|--trusted-host|://)")
_LOCKS = "requirements/"


def check(root: Path) -> list[Problem]:
    """Every trace in the files that git keeps, or would keep, under `root`."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=root, capture_output=True, check=True, text=True,
    )  # fmt: skip
    names = sorted(name for name in listed.stdout.split("\0") if name)
    return [problem for name in names for problem in _in_file(root / name, name)]


def _in_file(path: Path, name: str) -> Iterator[Problem]:
    try:
        text = path.read_text("utf-8")
    except (UnicodeDecodeError, FileNotFoundError):
        return  # a picture, or a file deleted but not yet committed
    for number, line in enumerate(text.splitlines(), 1):
        for problem in traces(line, lock=name.startswith(_LOCKS)):
            yield Problem(name, number, problem)


def traces(line: str, *, lock: bool) -> Iterator[str]:
    """What is wrong with one line; a lock may not name any address at all."""
    if host := REGISTRY_HOST.search(line):
        yield f"names the registry host {host[0]}: whoever installs chooses where from"
    if found := MACHINE_PATH.search(line):
        yield f"names a path of one machine, {found[0]}: make it relative to the project"
    if lock and INDEX_OPTION.search(line):
        yield "a lock names packages and hashes only, never where they come from"


def main() -> int:
    """Check the repository in the current folder."""
    return report("Hosts and machine paths", check(Path.cwd()))


if __name__ == "__main__":
    sys.exit(main())
