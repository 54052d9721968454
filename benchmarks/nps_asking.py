"""What questions about NPS take, and counting the same rows with SQL, each beside its target."""

from __future__ import annotations

import statistics
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from benchmarks.reporting import percentile, say
from bot.nps.answering import answered
from storage import nps_counts, nps_deeper
from storage.database import Database

NOW = datetime(2026, 1, 5, 12, tzinfo=UTC)
YEAR = (date(2025, 1, 1), date(2025, 12, 31))
"""What "12 months" are on the day that is asked."""
BEFORE = (date(2024, 1, 1), date(2024, 12, 31))
"""The period before, which every answer but a breakdown sets beside them."""

RUNS, WARMING = 40, 3
MOST_MS, MOST_TIMES, LEAST_FASTER = 20.0, 1.5, 500.0
"""The targets: milliseconds, times what it takes at 10,000 answers, times faster than counting."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question of a `kind`; `cells` are counted by SQL for both periods, or `by` a property for one."""

    kind: str
    words: str
    cells: tuple[Mapping[str, str], ...] = ()
    by: str = ""


QUESTIONS = (
    Asked(kind="everybody", words="12 months", cells=({},)),
    Asked(kind="single", words="firm 12 months", cells=({"plan": "Firm"},)),
    Asked(kind="pair", words="firm uk 12 months", cells=({"plan": "Firm", "region": "UK"},)),
    Asked(kind="two singles", words="firm vs team 12 months", cells=({"plan": "Firm"}, {"plan": "Team"})),
    Asked(kind="breakdown", words="by region 12 months", cells=({},), by="region"),
    Asked(kind="breakdown", words="firm by region 12 months", cells=({"plan": "Firm"},), by="region"),
    Asked(kind="trend", words="trend firm 12 months"),
    Asked(kind="trend", words="trend 12 months weekly"),
    Asked(kind="comments", words="detractors firm 12 months"),
    Asked(kind="comments", words="detractors firm uk 12 months"),
)


@dataclass(slots=True)
class Took:
    """Seconds by the clock and of this process's processor, of one question after another."""

    clock: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)

    @property
    def median_ms(self) -> float:
        """The median by the clock."""
        return statistics.median(self.clock) * 1000


async def ask_all(database: Database, few: str, many: str) -> tuple[dict[str, Took], dict[str, Took]]:
    """What every question of two workspaces takes, asked in turn: the machine is as busy for both.

    From the words that were typed to the message that answers them, as the bot does it.
    """
    took: tuple[dict[str, Took], dict[str, Took]] = ({}, {})
    for run in range(RUNS + WARMING):
        for held, workspace_id in zip(took, (few, many), strict=True):
            for one in QUESTIONS:
                begin, busy = time.perf_counter(), time.process_time()
                async with database.glance() as quick, database.read() as session:
                    await answered(
                        session,
                        workspace_id,
                        one.words,
                        now=NOW,
                        command="/nps",
                        in_channel=True,
                        quick=quick,
                    )
                if run >= WARMING:
                    of_one = held.setdefault(one.words, Took())
                    of_one.clock.append(time.perf_counter() - begin)
                    of_one.processor.append(time.process_time() - busy)
    return took


async def count_rows(database: Database, workspace_id: str) -> dict[str, float]:
    """Seconds of counting with SQL, over the raw answers, what the questions ask: the faster of two.

    Raises RuntimeError where it counts something else than what is kept.
    """
    return {
        one.words: min([await _counting(database, workspace_id, one) for _again in range(2)])
        for one in QUESTIONS
        if one.cells
    }


async def _counting(database: Database, workspace_id: str, one: Asked) -> float:
    took = 0.0
    async with database.read() as session:
        for cell in one.cells:
            for period in (YEAR,) if one.by else (YEAR, BEFORE):
                begin = time.perf_counter()
                counted: Any
                if one.by:
                    counted = await nps_deeper.by(session, workspace_id, one.by, cell, *period)
                else:
                    counted = await nps_deeper.counted(session, workspace_id, cell, *period)
                took += time.perf_counter() - begin
                kept: Any
                if one.by:
                    kept = await nps_counts.by(session, workspace_id, one.by, cell, *period)
                else:
                    kept = await nps_counts.total(session, workspace_id, cell, *period)
                if counted != kept:
                    raise RuntimeError(f"{one.words}: {kept} is kept, and there are {counted}")
    return took


def figures_of(
    few: Mapping[str, Took], many: Mapping[str, Took], rows: Mapping[str, float]
) -> dict[str, Any]:
    """Every question with its figures and whether they meet their targets; said to people as well."""
    figures: dict[str, Any] = {}
    for one in QUESTIONS:
        took, times = many[one.words], many[one.words].median_ms / few[one.words].median_ms
        meets = {"under_20_ms": took.median_ms < MOST_MS, "within_1.5_of_10000": times <= MOST_TIMES}
        found = {
            "kind": one.kind,
            "p50_ms": round(took.median_ms, 2),
            "p95_ms": round(percentile(took.clock, 0.95) * 1000, 2),
            "cpu_ms": round(statistics.median(took.processor) * 1000, 2),
            "p50_ms_at_10000": round(few[one.words].median_ms, 2),
            "times_that_at_10000": round(times, 2),
        }
        if one.words in rows:
            faster = rows[one.words] * 1000 / took.median_ms
            meets["500_times_faster_than_counting"] = faster >= LEAST_FASTER
            found |= {"counting_rows_ms": round(rows[one.words] * 1000), "times_faster": round(faster)}
        figures[one.words] = found | {"meets": meets}
        say(_line(one, found, meets))
    return figures


def _line(one: Asked, found: Mapping[str, Any], meets: Mapping[str, bool]) -> str:
    met = ["met" if good else "MISSED" for good in meets.values()]
    line = (
        f"  {one.kind:11} {one.words:29} {found['p50_ms']:7.2f} ms, {found['cpu_ms']:.2f} of the processor "
        f"(target {MOST_MS:.0f}: {met[0]}); {found['times_that_at_10000']:.2f} of that at 10,000 "
        f"({MOST_TIMES}: {met[1]})"
    )
    if "times_faster" in found:
        line += f"; {found['times_faster']:,} times faster than counting ({LEAST_FASTER:.0f}: {met[2]})"
    return line
