"""NPS in plain words: scores, groups, periods, and what a change means."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from bot.messages.dates import day
from stories import speaking
from stories.language import _, ngettext
from stories.nps.change import Change, Verdict, needed
from stories.nps.counts import Band, Counts, margin, score, shares
from stories.nps.grammar import Cell
from stories.nps.periods import Period, Unit

SIGHT = 10
"""The move, in points, for which we say how many answers it takes to see it."""

ROOMY: Final = 12
"""Buckets of a chart beside each other that have room for a month with its year."""

_JOINER: Final = "\u2060"


def points(value: float) -> str:
    """A score or a difference, always with its sign: "+32", "−4", "0"."""
    whole = round(value)
    return f"+{whole}" if whole > 0 else str(whole).replace("-", "−")


def scored(counts: Counts) -> str:
    """A score with its uncertainty: "+32 ± 6"; "no answers" where there are none."""
    value, around = score(counts), margin(counts)
    if value is None or around is None:
        return _("no answers")
    return f"{points(value)} ± {max(1, round(around))}"


def answers(counts: Counts) -> str:
    """How many answers: "412 answers"."""
    return ngettext("{number} answer", "{number} answers", counts.n).format(number=speaking.number(counts.n))


def group(cell: Cell) -> str:
    """The name of a group: its values, or everybody."""
    return " · ".join(value for _name, value in cell) or _("everybody")


def span(period: Period) -> str:
    """A period's days: "1 July to 30 September 2026"."""
    if period.first == period.last:
        return day(period.first)
    return _("{first} to {last}").format(first=day(period.first), last=day(period.last))


def bucket(period: Period) -> str:
    """A bucket of a trend, as short as it can be on a chart of twenty: "29 Sep", "Sep ’26", "2026"."""
    first = period.first
    if period.unit not in {Unit.YEAR, Unit.QUARTER, Unit.MONTH}:
        return _("{day} {month}").format(day=first.day, month=_month(first))
    if period.unit is Unit.YEAR and first.month == 1:
        return str(first.year)
    return _("{month} ’{year}").format(month=_month(first), year=f"{first.year % 100:02}")


def beside_each_other(periods: Sequence[Period]) -> list[str]:
    """The labels of a chart's buckets, oldest first, each another one, as short as their number asks for.

    More than ROOMY would overlap: then a year stands where it begins, a month where its first week does, and
    the others say their month or their day alone. Those alike differ by an invisible joiner.
    """
    if len(periods) <= ROOMY:
        return [bucket(one) for one in periods]
    found: list[str] = []
    for place, one in enumerate(periods):
        before = periods[place - 1].first if place else None
        label = _short(one, before)
        found.append(label + _JOINER * sum(known.rstrip(_JOINER) == label for known in found))
    return found


def _short(period: Period, before: date | None) -> str:
    first = period.first
    if period.unit is Unit.YEAR:
        return bucket(period)
    if period.unit not in {Unit.QUARTER, Unit.MONTH}:
        new = before is None or (before.year, before.month) != (first.year, first.month)
        return _month(first) if new else str(first.day)
    return str(first.year) if before is not None and before.year != first.year else _month(first)


def moved(change: Change) -> str:
    """A sentence on a change since the period before."""
    said = {
        Verdict.UP: _("Up {points} points on the period before ({before}): more than noise."),
        Verdict.DOWN: _("Down {points} points on the period before ({before}): more than noise."),
        Verdict.NOISE: _("{points} points on the period before ({before}): no more than noise."),
        Verdict.TOO_FEW: _("The period before was {before}: too few answers to say whether it moved."),
    }[change.verdict]
    signed = change.verdict is Verdict.NOISE
    return said.format(
        points=points(change.difference) if signed else abs(round(change.difference)),
        before=scored(change.before),
    )


def plainly(counts: Counts) -> str:
    """What the score means: "Of 100 people, 48 would recommend us warmly and 16 would not."."""
    found = shares(counts)
    if found is None:
        return _("Nobody answered.")
    return _("Of 100 people, {promoters} would recommend us warmly and {detractors} would not.").format(
        promoters=round(100 * found.promoters), detractors=round(100 * found.detractors)
    )


def between(change: Change) -> str:
    """Where the true change lies: "The true change lies between +2 and +14."."""
    return _("The true change most likely lies between {low} and {high} points.").format(
        low=points(change.low), high=points(change.high)
    )


def since(first: str, latest: str, change: Change) -> str:
    """A sentence on the two ends of a trend, each named by its bucket."""
    if not change.real:
        return _("{first} to {latest}: {points} points, no more than noise between these two.").format(
            first=first, latest=latest, points=points(change.difference)
        )
    return _("{first} to {latest}: {points} points, more than noise.").format(
        first=first, latest=latest, points=points(change.difference)
    )


def apart(one: Cell, other: Cell, change: Change) -> str:
    """A sentence on two groups side by side; `change` is the first less the second."""
    if not change.real:
        return _("{one} and {other} differ by {points} points: no more than noise.").format(
            one=group(one), other=group(other), points=abs(round(change.difference))
        )
    above, below = (one, other) if change.adjusted > 0 else (other, one)
    return _("{above} is {points} points above {below}: more than noise.").format(
        above=group(above), below=group(below), points=abs(round(change.difference))
    )


def share_line(counts: Counts) -> str:
    """The three shares: "48 % promoters · 36 % passives · 16 % detractors"."""
    found = shares(counts)
    if found is None:
        return _("no answers")
    return _("{promoters} % promoters · {passives} % passives · {detractors} % detractors").format(
        promoters=round(100 * found.promoters),
        passives=round(100 * found.passives),
        detractors=round(100 * found.detractors),
    )


def enough(counts: Counts) -> str:
    """How many answers it takes to see a move of ten points, when there are fewer."""
    mix = shares(counts)
    wanted = needed(SIGHT, mix) if mix and mix.promoters + mix.detractors > 0 else needed(SIGHT)
    if counts.n >= wanted:
        return _("That is enough answers to see a move of {points} points.").format(points=SIGHT)
    return _("To see a move of {points} points, each period needs about {number} answers.").format(
        points=SIGHT, number=speaking.number(wanted)
    )


def band(value: Band) -> str:
    """The name of a band, in the plural."""
    return {
        Band.PROMOTER: _("promoters"),
        Band.PASSIVE: _("passives"),
        Band.DETRACTOR: _("detractors"),
    }[value]


def band_of_one(value: Band) -> str:
    """The name of a band, for one person."""
    return {
        Band.PROMOTER: _("promoter"),
        Band.PASSIVE: _("passive"),
        Band.DETRACTOR: _("detractor"),
    }[value]


def _month(when: date) -> str:
    names = _("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec").split()
    return names[when.month - 1]
