"""Does the avatar find a right quote among its four, and does it refuse what nobody has told?

    python -m benchmarks.avatar_answers

On real talks with customers and questions of our own writing (see the labels). Beside it, on the same quotes:

    full text   SQLite's FTS5 with the porter stemmer, any of the question's words, best BM25 first

Every second question is only reported. The talks are not part of the project: FIRSTHAND_DATA, or
../shared/data beside it.
"""

from __future__ import annotations

import os
import sqlite3
import sys
import tomllib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.labelled_talks import labelled_talks
from benchmarks.reporting import conclude, say
from stories.avatars.answering import MOST, Quotes
from stories.drift import meaning
from stories.drift.words import tokens
from stories.sentences import sentences

ROOT = Path(__file__).resolve().parent.parent
DATA = Path(os.environ.get("FIRSTHAND_DATA", ROOT.parent / "shared" / "data")) / "interviews" / "otel"
LABELS = ROOT / "tests" / "real" / "labels" / "avatar_questions.toml"

Asker = Callable[[str], Sequence[int]]
"""From a question to the places of the quotes that are told, the best first."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The quotes, and questions with the places of those that are right; none for what nobody told."""

    quotes: tuple[str, ...]
    questions: tuple[tuple[str, frozenset[int]], ...]


def asked(folder: Path) -> Asked:
    """The labelled questions on the talks of this folder."""
    labels = tomllib.loads(LABELS.read_text("utf-8"))
    turns = {(talk.stamp, turn.line): turn.text for talk in labelled_talks(folder) for turn in talk.turns}
    quotes = []
    for stamp, line, first, last in labels["quotes"]:
        parts = sentences(turns[stamp, line])[first : last + 1]
        quotes.append(" ".join(part.text for part in parts))
    answered = [(one["question"], frozenset(one["right"])) for one in labels["answered"]]
    unanswered = [(question, frozenset[int]()) for question in labels["unanswered"]["questions"]]
    return Asked(tuple(quotes), (*answered, *unanswered))


def full_text(quotes: Sequence[str]) -> Asker:
    """The baseline: FTS5, any word of the question."""
    database = sqlite3.connect(":memory:")
    database.execute("CREATE VIRTUAL TABLE quotes USING fts5(words, tokenize = 'porter unicode61')")
    database.executemany("INSERT INTO quotes (rowid, words) VALUES (?, ?)", list(enumerate(quotes)))

    def ask(question: str) -> Sequence[int]:
        wanted = " OR ".join(f'"{word}"' for word in tokens(question))
        query = "SELECT rowid FROM quotes WHERE quotes MATCH ? ORDER BY bm25(quotes) LIMIT ?"
        return [place for (place,) in database.execute(query, (wanted, MOST))] if wanted else []

    return ask


def ours(quotes: Sequence[str]) -> Asker:
    """What the product does."""
    ready = Quotes(quotes, meaning.encoder())
    return lambda question: [found.index for found in ready.answer(question)]


def figures(ask: Asker, questions: Sequence[tuple[str, frozenset[int]]]) -> dict[str, float]:
    """The share of answered questions with a right quote among the four, and of unanswered ones refused."""
    hits = [bool(right & set(ask(question))) for question, right in questions if right]
    refused = [not ask(question) for question, right in questions if not right]
    return {
        "right_among_four": round(sum(hits) / len(hits), 3),
        "refused": round(sum(refused) / len(refused), 3),
    }


def halves(
    questions: Sequence[tuple[str, frozenset[int]]],
) -> Iterator[tuple[str, list[tuple[str, frozenset[int]]]]]:
    """All questions, and every second one, which is only reported."""
    yield "all", list(questions)
    yield "reported", list(questions[1::2])


def main() -> None:
    """Print both for both halves; the last line is one JSON object."""
    if not DATA.is_dir():
        sys.exit(f"no real talks at {DATA}: set FIRSTHAND_DATA")
    material = asked(DATA)
    askers = {"ours": ours(material.quotes), "full_text": full_text(material.quotes)}
    measured: dict[str, object] = {"quotes": len(material.quotes), "questions": len(material.questions)}
    for half, questions in halves(material.questions):
        for name, ask in askers.items():
            found = figures(ask, questions)
            say(f"{half:9} {name:10}" + "  ".join(f"{what} {value:.3f}" for what, value in found.items()))
            measured[f"{half}_{name}"] = found
    conclude(measured)


if __name__ == "__main__":
    main()
