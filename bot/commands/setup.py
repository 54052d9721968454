"""firsthand setup: asks what this copy needs and writes it down."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.option(
    "--file",
    "path",
    type=click.Path(dir_okay=False, path_type=Path),
    default=Path(".env"),
    show_default=True,
    help="The file to write; Firsthand reads .env of the folder it is started in.",
)
@click.option(
    "--compose",
    is_flag=True,
    help="For compose.yaml: its database is not asked for, and a password for it is made.",
)
def setup(*, path: Path, compose: bool) -> None:
    """Ask how to connect with Slack, check what is typed, make the encryption key, and write .env.

    Each answer is kept before the next question: leave with Ctrl-C whenever you like, and go on later. What
    else stands in the file stays. Tokens are tried with Slack where it can be reached, and never shown.
    """
    from bot.operating.setup_terminal import run_setup

    run_setup(path, compose=compose)
