"""A message as plain text, from its first line to its last: what a screen reader reads out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from bot.messages.blocks import Block, escaped
from stories.speaking import quoted

LONGEST = 3_800
"""Characters: Slack cuts a message's text after 4,000."""


def aloud(lead: str, blocks: Sequence[Block]) -> str:
    """The lead, then all that the blocks say besides, a line each; `lead` is escaped, and stands first."""
    said = [lead]
    known = lead.replace("*", "")
    own = {line.strip() for line in known.split("\n")}
    for told in _lines([one for one in blocks if one["type"] != "header" or one["text"]["text"] != lead]):
        bare = told.replace("*", "").strip()
        if bare and bare not in known:
            said += [line for line in told.split("\n") if line.replace("*", "").strip() not in own]
    text = "\n".join(said)
    if len(text) <= LONGEST:
        return text
    return text[: text.rfind("\n", 0, LONGEST)] if "\n" in text[:LONGEST] else lead


def read_out(lead: str, blocks: Sequence[Block]) -> dict[str, Any]:
    """The message with these blocks, whose text says all that they do, the lead first.

    Slack's notifications show the beginning of a message's text, and screen readers read it in place of its
    blocks.
    """
    return {"text": aloud(lead, blocks), "blocks": list(blocks)}


def _lines(blocks: Sequence[Block]) -> Iterator[str]:
    for block in blocks:
        kind = block["type"]
        if kind == "header":
            yield escaped(block["text"]["text"])
        elif kind == "section":
            yield from _texts([block.get("text"), *block.get("fields", ())])
        elif kind == "context":
            yield from _texts(block["elements"])
        elif kind == "rich_text":
            yield from (
                quoted(said) if one["type"] == "rich_text_quote" else said
                for one in block["elements"]
                for said in [escaped(_rich(one))]
            )
        elif kind in {"image", "video"}:
            yield escaped(block["alt_text"])


def _texts(parts: Sequence[Any]) -> Iterator[str]:
    for part in parts:
        if part and part["type"] == "mrkdwn":
            yield part["text"]
        elif part and "text" in part:
            yield escaped(part["text"])


def _rich(element: Block) -> str:
    if "elements" in element:
        return "".join(_rich(one) for one in element["elements"])
    # Escaped once it is whole: "@" and "here" may stand in two pieces, of which one is bold.
    return str(element.get("text", ""))
