"""All benchmarks, one after the other: `python -m benchmarks`."""

from __future__ import annotations

import pkgutil
import subprocess
import sys

import benchmarks
from benchmarks.reporting import say

HELPERS = {
    "__main__",
    "deliver_sink",
    "deliver_worker",
    "deliver_rows",
    "golden_values",
    "interval_coverage",
    "isolation_cost",
    "kill_slack",
    "kill_worker",
    "labelled_hints",
    "labelled_talks",
    "load",
    "planting",
    "reporting",
    "rota_company",
    "rota_figures",
    "rota_year",
    "search_house",
    "search_passages",
    "serving",
    "simulated_answers",
    "trial",
    "watching",
    "worth_links",
}


def main() -> int:
    """Run every benchmark; the number of those that failed."""
    names = [module.name for module in pkgutil.iter_modules(benchmarks.__path__)]
    failed = 0
    for name in sorted(set(names) - HELPERS):
        say(f"\n== {name}")
        failed += subprocess.run([sys.executable, "-m", f"benchmarks.{name}"], check=False).returncode != 0
    return failed


if __name__ == "__main__":
    sys.exit(main())
