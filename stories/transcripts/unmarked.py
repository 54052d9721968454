"""A talk whose file calls itself a transcript but never says who speaks: its paragraphs, as nobody's.

What stands under a heading such as "Summary" was written about the talk and is left out, and so is what
stands under "Raw … transcript": the same words again, as a machine heard them, without any sentence.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from stories.notes.page import plain, read_page
from stories.transcripts.values import Cue, Draft

RAW = re.compile(r"\braw\b.*\btranscript", re.IGNORECASE)
"""A heading over words as a machine heard them, without speakers or sentences."""

_TRANSCRIPT = re.compile(r"\btranscript\b", re.IGNORECASE)
_ABOUT = re.compile(r"(?:description|summary|abstract|resources|links|show notes|takeaways)\b", re.IGNORECASE)
_NO_PARAGRAPH = re.compile(r"\s*(?:#|\||[-*+]\s|\d+[.)]\s|>|https?:|!\[|\[[^\]]*\]\s*$|[-=_*\s]*$)")
_FEWEST_WORDS = 8
_FEWEST_PARAGRAPHS = 6


def read(lines: Sequence[str]) -> Draft | None:
    """The paragraphs as cues of nobody's; None where no heading says that this is a transcript."""
    page = read_page("\n".join(lines))
    if not any(_TRANSCRIPT.search(heading.text) for heading in page.headings):
        return None
    raw = min((h.number for h in page.headings if RAW.search(h.text)), default=len(lines) + 1)
    headings = {heading.number: heading.text for heading in page.headings}
    about, cues = True, list[Cue]()
    for line in page.lines:
        if line.number >= raw:
            break
        if line.number in headings:
            about = _ABOUT.match(headings[line.number]) is not None
        elif not about and not _NO_PARAGRAPH.match(line.text):
            words = plain(line.text)
            if len(words.split()) >= _FEWEST_WORDS:
                cues.append(Cue("", words, line.number))
    return Draft(tuple(cues)) if len(cues) >= _FEWEST_PARAGRAPHS else None
