"""Which real quotes answer a question, and when nobody has told us about it.

By words (hashed TF-IDF) and by meaning, as standard scores summed, meaning weighing twice as much. What is
measured of it is printed by benchmarks.avatar_answers.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from stories.drift.meaning import Encoder
from stories.drift.words import HashedWords, Vector, tokens, unit
from stories.values import dataclass

MOST = 4
"""How many quotes an answer holds."""

NEAR_ENOUGH = 0.26
"""The likeness in meaning under which the best quote is about something else. Of questions that nobody had
answered nine of ten stayed below, and none of those that somebody had."""

ALONGSIDE = 0.6
"""A further quote is told when it is at least this near, as a share of the nearest one's likeness."""

WORDS_WEIGH = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A quote that answers: its place among those asked, and how like the question it is (0 to 1)."""

    index: int
    likeness: float


class Quotes:
    """Quotes that may be told, made ready to be asked: 0.1 ms a quote once, then microseconds."""

    def __init__(self, texts: Sequence[str], encoder: Encoder) -> None:
        said = [tokens(text) for text in texts]
        self._encoder, self._words = encoder, HashedWords(said)
        self._by_words = np.stack([self._words.vector(words) for words in said]) if said else None
        self._by_meaning = unit(encoder.encode([" ".join(words) for words in said])) if said else None

    def answer(self, question: str, *, most: int = MOST) -> tuple[Found, ...]:
        """The quotes that answer the question best, the best first; none when nothing is close enough."""
        if self._by_words is None or self._by_meaning is None:
            return ()
        words = tokens(question)
        meaning = self._by_meaning @ unit(self._encoder.encode([" ".join(words)]))[0]
        nearest = float(meaning.max())
        if nearest < NEAR_ENOUGH:
            return ()
        score = _standard(meaning) + WORDS_WEIGH * _standard(self._by_words @ self._words.vector(words))
        ranked = [int(index) for index in np.argsort(-score, kind="stable")[:most]]
        return tuple(
            Found(index=index, likeness=float(meaning[index]))
            for index in ranked
            if meaning[index] >= ALONGSIDE * nearest
        )


def _standard(values: Vector) -> Vector:
    return np.asarray((values - values.mean()) / (values.std() + 1e-9), np.float32)
