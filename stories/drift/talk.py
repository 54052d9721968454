"""What counts as talk: a message without its code, links and mentions, and whether enough of it is left."""

from __future__ import annotations

import re

from stories.patterns import late

WINDOW = 8
"""Content messages a window: fewer are too noisy, more see a swerve late."""

FEWEST_WORDS = 4
"""A shorter message ("+1", "thanks!") says nothing of what the talk is about."""

_CODE = late(r"```.*?(?:```|\Z)|`[^`\n]*`", re.DOTALL)
_NAMED_LINK = late(r"<(?:https?|mailto|tel):[^>|]*\|([^>]*)>")
_MARKUP = late(r"<[^>]*>|https?://\S+|:[a-z0-9_+'-]+:")
_WORD = late(r"[^\W\d_][^\W\d_'’-]+")
_FORMAT = str.maketrans({"*": " ", "_": " ", "~": " "})


def plain(text: str) -> str:
    """The talk in a message as Slack sends it: without code, addresses, mentions, emoji and formatting."""
    bare = _MARKUP.sub(" ", _NAMED_LINK.sub(r" \1 ", _CODE.sub(" ", text)))
    for mark, sign in (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")):
        bare = bare.replace(mark, sign)
    return " ".join(bare.translate(_FORMAT).split())


def is_content(text: str) -> bool:
    """Whether a plain message says enough to be counted: at least four words."""
    return sum(1 for _ in zip(_WORD.finditer(text), range(FEWEST_WORDS), strict=False)) >= FEWEST_WORDS


def content(messages: list[str]) -> list[str]:
    """The plain text of those messages that count, in their order."""
    return [text for text in map(plain, messages) if is_content(text)]


def windows(messages: list[str]) -> list[list[str]]:
    """The whole windows among these messages, one after the other; what is left over waits."""
    counted = content(messages)
    return [counted[start : start + WINDOW] for start in range(0, len(counted) - WINDOW + 1, WINDOW)]
