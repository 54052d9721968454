"""What a trial of another way of telling says, with how sure that is."""

from __future__ import annotations

from stories.language import _
from stories.series.episodes import Format, Shape
from stories.series.trying import Answer, Verdict


def shape_name(shape: Shape) -> str:
    """What a way of telling is called: its format, and how many of the customer's sentences it holds."""
    said = {
        Format.WHOLE: _("in full, with {quotes} of their sentences at most"),
        Format.COLD_OPEN: _("beginning with their words, {quotes} of their sentences at most"),
        Format.SHORT: _("in short, with {quotes} of their sentences at most"),
    }[shape.format]
    return said.format(quotes=shape.quotes)


def verdict_said(found: Verdict | None) -> str:
    """The trial in a sentence or two; "" where nothing was tried."""
    if found is None:
        return ""
    known = _(
        "Tried: {way}. {tried} of {tried_all} readers took part, {usual} of {usual_all} as usual."
    ).format(
        way=shape_name(found.tried.shape),
        tried=found.tried.took_part,
        tried_all=found.tried.readers,
        usual=found.usual.took_part,
        usual_all=found.usual.readers,
    )
    return f"{known} {_answer(found)}"


def _answer(found: Verdict) -> str:
    if found.low is None or found.high is None:
        return _("Too few to say anything yet.")
    span = _("between {low} and {high} points of a hundred").format(
        low=round(100 * found.low), high=round(100 * found.high)
    )
    return {
        Answer.BETTER: _("More take part when it is told so: {span} (95 in 100)."),
        Answer.WORSE: _("Fewer take part when it is told so: {span} (95 in 100)."),
    }.get(found.answer, _("No difference to be seen: {span} (95 in 100).")).format(span=span)
