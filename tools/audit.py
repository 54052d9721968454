"""Are there known holes in what Firsthand runs on? Asks osv.dev about every locked package.

    python -m tools.audit             # fails on a hole, and when nobody could be asked
    python -m tools.audit --offline   # fails on a hole; without network it says so loudly and goes on

https://google.github.io/osv.dev/post-v1-querybatch/
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from pathlib import Path

import httpx

LOCK = Path(__file__).parents[1] / "requirements" / "run.lock"
ASKED = "https://api.osv.dev/v1/querybatch"
TIMEOUT_SECONDS = 10.0
_PIN = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", re.MULTILINE)


def pinned(lock: str) -> tuple[tuple[str, str], ...]:
    """Every package of a lock and its version."""
    return tuple((name, version) for name, version in _PIN.findall(lock))


def holes(packages: Iterable[tuple[str, str]], client: httpx.Client) -> dict[str, list[str]]:
    """The known holes, by package: their ids at osv.dev.

    Raises httpx.HTTPError when nobody can be asked, ValueError for an answer that is none.
    """
    asked = list(packages)
    queries = [{"package": {"name": n, "ecosystem": "PyPI"}, "version": v} for n, v in asked]
    answer = client.post(ASKED, json={"queries": queries}).raise_for_status().json()
    results = answer.get("results", []) if isinstance(answer, dict) else []
    if len(results) != len(asked):
        raise ValueError("osv.dev did not answer for every package")
    named = zip((f"{name} {version}" for name, version in asked), results, strict=True)
    found = {package: [one["id"] for one in told.get("vulns", [])] for package, told in named}
    return {package: ids for package, ids in found.items() if ids}


def audit(lock: str, client: httpx.Client, *, offline: bool) -> int:
    """Say what was found; 0 when all is well (or, with `offline`, when nobody could be asked), else 1."""
    packages = pinned(lock)
    try:
        found = holes(packages, client)
    except (httpx.HTTPError, ValueError) as trouble:
        print(f"WARNING: dependencies were NOT audited, osv.dev cannot be asked: {trouble}")
        print("WARNING: run `make audit` where there is a network before you release.")
        return 0 if offline else 1
    for package, ids in sorted(found.items()):
        print(f"{package}: {', '.join(ids)} (https://osv.dev/{ids[0]})")
    print(f"Dependencies: {len(packages)} asked about, {len(found)} with known holes")
    return 1 if found else 0


if __name__ == "__main__":
    with httpx.Client(timeout=TIMEOUT_SECONDS) as client:
        sys.exit(audit(LOCK.read_text(), client, offline="--offline" in sys.argv[1:]))
