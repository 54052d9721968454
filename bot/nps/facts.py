"""Everything that an answer about NPS is made of, gathered under the rules on small groups."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import partial
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from bot.nps.ledger import Ledger, is_deep, shown
from storage import nps_counts, nps_deeper, nps_figures, nps_settings, nps_sources
from storage.nps_deeper import Verbatim
from storage.nps_settings import NpsSettings
from stories.nps.change import Change, compare
from stories.nps.counts import Band, Counts
from stories.nps.grammar import Cell, Kind, Question, Vocabulary, parse, said_back
from stories.nps.periods import Calendar, Period, Unit, buckets, previous
from stories.nps.showing import with_segment

MOST_VALUES = 20
"""Rows of a breakdown that are shown, the largest groups first."""

MOST_POINTS = 20
"""Buckets of a trend: what a native chart holds."""

VOICES, ALL_VOICES = 1, 6
"""Comments on the first screen, and those behind *Show working*."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """One group of people. `period` is the part of what was asked that may be shown; None when nothing may.

    `before` are the counts of `before_period`, what may be shown of the period before; `change` is measured
    against them.
    """

    cell: Cell
    period: Period | None = None
    counts: Counts | None = None
    before: Counts | None = None
    before_period: Period | None = None

    @property
    def deep(self) -> bool:
        """Whether it had to be counted from the answers themselves."""
        return is_deep(self.cell)

    @property
    def change(self) -> Change | None:
        """How the score moved since the period before; None where there is nothing to compare with."""
        return compare(self.before, self.counts) if self.before and self.counts else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One value of a breakdown; `counts` None when the group is too small to be shown."""

    value: str
    counts: Counts | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One bucket of a trend; `counts` None when it has too few answers to be shown."""

    period: Period
    counts: Counts | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What was understood and what is known about it. `said` means the same when it is typed again.

    `covered` are the first and last day on which anybody answered; None before the first answer. `sources`
    are the names of the sources by id; `comments_shared` is whether any of them lets its comments be shown.
    `cut_short` is whether a trend has more buckets than a chart holds.
    """

    question: Question
    said: str
    today: date
    settings: NpsSettings
    vocabulary: Vocabulary
    covered: tuple[date, date] | None
    groups: tuple[Group, ...] = ()
    rows: tuple[Row, ...] = ()
    points: tuple[Point, ...] = ()
    voices: tuple[Verbatim, ...] = ()
    sources: Mapping[int, str] = field(default_factory=dict)
    comments_shared: bool = False
    cut_short: bool = False


async def understand(session: AsyncSession, workspace_id: str, words: str, now: datetime) -> Facts:
    """The question in these words, with nothing counted yet."""
    settings = await nps_settings.get(session, workspace_id)
    today = now.astimezone(ZoneInfo(settings.time_zone)).date()
    figures = await nps_figures.names(session, workspace_id)
    vocabulary = Vocabulary(await nps_counts.vocabulary(session, workspace_id), figures)
    fiscal = Calendar(fiscal_start=settings.year_begins)
    question = parse(words, vocabulary, today, fiscal)
    sources = await nps_sources.every(session, workspace_id)
    return Facts(
        question=question,
        said=said_back(question, vocabulary, today, fiscal),
        today=today,
        settings=settings,
        vocabulary=vocabulary,
        covered=await nps_counts.days_covered(session, workspace_id),
        sources={source.id: source.name for source in sources},
        comments_shared=any(source.verbatims_shared for source in sources),
    )


