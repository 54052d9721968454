"""firsthand nps keys: keys with which other systems push answers."""

from __future__ import annotations

import click

from bot.commands.options import WORKSPACE
from stories.errors import UserError
from stories.language import _


@click.group()
def keys() -> None:
    """Keys for POST /api/v1/nps/answers and /api/v1/nps/figures."""


@keys.command("add")
@click.argument("name")
@WORKSPACE
def add(name: str, *, workspace: str) -> None:
    """Make a key and show it, once. What comes with it is a source called NAME."""
    from bot.clock import SystemClock
    from bot.settings import load_storage_settings
    from bot.terminal import open_terminal
    from storage import nps_keys, nps_sources

    with open_terminal(load_storage_settings(), workspace=workspace) as terminal:

        async def work() -> str:
            now = SystemClock().now()
            async with terminal.database.begin() as session:
                source_id = await nps_sources.ensure(
                    session, terminal.workspace_id, kind=nps_sources.PUSH, name=name, now=now
                )
                return await nps_keys.make(session, terminal.workspace_id, source_id, name=name, now=now)

        made = terminal.run(work())
    click.echo(made)
    click.echo(_("Keep it: it is not shown again. Send it as: Authorization: Bearer KEY"), err=True)


@keys.command("list")
@WORKSPACE
def list_(*, workspace: str) -> None:
    """Show the keys there are, by the part that is no secret."""
    from bot.settings import load_storage_settings
    from bot.terminal import open_terminal
    from storage import nps_keys

    with open_terminal(load_storage_settings(), workspace=workspace) as terminal:

        async def work() -> tuple[nps_keys.Key, ...]:
            async with terminal.database.read() as session:
                return await nps_keys.every(session, terminal.workspace_id)

        found = terminal.run(work())
    for key in found:
        state = _("revoked") if key.revoked_at else _("never used")
        if key.used_at and not key.revoked_at:
            state = _("last used {day}").format(day=key.used_at.date().isoformat())
        click.echo(f"{key.public_id}  {key.name}  {state}")


@keys.command("revoke")
@click.argument("public_id")
@WORKSPACE
def revoke(public_id: str, *, workspace: str) -> None:
    """Let a key open nothing more, at once."""
    from bot.clock import SystemClock
    from bot.settings import load_storage_settings
    from bot.terminal import open_terminal
    from storage import nps_keys

    with open_terminal(load_storage_settings(), workspace=workspace) as terminal:

        async def work() -> bool:
            async with terminal.database.begin() as session:
                return await nps_keys.revoke(
                    session, terminal.workspace_id, public_id, now=SystemClock().now()
                )

        if not terminal.run(work()):
            raise UserError(_("There is no key “{key}” that opens anything.").format(key=public_id))
    click.echo(_("Revoked."))
