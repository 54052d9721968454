"""What must be true of all blocks of a message or view together: counts, ids, budgets, surfaces."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

from playground.rules.blocks import BLOCK, FORBIDDEN, MODAL_ONLY
from playground.rules.shapes import Problem

Surface = Literal["message", "modal", "home"]
MOST_BLOCKS = {"message": 50, "modal": 100, "home": 100}
_MARKDOWN, _TABLE = 12_000, 10_000
_NUMBER_OF_CHARTS = 2


def walk(node: Any, at: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield every object inside `node` with its pointer, outermost first."""
    if isinstance(node, dict):
        yield at, node
        for key, value in node.items():
            if isinstance(value, dict | list):
                yield from walk(value, f"{at}/{key}")
    elif isinstance(node, list):
        for index, value in enumerate(node):
            if isinstance(value, dict | list):
                yield from walk(value, f"{at}/{index}")


def block_problems(blocks: Any, surface: Surface, at: str = "/blocks") -> list[Problem]:
    """All that Slack would refuse in these blocks on that surface; empty when they are fine."""
    if not isinstance(blocks, list):
        return [Problem(at, "must provide an array")]
    out: list[Problem] = []
    if len(blocks) > MOST_BLOCKS[surface]:
        out.append(Problem(at, f"no more than {MOST_BLOCKS[surface]} items allowed"))
    for index, block in enumerate(blocks):
        kind = block.get("type") if isinstance(block, dict) else None
        if isinstance(kind, str) and kind in FORBIDDEN[surface]:
            out.append(Problem(f"{at}/{index}/type", f"unsupported type: {kind}"))
        else:
            BLOCK(block, f"{at}/{index}", out)
    return out or _together(blocks, surface, at)


def _together(blocks: list[Any], surface: Surface, at: str) -> list[Problem]:
    objects = list(walk(blocks, at))
    out = _ids(objects)
    focused = [pointer for pointer, entry in objects if entry.get("focus_on_load") is True]
    if len(focused) > 1:
        out.append(Problem(focused[1], "only one element can have `focus_on_load` set to true"))
    if surface != "modal":
        out += [
            Problem(f"{p}/type", f"unsupported type: {o['type']}")
            for p, o in objects
            if o.get("type") in MODAL_ONLY
        ]
    return out + _budgets(objects, surface, at)


def _ids(objects: list[tuple[str, dict[str, Any]]]) -> list[Problem]:
    out: list[Problem] = []
    seen: set[str] = set()
    for pointer, entry in objects:
        block_id = entry.get("block_id")
        if isinstance(block_id, str):
            if block_id in seen:
                out.append(Problem(f"{pointer}/block_id", f"`block_id` {block_id!r} already exists"))
            seen.add(block_id)
        out += _action_ids(pointer, entry)
    return out


def _action_ids(pointer: str, entry: dict[str, Any]) -> list[Problem]:
    inside = [entry[key] for key in ("element", "accessory") if key in entry]
    for key in ("elements", "actions"):
        listed = entry.get(key)
        inside += listed if isinstance(listed, list) else []
    if len(inside) < 2:
        return []
    ids = [e["action_id"] for e in inside if isinstance(e, dict) and e.get("action_id")]
    twice = sorted({i for i in ids if ids.count(i) > 1})
    return [Problem(pointer, f"`action_id` {i!r} already exists in this block") for i in twice]


def _budgets(objects: list[tuple[str, dict[str, Any]]], surface: Surface, at: str) -> list[Problem]:
    out: list[Problem] = []
    tables = [(p, o) for p, o in objects if o.get("type") in ("table", "data_table")]
    markdown = sum(len(o["text"]) for _, o in objects if o.get("type") == "markdown")
    charts = sum(o.get("type") == "data_visualization" for _, o in objects)
    if markdown > _MARKDOWN:
        out.append(Problem(at, f"markdown blocks must be less than {_MARKDOWN + 1} characters in all"))
    if charts > _NUMBER_OF_CHARTS:
        out.append(Problem(at, f"no more than {_NUMBER_OF_CHARTS} data_visualization blocks allowed"))
    if len(tables) > 1 and surface == "message":
        out.append(Problem(tables[1][0], "only_one_table_allowed"))
    out += [
        Problem(pointer, f"cells must be less than {_TABLE + 1} characters in all")
        for pointer, table in tables
        if _characters(table["rows"]) > _TABLE
    ]
    return out


def _characters(rows: Any) -> int:
    kinds = ("raw_text", "raw_number", "text", "link")
    return sum(len(str(o.get("text", ""))) for _, o in walk(rows, "") if o.get("type") in kinds)
