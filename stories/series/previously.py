"""*Previously…*: where we left the customer, or, before somebody new, what the last episode left open."""

from __future__ import annotations

from stories.language import ngettext
from stories.series import previous_words as words
from stories.series.episodes import Part, Sentence
from stories.series.forms import Form, forms
from stories.series.material import Talk, Words
from stories.series.said import fragment, is_hard, is_whole, rated, wish
from stories.series.sources import Kind, Ref, promise
from stories.series.sources import talk as talk_part
from stories.series.telling import Plot, held, quoted, spoken
from stories.speaking import day, month, number


def previously(plot: Plot) -> tuple[Sentence, ...]:
    """What came before, in a sentence or two and the words that were said then."""
    if not plot.history:
        return (_begins(plot),)
    if plot.now is None:
        # What they said then is the scene.
        return ()
    return _of_lead(plot) if plot.before else _of_season(plot)


def _begins(plot: Plot) -> Sentence:
    many = len(plot.material.followed)
    one = ngettext(
        "The season begins. It follows {count} customer, who agreed to that.",
        "The season begins. It follows {count} customers, each of whom agreed to that.",
        many,
    )
    source = Ref(Kind.SEASON, str(plot.season.id))
    return plot.choose.say(forms("begins", one), source, None, count=number(many))


def _of_lead(plot: Plot) -> tuple[Sentence, ...]:
    last = plot.before[-1]
    lead_in = plot.choose.say(
        words.met_before(),
        held(last),
        last.customer_id,
        who=plot.who,
        day=day(last.day),
        month=month(last.day),
    )
    best = _best(plot, last)
    said = (spoken(best, last.customer_id),) if best is not None else ()
    return (lead_in, *said, *_promised(plot))


def _of_season(plot: Plot) -> tuple[Sentence, ...]:
    """What the last episode left open, in one line; () where it left nothing open."""
    last = plot.history[-1]
    told = last.passage(Part.OPEN)
    who = plot.called(last.customer_id) if last.customer_id is not None else ""
    for one in told:
        said = _left_open(plot, one) if who and one.customer_id == last.customer_id else None
        if said is not None:
            ways, what = said
            return (plot.choose.say(ways, one.source, one.customer_id, who=who, what=what),)
    return ()


def _left_open(plot: Plot, one: Sentence) -> tuple[tuple[Form, ...], str] | None:
    """How to say again what a sentence left open, and the words of it; None for what says nothing alone."""
    material = plot.material
    if not isinstance(one.source, Ref):
        return None
    if one.source.kind is Kind.PROMISE:
        what = next((made.what for made in material.promises if made.id == one.source.number), "")
        return (words.promise_left(), what) if what else None
    if one.source.kind is Kind.ASKED:
        what = next((asked.question for asked in material.asked if asked.ref == one.source), "")
        return (words.question_left(), quoted(what)) if what else None
    text = _text_of(plot, one.source)
    if (made := wish(text)) is not None:
        return words.wish_left(), quoted(made.words)
    found, _rate = fragment(text) if one.source.kind is Kind.QUOTE else ("", 0.0)
    return (words.trouble_left(), quoted(found)) if found and is_hard(found) else None


def _text_of(plot: Plot, ref: Ref) -> str:
    """What a customer said or was trying to do, as it may be told now."""
    for talk in plot.material.talks:
        if ref == talk_part(talk.interview_id, "trying_to"):
            return talk.trying_to
        for said in talk.words:
            if said.ref == ref:
                return said.text
    return ""


def _promised(plot: Plot) -> tuple[Sentence, ...]:
    """What we said then that we would do."""
    for one in plot.promises():
        if plot.before and one.interview_id == plot.before[-1].interview_id:
            source = promise(one.id, "made")
            return (plot.choose.say(words.we_said(), source, one.customer_id, who=plot.who, what=one.what),)
    return ()


def _best(plot: Plot, last: Talk) -> Words | None:
    """Words of then that no episode has told, where there are some."""
    told = rated(last.words, last)
    fresh = [one for one in told if not plot.said_before(one.ref)]
    return next((one for one in (*fresh, *told) if is_whole(one.text)), None)
