"""firsthand key: make a key for secrets at rest."""

from __future__ import annotations

import click

from storage.encryption import new_key


@click.command()
def key() -> None:
    """Print a fresh key for FIRSTHAND_KEYS."""
    click.echo(new_key())
