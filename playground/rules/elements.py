"""Block elements and composition objects: https://docs.slack.dev/reference/block-kit/block-elements"""

from __future__ import annotations

from typing import Any

from playground.rules.shapes import (
    Problem,
    Shape,
    boolean,
    both,
    by_type,
    either,
    many,
    number,
    record,
    string,
    word,
)


def plain(most: int = 3000) -> Shape:
    """A plain_text object of 1 to `most` characters."""
    return by_type({"plain_text": record("text", text=string(most, 1), emoji=boolean)})


def mrkdwn(most: int = 3000) -> Shape:
    """A mrkdwn object of 1 to `most` characters."""
    return by_type({"mrkdwn": record("text", text=string(most, 1), verbatim=boolean)})


def words(most: int = 3000) -> Shape:
    """A plain_text or mrkdwn object."""
    return by_type({"plain_text": plain(most), "mrkdwn": mrkdwn(most)})


ID = string(255)
COLOUR = word("primary", "danger")
CONFIRM = record("text", title=plain(100), text=words(300), confirm=plain(30), deny=plain(30), style=COLOUR)
PLAIN_OPTION = record("text", text=plain(75), value=string(150), url=string(3000), description=plain(75))
MRKDWN_OPTION = record("text", text=mrkdwn(75), value=string(150), url=string(3000), description=words(75))
OPTION = either(PLAIN_OPTION, MRKDWN_OPTION)
GROUP = record("label options", label=plain(75), options=many(PLAIN_OPTION, 1, 100))
FILTER = record(
    include=many(word("im", "mpim", "private", "public")),
    exclude_bot_users=boolean,
    exclude_external_shared_channels=boolean,
)
DISPATCH = record(trigger_actions_on=many(word("on_enter_pressed", "on_character_entered")))
SLACK_FILE = either(record("id", id=string()), record("url", url=string()))
IMAGE = either(
    record("alt_text image_url", alt_text=string(2000), image_url=string(3000)),
    record("alt_text slack_file", alt_text=string(2000), slack_file=SLACK_FILE),
)

_COMMON: dict[str, Shape] = {"action_id": ID}
_PICK: dict[str, Shape] = {
    "action_id": ID,
    "confirm": CONFIRM,
    "focus_on_load": boolean,
    "placeholder": plain(150),
}
_TYPE: dict[str, Shape] = {
    "action_id": ID,
    "focus_on_load": boolean,
    "placeholder": plain(150),
    "dispatch_action_config": DISPATCH,
}
_CHOOSE: dict[str, Shape] = {"action_id": ID, "confirm": CONFIRM, "focus_on_load": boolean}
_MANY: dict[str, Shape] = {**_PICK, "max_selected_items": number}
_ROOMS: dict[str, Shape] = {"filter": FILTER, "default_to_current_conversation": boolean}
_URL: dict[str, Shape] = {"response_url_enabled": boolean}
_IDS = many(string())


def _options_or_groups(value: Any, at: str, out: list[Problem]) -> None:
    if ("options" in value) == ("option_groups" in value):
        out.append(Problem(at, "must define either `options` or `option_groups`"))


def _one_of(shape: Shape) -> Shape:
    return both(shape, _options_or_groups)


_STATIC: dict[str, Shape] = {"options": many(PLAIN_OPTION, 1, 100), "option_groups": many(GROUP, 1, 100)}
_FEEDBACK = record("text value", text=plain(75), value=string(2000), accessibility_label=string(75))

