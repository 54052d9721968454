"""The scene: when it was, what the customer is after, and what they said, in their own words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from stories.interviews import How
from stories.language import _
from stories.sentences import sentences
from stories.series.episodes import Format, Sentence
from stories.series.forms import Form, forms
from stories.series.material import Talk, Words
from stories.series.said import is_about_something, is_whole, telling
from stories.series.sources import talk
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
    """The conversation that is new. () where none is."""
    now = plot.now
    if now is None:
        return ()
    said = _with_bridges(plot, taken.scene, now)
    met = _met(plot, now)
    if plot.shape.format is Format.COLD_OPEN and said:
        return (said[0], _cold(plot, now), *_who(plot, now), *_wanted(plot, now), *said[1:])
    before, after = (*_who(plot, now), *_wanted(plot, now)), _noted(plot, now)
    if plot.number % 2 and len(said) > 1:
        return (met, *before, said[0], *after, *said[1:])
    return (met, *before, *after, *said)


def _met(plot: Plot, now: Talk) -> Sentence:
    ways = _by_how().get(now.how, ()) or (_again() if plot.before else _first())
    return plot.choose.say(ways, held(now), now.customer_id, **_values(plot, now))


def _cold(plot: Plot, now: Talk) -> Sentence:
    return plot.choose.say(_so_spoke(), held(now), now.customer_id, **_values(plot, now))


def _values(plot: Plot, now: Talk) -> dict[str, str]:
    return {"who": plot.who, "day": day(now.day), "month": month(now.day)}


def _who(plot: Plot, now: Talk) -> tuple[Sentence, ...]:
    """Who this is, the first time: what the write-up says right after their name, or where they belong."""
    if plot.before:
        return ()
    values = {"who": plot.who}
    if found := _described(now):
        source = talk(now.interview_id, "happened")
        return (plot.choose.say(_noted_as(), source, now.customer_id, **values, what=quoted(found)),)
    if now.company or now.segment:
        ways, what = (_of_company(), now.company) if now.company else (_of_segment(), now.segment)
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
    if not fits or (text != bare and not (is_whole(bare) and is_about_something(bare))):
        return ()
    ways = _their_wish() if text != bare else _after()
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
    return (plot.choose.say(_in_our_notes(), source, now.customer_id, what=best),)


def _with_bridges(plot: Plot, words: Sequence[Words], now: Talk) -> list[Sentence]:
    found: list[Sentence] = []
    for place, one in enumerate(words):
        if place == 1:
            found.append(plot.choose.say(_and_more(), held(now), now.customer_id, who=plot.who))
        found.append(spoken(one, now.customer_id))
    return found


def _first() -> tuple[Form, ...]:
    return forms(
        "met",
        _("On {day}, {who} told one of us how it is:"),
        _("{month}. We listen to {who}."),
        _("This time the story is that of {who}, heard on {day}."),
        _("Meet {who}. We talked on {day}."),
        _("{day}: one of us is listening to {who}."),
        _("Here is {who}, in a conversation of {month}."),
        _("In {month} it was {who} who had something to tell us."),
        _("Somebody new in this season: {who}, on {day}."),
    )


def _again() -> tuple[Form, ...]:
    return forms(
        "met_again",
        _("On {day} we talked with {who} again."),
        _("{month}, and {who} is back."),
        _("Now it is {month}. {who} has more to tell."),
        _("{who} again, on {day}."),
        _("Another conversation with {who}, on {day}."),
        _("Since then we have listened again: {who}, on {day}."),
    )


def _by_how() -> dict[How, tuple[Form, ...]]:
    return {
        How.CALL: forms(
            "called",
            _("On {day} one of us was on the phone with {who}."),
            _("A telephone call on {day}: {who} is on the line."),
            _("{month}. The phone, and {who} on the other end."),
            _("{who} was on the phone with us on {day}."),
        ),
        How.VIDEO: forms(
            "video",
            _("On {day} one of us saw {who} on a video call."),
            _("A video call, {day}: {who} is there."),
            _("{month}, on video: {who}."),
            _("{who} was on video with us on {day}."),
        ),
        How.VISIT: forms(
            "visited",
            _("On {day} one of us visited {who}."),
            _("A visit, on {day}, to {who}."),
            _("{month}. One of us is on a visit to {who}."),
            _("{who} had a visit from us on {day}."),
        ),
        How.EVENT: forms(
            "event",
            _("On {day} one of us met {who} at an event."),
            _("At an event in {month}: {who}."),
            _("{who} was at an event on {day}, and so were we."),
        ),
        How.CHAT: forms(
            "chat",
            _("On {day} {who} wrote to us in a chat."),
            _("A chat, on {day}, with {who}."),
            _("{month}, in a chat: {who}."),
        ),
    }


def _noted_as() -> tuple[Form, ...]:
    return forms(
        "noted_as",
        _("In our notes, {who} is {what}."),
        _("Who that is? {what}, our notes say."),
        _("{who} stands in our notes as {what}."),
        _("Our notes call {who} {what}."),
    )


def _of_company() -> tuple[Form, ...]:
    return forms(
        "of_company",
        _("{who} is with {what}."),
        _("The company: {what}."),
        _("That is {who} of {what}."),
        _("{who}, of {what}."),
    )


def _of_segment() -> tuple[Form, ...]:
    return forms(
        "of_segment",
        _("The kind of customer: {what}."),
        _("{who}, one of our {what}."),
        _("{who} belongs to {what}."),
    )


def _so_spoke() -> tuple[Form, ...]:
    return forms(
        "cold",
        _("That is {who}, on {day}."),
        _("{who} said this on {day}."),
        _("The words are from {month}, and they are those of {who}."),
        _("So said {who} when we talked on {day}."),
        _("It is {who} whom we hear, in {month}."),
    )


def _after() -> tuple[Form, ...]:
    return forms(
        "after",
        _("What {who} is trying to do: {what}"),
        _("This is what it is about: {what}"),
        _("What is wanted here: {what}"),
        _("The aim of it: {what}"),
        _("What {who} would like to get done: {what}"),
    )


def _their_wish() -> tuple[Form, ...]:
    return forms(
        "their_wish",
        _("What {who} was after: {what}"),
        _("What it is about, in the words of {who}: {what}"),
        _("{who} on what it was for: {what}"),
        _("The aim, as {who} tells it: {what}"),
        _("It was for this, {who} says: {what}"),
    )


def _in_our_notes() -> tuple[Form, ...]:
    return forms(
        "notes",
        _("Our notes of that day have it like this: {what}"),
        _("From our notes: {what}"),
        _("What we wrote down: {what}"),
        _("One line of our notes: {what}"),
        _("Our notes say: {what}"),
    )


def _and_more() -> tuple[Form, ...]:
    return forms(
        "and_more",
        _("And from the same conversation:"),
        _("There was more:"),
        _("{who} also said this:"),
        _("The same day, the same voice:"),
        _("And this:"),
        _("One more thing from that day:"),
        _("Another line of that conversation:"),
    )
