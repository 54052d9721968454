"""What a sentence is worth as a quote, counted from what stands in it.

An editor who looks for a line by which colleagues will remember a customer looks for a person to whom
something happened. So a sentence gains

- for being about the speaker: "I" most, "we" nearly as much; a sentence about nobody is seldom theirs;
- for trouble most, for delight or surprise, for a need, and for what they did about it or instead: once for
  each kind, a little more for a second word of the same kind;
- for what they rank themselves: the hardest, the first, every single time;
- for a turn ("but", "until", "so we"), for something told as past, for a figure, for speech within speech,
  for something that was not so ("nobody", "couldn't"): the marks of a story and of a fact;
- for rare words: those said seldom in this talk are the ones it is not about in every sentence;

and loses

- for greetings, introductions, titles, careers and housekeeping; for definitions, advice and how a product
  works, which anybody could have said; for "you", who is the interviewer or anybody; for pointing at
  something that is not in it; for fillers; for asking;
- for being very short or long;
- for a beginning that leans on what was said before: much for a bare "this" or "they", little for a
  "However,", which can be read over.

The weights are set by hand on one half of the labelled talks, and none of them matters much by itself:
moving any by .2 moves what is taken by a line or two in 45. They are about equal because no kind of telling
is much better than another; only what makes a line no quote at all outweighs them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from stories import telling_words as words
from stories.patterns import late
from stories.values import dataclass

_WORD = late(r"[^\W_]+(?:['-][^\W_]+)*")
_UNSPACED = late(r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff]")
_PLAIN = str.maketrans({"’": "'", "‘": "'", "ʼ": "'"})

_KINDS = (
    (words.TROUBLE, 1.0, 0.3),
    (words.DELIGHT, 0.8, 0.25),
    (words.NEED, 0.6, 0.1),
    (words.DID, 0.7, 0.2),
    (words.MOST, 0.6, 0.2),
    (words.TURN, 0.3, 0.15),
    (words.PAST, 0.4, 0.1),
    (words.NOT, 0.35, 0.0),
    (words.FIGURE, 0.35, 0.1),
    (words.SAID, 0.4, 0.0),
    (words.COURTESY, -2.0, 0.0),
    (words.CAREER, -0.6, -0.4),
    (words.GENERAL, -0.6, -0.4),
    (words.POINTS, -0.3, -0.2),
    (words.FILLER, -0.2, -0.15),
)
"""What the first and the second find of a family add."""

_ABOUT_ME, _ABOUT_US, _ABOUT_THEM, _ABOUT_NOBODY = 1.0, 0.9, 0.3, 0.0
_TO_YOU = -0.5
_ASKS = -1.5
_INTRODUCES = -2.0
_RAREST = 0.6
_SHORT, _LONG = 10, 36
_TOO_SHORT, _TOO_LONG = -0.3, -0.3
_DANGLES, _LEANS = -0.8, -0.3


@dataclass(frozen=True, slots=True)
class Worth:
    """A sentence's worth in itself, and what its beginning takes from it when it comes first (0 or less)."""

    body: float
    beginning: float
    length: int


def plain(sentence: str) -> str:
    """The sentence in lower case with plain apostrophes, as the families are looked for in it."""
    return sentence.translate(_PLAIN).casefold()


def tokens(sentence: str) -> list[str]:
    """The words of a plain sentence."""
    return _WORD.findall(sentence)


def length(sentence: str) -> int:
    """How many words; where words are not spaced, two letters count as one."""
    unspaced = len(_UNSPACED.findall(sentence))
    return len(_WORD.findall(sentence)) + unspaced // 2


def is_broken(sentence: str) -> bool:
    """Whether half of a quotation stuck to it: somebody else's words begin or end in it."""
    return sentence.count('"') % 2 == 1 or sentence.count("“") != sentence.count("”")


def heading(sentence: str) -> int:
    """How many letters at its beginning are a heading that ran into it, and nobody said."""
    found = words.HEADING.match(sentence)
    return found.end() if found else 0


def worth(sentence: str, rarity: Mapping[str, float]) -> Worth:
    """How telling a sentence is; `rarity` is 0 to 1 for each word of the talk, 1 the rarest."""
    low = plain(sentence)
    count = length(low)
    body = _about(low) + sum(_found(low, *kind) for kind in _KINDS) + _rare(low, rarity)
    if words.INTRODUCES.search(sentence):
        body += _INTRODUCES
    if low.rstrip("\"'”’»)").endswith(("?", "？", "؟")):
        body += _ASKS
    if count < _SHORT:
        body += _TOO_SHORT
    elif count > _LONG:
        body += _TOO_LONG
    return Worth(body, _beginning(low), count)


def _about(low: str) -> float:
    to_you = _TO_YOU if words.YOU.search(low) else 0.0
    if words.ME.search(low):
        return _ABOUT_ME + to_you
    if words.US.search(low):
        return _ABOUT_US + to_you
    return (_ABOUT_THEM if words.THEY.search(low) else _ABOUT_NOBODY) + to_you


def _found(low: str, family: re.Pattern[str], first: float, second: float) -> float:
    found = family.search(low)
    if found is None:
        return 0.0
    # Nothing is found empty, so that the next begins where this one ends.
    return first if family.search(low, found.end()) is None else first + second


def _rare(low: str, rarity: Mapping[str, float]) -> float:
    known = [rarity[word] for word in set(tokens(low)) if word in rarity]
    return _RAREST * sum(known) / len(known) if known else 0.0


def _beginning(low: str) -> float:
    start = low.lstrip("\"'“‘«(¿¡ ")
    if words.DANGLES.match(start):
        return _DANGLES
    return _LEANS if words.LEANS.match(start) else 0.0
