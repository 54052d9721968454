"""The machine that figures come from, in a few words."""

from __future__ import annotations

import os
import platform
import sqlite3
import subprocess
import time
from pathlib import Path

ADDITIONS = 10_000_000


def described() -> dict[str, str]:
    """Processor, cores, memory, system, Python, SQLite and the commit; what cannot be told is left out."""
    told = {
        "processor": _field(Path("/proc/cpuinfo"), "model name") or platform.processor(),
        "cores": str(os.cpu_count() or ""),
        "memory": _memory(),
        "system": f"{platform.system()} {platform.release()}",
        "Python": platform.python_version(),
        "SQLite": sqlite3.sqlite_version,
        "commit": _commit(),
    }
    return {what: value for what, value in told.items() if value}


def pace() -> dict[str, float]:
    """How fast this machine is now: seconds that ten million additions take, by the clock and of a processor.

    What others do on it, and a host that lends it less, shows here as it does in every other figure.
    """
    begun, worked = time.perf_counter(), time.process_time()
    total = 0
    for number in range(ADDITIONS):
        total += number
    return {
        "additions_s": round(time.perf_counter() - begun, 2),
        "additions_processor_s": round(time.process_time() - worked, 2),
    }


def _field(file: Path, name: str) -> str:
    if not file.is_file():
        return ""
    lines = (line.partition(":") for line in file.read_text("utf-8", "replace").splitlines())
    return next((value.strip() for key, _, value in lines if key.strip() == name), "")


def _memory() -> str:
    kilobytes = _field(Path("/proc/meminfo"), "MemTotal").partition(" ")[0]
    return f"{int(kilobytes) / 1024 / 1024:.0f} GB" if kilobytes.isdecimal() else ""


def _commit() -> str:
    asked = ["git", "describe", "--always", "--dirty"]
    try:
        told = subprocess.run(asked, capture_output=True, text=True, check=False)
    except OSError:
        return ""
    return told.stdout.strip()
