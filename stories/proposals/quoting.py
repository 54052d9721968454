"""Which of a customer's sentences are worth quoting: a simple rule that anybody can check.

A passage is one whole sentence, or two when the first is short, of FEWEST to MOST words. Left out are
questions, greetings, thanks, introductions and talk about the recording itself. The talk is then parted
evenly and the passage of each part that stands alone best (`worth.score`) is taken, so that the quotes
are spread over it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from stories.proposals.worth import is_small_talk, is_whole, score, sentences_of, word_count
from stories.values import dataclass

FEWEST, MOST = 8, 45
"""Words of a passage."""

_LOOSE_MARKS = re.compile(r"^[\"“](?=[^\"“”]*$)|[\"”]?\s+~\s*\w[\w ]{1,30}$")
"""A quotation mark that is never closed, and a signature after a tilde."""


@dataclass(frozen=True, slots=True)
class Passage:
    """Words that could be quoted, the line they come from, and how well they stand alone."""

    text: str
    line: int
    score: int


def passages(text: str, line: int, *, marked: bool) -> Iterator[Passage]:
    """What of somebody's words could be quoted; `marked` when whoever took the notes chose them already.

    Chosen words are taken whole where they fit, and need not end in a full stop.
    """
    for paragraph in text.split("\n"):
        sentences = list(sentences_of(_LOOSE_MARKS.sub("", paragraph) if marked else paragraph))
        whole = " ".join(sentences)
        if marked and _fits(whole):
            yield Passage(whole, line, score(whole))
            continue
        yield from (
            Passage(said, line, score(said))
            for said in _runs(sentences)
            if _fits(said) and is_whole(said) and not is_small_talk(said)
        )


def spread(found: Sequence[Passage], most: int) -> tuple[Passage, ...]:
    """At most `most` of these, the best first and then in their order, from evenly spread parts."""
    ordered = sorted(found, key=lambda passage: passage.line)
    if not ordered:
        return ()
    lines = sorted({passage.line for passage in ordered})
    parts = min(most, len(lines))
    part_of = {line: at * parts // len(lines) for at, line in enumerate(lines)}
    best = [_best(p for p in ordered if part_of[p.line] == part) for part in range(parts)]
    first = _best(best)
    return (first, *(passage for passage in best if passage is not first))


def _runs(sentences: Sequence[str]) -> Iterator[str]:
    for at, sentence in enumerate(sentences):
        yield sentence
        if word_count(sentence) < FEWEST * 2 and at + 1 < len(sentences):
            yield f"{sentence} {sentences[at + 1]}"


def _fits(text: str) -> bool:
    return FEWEST <= word_count(text) <= MOST


def _best(found: Iterable[Passage]) -> Passage:
    """The highest score; of equals the one said first."""
    return max(found, key=lambda passage: (passage.score, -passage.line))
