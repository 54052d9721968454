"""Block Kit samples, one of each type, for the renderer's tests."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str) -> Json:
    return {"type": "mrkdwn", "text": text}


def option(text: str) -> Json:
    return {"text": plain(text), "value": f"v-{text}"}


def input_of(element: Json, label: str = "Their words") -> Json:
    return {
        "type": "input",
        "block_id": "b1",
        "label": plain(label),
        "element": {"action_id": "a1", **element},
    }


def image(alt: str = "A ward") -> Json:
    return {"type": "image", "image_url": "https://example.com/ward.png", "alt_text": alt}


def chart(kind: str, *values: float) -> Json:
    data = [{"label": f"c{i}", "value": value} for i, value in enumerate(values)]
    axis = {"categories": [point["label"] for point in data], "x_label": "Month", "y_label": "NPS"}
    body = {"type": kind, "series": [{"name": "Clinics", "data": data}], "axis_config": axis}
    return {"type": "data_visualization", "title": "NPS by month", "chart": body}


def rich(*elements: Json) -> Json:
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": list(elements)}]}


BUTTON: Json = {"type": "button", "action_id": "think", "text": plain("Made me think"), "value": "7"}
CELL: Json = {"type": "raw_text", "text": "Inês"}

#: One of each block type with words that its drawing must show.
EACH: dict[str, tuple[Json, str]] = {
    "header": ({"type": "header", "text": plain("The night nurse")}, "The night nurse"),
    "section": ({"type": "section", "text": mrkdwn("*Inês*"), "accessory": BUTTON}, "<b>Inês</b>"),
    "fields": ({"type": "section", "fields": [mrkdwn("Score: 9")]}, "Score: 9"),
    "divider": ({"type": "divider"}, "<hr>"),
    "context": ({"type": "context", "elements": [mrkdwn("three people"), image()]}, "three people"),
    "image": ({**image(), "title": plain("The ward")}, 'alt="A ward"'),
    "actions": ({"type": "actions", "elements": [BUTTON]}, "Made me think"),
    "input": (input_of({"type": "plain_text_input"}), "Their words"),
    "rich_text": (rich({"type": "text", "text": "seen", "style": {"bold": True}}), "<b>seen</b>"),
    "markdown": ({"type": "markdown", "text": "**seen**\n\n|a|b|\n|-|-:|\n|1|2|"}, "<strong>seen</strong>"),
    "table": ({"type": "table", "rows": [[CELL], [{"type": "raw_number", "value": 9, "text": "9"}]]}, "Inês"),
    "data_visualization": (chart("bar", 3, -2), "NPS by month"),
    "card": ({"type": "card", "title": mrkdwn("A card"), "actions": [BUTTON]}, "A card"),
    "carousel": ({"type": "carousel", "elements": [{"type": "card", "body": mrkdwn("inside")}]}, "inside"),
    "alert": ({"type": "alert", "level": "error", "text": mrkdwn("Not saved")}, 'role="alert"'),
    "container": (
        {"type": "container", "title": plain("Folded"), "child_blocks": [{"type": "divider"}]},
        "Folded",
    ),
    "context_actions": (
        {
            "type": "context_actions",
            "elements": [{"type": "icon_button", "icon": "trash", "action_id": "x", "text": plain("Delete")}],
        },
        'aria-label="Delete"',
    ),
    "video": (
        {
            "type": "video",
            "title": plain("The call"),
            "alt_text": "Two people",
            "thumbnail_url": "https://example.com/t.png",
            "video_url": "https://example.com/v",
        },
        'href="https://example.com/v"',
    ),
    "task_card": (
        {"type": "task_card", "task_id": "1", "title": "Read it", "status": "complete"},
        "Read it",
    ),
    "plan": ({"type": "plan", "title": "The plan", "tasks": []}, "The plan"),
}

#: Every element that may stand in an input block, and what its drawing must hold.
INPUTS: list[tuple[Json, str]] = [
    ({"type": "plain_text_input", "initial_value": "a < b"}, 'value="a &lt; b"'),
    ({"type": "plain_text_input", "multiline": True, "initial_value": "two\nlines"}, "two\nlines</textarea>"),
    ({"type": "rich_text_input", "initial_value": rich({"type": "text", "text": "rich"})}, "rich</textarea>"),
    ({"type": "number_input", "is_decimal_allowed": False}, 'inputmode="decimal"'),
    ({"type": "email_text_input"}, 'inputmode="email"'),
    ({"type": "url_text_input"}, 'inputmode="url"'),
    ({"type": "datepicker", "initial_date": "2026-03-02"}, 'type="date" value="2026-03-02"'),
    ({"type": "timepicker", "initial_time": "09:00"}, 'type="time" value="09:00"'),
    ({"type": "datetimepicker", "initial_date_time": 1772445600}, 'value="2026-03-02T10:00"'),
    ({"type": "static_select", "options": [option("One")]}, 'data-source="static"'),
    ({"type": "external_select", "min_query_length": 0}, 'data-min-query="0"'),
    ({"type": "users_select", "initial_user": "U1"}, "Ana Sousa"),
    ({"type": "channels_select", "initial_channel": "C1"}, "pilot"),
    ({"type": "conversations_select"}, 'data-source="conversations"'),
    (
        {"type": "multi_static_select", "options": [option("One")], "initial_options": [option("One")]},
        "v-One",
    ),
    ({"type": "multi_external_select"}, "combo-many"),
    ({"type": "multi_users_select", "initial_users": ["U1"]}, "Ana Sousa"),
    ({"type": "multi_channels_select"}, 'data-source="channels"'),
    ({"type": "multi_conversations_select"}, "combo-many"),
    ({"type": "checkboxes", "options": [option("Yes")], "initial_options": [option("Yes")]}, " checked>"),
    ({"type": "radio_buttons", "options": [option("Yes")]}, 'role="radiogroup"'),
]
