"""The chart under an answer about worth: two lines over time, or how close the link is at each delay."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import fmean, pstdev

from bot.messages import nps_figures as figures
from bot.messages import nps_words as words
from bot.messages.blocks import Block
from bot.nps.worth import Worth
from stories.language import _, ngettext
from stories.nps.periods import Period, Unit
from stories.nps.worth import Association

MOST_POINTS = 20


def chart(worth: Worth) -> Block | None:
    """What is drawn: of one series both lines, of many segments the correlation at each delay."""
    if worth.property_name and isinstance(worth.found, Association):
        return _by_delay(worth, worth.found)
    return _over_time(worth)


def _by_delay(worth: Worth, found: Association) -> Block:
    """The correlation within segments, for each number of months that the figure may follow by."""
    labels = [
        ngettext("{number} month later", "{number} months later", lag).format(number=lag)
        if lag
        else _("same month")
        for lag in range(len(found.by_lag))
    ]
    bars = {_("correlation"): [(label, round(r, 2)) for label, r in zip(labels, found.by_lag, strict=True)]}
    title = _("NPS and {figure} within segments").format(figure=worth.figure)
    return figures.line_chart(title, labels, bars, _("correlation"), kind="bar")


def _over_time(worth: Worth) -> Block | None:
    """NPS and the figure `lag` months later, each in its own usual swings; None with too little of both."""
    lag = worth.found.lag if isinstance(worth.found, Association) else 0
    later = [*worth.amounts[lag:], *([None] * lag)]
    pairs = [
        (Period(first=month, last=month, unit=Unit.MONTH), score, amount)
        for month, score, amount in zip(worth.months, worth.scores, later, strict=True)
        if score is not None and amount is not None
    ][-MOST_POINTS:]
    if len(pairs) < 2:
        return None
    labels = words.beside_each_other([month for month, _score, _amount in pairs])
    name = worth.figure if not lag else _("{figure}, {lag} months on").format(figure=worth.figure, lag=lag)
    lines = {
        _("NPS"): _swings(labels, [score for _month, score, _amount in pairs]),
        name: _swings(labels, [amount for _month, _score, amount in pairs]),
    }
    title = _("NPS and {figure}").format(figure=worth.figure)
    return figures.line_chart(title, labels, lines, _("standard deviations"))


def _swings(labels: Sequence[str], values: Sequence[float]) -> list[tuple[str, float]]:
    middle, spread = fmean(values), pstdev(values) or 1.0
    return [(label, round((value - middle) / spread, 2)) for label, value in zip(labels, values, strict=True)]
