"""Blocks and views of every kind, and ways to spoil them, on which two readings of the rules meet."""

from __future__ import annotations

import copy
from typing import Any

from hypothesis import strategies as st

Json = dict[str, Any]

LENGTHS = (0, 1, 19, 20, 21, 24, 25, 30, 31, 50, 51, 75, 76, 100, 101, 150, 151, 200, 201, 255, 256, 300, 301)
LONG = (2000, 2001, 3000, 3001)
COUNTS = (0, 1, 2, 5, 6, 10, 11, 20, 21, 25, 26, 100, 101)


def plain(text: str = "Words") -> Json:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str = "*Words*") -> Json:
    return {"type": "mrkdwn", "text": text}


def option(value: str = "a") -> Json:
    return {"text": plain(), "value": value}


CONFIRM: Json = {
    "title": plain(),
    "text": mrkdwn(),
    "confirm": plain("Yes"),
    "deny": plain("No"),
    "style": "danger",
}
BUTTON: Json = {
    "type": "button",
    "action_id": "b",
    "text": plain(),
    "value": "v",
    "style": "primary",
    "confirm": CONFIRM,
}
IMAGE: Json = {"type": "image", "image_url": "https://example.com/a.png", "alt_text": "A picture"}
TEXT: Json = {"type": "text", "text": "words", "style": {"bold": True}}
SECTION_RICH: Json = {
    "type": "rich_text_section",
    "elements": [
        TEXT,
        {"type": "link", "url": "https://example.com", "text": "there"},
        {"type": "user", "user_id": "U1"},
    ],
}
RICH: Json = {
    "type": "rich_text",
    "elements": [
        SECTION_RICH,
        {"type": "rich_text_list", "style": "bullet", "elements": [SECTION_RICH]},
        {"type": "rich_text_quote", "elements": [{"type": "emoji", "name": "tada"}]},
        {"type": "rich_text_preformatted", "elements": [{"type": "text", "text": "code"}], "border": 0},
    ],
}
SELECTS: list[Json] = [
    {"type": "static_select", "action_id": "s", "options": [option()], "placeholder": plain()},
    {
        "type": "static_select",
        "action_id": "s",
        "option_groups": [{"label": plain(), "options": [option("a"), option("b")]}],
    },
    {"type": "external_select", "action_id": "s", "min_query_length": 1, "initial_option": option()},
    {"type": "users_select", "action_id": "s", "initial_user": "U1"},
    {"type": "channels_select", "action_id": "s", "response_url_enabled": True},
    {"type": "conversations_select", "action_id": "s", "filter": {"include": ["public"]}},
    {"type": "multi_static_select", "action_id": "s", "options": [option()], "max_selected_items": 2},
    {"type": "multi_external_select", "action_id": "s", "placeholder": plain()},
    {"type": "multi_users_select", "action_id": "s", "initial_users": ["U1"]},
    {"type": "multi_channels_select", "action_id": "s"},
    {"type": "multi_conversations_select", "action_id": "s", "default_to_current_conversation": True},
    {"type": "datepicker", "action_id": "s", "initial_date": "2026-01-01"},
    {"type": "timepicker", "action_id": "s", "initial_time": "09:00"},
    {"type": "checkboxes", "action_id": "s", "options": [option(), {"text": mrkdwn(), "value": "b"}]},
    {"type": "radio_buttons", "action_id": "s", "options": [option()], "initial_option": option()},
]
INPUTS: list[Json] = [
    *SELECTS,
    {"type": "datetimepicker", "action_id": "s", "initial_date_time": 1_700_000_000},
    {
        "type": "plain_text_input",
        "action_id": "s",
        "multiline": True,
        "max_length": 100,
        "initial_value": "a",
    },
    {"type": "rich_text_input", "action_id": "s", "initial_value": RICH},
]
MODAL_INPUTS: list[Json] = [
    {"type": "number_input", "action_id": "s", "is_decimal_allowed": False, "min_value": "0"},
    {"type": "email_text_input", "action_id": "s", "placeholder": plain()},
    {
        "type": "url_text_input",
        "action_id": "s",
        "dispatch_action_config": {"trigger_actions_on": ["on_enter_pressed"]},
    },
    {"type": "file_input", "action_id": "s", "filetypes": ["txt"], "max_files": 1},
]
CARD: Json = {"type": "card", "title": mrkdwn(), "body": mrkdwn(), "hero_image": IMAGE, "actions": [BUTTON]}
CELLS: list[Json] = [{"type": "raw_text", "text": "a"}, {"type": "raw_number", "text": "1", "value": 1}]
COMMON: list[Json] = [
    {"type": "section", "text": mrkdwn(), "block_id": "one", "accessory": BUTTON},
    {"type": "section", "fields": [mrkdwn(), plain()]},
    *({"type": "section", "text": plain(), "accessory": select} for select in SELECTS),
    {"type": "section", "text": mrkdwn(), "accessory": IMAGE, "expand": True},
    {"type": "header", "text": plain()},
    {"type": "divider"},
    {"type": "context", "elements": [IMAGE, mrkdwn(), plain()]},
    {"type": "image", **IMAGE, "title": plain()},
    {"type": "image", "slack_file": {"id": "F1"}, "alt_text": "A picture"},
    {"type": "actions", "elements": [BUTTON, {**SELECTS[0], "action_id": "t"}]},
    {"type": "actions", "elements": [{"type": "overflow", "action_id": "o", "options": [option()]}]},
    *(
        {"type": "input", "label": plain(), "element": element, "hint": plain(), "optional": True}
        for element in INPUTS
    ),
    RICH,
    {
        "type": "video",
        "alt_text": "A film",
        "thumbnail_url": "https://example.com/a.png",
        "title": plain(),
        "video_url": "https://example.com/v",
        "author_name": "Somebody",
        "description": plain(),
    },
]
MESSAGE_ONLY: list[Json] = [
    {"type": "markdown", "text": "# Words"},
    {
        "type": "table",
        "rows": [CELLS, CELLS],
        "column_settings": [{"align": "right", "is_wrapped": True}, None],
    },
    {"type": "data_table", "caption": "Numbers", "rows": [CELLS, CELLS]},
    {"type": "container", "title": plain(), "child_blocks": [{"type": "divider"}], "width": "standard"},
    {
        "type": "context_actions",
        "elements": [
            {
                "type": "feedback_buttons",
                "action_id": "f",
                "positive_button": {"text": plain(), "value": "y"},
                "negative_button": {"text": plain(), "value": "n"},
            },
            {"type": "icon_button", "icon": "trash", "text": plain(), "action_id": "i"},
        ],
    },
    CARD,
    {"type": "carousel", "elements": [CARD]},
    {"type": "task_card", "task_id": "1", "title": "Do", "status": "pending"},
    {"type": "plan", "title": "Plan", "tasks": []},
]
MODAL_ONLY: list[Json] = [
    {"type": "alert", "text": mrkdwn(), "level": "info"},
    *({"type": "input", "label": plain(), "element": element} for element in MODAL_INPUTS),
]
EVERY: list[Json] = [*COMMON, *MESSAGE_ONLY, *MODAL_ONLY]
MODAL: Json = {
    "type": "modal",
    "title": plain(),
    "submit": plain("Send"),
    "close": plain("Not now"),
    "callback_id": "c",
    "private_metadata": "m",
    "notify_on_close": True,
}
HOME: Json = {"type": "home", "callback_id": "c", "private_metadata": "m"}


