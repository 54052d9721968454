"""Two questions in one breath: whoever is asked both answers one of them, and the other is lost.

Two questions count where a second one hangs on the first ("…, and why did you …"), and where one follows
another that begins otherwise ("Do you use it? How long does it take?"). What says the first in other words,
offers an answer to it, or only leads up to a question, does not.
"""

from __future__ import annotations

import re
from itertools import pairwise

from stories.hints.asking import Question
from stories.hints.wordings import AUX, SUBJECT, WH, any_of, found_in
from stories.patterns import late

_JOINED = late(
    rf"\band,? (?:also |then |if so,? )?"
    rf"(?:{WH} (?:\w+ ){{0,3}}?{AUX}(?:n't)? {SUBJECT}|{WH} (?:was|were|is|are|will|did)\b"
    rf"|{WH} (?:\w+ )?(?:robust|quickly|much|often|long)\b|{AUX} {SUBJECT}\b)"
)
"""“… and why did you”, “… and is that”: a second question hangs on the first."""

_ASKED = late(rf"\b(?:{WH}|{AUX} {SUBJECT})\b")
_WORD = late(rf"\b(?:how (?!{AUX}\b)\w+|{WH}|{AUX}(?= {SUBJECT}\b))")
"""The word by which a question is one; for “how” with what it asks for."""

_LEADS_UP = found_in(
    rf"^(?:\w+,? ){{0,4}}?{any_of('can could may')} i (?:{any_of('just also maybe then')} )*\w+",
    rf"^(?:\w+,? ){{0,3}}?{any_of('can could would')} [^?]{{2,30}}? "
    rf"{any_of('be tell give explain clarify elaborate describe share say')}\b",
    r"\bwhat about\b|^(?:\w+, )?would you like to\b",
)
"""It asks leave, names a subject or invites; the question is another one."""

_NARROWS = found_in(
    rf"^{any_of('or in_what_way for_example like_what such_as how_so')}\b",
    rf"^what {any_of('was is were are')} {any_of('it that they these those')}\b",
)
_FEWEST_BEFORE, _FEWEST = 4, 4
"""Words: fewer are a name, or a word that keeps the talk going."""


def is_double(question: Question) -> bool:
    """Whether two questions stand in it that would get two answers."""
    return any(_is_joined(part) for part in question.parts) or _follow_each_other(question.parts)


def _is_joined(part: str) -> bool:
    befores = (part[: found.start()] for found in _JOINED.finditer(part))
    return any(len(before.split()) >= _FEWEST_BEFORE and _ASKED.search(before) for before in befores)


def _follow_each_other(parts: tuple[str, ...]) -> bool:
    asked = [part for part in parts if len(part.split()) >= _FEWEST and not _LEADS_UP.search(part)]
    return any(_is_another(first, second) for first, second in pairwise(asked))


def _is_another(first: str, second: str) -> bool:
    one, other = _WORD.search(first), _WORD.search(second)
    if one is None or other is None or _NARROWS.match(second) or one[0] == other[0]:
        return False
    # What is asked with yes or no after an open question mostly offers an answer to it, unless it says “and”.
    return re.match(WH, other[0]) is not None or (second.startswith(("and ", "also ")) and _is_open(one[0]))


def _is_open(word: str) -> bool:
    return re.match(WH, word) is not None
