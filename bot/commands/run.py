"""firsthand run: the bot itself, all of it or one part."""

from __future__ import annotations

import click
import uvloop

from bot.clock import SystemClock
from bot.settings import load_settings


@click.command()
@click.option("--web", is_flag=True, help="Only answer Slack (and serve HTTP).")
@click.option("--worker", is_flag=True, help="Only keep the schedule and deliver posts.")
def run(*, web: bool, worker: bool) -> None:
    """Run the bot. Without an option this process does everything."""
    from bot.running import serve

    settings = load_settings()
    parts = {"web": web or not worker, "worker": worker or not web}
    uvloop.run(serve(settings, SystemClock(), **parts))
