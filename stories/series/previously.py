"""*Previously…*: where we left the customer, or, of somebody new, where we left the season."""

from __future__ import annotations

from stories.language import _, ngettext
from stories.series.episodes import Part, Sentence
from stories.series.forms import Form, forms
from stories.series.material import Talk, Words
from stories.series.said import is_whole, rated
from stories.series.sources import Kind, Ref, promise
from stories.series.telling import Plot, held, spoken
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
        _met_before(), held(last), last.customer_id, who=plot.who, day=day(last.day), month=month(last.day)
    )
    best = _best(plot, last)
    said = (spoken(best, last.customer_id),) if best is not None else ()
    return (lead_in, *said, *_promised(plot))


def _of_season(plot: Plot) -> tuple[Sentence, ...]:
    """What the last episode left us with, of somebody else."""
    last = plot.history[-1]
    talks = {words.ref: (talk, words) for talk in plot.material.talks for words in talk.words}
    said = [one for part in last.passages if part.part is not Part.PREVIOUSLY for one in part.sentences]
    told = [talks[ref] for one in said if (ref := _quote_of(one)) in talks]
    own = [each for each in told if each[0].customer_id == last.customer_id]
    if not own:
        return ()
    talk = own[0][0]
    best = rated(dict.fromkeys(words for told, words in own if told == talk), talk)
    if not best:
        return ()
    who = plot.called(talk.customer_id)
    lead_in = plot.choose.say(_met_others(), held(talk), talk.customer_id, who=who, month=month(talk.day))
    return (lead_in, spoken(best[0], talk.customer_id))


def _quote_of(one: Sentence) -> Ref | None:
    return one.source if one.spoken and isinstance(one.source, Ref) else None


def _promised(plot: Plot) -> tuple[Sentence, ...]:
    """What we said then that we would do."""
    for one in plot.promises():
        if plot.before and one.interview_id == plot.before[-1].interview_id:
            source = promise(one.id, "made")
            return (plot.choose.say(_we_said(), source, one.customer_id, who=plot.who, what=one.what),)
    return ()


def _best(plot: Plot, last: Talk) -> Words | None:
    """Words of then that no episode has told, where there are some."""
    told = rated(last.words, last)
    fresh = [one for one in told if not plot.said_before(one.ref)]
    return next((one for one in (*fresh, *told) if is_whole(one.text)), None)


def _met_before() -> tuple[Form, ...]:
    return forms(
        "met_before",
        _("The last time we talked with {who}, on {day}, we heard this:"),
        _("In {month}, {who} had told us:"),
        _("{who} in {month}, in these words:"),
        _("On {day}, this is where {who} stood:"),
        _("We know {who} already. In {month} it was:"),
        _("Back in {month}, from {who}:"),
    )


def _met_others() -> tuple[Form, ...]:
    return forms(
        "met_others",
        _("Last time we listened to {who}, who said in {month}:"),
        _("The last episode told of {who}, and of this:"),
        _("In the episode before this one we heard {who}:"),
        _("One episode ago, {who}, in {month}:"),
        _("Before this, it was {who} who had told us:"),
        _("{who} was the last to be heard here. In {month} it was:"),
    )


def _we_said() -> tuple[Form, ...]:
    return forms(
        "we_said",
        _("Our promise then: {what}"),
        _("We went home with a promise to keep: {what}"),
        _("What we said we would do: {what}"),
        _("And we had promised {who} something: {what}"),
    )