def _paths(node: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    found = [path]
    entries = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, value in entries:
        found += _paths(value, (*path, key))
    return found


def _spoil(draw: st.DrawFn, node: Any) -> Any:
    """One change to one place of `node`: another length, count, kind or value, something missing or added."""
    *above, last = draw(st.sampled_from(_paths(node)[1:] or [(0,)]))
    holder = node
    for key in above:
        holder = holder[key]
    value = holder[last]
    way = draw(st.sampled_from(("drop", "kind", "length", "length", "count", "count", "add", "twin")))
    if way == "drop" and isinstance(holder, dict):
        del holder[last]
    elif way == "kind":
        holder[last] = draw(st.sampled_from(("words", 1, 1.5, True, None, [], {}, "")))
    elif way == "length" and isinstance(value, str) and last != "type":
        holder[last] = "x" * draw(st.sampled_from(LENGTHS + LONG))
    elif way == "count" and isinstance(value, list) and value:
        size = draw(st.sampled_from(COUNTS))
        holder[last] = [copy.deepcopy(value[index % len(value)]) for index in range(size)]
    elif way == "add" and isinstance(value, dict):
        value[draw(st.sampled_from(("extra", "block_id", "action_id", "focus_on_load", "style")))] = draw(
            st.sampled_from(("same", True, "danger", "y" * 256))
        )
    elif way == "twin" and isinstance(value, dict) and isinstance(holder, list):
        holder.append(copy.deepcopy(value))
    return node


@st.composite
def block_lists(draw: st.DrawFn) -> list[Any]:
    """One to four blocks, up to three things about them spoilt."""
    blocks = copy.deepcopy(draw(st.lists(st.sampled_from(EVERY), min_size=1, max_size=4)))
    for _ in range(draw(st.integers(0, 3))):
        if blocks:
            blocks = _spoil(draw, blocks)
    return blocks


@st.composite
def views(draw: st.DrawFn) -> tuple[str, Json]:
    """A modal or App Home, perhaps spoilt, with the name of its surface."""
    surface = draw(st.sampled_from(("modal", "home")))
    pool = [*COMMON, *MODAL_ONLY] if surface == "modal" else COMMON
    view = copy.deepcopy(MODAL if surface == "modal" else HOME)
    view["blocks"] = copy.deepcopy(draw(st.lists(st.sampled_from(pool), min_size=1, max_size=3)))
    for _ in range(draw(st.integers(0, 3))):
        view = _spoil(draw, view)
    return surface, view
