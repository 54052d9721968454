"""What Slack adds to the blocks an app sends: block ids, action ids, escaped text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from playground.model import Json
from playground.text import kept_deep
from playground.workspace import Workspace

ACTIONABLE = frozenset(
    (
        *(
            "button",
            "checkboxes",
            "radio_buttons",
            "overflow",
            "workflow_button",
            "feedback_buttons",
            "icon_button",
        ),
        *("static_select", "external_select", "users_select", "channels_select", "conversations_select"),
        *("multi_static_select", "multi_external_select", "multi_users_select", "multi_channels_select"),
        *("multi_conversations_select", "datepicker", "timepicker", "datetimepicker", "plain_text_input"),
        *("number_input", "email_text_input", "url_text_input", "rich_text_input", "file_input"),
    )
)


def elements(block: Json) -> Iterator[Json]:
    """Yield the interactive elements that stand directly in a block, its element, accessory or list."""
    for key in ("element", "accessory"):
        if isinstance(block.get(key), dict):
            yield block[key]
    for key in ("elements", "actions"):
        for entry in block.get(key) or ():
            if isinstance(entry, dict):
                yield entry


def every_block(blocks: list[Json]) -> Iterator[Json]:
    """Yield each block, and those inside containers, carousels and cards."""
    for block in blocks:
        yield block
        yield from every_block([b for b in block.get("child_blocks") or () if isinstance(b, dict)])
        if block.get("type") == "carousel":
            yield from every_block([b for b in block.get("elements") or () if isinstance(b, dict)])


def dressed(workspace: Workspace, blocks: list[Any]) -> list[Json]:
    """Return the blocks as Slack gives them back: text escaped, missing block and action ids made up."""
    copies: list[Json] = kept_deep(blocks)
    for block in every_block(copies):
        block.setdefault("block_id", workspace.short_id())
        for element in elements(block):
            if element.get("type") in ACTIONABLE:
                element.setdefault("action_id", workspace.short_id())
    return copies


def action_ids(blocks: list[Json]) -> list[str]:
    """The action ids that stand in blocks, in order."""
    return [str(e["action_id"]) for b in every_block(blocks) for e in elements(b) if e.get("action_id")]


def find_element(blocks: list[Json], action_id: str, block_id: str = "") -> tuple[str, Json] | None:
    """The block id and element with that action id (in that block when named), or None."""
    for block in every_block(blocks):
        if block_id and block.get("block_id") != block_id:
            continue
        for element in elements(block):
            if element.get("action_id") == action_id:
                return str(block.get("block_id", "")), element
    return None
