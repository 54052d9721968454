"""firsthand key: make a key for secrets at rest, and change over to a newer one."""

from __future__ import annotations

import asyncio
from pathlib import Path

import click

from bot.settings import StorageSettings, load_storage_settings, lost_key
from bot.starting import check_schema
from storage import checkup
from storage.database import database_file, open_database
from storage.encryption import Keyring, keep_beside, keys_beside, new_key
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
@click.option(
    "--yes", "sure", is_flag=True, help="Don't ask whether every process was started again: they were."
)
def key(*, rotate: bool, sure: bool) -> None:
    """Print a fresh key for FIRSTHAND_KEYS, or change over to a newer one.

    With FIRSTHAND_KEYS (setup writes it into .env) you put the new key and a comma in front yourself, start
    the bot again, and run --rotate once; then take the older keys out, and start again.
    """
    if not rotate:
        click.echo(new_key())
        return
    settings = load_storage_settings()
    if settings.firsthand_keys:
        _with_own_keys(settings, sure=sure)
    else:
        _with_keys_beside(settings, sure=sure)


def _with_own_keys(settings: StorageSettings, *, sure: bool) -> None:
    given = settings.firsthand_keys.get_secret_value().split(",") if settings.firsthand_keys else []
    if len(given) < 2:
        raise UserError(
            _(
                "FIRSTHAND_KEYS holds one key. Put a new one (firsthand key) and a comma in front of it, "
                "start Firsthand again, then run this once more."
            )
        )
    _ask_for_restarts(sure=sure)
    _renew_all(settings)
    click.echo(_("Now take the older keys out of FIRSTHAND_KEYS and start Firsthand again."))


def _with_keys_beside(settings: StorageSettings, *, sure: bool) -> None:
    file = database_file(settings.database_url) or Path("firsthand")
    keyring = settings.keyring()
    keys = keys_beside(file)
    if len(keys) < 2:
        _refuse_lost(settings, keyring)
        keep_beside(file, [new_key(), *keys])
        click.echo(
            _(
                "A new key stands in front now; what is secret is still under the older one. Start Firsthand "
                "again, then run this once more."
            )
        )
        return
    _ask_for_restarts(sure=sure)
    _renew_all(settings)
    keep_beside(file, keys[:1])
    click.echo(_("The older key is gone. Start Firsthand again."))


def _ask_for_restarts(*, sure: bool) -> None:
    """A process that knows the older key alone could read none of what is written anew."""
    asked = _("Did every process start again since the new key was put in front?")
    if not sure and not click.confirm(asked, default=False):
        raise UserError(
            _("Nothing was changed. Start every process of Firsthand again, then run this once more.")
        )


def _refuse_lost(settings: StorageSettings, keyring: Keyring) -> None:
    """Raises UserError where the key there is does not open what is secret: a newer one mends nothing."""
    file = database_file(settings.database_url)
    if file is None or not file.exists():
        return
    check_schema(settings.database_url)
    lost = asyncio.run(_closed(settings, keyring))
    if lost:
        raise UserError(_("Nothing was changed.") + " " + lost_key(lost))


async def _closed(settings: StorageSettings, keyring: Keyring) -> tuple[str, ...]:
    database = open_database(settings.database_url, keyring)
    try:
        async with database.read() as session:
            return await checkup.unreadable(session, keyring)
    finally:
        await database.close()


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
