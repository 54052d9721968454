"""Questions in a text: each run of them that somebody asked in one breath."""

from __future__ import annotations

import re
from collections.abc import Iterator

from stories.hints.plain import plainly
from stories.sentences import Sentence, sentences
from stories.values import dataclass

_ASKS = re.compile(r"\?[\s\"'”“’»)*_\]]*\Z")
_LABEL = re.compile(r"^[\w .'-]{1,40}:\s+")


@dataclass(frozen=True, slots=True)
class Question:
    """Questions in one breath: `asked` as it stands in the text, `parts` one a question, for comparing.

    Parts are in lower case, with straight apostrophes, on one line, without a label before a colon.
    """

    asked: str
    parts: tuple[str, ...]

    @property
    def text(self) -> str:
        """All parts in one line."""
        return " ".join(self.parts)


def questions_of(text: str) -> tuple[Question, ...]:
    """Every run of sentences that end in a question mark, in order."""
    return tuple(_question(text, run) for run in _runs(sentences(text)))


def _runs(parts: tuple[Sentence, ...]) -> Iterator[list[Sentence]]:
    run: list[Sentence] = []
    for part in parts:
        if _ASKS.search(part.text[-8:]):
            run.append(part)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _question(text: str, run: list[Sentence]) -> Question:
    said = [plainly(part.text) for part in run]
    parts = tuple(_LABEL.sub("", one).strip("\"'“”„‘’*_ -") for one in said)
    return Question(text[run[0].start : run[-1].end], parts)