async def gather(session: AsyncSession, workspace_id: str, facts: Facts, *, working: bool = False) -> Facts:
    """The same question with what may be shown of its answer; `working` adds a trend and more comments."""
    ledger = Ledger(
        session, workspace_id, facts.today, fiscal_of(facts), fewest=facts.settings.smallest_group
    )
    question = facts.question
    groups = [await _group(ledger, cell, question.period) for cell in question.sides]
    known = replace(facts, groups=tuple(groups))
    if question.kind is Kind.BREAKDOWN and question.breakdown:
        known = replace(known, rows=await _rows(ledger, groups[0], question.breakdown))
    elif question.kind is Kind.TREND:
        unit = question.unit or Unit.MONTH
        many = sum(1 for _span in buckets(question.period, unit, ledger.fiscal))
        points = await _points(ledger, question, unit)
        known = replace(known, points=points, cut_short=many > MOST_POINTS)
    elif working:
        known = replace(known, points=await _clearest_points(ledger, question))
    most = ALL_VOICES if working or question.kind is Kind.VERBATIMS else VOICES
    return replace(known, voices=await _voices(session, workspace_id, known, most))


def fiscal_of(facts: Facts) -> Calendar:
    """How the workspace divides its year."""
    return Calendar(fiscal_start=facts.settings.year_begins)


async def _group(ledger: Ledger, cell: Cell, asked: Period) -> Group:
    part = await ledger.decide(partial(shown, cell, asked))
    if part is None:
        return Group(cell=cell)
    group = Group(cell=cell, period=part, counts=ledger.fetched.counts(cell, part))
    before = previous(part, ledger.fiscal)
    allowed = await ledger.decide(partial(shown, cell, before)) if before else None
    if allowed is None:
        return group
    return replace(group, before=ledger.fetched.counts(cell, allowed), before_period=allowed)


async def _rows(ledger: Ledger, whole: Group, name: str) -> tuple[Row, ...]:
    if whole.period is None:
        return ()
    period = whole.period
    rest = tuple(segment for segment in whole.cell if segment[0] != name)
    values = await ledger.by(name, rest, period)
    await ledger.days([with_segment(rest, name, value) for value in values])
    decided = await ledger.decide(lambda showing: showing.breakdown(whole.cell, name, period))
    shown = decided[1] if decided and decided[0] == period else frozenset()
    ordered = sorted(
        values, key=lambda value: (value not in shown, -_open(values[value], value in shown), value)
    )
    return tuple(
        Row(value=value, counts=values[value] if value in shown else None) for value in ordered[:MOST_VALUES]
    )


def _open(counts: Counts, shown: bool) -> int:
    # Those that are not shown stand in alphabetical order: by size it would tell too much.
    return counts.n if shown else 0


async def _points(ledger: Ledger, question: Question, unit: Unit) -> tuple[Point, ...]:
    cell = question.sides[0]
    spans = list(buckets(question.period, unit, ledger.fiscal))[-MOST_POINTS:]
    points = []
    for span in spans:
        allowed = await ledger.decide(partial(shown, cell, span))
        counts = ledger.fetched.counts(cell, span) if allowed == span else None
        points.append(Point(period=span, counts=counts if counts and counts.n else None))
    return tuple(points)


async def _clearest_points(ledger: Ledger, question: Question) -> tuple[Point, ...]:
    """The finest cut of the period of which at least half may be shown."""
    for unit in (Unit.WEEK, Unit.MONTH, Unit.QUARTER, Unit.YEAR):
        if sum(1 for _span in buckets(question.period, unit, ledger.fiscal)) > MOST_POINTS:
            continue
        points = await _points(ledger, question, unit)
        known = sum(point.counts is not None for point in points)
        if known >= 2 and 2 * known >= len(points):
            return points
    return ()


async def _voices(session: AsyncSession, workspace_id: str, facts: Facts, most: int) -> tuple[Verbatim, ...]:
    """The newest comments of the first group that may be shown: none of a group that may not."""
    group = next((group for group in facts.groups if group.period), None)
    if group is None or group.period is None:
        return ()
    return await nps_deeper.verbatims(
        session,
        workspace_id,
        dict(group.cell),
        group.period.first,
        group.period.last,
        bands=facts.question.bands or tuple(Band),
        most=most,
    )
