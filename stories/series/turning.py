"""The turn: what changed, from the surest kind of change to the slightest; seldom the same kind twice."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from stories.series import turning_words as words
from stories.series.episodes import Format, Part, Sentence
from stories.series.material import Promised, Talk, Trend
from stories.series.said import content, is_whole, rated, shared
from stories.series.sources import Ref, movement, promise, talk
from stories.series.telling import Plot, Taken, quoted, spoken
from stories.speaking import day, month, number

Turn = tuple[Sentence, ...]


_OWN_WORDS = "within"

_AGAIN = timedelta(days=90)
"""After so long the same trend may be told again."""


def turn(plot: Plot, taken: Taken) -> Turn:
    """What changed, or how it turns in their own words; () where nothing does."""
    found = [made for kind in KINDS if (made := kind(plot, taken))]
    if not found:
        return ()
    last = _last_kind(plot)
    sure, slight = found[:1], found[1:]
    if _kind(sure[0]) in SURE or _kind(sure[0]) != last or not slight:
        return sure[0]
    return next((one for one in slight if _kind(one) != last), sure[0])


def meanwhile(plot: Plot) -> Turn:
    """A headline of the market's that is about the same thing: background, with its link below."""
    now = plot.now
    if now is None or plot.shape.format is Format.SHORT:
        return ()
    about = content(" ".join((now.title, now.trying_to, *now.themes, *(one.text for one in now.words))))
    for one in plot.material.headlines:
        near = content(" ".join((one.title, *one.topics))) & about or set(one.topics) & {plot.lead.segment}
        if near and not plot.said_before(one.ref) and one.day <= plot.today:
            values = {"words": quoted(one.title), "source": one.source, "day": day(one.day)}
            return (plot.choose.say(words.headline(), one.ref, None, **values),)
    return ()


def _last_kind(plot: Plot) -> str:
    told = plot.history[-1].passage(Part.TURN) if plot.history else ()
    return _kind(told) if told else ""


def _kind(made: Turn) -> str:
    """What it is called in its forms; words of theirs have none."""
    return next((one.form.partition(".")[0] for one in made if one.form), _OWN_WORDS)


def ended(plot: Plot, _taken: Taken) -> Turn:
    """A promise that was kept, or let go, and has not been told so."""
    for one in plot.promises():
        source = promise(one.id, "ended")
        if one.outcome and not plot.said_before(source):
            return _ended(plot, one, source)
    return ()


def _ended(plot: Plot, one: Promised, source: Ref) -> Turn:
    ways = words.kept() if one.outcome == "done" else words.let_go()
    on = day(one.ended_on) if one.ended_on is not None else ""
    first = plot.choose.say(ways, source, one.customer_id, who=plot.who, what=one.what, day=on)
    if not one.closing:
        return (first,)
    ways = words.came_of_it() if one.outcome == "done" else words.why_not()
    return (first, plot.choose.say(ways, source, one.customer_id, what=one.closing))


def late(plot: Plot, _taken: Taken) -> Turn:
    """A promise whose day has passed."""
    for one in plot.promises():
        source = promise(one.id, "late")
        passed = not one.outcome and one.due_on is not None and one.due_on < plot.today
        if passed and one.due_on is not None and not plot.said_before(source):
            values = {"who": plot.who, "what": one.what, "day": day(one.due_on)}
            return (plot.choose.say(words.overdue(), source, one.customer_id, **values),)
    return ()


def score(plot: Plot, _taken: Taken) -> Turn:
    """How the answer to "would you recommend us" moved."""
    points = sorted(_scores(plot))
    if len(points) < 2:
        return ()
    (then, before, first), (since, after, last) = points[-2:]
    source = movement(first, last)
    if plot.said_before(source):
        return ()
    ways = words.rose() if after > before else words.fell() if after < before else words.stayed()
    values = {"then": month(then), "now": month(since), "before": number(before), "after": number(after)}
    return (plot.choose.say(ways, source, plot.lead.customer_id, who=plot.who, **values),)


def _scores(plot: Plot) -> Iterator[tuple[date, int, Ref]]:
    for one in (*plot.before, *((plot.now,) if plot.now is not None else ())):
        if one.score is not None:
            yield one.day, one.score, talk(one.interview_id, "score")
    for answered in plot.answers():
        yield answered.day, answered.score, answered.ref


def trend(plot: Plot, _taken: Taken) -> Turn:
    """What moves among customers of the same kind, where it is about what this one speaks of."""
    about = {theme.casefold() for theme in plot.now.themes} if plot.now is not None else set()
    own = [one for one in plot.material.trends if one.segment and one.segment == plot.lead.segment]
    lately = {one.theme for one in own if plot.said_before(one.ref) and plot.today - one.day < _AGAIN}
    for one in own:
        if one.theme not in lately and (not one.theme or one.theme.casefold() in about):
            return (_moved(plot, one),)
    return ()


def _moved(plot: Plot, one: Trend) -> Sentence:
    up = one.after > one.before
    values = {
        "segment": one.segment,
        "theme": one.theme,
        "before": number(one.before),
        "after": number(one.after),
        "days": number(one.days),
    }
    if not one.theme:
        return plot.choose.say(words.nps_up() if up else words.nps_down(), one.ref, None, **values)
    return plot.choose.say(words.more_say() if up else words.fewer_say(), one.ref, None, **values)


def answered(plot: Plot, _taken: Taken) -> Turn:
    """The answer to what the audience wanted to know has come."""
    now = plot.now
    for one in plot.material.asked:
        if now is not None and one.interview_id == now.interview_id and not plot.said_before(one.ref):
            values = {"who": plot.who, "question": one.question, "votes": number(one.votes)}
            return (plot.choose.say(words.you_asked(), one.ref, one.customer_id, **values),)
    return ()


def within(plot: Plot, taken: Taken) -> Turn:
    """Words of this conversation in which something changes."""
    if plot.now is None or taken.turn is None:
        return ()
    return (spoken(taken.turn, plot.lead.customer_id),)


def echo(plot: Plot, taken: Taken) -> Turn:
    """Somebody else in the season who speaks of the same trouble, in more than one of the same words."""
    mine = [one.text for one in (*taken.scene, taken.turn, taken.open) if one is not None]
    everything = [said.text for one in plot.material.talks for said in one.words]
    for other in plot.others():
        for said in rated(other.words, other):
            fits = is_whole(said.text) and not plot.said_last_time(said.ref)
            if fits and (word := shared(mine, said.text, everything)):
                return _echoed(plot, other, said.ref, word, spoken(said, other.customer_id))
    return ()


def _echoed(plot: Plot, other: Talk, source: Ref, word: str, said: Sentence) -> Turn:
    values = {"who": plot.called(other.customer_id), "month": month(other.day), "word": word}
    return (plot.choose.say(words.the_same_word(), source, other.customer_id, **values), said)


KINDS: tuple[Callable[[Plot, Taken], Turn], ...] = (ended, late, score, answered, trend, within, echo)
"""From the surest kind of change to the slightest."""

SURE = frozenset({"kept", "let_go", "overdue", "rose", "fell", "you_asked"})
"""Kinds that are told even where the last episode turned in the same way: somebody waits to hear them."""
