"""Does search find the right passage, and how long does it take among many texts?

    python -m benchmarks.search                         quality, and time among 100,000 texts on SQLite
    python -m benchmarks.search --many 1000000          the same among a million
    python -m benchmarks.search --database postgresql   on PostgreSQL
    python -m benchmarks.search --only quality          without the time (or: speed)
    python -m benchmarks.search --only speed --at sqlite:////tmp/s.sqlite3
                                                        in a database that stays, and is measured again (or:
                                                        --at postgresql://…); what holds texts is not planted

Quality is measured with the product's own statements and ranking on pointed questions about real meetings
(QMSum, the parts on which nothing was chosen), each asked of the passages of all of them:

    MRR@10   the mean of one over the place of the first right passage among ten
    hit@5    the share of questions with a right passage among five

The baseline, full text alone, is measured beside it: the same index, any of the question's words, best BM25
first. Time is that of a whole search, from words to what the asker may see: three texts in ten are of
conversations, told with and without a name or not at all, the others comments. Of processors it is what
ours and the database's worked. Ten million additions before and after tell how fast the machine was just
then. The meetings are not part of the project: FIRSTHAND_DATA, or ../shared/data beside it.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from benchmarks.machine import pace
from benchmarks.reporting import conclude, milliseconds, percentile, say
from benchmarks.search_house import House, ask, house, put_history, put_passages, server_seconds
from benchmarks.search_passages import Asked, asked, turns
from bot.search import EVERYTHING, find
from stories.search.asking import Narrowed
from stories.search.encoders import LARGE, NONE, SMALL, EncoderMissing, encoder
from tests.postgres import fresh_postgres

ROOT = Path(__file__).resolve().parent.parent
DATA = Path(os.environ.get("FIRSTHAND_DATA", ROOT.parent / "shared" / "data")) / "search" / "qmsum.tar.gz"

QUERIES = (
    "battery life",
    "remote control",
    "curriculum",
    "why do children leave school",
    "what was said about noise",
    "budget of the project",
    "microphone",
    "teachers",
    "how do we evaluate the recogniser",
    "vaccine",
    "the design of the buttons",
    "funding for mental health",
    "speech",
    "interface colours",
    "meeting",
)
NARROWED = (
    Narrowed(segment="large"),
    Narrowed(when="quarter"),
    Narrowed(band="detractor"),
    Narrowed(kind="quote"),
    Narrowed(kind="story"),
    Narrowed(theme="theme 3"),
    Narrowed(consent="with_name"),
    Narrowed(when="month", segment="small"),
)
ROUNDS = 4
ASKER = "U7"

MOST_MS = {100_000: 50, 1_000_000: 200}
"""The targets by how many texts there are, in milliseconds."""

LEAST = {SMALL: 0.354, LARGE: 0.381}
"""The targets for MRR@10 with each encoder."""


async def quality(place: House, material: Asked) -> dict[str, dict[str, float]]:
    """The figures of full text alone and of each encoder that is installed."""
    await put_passages(place, material.passages)
    found = {"full_text": await _figures(place, material, NONE, alone=True)}
    for name in (SMALL, LARGE):
        try:
            encoder(name)
        except EncoderMissing as missing:
            say(f"{name}: not measured. {missing}")
            continue
        await place.glean(name)
        found[name] = await _figures(place, material, name)
    for name, figures in found.items():
        line = f"{name:10} " + "  ".join(f"{what} {value:.3f}" for what, value in figures.items())
        if name in LEAST:
            line += f"  (target {LEAST[name]}: {_met(figures['mrr_at_10'] >= LEAST[name])})"
        say(line)
    return found


def _met(good: bool) -> str:
    return "met" if good else "MISSED"


async def _figures(place: House, material: Asked, name: str, *, alone: bool = False) -> dict[str, float]:
    reciprocal, hits = [], []
    for question, right in material.questions:
        ranked = await ask(place, question, name, alone=alone)
        first = next((rank for rank, one in enumerate(ranked[:10], 1) if one in right), 0)
        reciprocal.append(1 / first if first else 0.0)
        hits.append(0 < first <= 5)
    return {"mrr_at_10": round(statistics.fmean(reciprocal), 4), "hit_at_5": round(sum(hits) / len(hits), 4)}


async def speed(place: House, said: list[str], many: int) -> dict[str, dict[str, float]]:
    """How long a whole search takes among so many texts, once its process has read what it holds."""
    await put_history(place, said, many)
    paces = [_paced("before")]
    begun = time.perf_counter()
    await place.desk.shelves.fill(place.desk.database, place.workspace, SMALL, place.desk.now())
    say(f"signs of {place.desk.shelves.held(place.workspace):,} texts read in {_since(begun):.0f} ms")
    jobs = {"plain": [(query, EVERYTHING) for query in QUERIES]}
    turns_of = zip(QUERIES * 2, NARROWED * len(QUERIES), strict=False)
    jobs["narrowed"] = list(turns_of)
    found = {name: await _timed(place, some) for name, some in jobs.items()}
    paces.append(_paced("after"))
    for name, figures in found.items():
        line = f"{many:,} texts, {name}: p50 {figures['p50_ms']} ms, p95 {figures['p95_ms']} ms"
        if many in MOST_MS:
            line += f" (target for p95 {MOST_MS[many]} ms: {_met(figures['p95_ms'] <= MOST_MS[many])})"
        say(line)
        say(f"   of processors: p50 {figures['processor_p50_ms']}, p95 {figures['processor_p95_ms']} ms")
    return {**found, "machine_before": paces[0], "machine_after": paces[1]}


def _paced(when: str) -> dict[str, float]:
    found = pace()
    clock, worked = found["additions_s"], found["additions_processor_s"]
    say(f"{when}: ten million additions take {clock} s, {worked} s of a processor")
    return found


async def _timed(place: House, jobs: Sequence[tuple[str, Narrowed]]) -> dict[str, float]:
    taken, worked, numbers = [], [], []
    for query, narrowed in jobs:
        # What everybody's first search waits for is no part of it: connections, statements, the encoder.
        await find(place.desk, place.workspace, ASKER, query, narrowed)
    for query, narrowed in [*jobs] * ROUNDS:
        server = await server_seconds(place.desk.database)
        before, begun = time.process_time(), time.perf_counter()
        answer = await find(place.desk, place.workspace, ASKER, query, narrowed)
        taken.append(time.perf_counter() - begun)
        worked.append(time.process_time() - before)
        worked[-1] += await server_seconds(place.desk.database) - server
        numbers.append(len(answer.results))
    figures = milliseconds(taken) | {"results": round(statistics.fmean(numbers), 1)}
    figures["p95_ms"] = round(percentile(taken, 0.95) * 1000, 1)
    # On a machine that others use as well, the processors' time says more than the clock.
    figures["processor_p50_ms"] = round(percentile(worked, 0.5) * 1000, 1)
    figures["processor_p95_ms"] = round(percentile(worked, 0.95) * 1000, 1)
    return figures


def _since(begun: float) -> float:
    return (time.perf_counter() - begun) * 1000


async def measure(own: str, lasting: str, *, many: int, only: str) -> dict[str, Any]:
    """Quality on a fresh database of its `own`, speed on one that may be there from another time."""
    figures: dict[str, Any] = {"texts": many, "database": lasting.split(":", 1)[0]}
    if only != "speed":
        async with house(own) as place:
            figures |= await quality(place, asked(DATA))
    if only != "quality":
        async with house(lasting) as place:
            figures["whole_search"] = await speed(place, turns(DATA), many)
    return figures


def _fresh(stack: ExitStack, database: str) -> str:
    """The address of an empty database that goes with the stack."""
    if database == "postgresql":
        return stack.enter_context(fresh_postgres())
    return f"sqlite:///{stack.enter_context(tempfile.TemporaryDirectory())}/s.sqlite3"


def main() -> None:
    """Print the figures; the last line is one JSON object."""
    parser = argparse.ArgumentParser(description="Search: quality and time.")
    parser.add_argument("--many", type=int, default=100_000)
    parser.add_argument("--database", choices=["sqlite", "postgresql"], default="sqlite")
    parser.add_argument("--only", choices=["quality", "speed", ""], default="")
    parser.add_argument("--at", default="", metavar="URL", help="measure speed on this database, which stays")
    given = parser.parse_args()
    if not DATA.is_file():
        sys.exit(f"no questions at {DATA}: set FIRSTHAND_DATA")
    with ExitStack() as stack:
        own, lasting = _fresh(stack, given.database), given.at or _fresh(stack, given.database)
        conclude(asyncio.run(measure(own, lasting, many=given.many, only=given.only)))


if __name__ == "__main__":
    main()
