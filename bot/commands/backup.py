"""firsthand backup: a copy of the embedded database, made while the bot runs."""

from __future__ import annotations

from pathlib import Path

import click

from stories.language import _


@click.command()
@click.argument("to", metavar="FILE", type=click.Path(path_type=Path))
def backup(*, to: Path) -> None:
    """Copy the SQLite database to a new FILE, or into a folder under a name with the moment.

    The bot may run meanwhile: the copy is what the database was at one moment. It is checked before it
    counts. The key for secrets at rest is not in it: keep that apart. For PostgreSQL see docs/backup.md.
    """
    from bot.clock import SystemClock
    from bot.operating.backups import back_up, key_said
    from bot.settings import load_storage_settings

    settings = load_storage_settings()
    made = back_up(settings, to, SystemClock().now())
    size = made.stat().st_size / 1_000_000
    click.echo(_("{file}: {size:.1f} MB, checked.").format(file=made, size=size))
    click.echo(_("The key for secrets at rest is not in it. {where}").format(where=key_said(settings).said))
