"""From what a test wants in a field to the value Slack's client would send for it."""

from __future__ import annotations

from typing import Any

from playground.controlling import Control, PlaygroundError
from playground.dressing import elements
from playground.model import Json
from playground.state import FIELDS


class Filler:
    """Fills fields of one view as one person; `view_id` is empty for a message."""

    def __init__(self, control: Control, who: str, view_id: str) -> None:
        self._control = control
        self._who = who
        self._view_id = view_id

    def field(self, blocks: list[Json], key: str) -> tuple[Json, Json]:
        """The block and element that `key` names: a block id, an action id or a label."""
        for block in blocks:
            for element in elements(block):
                label = (block.get("label") or {}).get("text")
                if element.get("type") in FIELDS and key in (
                    block["block_id"],
                    element.get("action_id"),
                    label,
                ):
                    return block, element
        known = [
            block["block_id"] for block in blocks if any(e.get("type") in FIELDS for e in elements(block))
        ]
        raise PlaygroundError(f"There is no field {key!r} here; there are {', '.join(known) or 'none'}.")

    async def state(self, block: Json, element: Json, value: Any) -> Json:
        """The element's value as in `state.values`. A dict is taken as it is; None empties the field.

        A file input takes `(name, bytes)`, or a list of such.
        """
        kind = str(element["type"])
        if isinstance(value, dict):
            return {"type": kind, **value}
        if kind == "overflow":
            return {"type": kind, "selected_option": await self._option(block, element, value)}
        if kind == "file_input":
            return {"type": kind, "files": await self._files(value)}
        field = FIELDS[kind][1]
        many = field in ("selected_options", "selected_users", "selected_channels", "selected_conversations")
        if value is None:
            return {"type": kind, field: [] if many else None}
        if many:
            given = value if isinstance(value, list | tuple) else [value]
            return {"type": kind, field: [await self._one(block, element, entry) for entry in given]}
        return {"type": kind, field: await self._one(block, element, value)}

    async def _one(self, block: Json, element: Json, value: Any) -> Any:
        kind = str(element["type"])
        if "users" in kind:
            return await self._id("people", value)
        if "channels" in kind or "conversations" in kind:
            return await self._id("channels", value)
        if kind == "rich_text_input":
            section = {"type": "rich_text_section", "elements": [{"type": "text", "text": value}]}
            return {"type": "rich_text", "elements": [section]}
        if "select" in kind or kind in ("radio_buttons", "checkboxes"):
            return await self._option(block, element, value)
        return value if kind == "datetimepicker" else str(value)

    async def _files(self, value: Any) -> list[Json]:
        given = value if isinstance(value, list) else [value] if value else []
        return [await self._control.upload(self._who, name, data) for name, data in given]

    async def _id(self, kind: str, name: str) -> str:
        facts = await self._control.get("setup")
        wanted = name.lstrip("@#")
        for entry in facts[kind]:
            if wanted in (entry["id"], entry.get("name")):
                return str(entry["id"])
        raise PlaygroundError(f"There is no {name!r} among the {kind}.")

    async def _option(self, block: Json, element: Json, value: Any) -> Json:
        if "external" in str(element["type"]):
            options = await self._suggested(block, element, str(value))
            return _chosen(options, str(value), loosely=True)
        return _chosen(_flat(element), str(value), loosely=False)

    async def _suggested(self, block: Json, element: Json, typed: str) -> list[Json]:
        where = {"view": self._view_id, "action_id": element["action_id"], "block_id": block["block_id"]}
        answer = await self._control.act("suggest", self._who, value=typed, **where)
        return _flat({"options": answer["options"]})


def _flat(element: Json) -> list[Json]:
    entries = [*element.get("options", []), *element.get("option_groups", [])]
    return [option for entry in entries for option in entry.get("options", [entry])]


def _chosen(options: list[Json], value: str, *, loosely: bool) -> Json:
    for option in options:
        if value in (option.get("value"), option["text"]["text"]):
            return option
    for option in options if loosely else []:
        if value.casefold() in option["text"]["text"].casefold():
            return option
    offered = [option["text"]["text"] for option in options]
    raise PlaygroundError(f"There is no option {value!r}; there are {offered}.")
