"""Slack's native charts in a message, and the same message where Slack does not draw them."""

from __future__ import annotations

from typing import Any

from bot.messages.blocks import Block, context
from stories.language import localised

CHART = "data_visualization"
"""The type of Slack's native charts; not every workspace has them yet."""

REFUSED = "invalid_blocks"
"""What Slack answers to a message with a chart where it does not draw any."""


def has_chart(payload: dict[str, Any]) -> bool:
    """Whether Slack has to draw something."""
    return any(block["type"] == CHART for block in payload.get("blocks", ()))


def without_chart(payload: dict[str, Any]) -> dict[str, Any]:
    """The same message with each chart's facts in words: those of its text's first line."""
    facts = payload["text"].partition("\n")[0]
    kept = [context(facts) if block["type"] == CHART else block for block in payload["blocks"]]
    return payload | {"blocks": kept}


def in_words(chart: Block) -> str:
    """The numbers that a chart draws, line by line: "NPS: Jan +0.30; Feb −1.20."."""
    return " ".join(
        f"{line['name']}: {'; '.join(_point(point) for point in line['data'])}."
        for line in chart["chart"]["series"]
    )


def _point(point: Block) -> str:
    return f"{point['label']} {localised(format(point['value'], '+.2f'))}"
