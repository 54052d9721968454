"""A Slack message as its author typed it, without Slack's own marks."""

from __future__ import annotations

import html
import re

from stories.text import clean

_MARK = re.compile(r"<([^<>|]*)(?:\|([^<>]*))?>")


def as_typed(text: str) -> str:
    """The words of a message's text: links and mentions by their labels, nothing escaped, cleaned.

    A mention without a label becomes "@somebody" or "#a channel": ids say nothing to readers.
    """
    return clean(html.unescape(_MARK.sub(_spoken, text)))


def _spoken(mark: re.Match[str]) -> str:
    target, label = mark[1], mark[2]
    if target.startswith("@"):
        return f"@{label or 'somebody'}"
    if target.startswith("#"):
        return f"#{label or 'a channel'}"
    if target.startswith("!"):
        return label or f"@{target[1:].partition('^')[0]}"
    return label or target.removeprefix("mailto:")
