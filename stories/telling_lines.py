"""The lines of a talk by which colleagues would remember the customer.

Candidates are the customer's own whole sentences, one alone or two neighbours, of 8 to 45 words: fewer say
too little, more is no line. Two neighbours are as good as both on average, and better where the second
leans on the first; only the first one's beginning has to stand alone. `stories.telling_worth` says what
makes a sentence telling.

The best is taken first, then again and again the best of what is left, where nearness to a line already
taken counts against it: in words, and in place, so that the lines are spread over the talk (maximal marginal
relevance, Carbonell and Goldstein, SIGIR 1998). No language model, no training: the same talk gives the same
lines.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import timedelta
from itertools import pairwise
from typing import Protocol

from stories.folding import fold
from stories.sentences import Sentence, sentences
from stories.telling_worth import Worth, heading, is_broken, plain, tokens, worth
from stories.values import dataclass

FEWEST_WORDS, MOST_WORDS = 8, 45

_MOST_LETTERS = 600_000
"""Of the customer's words, those that are read: some ten hours. Of a longer talk, turns evenly picked."""
_LONGEST_TURN = 50_000
_LONGEST_SENTENCE = 600
"""Letters; forty-five words are fewer."""
_PAIRED, _APART = 0.1, -0.3
_ALIKE, _NEAR = 0.7, 0.9
_NEIGHBOURHOOD = 0.12
"""The share of a talk within which lines are near each other."""
_LEAST = 1.5
"""What a line must be worth: rather four good ones than five."""


class Turn(Protocol):
    """Somebody's words from one moment on; `line` is where they begin in their file.

    A turn may have `at`, a timedelta from the beginning of the recording.
    """

    @property
    def who(self) -> str:
        """The speaker's label."""
        ...

    @property
    def text(self) -> str:
        """What they said."""
        ...

    @property
    def line(self) -> int:
        """From 1."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A proposed quote and its moment: the turn's number from 0, its line in the file, its time if known.

    `first` and `last` are its sentences' numbers in the turn, from 0, as `stories.sentences` counts them.
    """

    text: str
    who: str
    turn: int
    line: int
    at: timedelta | None
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class _Candidate:
    line: Line
    worth: float
    place: float
    words: frozenset[str]


def propose(turns: Sequence[Turn], customer_voices: Collection[str], *, most: int = 5) -> tuple[Line, ...]:
    """At most `most` lines worth quoting from the turns whose `who` is a customer's voice, best first.

    Fewer where there is less worth telling, none in a talk without whole sentences. Case and accents of
    voices do not matter. An hour takes a few hundredths of a second; a talk of any size, about a second.
    """
    voices = {fold(voice) for voice in customer_voices}
    heard = {label for label in {turn.who for turn in turns} if label and fold(label) in voices}
    said = [(at, turns[at], sentences(turns[at].text[:_LONGEST_TURN])) for at in _readable(turns, heard)]
    rarity = _rarity(sentence.text for _at, _turn, parts in said for sentence in parts)
    return tuple(_spread(list(_candidates(said, rarity)), most))


def _readable(turns: Sequence[Turn], heard: Collection[str]) -> list[int]:
    """The numbers of turns that can hold a line, or every so many of them when the talk is enormous."""
    long = [at for at, turn in enumerate(turns) if turn.who in heard and len(turn.text) >= FEWEST_WORDS]
    letters = sum(min(len(turns[at].text), _LONGEST_TURN) for at in long)
    return long[:: max(1, math.ceil(letters / _MOST_LETTERS))]


def _rarity(said: Iterable[str]) -> dict[str, float]:
    """For each word, 0 when every sentence has it to 1 when one does: its idf over the greatest there is."""
    seen = [set(tokens(plain(sentence))) for sentence in said]
    often = Counter(word for words in seen for word in words)
    greatest = math.log(len(seen)) if len(seen) > 1 else 1.0
    return {word: math.log(len(seen) / count) / greatest for word, count in often.items()}


def _candidates(
    said: Sequence[tuple[int, Turn, tuple[Sentence, ...]]], rarity: Mapping[str, float]
) -> Iterator[_Candidate]:
    letters = sum(len(turn.text) for _at, turn, _parts in said) or 1
    before = 0
    for at, turn, parts in said:
        worths = [worth(part.text[heading(part.text) :], rarity) if _fit(part) else None for part in parts]
        for first, last, value in _stretches(worths):
            if first != last and heading(parts[last].text):
                continue
            place = (before + parts[first].start) / letters
            start = parts[first].start + heading(parts[first].text)
            text = " ".join(turn.text[start : parts[last].end].split())
            line = Line(
                text=text,
                who=turn.who,
                turn=at,
                line=turn.line,
                at=getattr(turn, "at", None),
                first=first,
                last=last,
            )
            yield _Candidate(line, value, place, frozenset(tokens(plain(text))))
        before += len(turn.text)


def _fit(part: Sentence) -> bool:
    return len(part.text) <= _LONGEST_SENTENCE and part.whole and not is_broken(part.text)


def _stretches(worths: Sequence[Worth | None]) -> Iterator[tuple[int, int, float]]:
    """Every sentence and every two neighbours that can be a line: first, last, worth."""
    for at, one in enumerate(worths):
        if one is not None and FEWEST_WORDS <= one.length <= MOST_WORDS:
            yield at, at, one.body + one.beginning
    for at, (one, two) in enumerate(pairwise(worths)):
        if one is None or two is None or not FEWEST_WORDS <= one.length + two.length <= MOST_WORDS:
            continue
        together = _PAIRED if two.beginning < 0 else _APART
        yield at, at + 1, (one.body + two.body) / 2 + one.beginning + together


def _spread(candidates: list[_Candidate], most: int) -> Iterator[Line]:
    left = [(one, one.worth) for one in candidates if one.worth >= _LEAST]
    for _round in range(most):
        if not left:
            return
        best = max(left, key=lambda pair: pair[1])
        if best[1] < _LEAST - _NEAR:
            return
        yield best[0].line
        left = [
            (one, min(value, one.worth - _ALIKE * _alike(one, best[0]) - _NEAR * _near(one, best[0])))
            for one, value in left
            if not _overlap(one.line, best[0].line)
        ]


def _alike(one: _Candidate, other: _Candidate) -> float:
    union = one.words | other.words
    return len(one.words & other.words) / len(union) if union else 1.0


def _near(one: _Candidate, other: _Candidate) -> float:
    """1 in one turn, falling to 0 at a neighbourhood's distance."""
    if one.line.turn == other.line.turn:
        return 1.0
    return max(0.0, 1 - abs(one.place - other.place) / _NEIGHBOURHOOD)


def _overlap(one: Line, other: Line) -> bool:
    shared = one.turn == other.turn and one.first <= other.last and other.first <= one.last
    return shared or one.text == other.text
