"""What is known of an understood question, gathered under the rules on small groups."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial

from sqlalchemy.ext.asyncio import AsyncSession

from bot.nps.facts import Facts, Group, Point, Row, ledger_of
from bot.nps.ledger import Ledger, shown
from storage import nps_deeper
from storage.nps_deeper import Verbatim
from stories.nps.counts import Band, Counts
from stories.nps.grammar import Cell, Kind, Question
from stories.nps.periods import Period, Unit, buckets, previous
from stories.nps.showing import with_segment

MOST_VALUES = 20
"""Rows of a breakdown that are shown, the largest groups first."""

MOST_POINTS = 20
"""Buckets of a trend: what a native chart holds."""

VOICES, ALL_VOICES = 1, 6
"""Comments on the first screen, and those behind *Show working*."""


async def gather(
    session: AsyncSession,
    workspace_id: str,
    facts: Facts,
    *,
    working: bool = False,
    quick: AsyncSession | None = None,
) -> Facts:
    """The same question with what may be shown of its answer; `working` adds a trend and more comments.

    `quick` is a session in which prepared statements cost less, where there is one.
    """
    ledger, question = ledger_of(session, workspace_id, facts, quick), facts.question
    await _fetch(ledger, facts, working=working)
    compared = working or question.kind is not Kind.BREAKDOWN
    groups = [await _group(ledger, cell, question.period, compared=compared) for cell in question.sides]
    known = replace(facts, groups=tuple(groups))
    if question.kind is Kind.BREAKDOWN and question.breakdown:
        known = await _broken_down(ledger, known, question.breakdown)
    elif question.kind is Kind.TREND:
        unit = question.unit or Unit.MONTH
        question = replace(question, period=_up_to(question.period, groups[0]))
        many = sum(1 for _span in buckets(question.period, unit, ledger.fiscal))
        points = await _points(ledger, question, unit)
        known = replace(known, points=points, cut_short=many > MOST_POINTS)
    elif working:
        known = replace(known, points=await _clearest_points(ledger, question))
    most = ALL_VOICES if working or question.kind is Kind.VERBATIMS else VOICES
    return replace(known, voices=await _voices(quick or session, workspace_id, known, most))


async def _fetch(ledger: Ledger, facts: Facts, *, working: bool) -> None:
    """What the question is going to look at, in one or two statements."""
    question, sides = facts.question, facts.question.sides
    cells = [*sides, *_values_of(facts)]
    if working or question.kind is Kind.TREND:
        await ledger.look_around(cells)
        return
    await ledger.look_at(cells)
    part = await ledger.decide(lambda showing: showing.part(sides[0], question.period))
    asked = previous(part, ledger.fiscal) if part else None
    asked = None if question.kind is Kind.BREAKDOWN else asked
    before = await ledger.decide(lambda showing: showing.part(sides[0], asked)) if asked else None
    if part:
        await ledger.foresee(cells, part, before)


async def _group(ledger: Ledger, cell: Cell, asked: Period, *, compared: bool) -> Group:
    part = await ledger.decide(partial(shown, cell, asked))
    if part is None:
        return Group(cell=cell)
    group = Group(cell=cell, period=part, counts=ledger.fetched.counts(cell, part))
    before = previous(part, ledger.fiscal) if compared else None
    allowed = await ledger.decide(partial(shown, cell, before)) if before else None
    if allowed is None:
        return group
    return replace(group, before=ledger.fetched.counts(cell, allowed), before_period=allowed)


def _without(cell: Cell, name: str) -> Cell:
    return tuple(segment for segment in cell if segment[0] != name)


def _values_of(facts: Facts) -> Iterator[Cell]:
    """The cells that a breakdown shows."""
    name = facts.question.breakdown
    for value in facts.vocabulary.segments.get(name, ()) if name else ():
        yield with_segment(_without(facts.question.sides[0], name or ""), name or "", value)


async def _broken_down(ledger: Ledger, known: Facts, name: str) -> Facts:
    """The same with a row for each value of a property, the largest first, and one for everybody else."""
    whole = known.groups[0]
    if whole.period is None:
        return known
    rest = _without(whole.cell, name)
    values = known.vocabulary.segments.get(name, ())
    asked = whole.period
    decided = await ledger.decide(lambda showing: showing.breakdown(whole.cell, name, asked, tuple(values)))
    if decided is None:
        return known
    part, shown = decided
    counts = {value: ledger.fetched.counts(with_segment(rest, name, value), part) for value in shown}
    largest = sorted(
        (value for value in shown if counts[value].n), key=lambda value: (-counts[value].n, value)
    )
    rows = [Row(value=value, counts=counts[value]) for value in largest[:MOST_VALUES]]
    if rest == whole.cell:
        rows += _everybody_else(ledger.fetched.counts(rest, part), rows)
    some = await ledger.decide(lambda showing: showing.ledger.values(rest, name, part))
    # Those that are not shown stand in alphabetical order: by size it would tell too much.
    rows += [
        Row(value=value, counts=None)
        for value in sorted(some.keys() - shown)[: max(0, MOST_VALUES - len(rows))]
    ]
    group = replace(whole, period=part, counts=ledger.fetched.counts(whole.cell, part))
    return replace(known, groups=(group,), rows=tuple(rows))


def _everybody_else(everybody: Counts, rows: Sequence[Row]) -> list[Row]:
    """All who are in none of these rows: the rules see to it that these are nobody or enough."""
    told = sum((row.counts for row in rows if row.counts), Counts())
    left = Counts(
        promoters=everybody.promoters - told.promoters,
        passives=everybody.passives - told.passives,
        detractors=everybody.detractors - told.detractors,
    )
    return [Row(value="", counts=left)] if rows and left.n else []


def _up_to(period: Period, group: Group) -> Period:
    """The period up to where it may be shown: a chart holds the latest points of that."""
    if group.period is None or group.period.last >= period.last:
        return period
    return replace(period, last=group.period.last)


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
    if group is None or group.period is None or not facts.known.speaking:
        return ()
    return await nps_deeper.verbatims(
        session,
        workspace_id,
        dict(group.cell),
        group.period.first,
        group.period.last,
        bands=facts.question.bands or tuple(Band),
        languages=facts.question.languages,
        most=most,
        known=facts.known,
    )
