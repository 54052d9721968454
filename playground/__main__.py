"""`firsthand playground`: a Slack workspace on this machine, for any Slack app to be pointed at."""

from __future__ import annotations

import asyncio
import contextlib
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from playground.client import Playground
from playground.keeping import KeepError
from playground.setup import Setup
from playground.stopping import until_told


def setup_from(manifest: Path | None, request_url: str, keep: Path | None = None) -> Setup:
    """The default workspace with an app of that manifest; HTTP when there is a request URL."""
    setup = Setup(keep=keep)
    if manifest is not None:
        setup = replace(setup, manifest=manifest_in(manifest))
    return replace(setup, mode="http", request_url=request_url) if request_url else setup


def manifest_in(path: Path) -> dict[str, Any]:
    """The app manifest in a file; raises ValueError when it is not one JSON object."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise ValueError(f"{path} is no JSON ({error}): export the app's manifest as JSON.") from error
    if isinstance(found, dict):
        return found
    raise ValueError(f"{path} is no manifest: it has to hold one JSON object.")


async def _facts(world: Playground) -> dict[str, str]:
    facts = await world.control.get("setup")
    bot = world.bot_user_id
    return {
        "url": world.url,
        "bot_token": world.bot_token,
        "app_token": world.app_token,
        "signing_secret": world.signing_secret,
        "user_id": next(p["id"] for p in facts["people"] if not p["is_admin"]),
        "channel_id": next(c["id"] for c in facts["channels"] if bot in c["members"]),
    }


async def _run(setup: Setup, port: int, as_json: bool) -> None:
    async with Playground.start(setup, port=port) as world:
        facts = await _facts(world)
        if as_json:
            click.echo(json.dumps(facts))
        else:
            click.echo(
                f"The playground is open at {facts['url']} (Ctrl-C ends it).\n\nPoint an app at it with"
            )
            click.echo(f"  SLACK_API_URL={facts['url']}/api/\n  SLACK_BOT_TOKEN={facts['bot_token']}")
            click.echo(f"  SLACK_APP_TOKEN={facts['app_token']}")
            click.echo(f"  SLACK_SIGNING_SECRET={facts['signing_secret']}")
        await asyncio.Event().wait()


@click.command()
@click.option("--port", default=8765, show_default=True, help="Port on 127.0.0.1; 0 picks a free one.")
@click.option("--json", "as_json", is_flag=True, help="Print address and tokens as one JSON line.")
@click.option(
    "--manifest",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The app's manifest.json.",
)
@click.option("--request-url", default="", help="Deliver over signed HTTP to this address, not Socket Mode.")
@click.option(
    "--keep",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Keep the workspace in this file, over restarts and crashes; otherwise it is in memory only.",
)
def playground(port: int, as_json: bool, manifest: Path | None, request_url: str, keep: Path | None) -> None:
    """Open a Slack workspace on this machine: a page to be a person in, and Slack's API for your app."""
    try:
        with contextlib.suppress(KeyboardInterrupt):
            asyncio.run(until_told(_run(setup_from(manifest, request_url, keep), port, as_json)))
    except (KeepError, ValueError) as error:
        raise click.ClickException(str(error)) from error
    except OSError as error:
        free = "Is a playground open already? If not, take any: --port 0 (make playground ARGS='--port 0')."
        raise click.ClickException(f"Port {port} can't be used ({error.strerror}). {free}") from error
    with contextlib.suppress(BrokenPipeError):
        click.echo("The playground is closed.", err=as_json)


if __name__ == "__main__":
    playground()
