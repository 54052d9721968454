"""A score as files write it: a whole number from 0 to 10, or a refusal that says why; never rounded."""

from __future__ import annotations

import re

from stories.language import _

_WHOLE = {str(score): score for score in range(11)} | {f"{score}.0": score for score in range(11)}
_NUMBER = re.compile(r"[+-]?\d+([.,]\d+)?")
_NOTHING_BEHIND = re.compile(r"[.,]0{1,2}$")
"""Spreadsheets write 9.00, in much of Europe 9,00; more zeros behind a mark may be thousands."""
_LABELLED = re.compile(r"(?P<before>\d{1,2})\s*[-–—:=(]\s*[^\d]+|[^\d]+[-–—:=(]\s*(?P<after>\d{1,2})\)?")


def score_in(cell: str) -> int | None:
    """The score in a cell; None when there is none.

    "9", "9.0", "9,00" and a scale's labelled ends ("10 - Extremely likely", "Not likely - 0") are scores.
    """
    found = _WHOLE.get(cell)
    if found is not None:
        return found
    cell = cell.strip()
    if (whole := _NOTHING_BEHIND.sub("", cell)) in _WHOLE:
        return _WHOLE[whole]
    labelled = _LABELLED.fullmatch(cell)
    return _WHOLE.get(labelled["before"] or labelled["after"]) if labelled else None


def why_no_score(cell: str) -> str:
    """What is wrong with a cell in which there is no score, in words."""
    cell = cell.strip()
    if not cell:
        return _("there is no score")
    if not _NUMBER.fullmatch(cell):
        return _("this is no number: write the score as a whole number from 0 to 10")
    if re.search(r"[.,]\d*[1-9]", cell):
        return _("scores are whole numbers from 0 to 10; Firsthand never rounds one")
    return _("a score is a number from 0 to 10")
