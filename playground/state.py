"""What stands in a view's or message's inputs, in the shape of Slack's `state.values`, and what Slack's own
client refuses before anything is sent."""

from __future__ import annotations

import re
from typing import Any

from playground.dressing import elements, every_block
from playground.model import Json

Values = dict[str, dict[str, Json]]

_OPTION = ("initial_option", "selected_option")
_OPTIONS = ("initial_options", "selected_options")
#: Element type → the field of its first value, and the field of its value in `state.values`.
FIELDS: dict[str, tuple[str, str]] = {
    **dict.fromkeys(
        ("plain_text_input", "number_input", "email_text_input", "url_text_input"), ("initial_value", "value")
    ),
    "rich_text_input": ("initial_value", "rich_text_value"),
    **dict.fromkeys(("static_select", "external_select", "radio_buttons"), _OPTION),
    **dict.fromkeys(("checkboxes", "multi_static_select", "multi_external_select"), _OPTIONS),
    "users_select": ("initial_user", "selected_user"),
    "multi_users_select": ("initial_users", "selected_users"),
    "channels_select": ("initial_channel", "selected_channel"),
    "multi_channels_select": ("initial_channels", "selected_channels"),
    "conversations_select": ("initial_conversation", "selected_conversation"),
    "multi_conversations_select": ("initial_conversations", "selected_conversations"),
    "datepicker": ("initial_date", "selected_date"),
    "timepicker": ("initial_time", "selected_time"),
    "datetimepicker": ("initial_date_time", "selected_date_time"),
    "file_input": ("", "files"),
}
REQUIRED = "Please complete this required field."
_MANY = ("selected_options", "selected_users", "selected_channels", "selected_conversations", "files")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_URL = re.compile(r"https?://\S+")


def first_values(blocks: list[Json], *, channel_id: str = "") -> Values:
    """The values a person finds when the blocks are first drawn in `channel_id`, if anywhere."""
    values: Values = {}
    for block in every_block(blocks):
        for element in elements(block):
            fields = FIELDS.get(str(element.get("type")))
            if fields:
                action_id = str(element.get("action_id", ""))
                values.setdefault(str(block.get("block_id", "")), {})[action_id] = _first(
                    element, *fields, channel_id
                )
    return values


def _first(element: Json, initial: str, field: str, channel_id: str) -> Json:
    empty: Any = [] if field in _MANY else None
    value = element.get(initial, empty)
    if value is None and element.get("default_to_current_conversation") and channel_id:
        value = channel_id
    answer = {"type": element["type"], field: value}
    if element["type"] == "timepicker" and element.get("timezone"):
        answer["timezone"] = element["timezone"]
    return answer


def merged(blocks: list[Json], *layers: Values, channel_id: str = "") -> Values:
    """First values overlaid by each layer in turn; what the blocks do not hold is left out.

    So a view that is updated keeps what was typed in inputs whose block and action ids stayed, as Slack does.
    """
    values = first_values(blocks, channel_id=channel_id)
    for layer in layers:
        for block_id, actions in values.items():
            given = layer.get(block_id)
            if not isinstance(given, dict):
                continue
            for action_id, value in actions.items():
                if isinstance(given.get(action_id), dict) and given[action_id].get("type") == value["type"]:
                    actions[action_id] = given[action_id]
    return values


def is_empty(value: Json) -> bool:
    """Whether nothing was typed or chosen."""
    field = FIELDS[value["type"]][1]
    return value.get(field) in (None, "", [])


def refusals(blocks: list[Json], values: Values) -> dict[str, str]:
    """Block id → what Slack's client says beside the field instead of sending a submission."""
    errors: dict[str, str] = {}
    for block in blocks:
        element = block.get("element")
        if block.get("type") != "input" or not isinstance(element, dict) or element.get("type") not in FIELDS:
            continue
        value = values[block["block_id"]][element["action_id"]]
        missing = "" if block.get("optional") else REQUIRED
        words = missing if is_empty(value) else _refusal(element, value) or _files_refusal(element, value)
        if words:
            errors[block["block_id"]] = words
    return errors


def _refusal(element: Json, value: Json) -> str:
    text = value.get("value")
    if not isinstance(text, str):
        return ""
    kind = element["type"]
    if kind == "plain_text_input":
        return _length_refusal(text, element.get("min_length") or 0, element.get("max_length") or 3000)
    if kind == "number_input":
        return _number_refusal(element, text)
    if kind == "email_text_input" and not _EMAIL.fullmatch(text):
        return "Please enter a valid email address."
    if kind == "url_text_input" and not _URL.fullmatch(text):
        return "Please enter a valid URL."
    return ""


def _files_refusal(element: Json, value: Json) -> str:
    files = value.get("files") or []
    most, wanted = element.get("max_files") or 10, element.get("filetypes") or ()
    if len(files) > most:
        return f"You can add up to {most} files."
    fits = tuple(f".{ending.lower()}" for ending in wanted)
    odd = [str(f.get("name")) for f in files if fits and not str(f.get("name")).lower().endswith(fits)]
    return f"{odd[0]} can't be added: use {', '.join(fits)}." if odd else ""


def _length_refusal(text: str, least: int, most: int) -> str:
    if len(text) < least:
        return f"Please enter at least {least} characters."
    return f"Please enter at most {most} characters." if len(text) > most else ""


def _number_refusal(element: Json, text: str) -> str:
    try:
        number = float(text)
    except ValueError:
        return "Please enter a number."
    if not element.get("is_decimal_allowed") and not number.is_integer():
        return "Please enter a whole number."
    low, high = element.get("min_value"), element.get("max_value")
    if low is not None and number < float(low):
        return f"Please enter a number greater than or equal to {low}."
    if high is not None and number > float(high):
        return f"Please enter a number less than or equal to {high}."
    return ""
