"""What WebVTT and SRT have in common: words under a line with two times, and who is said to speak them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import field, replace
from datetime import timedelta

from stories.notes.labels import is_name, role_side
from stories.transcripts.moments import read_timing
from stories.transcripts.speakers import label_before
from stories.transcripts.values import Cue
from stories.values import dataclass

_MOSTLY = 0.6


@dataclass(slots=True)
class Block:
    """One subtitle: the number of its line with the times, the times, and the lines below it."""

    line: int
    at: timedelta
    until: timedelta
    lines: list[str] = field(default_factory=list)


def blocks(text: str) -> Iterator[Block]:
    """Every subtitle in order; what stands before the first and between them is none.

    An empty line ends one; so does the next one's time, where a tool forgot the empty line.
    """
    block: Block | None = None
    for number, line in enumerate(text.split("\n"), 1):
        timing = read_timing(line) if "-->" in line[:100] else None
        if timing is not None:
            if block is not None:
                yield _without_number(block)
            block = Block(number, *timing)
        elif block is not None and not line.strip():
            if block.lines:
                yield block
                block = None
        elif block is not None:
            block.lines.append(line.strip())
    if block is not None:
        yield block


def speakers_before_words(cues: Sequence[Cue]) -> tuple[Cue, ...]:
    """The cues with "Name: words" taken apart, where names stand before words throughout.

    A label is a speaker when it looks like one and comes twice, or when most cues have one. A cue without
    one goes on with who spoke last, as Otter writes it; ">>" without a name is somebody else.
    """
    labels = [label_before(cue.text) for cue in cues]
    often = Counter(label[0] for label in labels if label is not None)
    mostly = sum(often.values()) >= _MOSTLY * len(cues)
    sure = {who for who, times in often.items() if (times > 1 or mostly) and _looks_like_one(who)}
    return tuple(_attributed(cues, labels, sure))


def _attributed(
    cues: Sequence[Cue], labels: Sequence[tuple[str, str] | None], sure: set[str]
) -> Iterator[Cue]:
    who = ""
    for cue, label in zip(cues, labels, strict=True):
        if cue.who:
            who, words = cue.who, cue.text
        elif label is not None and label[0] in sure:
            who, words = label
        elif cue.text.startswith(">>"):
            who, words = "", cue.text.lstrip("> ")
        else:
            words = cue.text
        yield replace(cue, who=who, text=words.strip())


def _looks_like_one(who: str) -> bool:
    return is_name(who) or role_side(who) is not None or (len(who.split()) <= 5 and who[:1].isupper())


def _without_number(block: Block) -> Block:
    """Without the next subtitle's number, when no empty line parts the two."""
    if block.lines and block.lines[-1].isdecimal():
        block.lines.pop()
    return block