BUTTON = record(
    "text",
    **_COMMON,
    text=plain(75),
    url=string(3000),
    value=string(2000),
    style=COLOUR,
    confirm=CONFIRM,
    accessibility_label=string(75),
)
_TRIGGER = record(
    "url",
    url=string(),
    customizable_input_parameters=many(record("name value", name=string(), value=string())),
)
WORKFLOW_BUTTON = record(
    "text workflow",
    **_COMMON,
    text=plain(75),
    workflow=record("trigger", trigger=_TRIGGER),
    style=COLOUR,
    confirm=CONFIRM,
    accessibility_label=string(75),
)
CONTEXT_ACTIONS = {
    "feedback_buttons": record(
        "positive_button negative_button", **_COMMON, positive_button=_FEEDBACK, negative_button=_FEEDBACK
    ),
    "icon_button": record(
        "icon text",
        **_COMMON,
        icon=string(),
        text=plain(75),
        value=string(2000),
        confirm=CONFIRM,
        accessibility_label=string(75),
        visible_to_user_ids=_IDS,
    ),
}
_SELECTS: dict[str, Shape] = {
    "static_select": _one_of(record(**_PICK, **_STATIC, initial_option=PLAIN_OPTION)),
    "external_select": record(**_PICK, initial_option=PLAIN_OPTION, min_query_length=number),
    "users_select": record(**_PICK, initial_user=string()),
    "channels_select": record(**_PICK, **_URL, initial_channel=string()),
    "conversations_select": record(**_PICK, **_URL, **_ROOMS, initial_conversation=string()),
    "multi_static_select": _one_of(record(**_MANY, **_STATIC, initial_options=many(PLAIN_OPTION))),
    "multi_external_select": record(**_MANY, initial_options=many(PLAIN_OPTION), min_query_length=number),
    "multi_users_select": record(**_MANY, initial_users=_IDS),
    "multi_channels_select": record(**_MANY, initial_channels=_IDS),
    "multi_conversations_select": record(**_MANY, **_ROOMS, initial_conversations=_IDS),
}
_CHOICES: dict[str, Shape] = {
    "checkboxes": record("options", **_CHOOSE, options=many(OPTION, 1, 10), initial_options=many(OPTION)),
    "radio_buttons": record("options", **_CHOOSE, options=many(OPTION, 1, 10), initial_option=OPTION),
}
_DATES: dict[str, Shape] = {
    "datepicker": record(**_PICK, initial_date=string()),
    "timepicker": record(**_PICK, initial_time=string(), timezone=string()),
}
_DATETIME: dict[str, Shape] = {"datetimepicker": record(**_CHOOSE, initial_date_time=number)}
_OVERFLOW = record("options", **_COMMON, confirm=CONFIRM, options=many(PLAIN_OPTION, 1, 5))
_BUTTONS: dict[str, Shape] = {"button": BUTTON, "workflow_button": WORKFLOW_BUTTON, "overflow": _OVERFLOW}


def inputs(rich_text: Shape) -> dict[str, Shape]:
    """The elements of an input block; `rich_text` is the shape of a rich_text block."""
    return {
        **_SELECTS,
        **_CHOICES,
        **_DATES,
        **_DATETIME,
        "plain_text_input": record(
            **_TYPE, initial_value=string(), multiline=boolean, min_length=number, max_length=number
        ),
        "number_input": record(
            "is_decimal_allowed",
            **_TYPE,
            is_decimal_allowed=boolean,
            initial_value=string(),
            min_value=string(),
            max_value=string(),
        ),
        "email_text_input": record(**_TYPE, initial_value=string()),
        "url_text_input": record(**_TYPE, initial_value=string()),
        "rich_text_input": record(**_TYPE, initial_value=rich_text, min_lines=number, max_lines=number),
        "file_input": record(**_COMMON, filetypes=_IDS, max_files=number),
    }


def in_actions(rich_text: Shape) -> dict[str, Shape]:
    """The elements of an actions block."""
    rich = {"rich_text_input": inputs(rich_text)["rich_text_input"]}
    return {**_BUTTONS, **_SELECTS, **_CHOICES, **_DATES, **_DATETIME, **rich}


def accessories() -> dict[str, Shape]:
    """What may stand beside a section's text."""
    return {**_BUTTONS, **_SELECTS, **_CHOICES, **_DATES, "image": IMAGE}
