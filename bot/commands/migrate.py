"""firsthand migrate: bring the database to the schema of this version."""

from __future__ import annotations

import click

from bot.settings import load_storage_settings


@click.command()
def migrate() -> None:
    """Bring the database to this version's schema (safe to run at every start)."""
    from bot.operating.bringing_up import bring_up
    from storage.versions import newest

    bring_up(load_storage_settings().database_url, click.echo)
    click.echo(f"The database has this version's schema ({newest()}).")
