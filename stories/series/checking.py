"""Does each sentence of an episode rest on its source? Asked of the sentence and of what is kept, alone.

This knows nothing of how sentences are made. What a sentence says beside its source's own words, names, days
and figures may only be such words as tell of nobody: a closed list. Words that deny, count, judge or tell of
an event are not on it, so that each has to stand in the source.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise

from stories.language import _, speaking
from stories.patterns import late
from stories.series.episodes import Episode, Sentence
from stories.series.sources import Kind, Line, Ref, Signed
from stories.speaking import day, month
from stories.values import dataclass

_WORD = late(r"[^\W_]+(?:['’\-.][^\W_]+)*")
_QUOTED = late(r"[“„«]([^“”„«»]*)[”“»]")
_STOPS = late(r"[.!?:;]+(?=\s|$)")
_PLAIN = str.maketrans({"’": "'", "‘": "'"})


class Why(StrEnum):
    """What is wrong with a sentence that nothing stands behind."""

    NO_SIGNATURE = "no_signature"
    NO_SOURCE = "no_source"
    NOT_TO_THE_LETTER = "not_to_the_letter"
    MORE_THAN_ITS_SOURCE = "more_than_its_source"


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsourced:
    """A sentence that may not be published as it is; `words` are those that its source does not have."""

    sentence: Sentence
    why: Why
    words: tuple[str, ...] = ()


def unsourced(episode: Episode, lines: Mapping[Ref, Line]) -> tuple[Unsourced, ...]:
    """Every sentence of an episode that nothing stands behind, in their order; () when all may be published.

    `lines` are what the sources say now: one that may not be told (any more) is missing there.
    """
    found = (fault(sentence, lines, also=_days_of(episode)) for sentence in episode.sentences())
    return tuple(one for one in found if one is not None)


def fault(sentence: Sentence, lines: Mapping[Ref, Line], *, also: Iterable[date] = ()) -> Unsourced | None:
    """What is wrong with one sentence; None when its source stands behind it, or its editor signed it.

    `also` are days that a sentence about the season may tell of.
    """
    if isinstance(sentence.source, Signed):
        return None if sentence.source.by else Unsourced(sentence=sentence, why=Why.NO_SIGNATURE)
    line = lines.get(sentence.source)
    if line is None or line.customer_id != sentence.customer_id or not sentence.text.strip():
        return Unsourced(sentence=sentence, why=Why.NO_SOURCE)
    if sentence.spoken:
        return None if sentence.text == line.text else Unsourced(sentence=sentence, why=Why.NOT_TO_THE_LETTER)
    days = (*line.days, *also) if sentence.source.kind is Kind.SEASON else line.days
    beyond = _beyond(sentence.text, line, days)
    if beyond and any(
        _borne_in(language, sentence.text, line, text, days) for language, text in line.elsewhere
    ):
        return None
    return Unsourced(sentence=sentence, why=Why.MORE_THAN_ITS_SOURCE, words=beyond) if beyond else None


def _borne_in(language: str, said: str, line: Line, text: str, days: tuple[date, ...]) -> bool:
    """Whether the source bears it in this language, in which its text is this one."""
    with speaking(language):
        return not _beyond(said, replace(line, text=text), days)


def _days_of(episode: Episode) -> tuple[date, ...]:
    return () if episode.next_on is None else (episode.next_on,)


def _beyond(text: str, line: Line, days: tuple[date, ...]) -> tuple[str, ...]:
    """The words of a sentence for which nothing stands, or the words in quotation marks that nobody said."""
    source = _folded(line.text)
    for quoted in _QUOTED.findall(text):
        if _folded(quoted).rstrip(".!?… ") not in source:
            return (quoted,)
    named = _STOPS.sub(_GAP, _without(_without(_folded(text), line.who), _spoken_days(days)))
    pairs = _pairs(source)
    own = [word for word in _words(named) if word not in _numbers(line) and word not in connecting()]
    missing = tuple(word for word in own if word not in pairs)
    return missing or _out_of_place(named, line, pairs)


def _out_of_place(text: str, line: Line, pairs: Mapping[str, frozenset[str]]) -> tuple[str, ...]:
    """Two of the source's words beside each other that it never has so: its words, but not what it says."""
    numbers, said = _numbers(line), _words(text)
    for first, second in pairwise(said):
        both = all(word in pairs and word not in connecting() | numbers for word in (first, second))
        if both and second not in pairs[first] and _GAP not in (first, second):
            return (first, second)
    return ()


_GAP = "\n"
"""What stands where a name, a day or a stop was: nothing is beside it."""


def _pairs(source: str) -> dict[str, frozenset[str]]:
    """Each word of a source with the words that come right after it somewhere."""
    said = [word for word in _words(source) if word != _GAP]
    found: dict[str, set[str]] = {word: set() for word in said}
    for first, second in pairwise(said):
        found[first].add(second)
    return {word: frozenset(after) for word, after in found.items()}


def _without(text: str, known: Iterable[str]) -> str:
    """The text without these names or days, the longest first."""
    for one in sorted({_folded(each) for each in known if each}, key=len, reverse=True):
        text = re.sub(rf"(?<!\w){re.escape(one)}(?:'s|')?(?!\w)", "\n", text)
    return text


def _spoken_days(days: Iterable[date]) -> list[str]:
    return [said for one in days for said in (day(one), month(one))]


def _numbers(line: Line) -> frozenset[str]:
    return frozenset(str(number) for number in line.numbers)


def _words(text: str) -> list[str]:
    found: list[str] = []
    for place, piece in enumerate(text.split(_GAP)):
        found += [_GAP] if place else []
        found += _WORD.findall(piece)
    return found


def _folded(text: str) -> str:
    return text.translate(_PLAIN).casefold()


def connecting() -> frozenset[str]:
    """The words that tell of nobody, in the language of the reader at hand."""
    return _listed(_said_of_nobody())


@lru_cache(maxsize=64)
def _listed(words: str) -> frozenset[str]:
    return frozenset((*words.split(), _GAP))


def _said_of_nobody() -> str:
    """Words that tell of nobody, whatever they stand beside: in the reader's language, as a list."""
    return _(
        "a about after again ago aim along already also among an and another anything are around as "
        "ask asked at back be become becomes been before begins belongs beside by came can change "
        "come comes company conversation could customer day days did do does each easier end ended "
        "enough episode far follows for from further get give go had half has have hear heard help "
        "here home how if in is it its keep kind know knows last led like line listen listened "
        "listening look make many market meet more most much new news next notes notice now of on "
        "once one other our ours out question said same say says season second see side since so "
        "somebody something soon stand stands still stood story talk talked talks tell tells that "
        "that's the then there these they thing things this those though time to today told too true "
        "trying turn turns under until us used voice waiting want wanted wants was we well went were "
        "what when where whether which who whom why will wish with word words work works would you "
        "your"
    )
