"""Words of people inside Markdown: they read as they were said, and no mark in them is obeyed.

Escaped by CommonMark's rules (https://spec.commonmark.org/0.31.2/#backslash-escapes). What trackers look for
in the finished text all the same (mentions, references to issues and commits, addresses, emoji) is broken by
a letter that nobody sees.
"""

from __future__ import annotations

import re

from stories.patterns import late

UNSEEN = "\u200b"
"""A space of no width."""

_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "$": "<span>$</span>"}
"""What backslashes do not stop everywhere; the dollar sign as GitHub's page on mathematics says."""

_MARKS = late(r"([\\`*_{}\[\]#+|~^=-])")
_ORDERED = late(r"^(\s*\d{1,9})([.)])", re.MULTILINE)
_BROKEN = (
    # A mention, an address for mail, a reference to an issue.
    (re.compile(r"([@＠#])(?=\w)"), rf"\1{UNSEEN}"),
    # GH-12, and the prefixes that a repository may have of its own.
    (re.compile(r"([A-Za-z]-)(?=\d)"), rf"\1{UNSEEN}"),
    # An address of the web, with a scheme or without.
    (re.compile(r"(:)(?=//)"), rf"\1{UNSEEN}"),
    (re.compile(r"\b(www)(?=\.)", re.IGNORECASE), rf"\1{UNSEEN}"),
    # :emoji: and mailto:
    (re.compile(r"(:)(?=[\w+-])"), rf"\1{UNSEEN}"),
)

_COMMIT = late(r"\b[0-9a-fA-F]{7,}\b")
"""What looks like the name of a commit: seven letters at least."""
_TOO_SHORT = late(r".{6}(?=.)")


def inert(text: str) -> str:
    """The text on one line of Markdown, as plain as it was said."""
    return _inert(" ".join(text.split()))


def quoted(text: str) -> str:
    """The text as a quotation of its own, line by line."""
    return "\n".join(f"> {_inert(line.strip())}".rstrip() for line in text.splitlines())


def _inert(line: str) -> str:
    line = _COMMIT.sub(lambda name: _TOO_SHORT.sub(rf"\g<0>{UNSEEN}", name[0]), line)
    for pattern, broken in _BROKEN:
        line = pattern.sub(broken, line)
    line = "".join(_ENTITIES.get(letter, letter) for letter in _MARKS.sub(r"\\\1", line))
    return _ORDERED.sub(r"\1\\\2", line)
