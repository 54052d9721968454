"""A lesson's passages as blocks of Slack: styled text, in which nothing is obeyed."""

from __future__ import annotations

from collections.abc import Sequence

from bot.messages.blocks import Block
from stories.lessons.values import Passage, Shape, Span, Spans

_LISTS = {Shape.BULLETS: "bullet", Shape.NUMBERS: "ordered"}


def passage_block(passage: Passage) -> Block:
    """A paragraph, a list or a quotation."""
    style = _LISTS.get(passage.shape)
    if style is not None:
        items = [_section(item) for item in passage.items]
        return _rich({"type": "rich_text_list", "style": style, "elements": items})
    if passage.shape is Shape.QUOTE:
        return _rich({"type": "rich_text_quote", "elements": _elements(passage.items[0])})
    return _rich(_section(passage.items[0]))


def lines_block(*lines: Spans) -> Block:
    """Lines one below the other in one block."""
    joined: list[Span] = []
    for line in lines:
        joined += [Span(text="\n"), *line] if joined else line
    return _rich(_section(tuple(joined)))


def _rich(element: Block) -> Block:
    return {"type": "rich_text", "elements": [element]}


def _section(spans: Spans) -> Block:
    return {"type": "rich_text_section", "elements": _elements(spans)}


def _elements(spans: Sequence[Span]) -> list[Block]:
    return [_element(span) for span in spans if span.text]


def _element(span: Span) -> Block:
    style = {name: True for name, on in (("bold", span.bold), ("italic", span.italic)) if on}
    kind: Block = {"type": "link", "url": span.url} if span.url else {"type": "text"}
    return {**kind, "text": span.text} | ({"style": style} if style else {})
