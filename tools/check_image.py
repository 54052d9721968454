"""Does the Dockerfile keep to what hadolint knows of good ones? Its rules: https://github.com/hadolint/hadolint."""

from __future__ import annotations

import subprocess
import sys
import sysconfig
from pathlib import Path

HADOLINT = Path(sysconfig.get_path("scripts")) / "hadolint"


def check(dockerfile: Path) -> str:
    """What is wrong with it, a line each; empty when nothing is.

    Raises FileNotFoundError where the linter is not installed.
    """
    command = [str(HADOLINT), "--no-color", "--failure-threshold=style", str(dockerfile)]
    linted = subprocess.run(command, capture_output=True, text=True, check=False)
    return "" if linted.returncode == 0 else (linted.stdout + linted.stderr).strip()


def main() -> int:
    """Check the Dockerfile in the current folder."""
    wrong = check(Path("Dockerfile"))
    print(wrong or "Dockerfile: nothing to mend")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
