"""What a reader has to know before a customer speaks: who this is, what they are after, what happened."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from stories.patterns import late
from stories.sentences import sentences
from stories.series import scene_words as words
from stories.series.episodes import Sentence
from stories.series.material import Talk
from stories.series.said import is_about_something, is_first_person, is_whole, telling
from stories.series.sources import talk
from stories.series.telling import Plot, held, quoted
from stories.telling_worth import length

_OF_THE_TALK = late(
    r"\b(?:attend|audience|conclud|conversation|discuss|elaborat|emphasi|episode|explor|express|guest"
    r"|highlight|host|insight|interview|key points|topic|listen|live ?stream|moderat|overall|panel"
    r"|participant|podcast|present|record|session|shar(?:e|ing)|speaker|stream|talk|touch|video|viewer"
    r"|webinar|wraps)",
    re.IGNORECASE,
)
"""What is written about a recording and not about a customer."""

_OF_THE_RECORDING = late(
    r"\b(?:audience|conclud|emphasi[sz]es|episode|guest|highlights|host|interviews|live ?stream|moderat"
    r"|panel|participant|podcast|recording|session|stream|video|viewer|webinar|wraps)",
    re.IGNORECASE,
)
"""The same where a sentence begins with the customer: that they shared or discussed something is theirs."""

_SHORTEST, _LONGEST = 6, 45
"""Words of what is taken from a write-up."""

_NAME, _ALIKE = 6, 0.85
"""From how many letters on a name is known by most of them, and by what share."""


def background(plot: Plot, now: Talk, *, thin: bool) -> tuple[Sentence, ...]:
    """In plain words, each with its source; `thin`: there are few words of theirs, so more is told."""
    noted = _noted(now, 2 if thin else 1)
    told = " ".join(noted)
    return (
        *_who(plot, now, told),
        *_wanted(plot, now),
        *_from_notes(plot, now, noted),
        *(_meaning(plot, now) if thin else ()),
    )


def _who(plot: Plot, now: Talk, told: str) -> tuple[Sentence, ...]:
    """Who this is, the first time: what the write-up says right after their name, or where they belong."""
    if plot.before:
        return ()
    values = {"who": plot.who}
    if found := _described(now):
        source = talk(now.interview_id, "happened")
        if found in told:
            return ()
        return (plot.choose.say(words.noted_as(), source, now.customer_id, **values, what=quoted(found)),)
    if now.company or now.segment:
        ways, what = (words.of_company(), now.company) if now.company else (words.of_segment(), now.segment)
        return (plot.choose.say(ways, held(now), now.customer_id, **values, what=what),)
    return ()


def _names(now: Talk) -> str:
    """A pattern of what the write-up calls them; "" for nothing."""
    parts = now.called.split()
    first = parts[:1] if len(parts) == 2 and parts[0][:1].isupper() else []
    return "|".join(re.escape(name) for name in dict.fromkeys((now.called, *first)) if name)


def _described(now: Talk) -> str:
    """What stands in the write-up after the customer's name ("a developer at a bank"); "" for nothing."""
    said = _names(now)
    if not said:
        return ""
    found = re.search(rf"\b(?i:{said}),? (?:who is )?(an? [^,.;()\n]{{6,90}})[,.]", now.happened)
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


def _noted(now: Talk, most: int) -> list[str]:
    """At most so many sentences of the write-up, in its order: those about the customer, the best first."""
    said = _names(now)
    theirs = re.compile(rf"(?i:{said})\b(?! and\b)") if said else None
    found: list[tuple[bool, float, str]] = []
    for one in sentences(now.happened):
        text = one.text
        fits = _SHORTEST <= length(text) <= _LONGEST and not text.startswith(("-", "•", "*"))
        by_name = (theirs is not None and theirs.match(text) is not None) or _misspelt(text, now)
        off = (_OF_THE_RECORDING if by_name else _OF_THE_TALK).search(text)
        if one.whole and fits and not off and (by_name or telling(text) > 0):
            found.append((by_name, telling(text), text))
    best = sorted(found, key=lambda each: (not each[0], -each[1], len(each[2])))[:most]
    kept = [text for _named, _rate, text in best]
    return [text for _named, _rate, text in found if text in kept]


def _misspelt(text: str, now: Talk) -> bool:
    """Whether a text begins with their first name but for a letter, as it is written down by ear."""
    first, heard = now.called.partition(" ")[0], text.partition(" ")[0]
    long_enough = min(len(first), len(heard)) >= _NAME and first[:1].isupper() and heard[:1].isupper()
    return long_enough and SequenceMatcher(None, first, heard).ratio() >= _ALIKE


def _from_notes(plot: Plot, now: Talk, noted: Sequence[str]) -> tuple[Sentence, ...]:
    if not noted:
        return ()
    source = talk(now.interview_id, "happened")
    return (plot.choose.say(words.in_our_notes(), source, now.customer_id, what=" ".join(noted)),)


def _meaning(plot: Plot, now: Talk) -> tuple[Sentence, ...]:
    """What the conversation means for us, where its author wrote that in a sentence or two."""
    text = now.meaning.strip()
    if "\n" in text or not _SHORTEST <= length(text) <= _LONGEST:
        return ()
    source = talk(now.interview_id, "meaning")
    return (plot.choose.say(words.means(), source, now.customer_id, what=text),)
