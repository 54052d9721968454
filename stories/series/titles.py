"""An episode's title: what its author called the conversation, or a stretch of the customer's words."""

from __future__ import annotations

import re

from stories.language import _
from stories.series.episodes import Sentence
from stories.series.forms import forms
from stories.series.said import best_title
from stories.series.sources import promise, talk
from stories.series.telling import Plot, Taken, held, quoted
from stories.speaking import month
from stories.telling_worth import length

_RECORDING = re.compile(r"[|:–—]|\s-\s|\d{4}|&|\b(?:Q&A|session|panel|webinar|recording)\b", re.IGNORECASE)
"""What stands in the title of a recording, and seldom in one that somebody thought of."""

_LONGEST = 12
"""Words of the longest title."""


def title(plot: Plot, taken: Taken) -> Sentence:
    """The title of an episode: a thought-out one where there is one, else words of theirs, else a name."""
    now = plot.now
    if now is not None:
        thought = now.title.strip()
        own = thought and not thought.startswith(("“", '"', "…")) and not thought.endswith("…")
        if own and length(thought) <= _LONGEST and not _RECORDING.search(thought):
            source = talk(now.interview_id, "title")
            return plot.choose.say(forms("title_thought", "{words}"), source, now.customer_id, words=thought)
        said = [one for one in (*taken.scene, taken.turn, taken.open) if one is not None]
        if best := best_title(said) or best_title(now.words):
            found, words = best
            return plot.choose.say(
                forms("title_said", "{words}"), words.ref, now.customer_id, words=quoted(found)
            )
    return _kept(plot) or _named(plot)


def _kept(plot: Plot) -> Sentence | None:
    """What changed, where that is the news and short enough."""
    for one in plot.promises():
        source = promise(one.id, "ended")
        told = one.closing.strip().rstrip(".")
        if told and not plot.said_before(source) and length(told) <= _LONGEST:
            return plot.choose.say(forms("title_kept", "{words}"), source, one.customer_id, words=told)
    return None


def _named(plot: Plot) -> Sentence:
    day = plot.now.day if plot.now is not None else plot.today
    ways = forms("title_named", _("{who}, {month}"), _("News of {who}"), _("{month}, {who}"))
    last = plot.now or (plot.before[-1] if plot.before else None)
    if last is None:
        answered = plot.answers()[-1]
        return plot.choose.say(ways[1:2], answered.ref, plot.lead.customer_id, who=plot.who, month="")
    return plot.choose.say(
        ways if plot.now else ways[1:2], held(last), plot.lead.customer_id, who=plot.who, month=month(day)
    )
