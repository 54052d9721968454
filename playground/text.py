"""Text as Slack keeps it: `&`, `<` and `>` escaped, its own marks kept, addresses made into links.

Rules: https://docs.slack.dev/messaging/formatting-message-text
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

MAX_TEXT = 40_000

_MARK = r"<(?:[@#][A-Z0-9]+(?:\|[^<>]*)?|![a-z]+(?:\^[^<>]*)?(?:\|[^<>]*)?|(?:https?://|mailto:|tel:)[^<>\s]+[^<>]*)>"
_PIECE = re.compile(rf"({_MARK})|&(amp|lt|gt);|([&<>])|(https?://[^\s<>|]+)")
_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_NAMED = re.compile(r"(?<![\w<])([@#])([a-z0-9][a-z0-9._-]*)")


def kept(text: str, *, link: bool = False) -> str:
    """Return `text` as Slack stores it; with `link`, bare addresses become `<https://…>`."""

    def piece(match: re.Match[str]) -> str:
        mark, _, sign, address = match.groups()
        if sign:
            return _ESCAPES[sign]
        if address and link:
            bare = address.rstrip(".,;:!?)'\"")
            return f"<{bare}>{address[len(bare) :]}"
        return mark or match[0]

    return _PIECE.sub(piece, text)


def kept_deep(node: Any) -> Any:
    """Copy a block, keeping each text object's text as Slack stores it and filling in Slack's defaults."""
    if isinstance(node, list):
        return [kept_deep(item) for item in node]
    if not isinstance(node, dict):
        return node
    copy = {key: kept_deep(value) for key, value in node.items()}
    kind, words = node.get("type"), node.get("text")
    if kind in ("plain_text", "mrkdwn") and isinstance(words, str):
        copy["text"] = kept(words)
        copy.setdefault("emoji" if kind == "plain_text" else "verbatim", kind == "plain_text")
    return copy


def typed(text: str, mention: Callable[[str, str], str | None]) -> str:
    """What a person's client sends for what was typed: escaped, links marked, @names and #names mentions.

    `mention` gets the sign and the name and answers the mark that stands for it, or None.
    """
    escaped = "".join(_ESCAPES.get(sign, sign) for sign in text)
    named = _NAMED.sub(lambda m: mention(m[1], m[2]) or m[0], escaped)
    return kept(named, link=True)
