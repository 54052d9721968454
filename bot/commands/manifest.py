"""firsthand manifest: the Slack app's manifest, to paste into Slack."""

from __future__ import annotations

import click


@click.command()
@click.option(
    "--http",
    "address",
    metavar="URL",
    help="Have Slack call this address (https://…) in place of Socket Mode.",
)
@click.option(
    "--many",
    is_flag=True,
    help="For many workspaces that install the app by themselves (docs/installing.md); needs --http.",
)
def manifest(*, address: str | None, many: bool) -> None:
    """Print the Slack app's manifest: Socket Mode, or with --http an address of your own.

    Commands have the names that the settings give them. Paste it on api.slack.com/apps: Create New App, From
    a manifest; for an app that is there already: App Manifest.
    """
    from bot.operating import app_manifest
    from bot.settings_slack import reachable

    if many and not address:
        raise click.UsageError("--many needs --http URL: workspaces install an app over its address.")
    try:
        checked = reachable(address) if address else ""
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--http") from None
    click.echo(app_manifest.as_text(checked, many=many))
