"""What the methods of NPS do with made-up answers: coverage, false posts, drops and links found.

`python -m benchmarks.nps_simulation [--seed N] [--quick]`. Figures that were promised are printed beside.
"""

from __future__ import annotations

import random

import click

from benchmarks import interval_coverage, watching, worth_links
from benchmarks.reporting import conclude


@click.command()
@click.option("--seed", default=20261122, show_default=True, help="For the same figures again.")
@click.option("--quick", is_flag=True, help="A tenth of the work, for a first look.")
def main(seed: int, *, quick: bool) -> None:
    """Simulate everything; the last line is one JSON object."""
    part = 10 if quick else 1
    figures = {
        "seed": seed,
        "coverage": interval_coverage.measure(random.Random(seed)),
        "watch": watching.measure(random.Random(seed), years=200 // part, drops=500 // part),
        "look": watching.speed(random.Random(seed)),
        "worth": worth_links.measure(random.Random(seed), rounds=150 // part),
    }
    conclude(figures)


if __name__ == "__main__":
    main()
