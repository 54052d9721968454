"""SRT subtitles, as Otter and others write them: words under times, before some of them a name."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from stories.transcripts.subtitles import blocks
from stories.transcripts.values import Cue

_TAG = re.compile(r"</?(?:b|i|u|s|font)(?:\s[^<>]{0,200})?>|\{\\[^{}]{0,40}\}", re.IGNORECASE)


def read(text: str) -> Iterator[Cue]:
    """The subtitles in order, their marks taken off; who speaks is still before the words."""
    for block in blocks(text):
        words = html.unescape(_TAG.sub("", " ".join(block.lines)))
        yield Cue("", " ".join(words.split()), block.line, block.at, block.until)
