"""Speakers' names as transcripts write them, made plain: text, one line, no marks that tools add."""

from __future__ import annotations

import re

from stories.patterns import late
from stories.text import one_line, shortened
from stories.transcripts.limits import LONGEST_NAME

_GUEST = late(
    r"\s*[(\[](?:guest|external|extern|externe|externo|unverified|gast|invité|invitado|convidado)[)\]]",
    re.IGNORECASE,
)
_PRONOUNS = late(r"\s*[(\[](?:he|she|they|him|her|them|er|sie)(?:\s*/\s*\w{1,8}){0,3}[)\]]", re.IGNORECASE)
_LABEL = late(
    r"(?:>>\s*)?(?P<who>[^\s:<>\[\]“”\"?!][^:<>\n“”\"?!]{0,79}?)\s?[:：](?:\s+|$)(?P<said>.*)", re.DOTALL
)


def speaker(label: str) -> tuple[str, bool]:
    """A speaker's name from a label, and whether the label marks them as from outside.

    Whatever else stands in it is kept as text: nothing in a name is obeyed.
    """
    words = one_line(label[:400])
    name = _PRONOUNS.sub("", _GUEST.sub("", words)).strip(" :-–—*_\t")
    return shortened(name, LONGEST_NAME), _GUEST.search(words) is not None


def label_before(text: str) -> tuple[str, str] | None:
    """Words such as "Ana: Hello." as what may be a speaker, and the rest; None without a colon."""
    match = _LABEL.match(text)
    return None if match is None else (match["who"].strip(), match["said"].strip())
