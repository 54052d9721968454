"""Telling Prometheus how this process does, where the settings ask for it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from slack_bolt.app.async_app import AsyncApp

from bot.desk import Desk
from bot.front import serving


@asynccontextmanager
async def measuring(desk: Desk, app: AsyncApp | None) -> AsyncIterator[None]:
    """Serve `/metrics` on a port of its own for the length of the block; nothing at all without that setting.

    Raises StartError when the port is taken.
    """
    settings = desk.settings
    if settings.firsthand_metrics_port is None:
        yield
        return
    # Nobody who does not ask for it pays for its import.
    from bot.operating.metrics import Metrics, metrics_app

    metrics = Metrics(desk)
    if app is not None:
        metrics.watch(app)
    port = settings.firsthand_metrics_port
    async with serving(metrics_app(metrics), settings.firsthand_host, port, setting="FIRSTHAND_METRICS_PORT"):
        yield
