"""Are names found before they are published? On real talks with made-up identities planted into them.

    known       the customer's own name and company, given, in inserted sentences and in place of a speaker's
    otherwise   people, companies, towns, streets, addresses, numbers that nobody told us about
    alarms      on the talks as they are: flagged and not labelled as identifying, per 1,000 words

A planted identity is found when all its letters and digits are. The rules were made on the half called
"develop"; "report" is only reported, and has other talks, other names and other sentences. False alarms are
counted against tests/real/labels/identities.toml, where one reader marked what is identifying among all that
was flagged: what is flagged and not marked there counts as a false alarm. Names of tools, standards, products
and events of the talks' field are not identities unless somebody is said to work there. English only.

The talks are not part of the project: FIRSTHAND_DATA, or ../shared/data beside it.
"""

from __future__ import annotations

import os
import random
import time
import tomllib
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path

from benchmarks.planting import (
    HALVES,
    NOBODY,
    Passage,
    Planted,
    inserted,
    passages,
    replaced,
    stock_of,
    talks_of,
)
from benchmarks.reporting import conclude, percentile, say
from stories.identities import find
from stories.names import NamesOf

ROOT = Path(__file__).resolve().parent.parent
DATA = Path(os.environ.get("FIRSTHAND_DATA", ROOT.parent / "shared" / "data")) / "interviews" / "otel"
LABELS = ROOT / "tests" / "real" / "labels" / "identities.toml"
SEED = 3
Finder = Callable[[str, NamesOf], Iterable[tuple[int, int]]]
Spans = frozenset[tuple[str, int, int, int]]


def ours(text: str, known: NamesOf) -> Iterable[tuple[int, int]]:
    """Where `stories.identities.find` finds something."""
    return [(found.start, found.end) for found in find(text, known=known)]


def planted_in(half: str, *, known: bool) -> list[Planted]:
    """Every passage of a half with identities in new sentences, and with a speaker called otherwise."""
    chance, stock = random.Random(SEED), stock_of(half)
    planted: list[Planted] = []
    for path in talks_of(DATA, half):
        for passage in passages(path):
            planted.append(inserted(passage, stock, chance, known=known))
            other = replaced(passage, stock, chance, known=known)
            planted += [other] if other else []
    return planted


def recall(planted: Iterable[Planted], finder: Finder) -> dict[str, dict[str, float]]:
    """By kind: how many were planted and the share that was found, "all" at the end."""
    there: Counter[str] = Counter()
    seen: Counter[str] = Counter()
    for one in planted:
        spans = list(finder(one.text, one.known))
        for kind, start, end in one.spots:
            there[kind] += 1
            seen[kind] += _covered(one.text, start, end, spans)
    kinds = {kind: {"planted": there[kind], "found": round(seen[kind] / there[kind], 3)} for kind in there}
    total = {"planted": there.total(), "found": round(seen.total() / max(1, there.total()), 3)}
    return {**dict(sorted(kinds.items())), "all": total}


def _covered(text: str, start: int, end: int, spans: list[tuple[int, int]]) -> bool:
    return all(
        any(begin <= at < stop for begin, stop in spans) for at in range(start, end) if text[at].isalnum()
    )


def labels() -> Spans:
    """What was marked as identifying: talk, line, first and last column."""
    talks = tomllib.loads(LABELS.read_text("utf-8")).get("talk", []) if LABELS.is_file() else []
    return frozenset((talk["stamp"], *span) for talk in talks for span in talk["identifying"])


def alarms(half: str, marked: Spans) -> tuple[int, list[tuple[Passage, int, int]], int]:
    """Words read, the false alarms, and how many were right."""
    words, false, right = 0, [], 0
    for path in talks_of(DATA, half):
        for passage in passages(path):
            words += len(passage.text.split())
            for start, end in ours(passage.text, NOBODY):
                if spanned(passage, start, end) in marked:
                    right += 1
                else:
                    false.append((passage, start, end))
    return words, false, right


def spanned(passage: Passage, start: int, end: int) -> tuple[str, int, int, int]:
    """A flagged span as it is labelled: talk, line, first and last column."""
    line, column = passage.place(start)
    return passage.stamp, line, column, column + end - start


def _milliseconds(half: str) -> dict[str, float]:
    took = []
    for path in talks_of(DATA, half):
        for passage in passages(path):
            begin = time.perf_counter()
            find(passage.text, known=NOBODY)
            took.append((time.perf_counter() - begin) * 1000)
    return {"p50_ms": round(percentile(took, 0.5), 2), "p99_ms": round(percentile(took, 0.99), 2)}


def _figures(half: str, marked: Spans) -> dict[str, object]:
    words, false, right = alarms(half, marked)
    figures = {
        "known": recall(planted_in(half, known=True), ours),
        "otherwise": recall(planted_in(half, known=False), ours),
        "words": words,
        "flagged": right + len(false),
        "false_alarms_per_1000_words": round(1000 * len(false) / words, 2),
    }
    for name in ("known", "otherwise"):
        kinds = "   ".join(f"{kind} {v['found']:.3f} of {v['planted']}" for kind, v in figures[name].items())  # type: ignore[attr-defined]  # both are recalls
        say(f"{half:8} {name:9} {kinds}")
    say(
        f"{half:8} alarms    {right + len(false)} flagged in {words:,} words, {len(false)} of them wrongly: "
        f"{1000 * len(false) / words:.2f} per 1,000 words"
    )
    return figures


def main() -> None:
    """Print both halves, and the time for a passage."""
    if not DATA.is_dir():
        say(f"Skipped: no real talks at {DATA}. Set FIRSTHAND_DATA to the folder that has interviews/otel.")
        conclude({"skipped": f"no {DATA}"})
        return
    marked = labels()
    figures: dict[str, object] = {half: _figures(half, marked) for half in HALVES}
    conclude({"language": "en", **figures, "per_250_words": _milliseconds("report")})


if __name__ == "__main__":
    main()
