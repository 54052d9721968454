"""firsthand run: the bot itself, all of it or one part."""

from __future__ import annotations

import gc
from functools import partial

import click
import uvloop

from bot.clock import SystemClock
from bot.settings import load_settings

MADE_AT_A_START = 2_000_000
"""More objects than a start makes."""


@click.command()
@click.option("--web", is_flag=True, help="Only answer Slack (and serve HTTP).")
@click.option("--worker", is_flag=True, help="Only keep the schedule and deliver posts.")
@click.option(
    "--migrate",
    "migrating",
    is_flag=True,
    help="Bring the database to this version first, as firsthand migrate does.",
)
@click.option(
    "--despite-lost-secrets",
    is_flag=True,
    help="Start although no key opens some of what is secret: it stays unreadable (docs/backup.md).",
)
def run(*, web: bool, worker: bool, migrating: bool, despite_lost_secrets: bool) -> None:
    """Run the bot. Without an option this process does everything.

    Settings that are missing or wrong are said before anything is made or changed.
    """
    # Hardly anything that a start makes is garbage, and looking for it once takes a tenth of the start.
    gc.set_threshold(MADE_AT_A_START, 50, 50)
    from bot.running import serve

    settings = load_settings()
    if migrating:
        from bot.operating.bringing_up import bring_up

        bring_up(settings.database_url, partial(click.echo, err=True))
    parts = {"web": web or not worker, "worker": worker or not web}
    uvloop.run(serve(settings, SystemClock(), **parts, despite_lost_secrets=despite_lost_secrets))
