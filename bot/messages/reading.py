"""Long writing, made to fit: folded at a sentence, or laid out over several blocks."""

from __future__ import annotations

import re

from bot.messages.blocks import LONGEST_SECTION, Block, escaped, section
from stories.text import shortened

_SENTENCE_END = re.compile(r"[.!?…。！？؟۔][\"'”’»)\]]*(?=\s|$)")
_LEFTMOST_FOLD = 3
"""A fold that would leave less than a third of what fits is made at a word instead."""


def fold(text: str, most: int) -> str:
    """The first sentences, in at most `most` characters and marked with an ellipsis; all when it fits."""
    if len(text) <= most:
        return text
    ends = [match.end() for match in _SENTENCE_END.finditer(text, 0, most - 1)]
    if not ends or ends[-1] < most // _LEFTMOST_FOLD:
        return shortened(text, most)
    return text[: ends[-1]].rstrip() + " …"


def laid_out(heading: str, text: str) -> list[Block]:
    """Everything, under a heading of ours, in as many sections as Slack's limit asks for."""
    pieces = _pieces(text, LONGEST_SECTION - len(heading) - 10)
    return [section(f"*{heading}*\n{escaped(pieces[0])}"), *(section(escaped(piece)) for piece in pieces[1:])]


def _pieces(text: str, most: int) -> list[str]:
    """The text in pieces that are at most `most` characters long once escaped, cut between words."""
    pieces = [""]
    for word in re.findall(r"\S{1,500}\s*", text):
        if len(escaped(pieces[-1] + word)) > most:
            pieces.append("")
        pieces[-1] += word
    return [piece.rstrip() for piece in pieces if piece.strip()] or [""]
