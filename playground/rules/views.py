"""Modals and App Homes: https://docs.slack.dev/reference/views"""

from __future__ import annotations

import json
from typing import Any

from playground.rules.elements import plain
from playground.rules.shapes import Problem, Shape, anything, boolean, record, string
from playground.rules.wholes import Surface, block_problems

MOST_BYTES = 250_000
_COMMON: dict[str, Shape] = {
    "blocks": anything,
    "callback_id": string(255),
    "external_id": string(255),
    "private_metadata": string(3000),
}
_SHAPES: dict[str, Shape] = {
    "modal": record(
        "title blocks",
        **_COMMON,
        title=plain(24),
        submit=plain(24),
        close=plain(24),
        clear_on_close=boolean,
        notify_on_close=boolean,
    ),
    "home": record("blocks", **_COMMON),
}


def view_problems(view: Any, surface: Surface, at: str = "/view") -> list[Problem]:
    """All that Slack would refuse in this view as a modal or an App Home; pointers start at `at`."""
    if not isinstance(view, dict):
        return [Problem(at, "must provide an object")]
    if view.get("type") != surface:
        return [Problem(f"{at}/type", f"unsupported type: {view.get('type')}")]
    out: list[Problem] = []
    _SHAPES[surface](view, at, out)
    if "blocks" in view:
        out += block_problems(view["blocks"], surface, f"{at}/blocks")
    if not out and surface == "modal" and not view.get("submit") and _has_input(view["blocks"]):
        out.append(Problem(at, "missing required field: submit"))
    return out


def is_too_large(view: Any) -> bool:
    """Whether a view is over Slack's 250 kB."""
    return len(json.dumps(view).encode()) > MOST_BYTES


def _has_input(blocks: list[Any]) -> bool:
    return any(block.get("type") == "input" for block in blocks)
