"""A text's sentences, where each begins and ends, and whether it was said whole; a text trimmed between them.

sentencex (Wikimedia, MIT) finds the ends: offline, 1 MB, quick on anything, and it would rather leave two
sentences together than cut one in two. What it cuts inside a word (".NET") is put together again here.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from stories.patterns import late
from stories.values import dataclass

_ELLIPSIS = "…"
_ENDS = late(r"[.!?。！？؟।॥۔։።]['\"”’»)\]」』]*\Z")
_TRAILS_OFF = late(r"(?:\.\.|…|[-–—,:;])['\"”’»)]*\Z")
_UNSPACED_END = late(r"[。！？।॥]['\"”’»)\]」』]*\Z")
_AFTER_AN_END = late(r"(?<=[.!?。！？؟۔])(['\"”’»)]*)\n")
_MOST_AT_ONCE = 20_000
"""Characters that the library is given at once: what it takes on hostile text grows with the square."""
_BREAK = late(r"(?P<before>[^\n])\n+(?P<after>[^\n])")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A stretch of a text, without the space around it; `start` and `end` are positions in the text."""

    start: int
    end: int
    text: str

    @property
    def whole(self) -> bool:
        """Whether it begins as a sentence does and is ended by a mark: not broken off, no heading's line.

        Scripts without capitals begin anyhow. A line break inside must be one within running words.
        """
        first = next((letter for letter in self.text if letter.isalnum()), "")
        return (
            bool(first)
            and not first.islower()
            and _ENDS.search(self.text[-8:]) is not None
            and _TRAILS_OFF.search(self.text[-8:]) is None
            and not any(_another_line(found) for found in _BREAK.finditer(self.text))
        )


def sentences(text: str) -> tuple[Sentence, ...]:
    """Every sentence in order; only space lies between them. A line's end after a mark ends one, too."""
    return tuple(_trimmed(text, start, end) for start, end in _spans(text) if text[start:end].strip())


def trim(line: str, keep: Collection[int]) -> str:
    """The line's sentences whose numbers (from 0) are kept, an ellipsis for each stretch left out.

    No word is changed; a line kept whole is itself. Raises ValueError when nothing is kept or a number
    names no sentence.
    """
    parts = sentences(line)
    if not keep or not set(keep) <= set(range(len(parts))):
        raise ValueError(f"Keep some of the sentences 0 to {len(parts) - 1}; {sorted(keep)} is not that.")
    if len(set(keep)) == len(parts):
        return line
    words: list[str] = []
    for at, part in enumerate(parts):
        if at in keep:
            words.append(part.text)
        elif words[-1:] != [_ELLIPSIS]:
            words.append(_ELLIPSIS)
    return " ".join(words)


def _spans(text: str) -> Iterator[tuple[int, int]]:
    """Where the library cuts, except inside a word, and at line ends after a mark."""
    start = end = 0
    for until in _cuts(text):
        piece, end = text[end:until], until
        if end < len(text) and not text[end].isspace() and _inside_a_word(piece):
            continue
        yield from _lines(text, start, end)
        start = end
    if start < len(text):
        yield from _lines(text, start, len(text))


def _cuts(text: str) -> Iterator[int]:
    import sentencex

    start = 0
    while start < len(text):
        end = start + _MOST_AT_ONCE
        if end < len(text):
            ends = [found.end() for found in re.finditer(r"[.!?]\s", text[start:end])]
            end = start + ends[-1] if ends else end
        for found in sentencex.get_sentence_boundaries("en", text[start:end]):
            yield start + found["end_index"]
        start = end


def _inside_a_word(piece: str) -> bool:
    return not piece[-1:].isspace() and _UNSPACED_END.search(piece[-8:]) is None


def _lines(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for found in _AFTER_AN_END.finditer(text, start, end):
        yield start, found.end()
        start = found.end()
    yield start, end


def _trimmed(text: str, start: int, end: int) -> Sentence:
    piece = text[start:end]
    begin = start + len(piece) - len(piece.lstrip())
    words = piece.strip()
    return Sentence(begin, begin + len(words), words)


def _another_line(found: re.Match[str]) -> bool:
    """Whether what follows a line break is no continuation: a list's next item, the text after a heading."""
    return not found["after"].islower() and found["before"] not in ",;"
