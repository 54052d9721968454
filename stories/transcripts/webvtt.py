"""WebVTT, as Zoom ("Name: words"), Teams ("<v Name>words</v>") and subtitle tools write it.

https://www.w3.org/TR/webvtt1/ says what a cue is; its tags are taken off, its entities become letters.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from stories.transcripts.subtitles import Block, blocks
from stories.transcripts.values import Cue

# Lengths are bounded so that a line of a million brackets costs a moment, not a day.
_VOICE = re.compile(r"<v(?:\.[^\s<>]{0,80})?[ \t]([^<>\n]{0,200}(?:<(?!v)[^<>\n]{0,80})?)>")
_TAG = re.compile(r"</?(?:[cibuv]|ruby|rt|lang)(?:[.\s][^<>]{0,200})?>|<\d[\d:.]{0,20}>")


def read(text: str) -> Iterator[Cue]:
    """The cues in order, one for each voice in them; `who` is what a voice tag names, or empty."""
    before = ""
    for block in blocks(text):
        words = "\n".join(_fresh(block, before))
        before = block.lines[-1] if block.lines else before
        yield from _voices(block, words)


def _voices(block: Block, words: str) -> Iterator[Cue]:
    """A part for each voice; what stands before the first is nobody's."""
    who, begun = "", 0
    for match in _VOICE.finditer(words):
        if said := _plain(words[begun : match.start()]):
            yield Cue(who, said, block.line, block.at, block.until)
        who, begun = html.unescape(match[1]).strip(), match.end()
    yield Cue(who, _plain(words[begun:]), block.line, block.at, block.until)


def _fresh(block: Block, before: str) -> list[str]:
    """The lines, without one that rolls on from the cue before, as captions of videos do."""
    return block.lines[1:] if len(block.lines) > 1 and block.lines[0] == before else block.lines


def _plain(words: str) -> str:
    return " ".join(html.unescape(_TAG.sub("", words)).split())
