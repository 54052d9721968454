"""firsthand demo: the whole product on this machine, with a made-up company and no Slack account."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import sys
import tempfile
import time
import webbrowser
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from playground.stopping import until_told

if TYPE_CHECKING:
    from playground.client import Playground

    Playing = Callable[..., AbstractAsyncContextManager[Playground]]

DEFAULT_PORT = 8765


@click.command()
@click.option("--port", default=DEFAULT_PORT, show_default=True, help="The port of the page; 0 takes any.")
@click.option("--open/--no-open", "opening", default=True, help="Open the page in your browser.")
def demo(*, port: int, opening: bool) -> None:
    """Try Firsthand here and now: a made-up company, a Slack of your own, no account."""
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s %(message)s")
    # A tick that is still at work when the next is due is meant to be left out, not reported.
    logging.getLogger("apscheduler.scheduler").setLevel(logging.ERROR)
    click.echo("Starting a made-up company …")
    from demo.wiring import demo as playing

    try:
        asyncio.run(until_told(_play(playing, port, opening=opening)))
    except OSError as error:
        also = "" if opening else "--no-open "
        another = f"Try another: make demo ARGS='{also}--port {port % 65_535 + 1}'"
        raise click.ClickException(f"Port {port} cannot be used ({error.strerror}). {another}") from error
    with contextlib.suppress(BrokenPipeError):
        click.echo("\nThe demo has stopped and left nothing behind. To use it for real: README.md.")


async def _play(playing: Playing, port: int, *, opening: bool) -> None:
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="firsthand-demo-") as folder:
        async with playing(Path(folder), port=port) as world:
            click.echo(f"\nFirsthand is running after {time.monotonic() - began:.1f} s. Open this page:\n")
            click.echo(f"    {world.url}\n")
            click.echo("Everything in it is made up, and gone when you stop it with Ctrl-C.")
            if opening and _has_browser():
                await asyncio.to_thread(webbrowser.open, world.url)
            await asyncio.Event().wait()


def _has_browser() -> bool:
    """A text browser in a terminal, or on a server far away, would only be in the way."""
    return sys.platform in {"darwin", "win32"} or bool(
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    )


if __name__ == "__main__":
    demo()
