"""Slack's native charts in a message, and the same message where Slack does not draw them."""

from __future__ import annotations

from typing import Any

from bot.messages.blocks import context

CHART = "data_visualization"
"""The type of Slack's native charts; not every workspace has them yet."""

REFUSED = "invalid_blocks"
"""What Slack answers to a message with a chart where it does not draw any."""


def has_chart(payload: dict[str, Any]) -> bool:
    """Whether Slack has to draw something."""
    return any(block["type"] == CHART for block in payload.get("blocks", ()))


def without_chart(payload: dict[str, Any]) -> dict[str, Any]:
    """The same message with each chart's facts in words: those of its `text`."""
    kept = [context(payload["text"]) if block["type"] == CHART else block for block in payload["blocks"]]
    return payload | {"blocks": kept}
