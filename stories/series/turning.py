"""The turn: what changed, from the surest kind of change to the slightest; seldom the same kind twice."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from stories.language import _
from stories.series.episodes import Part, Sentence
from stories.series.forms import Form, forms
from stories.series.material import Promised, Talk, Trend
from stories.series.said import is_whole, rated, shared
from stories.series.sources import Ref, movement, promise, talk
from stories.series.telling import Plot, Taken, held, spoken
from stories.speaking import day, month, number

Turn = tuple[Sentence, ...]


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


def _last_kind(plot: Plot) -> str:
    told = plot.history[-1].passage(Part.TURN) if plot.history else ()
    return _kind(told) if told else ""


def _kind(made: Turn) -> str:
    return next((one.form.partition(".")[0] for one in made if one.form), "")


def ended(plot: Plot, _taken: Taken) -> Turn:
    """A promise that was kept, or let go, and has not been told so."""
    for one in plot.promises():
        source = promise(one.id, "ended")
        if one.outcome and not plot.said_before(source):
            return _ended(plot, one, source)
    return ()


def _ended(plot: Plot, one: Promised, source: Ref) -> Turn:
    ways = _kept() if one.outcome == "done" else _let_go()
    on = day(one.ended_on) if one.ended_on is not None else ""
    first = plot.choose.say(ways, source, one.customer_id, who=plot.who, what=one.what, day=on)
    if not one.closing:
        return (first,)
    ways = _came_of_it() if one.outcome == "done" else _why_not()
    return (first, plot.choose.say(ways, source, one.customer_id, what=one.closing))


def late(plot: Plot, _taken: Taken) -> Turn:
    """A promise whose day has passed."""
    for one in plot.promises():
        source = promise(one.id, "late")
        passed = not one.outcome and one.due_on is not None and one.due_on < plot.today
        if passed and one.due_on is not None and not plot.said_before(source):
            values = {"who": plot.who, "what": one.what, "day": day(one.due_on)}
            return (plot.choose.say(_overdue(), source, one.customer_id, **values),)
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
    ways = _rose() if after > before else _fell() if after < before else _stayed()
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
    for one in plot.material.trends:
        own = one.segment and one.segment == plot.lead.segment
        if own and not plot.said_before(one.ref) and (not one.theme or one.theme.casefold() in about):
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
        return plot.choose.say(_nps_up() if up else _nps_down(), one.ref, None, **values)
    return plot.choose.say(_more_say() if up else _fewer_say(), one.ref, None, **values)


def answered(plot: Plot, _taken: Taken) -> Turn:
    """The answer to what the audience wanted to know has come."""
    now = plot.now
    for one in plot.material.asked:
        if now is not None and one.interview_id == now.interview_id and not plot.said_before(one.ref):
            values = {"who": plot.who, "question": one.question, "votes": number(one.votes)}
            return (plot.choose.say(_you_asked(), one.ref, one.customer_id, **values),)
    return ()


def within(plot: Plot, taken: Taken) -> Turn:
    """Words of this conversation in which something changes."""
    if plot.now is None or taken.turn is None:
        return ()
    customer = plot.lead.customer_id
    lead_in = plot.choose.say(_it_turns(), held(plot.now), customer, who=plot.who)
    return (lead_in, spoken(taken.turn, customer))


def echo(plot: Plot, taken: Taken) -> Turn:
    """Somebody else in the season who speaks of the same thing: the rarest word that both say."""
    mine = [one.text for one in (*taken.scene, taken.turn, taken.open) if one is not None]
    everything = [words.text for one in plot.material.talks for words in one.words]
    for other in plot.others():
        for words in rated(other.words, other):
            fits = is_whole(words.text) and not plot.said_last_time(words.ref)
            if fits and (word := shared(mine, words.text, everything)):
                return _echoed(plot, other, words.ref, word, spoken(words, other.customer_id))
    return ()


def _echoed(plot: Plot, other: Talk, source: Ref, word: str, said: Sentence) -> Turn:
    values = {"who": plot.called(other.customer_id), "month": month(other.day), "word": word}
    return (plot.choose.say(_the_same_word(), source, other.customer_id, **values), said)


KINDS: tuple[Callable[[Plot, Taken], Turn], ...] = (ended, late, score, answered, trend, within, echo)
"""From the surest kind of change to the slightest."""

SURE = frozenset({"kept", "let_go", "overdue", "rose", "fell", "you_asked"})
"""Kinds that are told even where the last episode turned in the same way: somebody waits to hear them."""


def _kept() -> tuple[Form, ...]:
    return forms(
        "kept",
        _("We had promised {who}: {what} It was done on {day}."),
        _("A promise to {who}: {what} Since {day} it is done."),
        _("On {day}, what we had promised {who} was done: {what}"),
        _("What we owed {who}: {what} Done, on {day}."),
    )


def _came_of_it() -> tuple[Form, ...]:
    return forms(
        "came_of_it",
        _("What changed: {what}"),
        _("What came of it: {what}"),
        _("Since then: {what}"),
        _("And so: {what}"),
    )


def _let_go() -> tuple[Form, ...]:
    return forms(
        "let_go",
        _("We had promised {who}: {what} On {day} we let that go."),
        _("A promise that we let go on {day}: {what}"),
        _("Something we owed {who}, and let go on {day}: {what}"),
    )


def _why_not() -> tuple[Form, ...]:
    return forms("why_not", _("Why: {what}"), _("What was said then: {what}"), _("The reason given: {what}"))


def _overdue() -> tuple[Form, ...]:
    return forms(
        "overdue",
        _("We had promised {who}, by {day}: {what} The day has passed, and it is still open."),
        _("{day} has passed. What we had promised {who} for that day is still open: {what}"),
        _("Still open, though its day was {day}: {what}"),
    )


def _rose() -> tuple[Form, ...]:
    return forms(
        "rose",
        _("Would {who} recommend us? In {then} it was {before} out of 10, in {now} {after}."),
        _("From {before} in {then} up to {after} in {now}: how much {who} would recommend us, out of 10."),
        _("{who} gave us {before} out of 10 in {then}, and {after} in {now}."),
    )


def _fell() -> tuple[Form, ...]:
    return forms(
        "fell",
        _("Would {who} recommend us? In {then} it was {before} out of 10, in {now} only {after}."),
        _("From {before} in {then} down to {after} in {now}: how much {who} would recommend us, out of 10."),
        _("{who} gave us {before} out of 10 in {then}, and {after} in {now}."),
    )


def _stayed() -> tuple[Form, ...]:
    return forms(
        "stayed",
        _("{before} out of 10 in {then}, {after} in {now}: {who} would recommend us as much as before."),
        _("Would {who} recommend us? {before} out of 10 in {then}, and {after} in {now}."),
    )


def _more_say() -> tuple[Form, ...]:
    return forms(
        "more_say",
        _("Among {segment}, {after} spoke of {theme} in the last {days} days; before that, {before}."),
        _("{theme} comes up more among {segment}: {before} spoke of it in {days} days, then {after}."),
        _("From {before} to {after} in {days} days: that many among {segment} speak of {theme}."),
    )


def _fewer_say() -> tuple[Form, ...]:
    return forms(
        "fewer_say",
        _("Among {segment}, {after} spoke of {theme} in the last {days} days; before that, {before}."),
        _("{theme} comes up less among {segment}: {before} spoke of it in {days} days, then {after}."),
    )


def _nps_up() -> tuple[Form, ...]:
    return forms(
        "nps_up",
        _("Among {segment}, NPS is {after} for the last {days} days; before that it was {before}."),
        _("NPS among {segment}: {before} in {days} days, then {after} in {days}."),
    )


def _nps_down() -> tuple[Form, ...]:
    return forms(
        "nps_down",
        _("Among {segment}, NPS is {after} for the last {days} days; before that it was {before}."),
        _("NPS among {segment} went from {before} in {days} days to {after} in the {days} since."),
    )


def _you_asked() -> tuple[Form, ...]:
    return forms(
        "you_asked",
        _("You wanted to know from {who}: “{question}” This conversation asked it."),
        _("The question with {votes} of your votes was: “{question}” It was asked."),
        _("“{question}” was what you wanted to know. {who} was asked."),
    )


def _it_turns() -> tuple[Form, ...]:
    return forms(
        "within",
        _("Then it turns:"),
        _("Here is the turn in it:"),
        _("And there is another side to it:"),
        _("There is more to it:"),
        _("Now listen to this:"),
        _("And then comes this:"),
        _("It has a second half:"),
    )


def _the_same_word() -> tuple[Form, ...]:
    return forms(
        "echo",
        _("“{word}” is a word of {who}, too. In {month}:"),
        _("We have heard “{word}” from {who} as well, in {month}:"),
        _("In {month}, “{word}” stood in what {who} told us:"),
        _("{who} knows something about “{word}”. In {month}:"),
        _("Another voice on “{word}”: {who}, in {month}:"),
    )
