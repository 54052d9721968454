"""The scene: when it was, what the customer is after, and what they said, in their own words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from stories.series import scene_words as words
from stories.series.background import background
from stories.series.episodes import Format, Sentence
from stories.series.material import Promised, Talk, Words
from stories.series.order import in_order
from stories.series.said import rated
from stories.series.sources import Ref, promise
from stories.series.telling import Plot, Taken, held, spoken
from stories.speaking import day, month

_FEW = 3
"""With fewer words of theirs than that, more is told of what happened."""


def scene(plot: Plot, taken: Taken) -> tuple[Sentence, ...]:
    """The conversation that is new; where something else is, what they wrote in a survey or said before."""
    now = plot.now
    if now is None:
        return _written(plot) or _said_then(plot)
    said = _spoken(taken.scene, now)
    held_of_them = len([one for one in (*taken.scene, taken.turn, taken.open) if one is not None])
    known = background(plot, now, thin=held_of_them < _FEW)
    if plot.shape.format is Format.COLD_OPEN and said:
        return (said[0], _cold(plot, now), *known, *said[1:])
    return (_met(plot, now), *known, *said)


def _written(plot: Plot) -> tuple[Sentence, ...]:
    """What they wrote in a survey that no episode has told."""
    for one in reversed(plot.answers()):
        if one.words is not None and not plot.said_before(one.ref):
            given = replace(one.ref, part="given")
            lead_in = plot.choose.say(
                words.wrote(), given, one.customer_id, who=plot.who, day=day(one.day), month=month(one.day)
            )
            return (lead_in, spoken(one.words, one.customer_id))
    return ()


def _said_then(plot: Plot) -> tuple[Sentence, ...]:
    """What they said in the conversation that the news goes back to."""
    if not plot.before:
        return ()
    ended = {one.interview_id for one in plot.promises() if one.outcome and not plot.said_before(_end(one))}
    then = next((one for one in plot.before if one.interview_id in ended), plot.before[-1])
    best = rated(then.words, then)[: plot.shape.quotes]
    if not best:
        return ()
    lead_in = plot.choose.say(words.then(), held(then), then.customer_id, **_values(plot, then))
    return (lead_in, *_spoken(in_order(one for one in then.words if one in best), then))


def _end(one: Promised) -> Ref:
    return promise(one.id, "ended")


def _met(plot: Plot, now: Talk) -> Sentence:
    ways = words.by_how().get(now.how, ()) or (words.again() if plot.before else words.first())
    return plot.choose.say(ways, held(now), now.customer_id, **_values(plot, now))


def _cold(plot: Plot, now: Talk) -> Sentence:
    return plot.choose.say(words.so_spoke(), held(now), now.customer_id, **_values(plot, now))


def _values(plot: Plot, now: Talk) -> dict[str, str]:
    return {"who": plot.who, "day": day(now.day), "month": month(now.day)}


def _spoken(chosen: Sequence[Words], now: Talk) -> list[Sentence]:
    return [spoken(one, now.customer_id) for one in chosen]
