"""What Prometheus is told of this process: how long its answers take, and what the database holds."""

from __future__ import annotations

import time
from collections.abc import Iterable
from typing import Any

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Histogram, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from slack_bolt import BoltResponse
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.request.async_request import AsyncBoltRequest
from sqlalchemy.exc import SQLAlchemyError
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.desk import Desk
from bot.operating.figures import Figures, snapshot

BUCKETS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 3.0)
"""Seconds; Slack gives up after three."""

SCOPES = ("channel", "method", "workspace")
"""What Slack limits, as `bot.delivery.pace.Limited.scope` names it."""

_KINDS = {
    "block_actions": "click",
    "view_submission": "view",
    "view_closed": "view",
    "event_callback": "event",
    "block_suggestion": "options",
    "shortcut": "shortcut",
    "message_action": "shortcut",
}


class Metrics:
    """The numbers of one process; the database's are read each time somebody asks."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._registry = CollectorRegistry()
        self._acknowledged = Histogram(
            "firsthand_acknowledgement_seconds",
            "Time until a request of Slack's was answered, by what it was.",
            ["kind"],
            buckets=BUCKETS,
            registry=self._registry,
        )

    def watch(self, app: AsyncApp) -> None:
        """Take the time of every request that this app answers, however it came in."""
        dispatch = app.async_dispatch

        async def timed(req: AsyncBoltRequest) -> BoltResponse:
            begun = time.perf_counter()
            try:
                return await dispatch(req)
            finally:
                self._acknowledged.labels(kind_of(req.body)).observe(time.perf_counter() - begun)

        # Bolt has no hook around a whole request: its middleware ends before the listener begins.
        app.async_dispatch = timed  # type: ignore[method-assign]  # the same call

    async def told(self) -> bytes:
        """Everything in Prometheus' own format. Raises what a database raises that is away."""
        by_workspace = self._desk.settings.firsthand_metrics_workspaces
        taken = Figures(await snapshot(self._desk), by_workspace=by_workspace)
        silent = GaugeMetricFamily(
            "firsthand_part_silent_seconds",
            "Since when a part of this process was last heard of.",
            labels=["part"],
        )
        for part, seconds in self._desk.health.ages().items():
            silent.add_metric([part], seconds)
        refused = CounterMetricFamily(
            "firsthand_refused",
            "How often Slack answered 429 since this process began, by what it limited.",
            labels=["scope"],
        )
        for scope in SCOPES:
            refused.add_metric([scope], self._desk.refused[scope])
        return generate_latest(_All((self._registry, taken, _Given([silent, refused]))))


class _Given(Collector):
    def __init__(self, metrics: Iterable[Metric]) -> None:
        self._metrics = metrics

    def collect(self) -> Iterable[Metric]:
        """What was given."""
        return self._metrics


class _All(CollectorRegistry):
    """Several collectors for one answer."""

    def __init__(self, parts: Iterable[Collector]) -> None:
        super().__init__(auto_describe=False)
        self._parts = tuple(parts)

    def collect(self) -> Iterable[Metric]:
        """Each part's metrics, one after the other."""
        return (metric for part in self._parts for metric in part.collect())


def kind_of(body: dict[str, Any]) -> str:
    """What Slack sent: command, click, view, event, options, shortcut or other."""
    return "command" if "command" in body else _KINDS.get(str(body.get("type")), "other")


def metrics_app(metrics: Metrics) -> Starlette:
    """`/metrics` alone; 503 while the database does not answer."""

    async def tell(_: Request) -> Response:
        try:
            return Response(await metrics.told(), media_type=CONTENT_TYPE_LATEST)
        except (SQLAlchemyError, OSError, TimeoutError):
            return PlainTextResponse("the database does not answer\n", status_code=503)

    return Starlette(routes=[Route("/metrics", tell)])
