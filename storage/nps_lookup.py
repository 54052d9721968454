"""All that a question has to know beside counts, in one statement: who asks waits for each one.

Settings, segments, figures, sources and the days that answers are from are rows of one list: what they are,
five texts and three numbers.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import field
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    Text,
    and_,
    bindparam,
    case,
    cast,
    func,
    null,
    select,
    union_all,
)
from sqlalchemy.ext.asyncio import AsyncSession

from storage.nps_segments import ALL
from storage.nps_settings import NpsSettings
from storage.nps_words import Words, words_of
from storage.prepared import Prepared
from storage.rows import run, table_of
from storage.tables_nps import NpsDayRow, NpsPropertyRow, NpsSegmentRow, NpsSettingsRow, NpsSourceRow
from storage.tables_nps_watch import NpsFigureRow
from stories.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Lookup:
    """What is known of a workspace's NPS. `covered` are the first and last day on which anybody answered.

    `sources` are their names by id; `counted` and `speaking` are the ids of those whose scores count and of
    those whose comments may be shown.
    """

    settings: NpsSettings = field(default_factory=NpsSettings)
    words: Words
    figures: tuple[str, ...] = ()
    sources: Mapping[int, str] = field(default_factory=dict)
    counted: frozenset[int] = frozenset()
    speaking: frozenset[int] = frozenset()
    covered: tuple[date, date] | None = None


async def look_up(session: AsyncSession, workspace_id: str) -> Lookup:
    """Everything of one workspace; the settings of the start where it has set none."""
    found: dict[str, list[Any]] = defaultdict(list)
    for row in await run(session, _everything(), {"workspace": workspace_id}):
        found[row[0]].append(row[1:])
    settings = [
        NpsSettings(time_zone=a, year_begins=n, smallest_group=m) for a, *_, n, m in found["settings"]
    ]
    days = [(date.fromisoformat(a), date.fromisoformat(b)) for a, b, *_ in found["days"] if a and b]
    return Lookup(
        settings=settings[0] if settings else NpsSettings(),
        words=words_of((a, b, c, d, n) for a, b, c, d, n, _ in found["word"]),
        figures=tuple(sorted(a for a, *_ in found["figure"])),
        sources={n: a for a, *_, n, _ in found["source"]},
        counted=_marked(found["source"], "counted"),
        speaking=_marked(found["source"], "speaking"),
        covered=(min(days)[0], max(last for _first, last in days)) if days else None,
    )


def _marked(sources: Iterable[Any], mark: str) -> frozenset[int]:
    return frozenset(n for _a, *marks, n, _ in sources if mark in marks)


def _row(what: str, *texts: Any, numbers: tuple[Any, ...] = ()) -> Any:
    """A row of the list: what is not given stands empty."""
    told = [what, *texts, *[null()] * (4 - len(texts))]
    counts = [*numbers, *[null()] * (2 - len(numbers))]
    return select(
        *(cast(one, Text).label(name) for name, one in zip(("what", *"abcd"), told, strict=True)),
        *(cast(one, BigInteger).label(name) for name, one in zip("nm", counts, strict=True)),
    )


@cache
def _everything() -> Prepared:
    own: Any = bindparam("workspace")
    s, p, v = table_of(NpsSettingsRow).c, table_of(NpsPropertyRow).c, table_of(NpsSegmentRow).c
    o, f, d = table_of(NpsSourceRow).c, table_of(NpsFigureRow).c, table_of(NpsDayRow).c
    of_property = and_(v.workspace_id == p.workspace_id, v.property_id == p.id)
    marks = [case((o.counted, "counted")), case((o.verbatims_shared, "speaking"))]
    # By source, so that each end is one step into the index whatever lies between them.
    days = [
        select(end(d.day))
        .where(d.workspace_id == own, d.source_id == o.id, d.cell == ALL)
        .correlate(table_of(NpsSourceRow))
        .scalar_subquery()
        for end in (func.min, func.max)
    ]
    rows = (
        _row("settings", s.time_zone, numbers=(s.year_begins, s.smallest_group)).where(s.workspace_id == own),
        _row("word", p.name, p.folded, v.value, v.folded, numbers=(v.id,))
        .join_from(table_of(NpsSegmentRow), table_of(NpsPropertyRow), of_property)
        .where(p.workspace_id == own, p.refused == ""),
        _row("figure", f.figure).where(f.workspace_id == own).distinct(),
        _row("source", o.name, *marks, numbers=(o.id,)).where(o.workspace_id == own),
        _row("days", *days).select_from(table_of(NpsSourceRow)).where(o.workspace_id == own, o.counted),
    )
    return Prepared(union_all(*rows))
