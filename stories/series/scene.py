"""The scene: when it was, what the customer is after, and what they said, in their own words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from stories.sentences import sentences
from stories.series import scene_words as words
from stories.series.episodes import Format, Sentence
from stories.series.material import Promised, Talk, Words
from stories.series.said import is_about_something, is_first_person, is_whole, rated, telling
from stories.series.sources import Ref, promise, talk
from stories.series.telling import Plot, Taken, held, quoted, spoken
from stories.speaking import day, month
from stories.telling_worth import length

_OF_THE_TALK = re.compile(
    r"\b(?:attend|audience|conclud|conversation|discuss|elaborat|emphasi|episode|explor|express|guest"
    r"|highlight|host|insight|interview|key points|topic|listen|live ?stream|moderat|overall|panel"
    r"|participant|podcast|present|record|session|shar(?:e|ing)|speaker|stream|talk|touch|video|viewer"
    r"|webinar|wraps)",
    re.IGNORECASE,
)
"""What is written about a recording and not about a customer."""

_SHORTEST, _LONGEST = 6, 45
"""Words of what is taken from a write-up."""


def scene(plot: Plot, taken: Taken) -> tuple[Sentence, ...]:
    """The conversation that is new; where something else is, what they wrote in a survey or said before."""
    now = plot.now
    if now is None:
        return _written(plot) or _said_then(plot)
    said = _with_bridges(plot, taken.scene, now)
    met = _met(plot, now)
    if plot.shape.format is Format.COLD_OPEN and said:
        return (said[0], _cold(plot, now), *_who(plot, now), *_wanted(plot, now), *said[1:])
    before, after = (*_who(plot, now), *_wanted(plot, now)), _noted(plot, now)
    if plot.number % 2 and len(said) > 1:
        return (met, *before, said[0], *after, *said[1:])
    return (met, *before, *after, *said)


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
    in_order = [one for one in then.words if one in best]
    return (lead_in, *(spoken(one, then.customer_id) for one in in_order))


def _end(one: Promised) -> Ref:
    return promise(one.id, "ended")


def _met(plot: Plot, now: Talk) -> Sentence:
    ways = words.by_how().get(now.how, ()) or (words.again() if plot.before else words.first())
    return plot.choose.say(ways, held(now), now.customer_id, **_values(plot, now))


def _cold(plot: Plot, now: Talk) -> Sentence:
    return plot.choose.say(words.so_spoke(), held(now), now.customer_id, **_values(plot, now))


def _values(plot: Plot, now: Talk) -> dict[str, str]:
    return {"who": plot.who, "day": day(now.day), "month": month(now.day)}


def _who(plot: Plot, now: Talk) -> tuple[Sentence, ...]:
    """Who this is, the first time: what the write-up says right after their name, or where they belong."""
    if plot.before:
        return ()
    values = {"who": plot.who}
    if found := _described(now):
        source = talk(now.interview_id, "happened")
        return (plot.choose.say(words.noted_as(), source, now.customer_id, **values, what=quoted(found)),)
    if now.company or now.segment:
        ways, what = (words.of_company(), now.company) if now.company else (words.of_segment(), now.segment)
        return (plot.choose.say(ways, held(now), now.customer_id, **values, what=what),)
    return ()


def _described(now: Talk) -> str:
    """What stands in the write-up after the customer's name ("a developer at a bank"); "" for nothing."""
    parts = now.called.split()
    said = "|".join(re.escape(name) for name in {now.called, *(parts[:1] if len(parts) == 2 else ())})
    if not said:
        return ""
    found = re.search(rf"\b(?:{said}),? (?:who is )?(an? [^,.;()\n]{{6,90}})[,.]", now.happened)
    return found[1].strip() if found and not _OF_THE_TALK.search(found[1]) else ""


def _wanted(plot: Plot, now: Talk) -> tuple[Sentence, ...]:
    """What they are trying to do, where the write-up says it in a sentence that stands by itself."""
    text = now.trying_to.strip()
    bare = text.strip('“”"')
    if not bare or any(bare in words.text or words.text in bare for words in now.words):
        return ()
    fits = _SHORTEST <= length(bare) <= _LONGEST and "\n" not in bare and not bare.endswith(":")
    spoken_so = text != bare
    if not fits or (spoken_so and not (is_whole(bare) and is_about_something(bare))):
        return ()
    if not spoken_so and is_first_person(bare):
        return ()
    ways = words.their_wish() if spoken_so else words.after()
    source = talk(now.interview_id, "trying_to")
    return (plot.choose.say(ways, source, now.customer_id, who=plot.who, what=text),)


def _noted(plot: Plot, now: Talk) -> tuple[Sentence, ...]:
    """One sentence of the write-up: the most telling one that is about the customer."""
    fit = [
        one.text
        for one in sentences(now.happened)
        if one.whole
        and _SHORTEST <= length(one.text) <= _LONGEST
        and not _OF_THE_TALK.search(one.text)
        and not one.text.startswith(("-", "•", "*"))
    ]
    best = max(fit, key=lambda text: (telling(text), -len(text)), default="")
    if not best or telling(best) <= 0:
        return ()
    source = talk(now.interview_id, "happened")
    return (plot.choose.say(words.in_our_notes(), source, now.customer_id, what=best),)


def _with_bridges(plot: Plot, chosen: Sequence[Words], now: Talk) -> list[Sentence]:
    found: list[Sentence] = []
    for place, one in enumerate(chosen):
        if place == 1:
            found.append(plot.choose.say(words.and_more(), held(now), now.customer_id, who=plot.who))
        found.append(spoken(one, now.customer_id))
    return found
