"""firsthand restore: a backup in the place of the embedded database."""

from __future__ import annotations

from pathlib import Path

import click

from stories.language import _, ngettext


@click.command()
@click.argument("source", metavar="FILE", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def restore(*, source: Path) -> None:
    """Put a backup in the place of the SQLite database; the former one is kept beside it.

    Stop the bot first: it refuses while anything has the database open. The backup is checked and brought to
    this version before anything changes; FILE itself stays as it is.
    """
    from bot.clock import SystemClock
    from bot.operating.backups import restore as bring_back
    from bot.settings import load_storage_settings

    done = bring_back(load_storage_settings(), source, SystemClock().now())
    click.echo(_("Restored from {file}.").format(file=source))
    if done.kept:
        click.echo(_("What was there is at {file}; delete it when you are sure.").format(file=done.kept))
    if done.held:
        said = ngettext(
            "{count} post that waited is looked for in Slack first, and made if it is not there.",
            "{count} posts that waited are looked for in Slack first, and made if they are not there.",
            done.held,
        )
        click.echo(said.format(count=done.held))
    if done.erasures:
        said = ngettext(
            "{count} erasure was asked for after this backup was made: ask for it again.",
            "{count} erasures were asked for after this backup was made: ask for them again.",
            done.erasures,
        )
        click.echo(said.format(count=done.erasures) + " " + _("See docs/backup.md."), err=True)
    if done.locked:
        said = _(
            "Some secrets do not open with the keys that are here ({columns}): bring back the key of then."
        )
        click.echo(said.format(columns=", ".join(done.locked)), err=True)
