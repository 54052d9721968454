"""Long writing, made to fit: folded at a sentence, or laid out over several blocks."""

from __future__ import annotations

import re

from bot.messages.blocks import LONGEST_SECTION, Block, escaped, section
from stories.directions import in_its_direction
from stories.text import shortened

__all__ = ["fold", "in_its_direction", "laid_out"]

_SENTENCE_END = re.compile(r"(?:[。！？]|[.!?…؟۔](?=[\"'”’»)\]]*\s))[\"'”’»」』)\]]*")
_GOES_ON = "\u00a0…"
_SPARE = 200
"""Characters of a section kept for marks of our own."""

_LEFTMOST_FOLD = 3
"""A fold that would leave less than a third of what fits is made at a word instead."""


def fold(text: str, most: int) -> str:
    """The first sentences, in at most `most` characters and marked with an ellipsis; all when it fits."""
    if len(text) <= most:
        return text
    found = (match.end() for match in _SENTENCE_END.finditer(text))
    ends = [end for end in found if end <= most - len(_GOES_ON)]
    if not ends or ends[-1] < most // _LEFTMOST_FOLD:
        return shortened(text, most)
    return text[: ends[-1]] + _GOES_ON


def laid_out(heading: str, text: str) -> list[Block]:
    """Everything, under a heading of ours, in as many sections as Slack's limit asks for."""
    pieces = _pieces(text, LONGEST_SECTION - len(heading) - _SPARE)
    return [section(f"*{heading}*\n{pieces[0]}"), *(section(piece) for piece in pieces[1:])]


def _pieces(text: str, most: int) -> list[str]:
    """The text in escaped pieces of about `most` characters, cut between words."""
    pieces = [""]
    for word in re.findall(r"\S{1,500}\s*", text):
        if len(escaped(pieces[-1] + word)) > most:
            pieces.append("")
        pieces[-1] += word
    return [escaped(in_its_direction(piece.rstrip())) for piece in pieces if piece.strip()] or [""]
