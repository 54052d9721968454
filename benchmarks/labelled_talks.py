"""Real talks with customers, each turn of theirs with the sentences a person would quote (see the labels)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from stories.notes.page import Page, plain, read_page
from stories.notes.speech import read_turns
from stories.sentences import sentences
from stories.telling_lines import Line

LABELS = Path(__file__).resolve().parent.parent / "tests" / "real" / "labels" / "telling_lines.toml"
CUSTOMER = "customer"
_CAPTIONS = "## Raw YouTube Transcript"
"""What stands below is the same talk again, without speakers or full stops."""


@dataclass(frozen=True, slots=True)
class LabelledTurn:
    """A customer's turn and the numbers of the sentences that a person would take from it."""

    text: str
    line: int
    taken: frozenset[int]
    who: str = CUSTOMER
    at: timedelta | None = None


@dataclass(frozen=True, slots=True)
class LabelledTalk:
    """One talk's labelled turns, in order; `half` is "develop" or "report"."""

    stamp: str
    half: str
    turns: tuple[LabelledTurn, ...]

    def takes(self, line: Line) -> bool:
        """Whether a person would take a line: at least half of its words stand in sentences they took."""
        turn = self.turns[line.turn]
        parts = sentences(turn.text)[line.first : line.last + 1]
        lengths = {line.first + at: len(part.text.split()) for at, part in enumerate(parts)}
        return 2 * sum(lengths[at] for at in lengths.keys() & turn.taken) >= sum(lengths.values())


def labelled_talks(folder: Path) -> tuple[LabelledTalk, ...]:
    """Every labelled talk. Raises ValueError when a turn is not the one that was labelled."""
    entries = tomllib.loads(LABELS.read_text("utf-8"))["talk"]
    return tuple(
        LabelledTalk(entry["stamp"], entry["half"], tuple(_turns(folder, entry))) for entry in entries
    )


def _turns(folder: Path, entry: dict[str, Any]) -> Iterator[LabelledTurn]:
    (path,) = folder.glob(f"{entry['stamp']}-*.md")
    page = read_page(path.read_text("utf-8").split(_CAPTIONS)[0])
    marked = {turn.line: turn.text for turn in read_turns(page, ())}
    for label in entry["turns"]:
        first, last = label["lines"]
        text = marked.get(first) or _paragraph(page, first, last)
        if len(sentences(text)) != label["sentences"]:
            raise ValueError(f"{entry['stamp']}, line {first}: not the turn that was labelled")
        yield LabelledTurn(text, first, frozenset(at for quote in label["take"] for at in quote))


def _paragraph(page: Page, first: int, last: int) -> str:
    lines = (plain(line.text) for line in page.lines if first <= line.number <= last)
    return "\n".join(re.sub(r"^(?:[-*+>]|\d+\.)\s+", "", words) for words in lines if words)
