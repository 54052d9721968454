"""What is still open: one concrete question, out of a promise, a wish or a trouble that the customer has."""

from __future__ import annotations

from stories.language import ENGLISH
from stories.language import spoken as reader
from stories.series import opening_words as words
from stories.series.episodes import Sentence
from stories.series.material import Promised
from stories.series.said import goes_on, wish
from stories.series.sources import Ref, promise, talk
from stories.series.telling import Plot, Taken, quoted, spoken
from stories.speaking import day, number


def still_open(plot: Plot, taken: Taken) -> tuple[Sentence, ...]:
    """The question with which the episode ends; () where nothing is open."""
    return open_by_itself(plot) or _of_trouble(plot, taken)


def open_by_itself(plot: Plot) -> tuple[Sentence, ...]:
    """The same where no words of theirs have to stand above it; () where some have to."""
    return _asked(plot) or _of_promise(plot) or _of_wish(plot)


def _asked(plot: Plot) -> tuple[Sentence, ...]:
    for one in plot.material.asked:
        waits = one.customer_id == plot.lead.customer_id and one.interview_id is None
        if waits and not plot.said_before(one.ref):
            values = {"who": plot.who, "question": one.question, "votes": number(one.votes)}
            return (plot.choose.say(words.to_be_asked(), one.ref, one.customer_id, **values),)
    return ()


def _of_promise(plot: Plot) -> tuple[Sentence, ...]:
    one = next((one for one in plot.promises() if not one.outcome), None)
    if one is None:
        return ()
    source = promise(one.id, "made")
    due = one.due_on is not None and one.due_on >= plot.today
    ways = words.owed_by() if due else words.owed()
    on = day(one.due_on) if due and one.due_on is not None else ""
    first = plot.choose.say(ways, source, one.customer_id, who=plot.who, what=one.what, day=on)
    return (first, _will_it_help(plot, one, source))


def _will_it_help(plot: Plot, one: Promised, source: Ref) -> Sentence:
    told = next(
        (t for t in (plot.now, *reversed(plot.before)) if t and t.interview_id == one.interview_id), None
    )
    wanted = _doing(told.trying_to) if told is not None and reader().language == ENGLISH else ""
    if told is not None and wanted:
        values = {"who": plot.who, "what": wanted}
        return plot.choose.say(
            words.will_it(), talk(told.interview_id, "trying_to"), one.customer_id, **values
        )
    return plot.choose.say(words.will_it_do(), source, one.customer_id, who=plot.who)


def _doing(trying_to: str) -> str:
    """What they are trying to do as it follows "help them" ("close the month"); "" where it does not."""
    bare = trying_to.strip().rstrip(".!").removeprefix("To ").removeprefix("to ")
    first, _space, rest = bare.partition(" ")
    lowered = first.lower()
    fits = lowered in _DOING and rest and len(bare.split()) <= 16 and not set("“”\n.;:?!") & set(bare)
    return f"{lowered} {rest}" if fits else ""


def _of_wish(plot: Plot) -> tuple[Sentence, ...]:
    """Something they want: asked whether it comes true, in their words."""
    now = plot.now
    if now is None:
        return ()
    found = [
        (now.trying_to, talk(now.interview_id, "trying_to")),
        *((one.text, one.ref) for one in now.words),
    ]
    wishes = [(made, ref) for text, ref in found if (made := wish(text)) is not None]
    for made, ref in sorted(wishes, key=lambda each: each[0].past):
        ways = words.did_they() if made.past else words.will_they()
        return (plot.choose.say(ways, ref, now.customer_id, who=plot.who, what=quoted(made.words)),)
    return ()


def _of_trouble(plot: Plot, taken: Taken) -> tuple[Sentence, ...]:
    """Something hard, or not at its end: asked what became of it, below their words."""
    said = taken.open
    if said is None:
        return ()
    customer = plot.lead.customer_id
    ways = words.how_far() if goes_on(said.text) else words.still_so()
    return (spoken(said, customer), plot.choose.say(ways, said.ref, customer, who=plot.who))


_DOING = frozenset(
    [
        "add",
        "answer",
        "avoid",
        "book",
        "bring",
        "build",
        "buy",
        "change",
        "check",
        "choose",
        "close",
        "collect",
        "compare",
        "complete",
        "connect",
        "cut",
        "deliver",
        "explain",
        "export",
        "file",
        "fill",
        "find",
        "finish",
        "fix",
        "follow",
        "get",
        "give",
        "grow",
        "handle",
        "help",
        "hire",
        "import",
        "invoice",
        "join",
        "keep",
        "know",
        "learn",
        "leave",
        "let",
        "make",
        "manage",
        "match",
        "meet",
        "merge",
        "move",
        "open",
        "order",
        "organise",
        "pass",
        "pay",
        "plan",
        "prepare",
        "print",
        "prove",
        "publish",
        "put",
        "read",
        "record",
        "reduce",
        "register",
        "remove",
        "repair",
        "replace",
        "reply",
        "report",
        "run",
        "save",
        "schedule",
        "see",
        "sell",
        "send",
        "set",
        "share",
        "show",
        "sign",
        "sort",
        "spend",
        "start",
        "stay",
        "stop",
        "submit",
        "switch",
        "teach",
        "tell",
        "track",
        "train",
        "trust",
        "try",
        "turn",
        "understand",
        "update",
        "use",
        "verify",
        "win",
        "work",
        "write",
    ]
)
"""First words of what somebody is trying to do that follow "help them" as they are."""
