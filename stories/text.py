"""Text that people typed, made safe to keep: what they wrote, without what only machines would notice."""

from __future__ import annotations

import re
import unicodedata

_INVISIBLE = re.compile(
    r"[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]"
)
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_STACKED = re.compile(
    r"([\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{3})[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+"
)
_BLANK_LINES = re.compile(r"\n{3,}")


def clean(text: str) -> str:
    """The text in one Unicode form, without control and direction-override characters, ends trimmed.

    Right-to-left writing stays; marks piled more than three high on one letter are cut. Line ends become
    plain newlines, and more than one blank line in a row becomes one.
    """
    plain = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    plain = unicodedata.normalize("NFC", _SURROGATE.sub("", plain))
    plain = _STACKED.sub(r"\1", _INVISIBLE.sub("", plain))
    return _BLANK_LINES.sub("\n\n", plain).strip()


def one_line(text: str) -> str:
    """Cleaned text on one line, for names and titles."""
    return " ".join(clean(text).split())


def says_something(text: str) -> bool:
    """Whether there is a letter or a digit in it, in any script (an emoji alone says too little)."""
    return any(unicodedata.category(character)[0] in "LN" for character in text)


def shortened(text: str, most: int) -> str:
    """At most `most` characters, cut after a word and marked with an ellipsis."""
    if len(text) <= most:
        return text
    cut = text[: most - 1]
    spaced = cut.rsplit(None, 1)[0] if " " in cut.strip() else cut
    return (spaced if len(spaced) > most // 2 else cut).rstrip(" ,;:–—-") + "…"
