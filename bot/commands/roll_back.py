"""firsthand roll-back: the database as an older version of Firsthand knows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from stories.language import _, ngettext

if TYPE_CHECKING:
    # The command line lists its commands without what they need.
    from bot.operating.rolling_back import Way


@click.command(name="roll-back")
@click.argument("schema")
@click.option("--yes", "sure", is_flag=True, help="Do not ask before anything is changed.")
def roll_back(*, schema: str, sure: bool) -> None:
    """Take the database back to the SCHEMA (a number such as 0026) of an older version, with what is in it.

    Run it with the newer version, the bot stopped; then install the older one and start that. `firsthand
    --version` and `firsthand doctor` of each version say its schema. What the older version has no place for
    goes: it is listed, and you are asked. Of an SQLite database the former one is kept beside it; of
    PostgreSQL take a copy first (docs/backup.md).
    """
    from bot.clock import SystemClock
    from bot.operating.rolling_back import go_back, refuse_open, way_back
    from bot.settings import load_storage_settings
    from storage.migrating import others_connected

    url = load_storage_settings().database_url
    way = way_back(url, schema)
    refuse_open(url)
    said = _("From schema {start} to {end}. Undone, the newest first:")
    click.echo(said.format(start=way.start, end=way.end))
    for one in way.undone:
        click.echo(f"  {one.number}  {one.brought}")
    others = others_connected(url)
    if others:
        said = ngettext(
            "{count} other connection to this database is open: is every process of Firsthand stopped?",
            "{count} other connections to this database are open: is every process of Firsthand stopped?",
            others,
        )
        click.echo(said.format(count=others), err=True)
    if not sure:
        _tell_what_goes(url, way)
        click.confirm(_("Go back?"), abort=True)
    kept = go_back(url, way, SystemClock().now())
    if kept:
        click.echo(_("What was there is at {file}; delete it when you are sure.").format(file=kept))
    click.echo(
        _(
            "Done. Now install the version that has schema {end}: this one would bring the database up again."
        ).format(end=way.end)
    )


def _tell_what_goes(url: str, way: Way) -> None:
    from bot.operating.rolling_back import what_goes

    goes = list(what_goes(url, way))
    if not goes:
        click.echo(_("Schema {end} has a place for every table and column.").format(end=way.end))
        return
    click.echo(_("Schema {end} has no place for these, and what is in them goes:").format(end=way.end))
    for one in goes:
        click.echo(f"  {one}")
