"""What waits and what went wrong, from the database, as Prometheus' gauges."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from bot.desk import Desk
from storage import measuring
from storage.measuring import Outbox, Source
from stories.values import dataclass

Value = tuple[str, tuple[str, ...], float]
"""A workspace, the values of the other labels, and the number."""

STATES = (("pending",), ("sending",), ("in_doubt",), ("failed",))


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """What the database tells at one moment."""

    outboxes: tuple[Outbox, ...]
    rests: dict[str, int]
    sources: tuple[Source, ...]
    overdue: dict[str, datetime]
    interventions: dict[tuple[str, str], int]
    real_now: datetime
    now: datetime


async def snapshot(desk: Desk) -> Snapshot:
    """What the database tells now. Raises sqlalchemy.exc.SQLAlchemyError, OSError, TimeoutError."""
    real_now, now = datetime.now(UTC), desk.now()
    async with desk.read() as session:
        return Snapshot(
            outboxes=await measuring.outboxes(session),
            rests=await measuring.rests(session, real_now),
            sources=await measuring.sources(session),
            overdue=await measuring.overdue(session, now),
            interventions=await measuring.interventions(session),
            real_now=real_now,
            now=now,
        )


class Figures(Collector):
    """A snapshot as metrics; workspaces are named only where that is wished, otherwise all are one."""

    def __init__(self, taken: Snapshot, *, by_workspace: bool) -> None:
        self._taken, self._by_workspace = taken, by_workspace

    def collect(self) -> Iterator[Metric]:
        """Each metric with all its values."""
        yield from self._outboxes()
        taken = self._taken
        rests = self._gauge("slack_resting", "What Slack asked to be left alone (429).")
        yield self._sum(rests, [(name, (), count) for name, count in taken.rests.items()], always=[()])
        late = self._gauge("schedule_lag_seconds", "Since when the longest waiting digest is due.")
        values = [(name, (), _seconds(taken.now, at)) for name, at in taken.overdue.items()]
        yield self._sum(late, values, worst=True, always=[()])
        yield from self._sources()
        drift = self._gauge("drift_interventions", "How often avatars spoke up, by answer.", "answer")
        yield self._sum(
            drift,
            [(name, (said or "none yet",), count) for (name, said), count in taken.interventions.items()],
        )

    def _outboxes(self) -> Iterator[Metric]:
        rows, now = self._taken.outboxes, self._taken.real_now
        count = self._gauge("deliveries", "Posts that wait or went wrong.", "state")
        yield self._sum(count, [(one.workspace_id, (one.state,), one.count) for one in rows], always=STATES)
        oldest = self._gauge("oldest_delivery_seconds", "Age of the oldest of them.", "state")
        ages = [(one.workspace_id, (one.state,), _seconds(now, one.oldest)) for one in rows]
        yield self._sum(oldest, ages, worst=True, always=STATES)
        limited = self._gauge("deliveries_limited", "Posts that wait because Slack answered 429.")
        yield self._sum(limited, [(one.workspace_id, (), one.limited) for one in rows], always=[()])

    def _sources(self) -> Iterator[Metric]:
        rows, now = self._taken.sources, self._taken.now
        lag = self._gauge("source_lag_seconds", "Since when a kind's worst source brought nothing.", "kind")
        values = [(one.workspace_id, (one.kind,), _seconds(now, one.since)) for one in rows]
        yield self._sum(lag, values, worst=True)
        failing = self._gauge("sources_failing", "Sources whose last pull failed.", "kind")
        yield self._sum(failing, [(one.workspace_id, (one.kind,), one.failing) for one in rows])

    def _gauge(self, name: str, text: str, *labels: str) -> GaugeMetricFamily:
        own = ("workspace", *labels) if self._by_workspace else labels
        return GaugeMetricFamily(f"firsthand_{name}", text, labels=own)

    def _sum(
        self,
        gauge: GaugeMetricFamily,
        values: Iterable[Value],
        *,
        worst: bool = False,
        always: Iterable[tuple[str, ...]] = (),
    ) -> GaugeMetricFamily:
        """The values by their labels, added up or the worst of them; `always` are told even with none."""
        found = dict[tuple[str, ...], float]() if self._by_workspace else dict.fromkeys(always, 0.0)
        for workspace_id, labels, value in values:
            place = (workspace_id, *labels) if self._by_workspace else labels
            before = found.get(place, 0.0)
            found[place] = max(before, value) if worst else before + value
        for place, value in found.items():
            gauge.add_metric(list(place), value)
        return gauge


def _seconds(now: datetime, since: datetime) -> float:
    return max(0.0, (now - since).total_seconds())
