"""What a point is worth, in the plainest sentence that is still true."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from statistics import fmean, pstdev
from typing import Any

from bot import ids
from bot.messages import blocks
from bot.messages import nps_figures as figures
from bot.messages import nps_words as words
from bot.messages.blocks import Block, escaped
from bot.nps.worth import Worth
from stories.language import _, ngettext
from stories.nps.periods import Period, Unit
from stories.nps.worth import Association, Finding, TooEarly

MOST_POINTS = 20


def which(names: Sequence[str]) -> dict[str, Any]:
    """The figures there are, when none was named."""
    said = _("Which figure?")
    found = [blocks.button(name, f"{ids.NPS_ASK}:{n}", f'worth "{name}"') for n, name in enumerate(names[:5])]
    return {"text": said, "blocks": [blocks.section(said), blocks.actions(*found)]}


def answer(worth: Worth, *, narrowed: bool = False) -> dict[str, Any]:
    """What was found, how sure it is, and both lines in one chart. `narrowed`: a group was asked about."""
    sentence = said(worth.found, worth.figure)
    drawn = _chart(worth)
    rows = [
        blocks.header(_("NPS and {figure}").format(figure=worth.figure)),
        blocks.section(escaped(sentence)),
    ]
    rows += [blocks.section("\n".join(f"• {escaped(line)}" for line in _working(worth)))]
    rows += [drawn] if drawn else []
    if narrowed:
        rows.append(blocks.context(_("I always weigh all months and everybody, whatever group was named.")))
    rows.append(blocks.context(_("Things that go together need not cause each other. Only you see this.")))
    return {"text": escaped(" ".join([sentence, *_working(worth)])), "blocks": rows}


def said(found: Association | TooEarly, figure: str) -> str:
    """The plainest sentence that is still true."""
    if isinstance(found, TooEarly):
        return ngettext(
            "Too early to say: {number} more month of both is needed.",
            "Too early to say: {number} more months of both are needed.",
            found.more,
        ).format(number=found.more)
    if found.finding is Finding.NOT_SEEN:
        return _("No link between NPS and {figure} can be seen.").format(figure=figure)
    when = (
        ngettext("{number} month later", "{number} months later", found.lag).format(number=found.lag)
        if found.lag
        else _("in the same month")
    )
    way = _("more") if found.slope > 0 else _("less")
    return _("A higher NPS goes together with {way} {figure} {when}.").format(
        way=way, figure=figure, when=when
    )


def _working(worth: Worth) -> Iterator[str]:
    found = worth.found
    if isinstance(found, TooEarly):
        yield _("There are {number} months of both so far; it takes {needed}.").format(
            number=found.periods, needed=found.needed
        )
        return
    if worth.property_name:
        yield _("Compared within {number} segments by {name}, over {months} months.").format(
            number=found.segments, name=worth.property_name, months=found.periods
        )
    else:
        yield _("One series over {months} months, without its trend.").format(months=found.periods)
    yield _(
        "Correlation {r:+.2f}, between {low:+.2f} and {high:+.2f}; chance alone does as well {often}."
    ).format(r=found.r, low=found.low, high=found.high, often=_often(found.p_value))
    if found.finding is Finding.TOGETHER:
        yield _("One point of NPS goes with {slope:+,.2f} of {figure}.").format(
            slope=found.slope, figure=worth.figure
        )
    if found.is_exploratory:
        yield _("This rests on so little that delay and strength are only hints.")


def _often(p_value: float) -> str:
    return _("{number} times in 1,000").format(number=max(1, round(1000 * p_value)))


def _chart(worth: Worth) -> Block | None:
    """NPS and the figure `lag` months later, each in its own usual swings; None with too little of both."""
    lag = worth.found.lag if isinstance(worth.found, Association) else 0
    later = [*worth.amounts[lag:], *([None] * lag)]
    pairs = [
        (words.bucket(Period(first=month, last=month, unit=Unit.MONTH)), score, amount)
        for month, score, amount in zip(worth.months, worth.scores, later, strict=True)
        if score is not None and amount is not None
    ][-MOST_POINTS:]
    if len(pairs) < 2:
        return None
    labels = [label for label, _score, _amount in pairs]
    name = worth.figure if not lag else _("{figure}, {lag} months on").format(figure=worth.figure, lag=lag)
    lines = {
        _("NPS"): _swings(labels, [score for _label, score, _amount in pairs]),
        name: _swings(labels, [amount for _label, _score, amount in pairs]),
    }
    title = _("NPS and {figure}").format(figure=worth.figure)
    return figures.line_chart(title, labels, lines, _("standard deviations"))


def _swings(labels: Sequence[str], values: Sequence[float]) -> list[tuple[str, float]]:
    middle, spread = fmean(values), pstdev(values) or 1.0
    return [(label, round((value - middle) / spread, 2)) for label, value in zip(labels, values, strict=True)]
