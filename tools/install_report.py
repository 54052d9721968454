"""How long setting up took and how much was fetched for it, read from pip's own account.

`python -m tools.install_report LOG STARTED`, where STARTED is the epoch second at which it began.
"""

from __future__ import annotations

import re
import sys
import time
from pathlib import Path

_FETCHED = re.compile(r"^\s*(?:Downloading|Using cached) \S+ \(([\d.]+) (bytes|kB|MB|GB)\)$", re.MULTILINE)
_FROM_DISK = re.compile(r"^\s*Processing (/.+?)(?: \(from .*\))?$", re.MULTILINE)
_MEGABYTES = {"bytes": 1e-6, "kB": 1e-3, "MB": 1.0, "GB": 1e3}


def megabytes(log: str) -> float:
    """Size in MB (a million bytes) of every package in pip's account, those from a cache or a folder too."""
    fetched = sum(float(size) * _MEGABYTES[unit] for size, unit in _FETCHED.findall(log))
    files = (Path(name) for name in _FROM_DISK.findall(log))
    return fetched + sum(path.stat().st_size for path in files if path.is_file()) * 1e-6


def sentence(log: str, seconds: float) -> str:
    """What a person reads after waiting."""
    size = megabytes(log)
    # Only what is ours was put in anew: nobody asked how much that weighs.
    packages = f", {size:.0f} MB of packages" if size >= 0.5 else ""
    return f"Ready in {seconds:.0f} s{packages}. The next start is quick."


if __name__ == "__main__":
    name, started = sys.argv[1:]
    print(sentence(Path(name).read_text("utf-8", errors="replace"), time.time() - int(started)))
