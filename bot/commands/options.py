"""Options that several commands share, so that the same is called the same everywhere."""

from __future__ import annotations

from pathlib import Path

import click

WORKSPACE = click.option(
    "--workspace",
    default="",
    metavar="T…",
    help="The Slack workspace; needed only when the database knows several.",
)
REFUSED = click.option(
    "--refused",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Where refused rows are written, with the reason; else FILE.refused.csv in this folder.",
)
