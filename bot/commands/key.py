"""firsthand key: make a key for secrets at rest, and change over to a newer one."""

from __future__ import annotations

import asyncio
from pathlib import Path

import click

from bot.settings import StorageSettings, load_storage_settings
from storage.database import database_file, open_database
from storage.encryption import keep_beside, keys_beside, new_key
from storage.rekeying import Renewed, renew
from stories.errors import UserError
from stories.language import _, ngettext


@click.command()
@click.option(
    "--rotate",
    is_flag=True,
    help="Change over to a newer key: write every secret anew under the one in front. Where the key is in "
    "a file beside the database, give this twice: the first time puts a new one in front, the second, after "
    "the bot was started again, throws the older one away.",
)
def key(*, rotate: bool) -> None:
    """Print a fresh key for FIRSTHAND_KEYS, or change over to a newer one.

    With FIRSTHAND_KEYS (setup writes it into .env) you put the new key and a comma in front yourself, start
    the bot again, and run --rotate once; then take the older keys out, and start again.
    """
    if not rotate:
        click.echo(new_key())
        return
    settings = load_storage_settings()
    if settings.firsthand_keys:
        _with_own_keys(settings)
    else:
        _with_keys_beside(settings)


def _with_own_keys(settings: StorageSettings) -> None:
    given = settings.firsthand_keys.get_secret_value().split(",") if settings.firsthand_keys else []
    if len(given) < 2:
        raise UserError(
            _(
                "FIRSTHAND_KEYS holds one key. Put a new one (firsthand key) and a comma in front of it, "
                "start Firsthand again, then run this once more."
            )
        )
    _renew_all(settings)
    click.echo(_("Now take the older keys out of FIRSTHAND_KEYS and start Firsthand again."))


def _with_keys_beside(settings: StorageSettings) -> None:
    file = database_file(settings.database_url) or Path("firsthand")
    settings.keyring()
    keys = keys_beside(file)
    if len(keys) < 2:
        keep_beside(file, [new_key(), *keys])
        click.echo(
            _(
                "A new key stands in front now; what is secret is still under the older one. Start Firsthand "
                "again, then run this once more."
            )
        )
        return
    _renew_all(settings)
    keep_beside(file, keys[:1])
    click.echo(_("The older key is gone. Start Firsthand again."))


def _renew_all(settings: StorageSettings) -> None:
    """Write every secret anew. Raises UserError when one cannot be read: then no key may be thrown away."""
    told = asyncio.run(_renewed(settings))
    number = sum(one.renewed for one in told)
    words = ngettext("{number} secret was written anew.", "{number} secrets were written anew.", number)
    click.echo(words.format(number=number))
    lost = [f"{one.column} ({one.lost})" for one in told if one.lost]
    if lost:
        raise UserError(
            _("Some secrets cannot be read with any key, so all keys are kept: {columns}.").format(
                columns=", ".join(lost)
            )
        )


async def _renewed(settings: StorageSettings) -> list[Renewed]:
    keyring = settings.keyring()
    database = open_database(settings.database_url, keyring)
    try:
        return [one async for one in renew(database, keyring)]
    finally:
        await database.close()
