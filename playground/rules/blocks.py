"""Block types and which surface takes which: https://docs.slack.dev/reference/block-kit/blocks"""

from __future__ import annotations

from typing import Any

from playground.rules.charts import CHART
from playground.rules.elements import (
    BUTTON,
    CONTEXT_ACTIONS,
    IMAGE,
    SLACK_FILE,
    accessories,
    in_actions,
    inputs,
    mrkdwn,
    plain,
    words,
)
from playground.rules.rich_text import RICH_TEXT
from playground.rules.shapes import (
    Problem,
    Shape,
    an_object,
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

_B: dict[str, Shape] = {"block_id": string(255)}


def _section_says_something(value: Any, at: str, out: list[Problem]) -> None:
    if not value.get("text") and not value.get("fields"):
        out.append(Problem(at, "must define either `text` or `fields`"))


def _card_shows_something(value: Any, at: str, out: list[Problem]) -> None:
    if not any(value.get(name) for name in ("hero_image", "title", "actions", "body")):
        out.append(Problem(at, "must define one of `hero_image`, `title`, `actions` or `body`"))


def _even_rows(value: Any, at: str, out: list[Problem]) -> None:
    rows = value.get("rows")
    if isinstance(rows, list) and len({len(row) for row in rows if isinstance(row, list)}) > 1:
        out.append(Problem(f"{at}/rows", "all rows must have the same number of cells"))


_SECTION = both(
    record(
        **_B,
        text=words(3000),
        fields=many(words(2000), 1, 10),
        accessory=by_type(accessories()),
        expand=boolean,
    ),
    _section_says_something,
)
_IMAGE = either(
    record("alt_text image_url", **_B, alt_text=string(2000), image_url=string(3000), title=plain(2000)),
    record("alt_text slack_file", **_B, alt_text=string(2000), slack_file=SLACK_FILE, title=plain(2000)),
)
_INPUT = record(
    "label element",
    **_B,
    label=plain(2000),
    element=by_type(inputs(RICH_TEXT)),
    hint=plain(2000),
    optional=boolean,
    dispatch_action=boolean,
)
_CELL = by_type(
    {
        "raw_text": record("text", text=string()),
        "raw_number": record("text value", text=string(), value=number),
        "rich_text": RICH_TEXT,
    }
)
_ROW = many(_CELL, 0, 20)
_COLUMN = either(record(align=word("left", "center", "right"), is_wrapped=boolean), word(None))
_IMAGE_ELEMENT = by_type({"image": IMAGE})
_CARD = both(
    record(
        **_B,
        hero_image=_IMAGE_ELEMENT,
        icon=_IMAGE_ELEMENT,
        title=mrkdwn(150),
        subtitle=mrkdwn(150),
        body=mrkdwn(200),
        actions=many(by_type({"button": BUTTON})),
    ),
    _card_shows_something,
)
_TASK = record(
    "status task_id title",
    **_B,
    status=word("pending", "in_progress", "complete", "error"),
    task_id=string(),
    title=string(),
    details=RICH_TEXT,
    output=RICH_TEXT,
    sources=many(by_type({"url": record("text url", text=string(), url=string())})),
)
_BASIC: dict[str, Shape] = {
    "actions": record("elements", **_B, elements=many(by_type(in_actions(RICH_TEXT)), 1, 25)),
    "context": record(
        "elements",
        **_B,
        elements=many(by_type({"image": IMAGE, "plain_text": plain(), "mrkdwn": mrkdwn()}), 1, 10),
    ),
    "divider": record(**_B),
    "file": record("external_id source", **_B, external_id=string(), source=string()),
    "header": record("text", **_B, text=plain(150)),
    "image": _IMAGE,
    "input": _INPUT,
    "rich_text": RICH_TEXT,
    "section": _SECTION,
    "table": record("rows", **_B, rows=many(_ROW, 1, 100), column_settings=many(_COLUMN, 0, 20)),
    "video": record(
        "alt_text thumbnail_url title video_url",
        **_B,
        alt_text=string(),
        author_name=string(49),
        provider_icon_url=string(),
        provider_name=string(),
        thumbnail_url=string(),
        title=plain(199),
        title_url=string(),
        video_url=string(),
        description=plain(199),
    ),
}
BLOCK = by_type(
    {
        **_BASIC,
        "alert": record(
            "text", **_B, text=words(200), level=word("default", "info", "warning", "error", "success")
        ),
        "card": _CARD,
        "carousel": record("elements", **_B, elements=many(by_type({"card": _CARD}), 1, 10)),
        "container": record(
            "child_blocks",
            **_B,
            title=plain(150),
            subtitle=words(150),
            child_blocks=many(by_type(_BASIC), 1, 10),
            default_collapsed=boolean,
            has_header_divider=boolean,
            icon=_IMAGE_ELEMENT,
            is_collapsible=boolean,
            rich_text_title=RICH_TEXT,
            width=word("narrow", "standard", "wide", "full"),
        ),
        "context_actions": record("elements", **_B, elements=many(by_type(CONTEXT_ACTIONS), 1, 5)),
        "data_table": both(
            record(
                "caption rows",
                **_B,
                caption=string(),
                page_size=number,
                row_header_column_index=number,
                rows=many(_ROW, 2, 101),
            ),
            _even_rows,
        ),
        "data_visualization": CHART,
        "markdown": record("text", **_B, text=string()),
        "plan": record("title", **_B, title=string(), tasks=many(an_object)),
        "task_card": _TASK,
    }
)
_LARGE = frozenset(
    ("context_actions", "data_visualization", "file", "markdown", "plan", "table", "task_card")
)
#: Surface → block types it does not take (the "Surfaces" column of Slack's page).
FORBIDDEN = {
    "message": frozenset(("alert", "file")),
    "modal": _LARGE | {"card", "carousel", "data_table", "container"},
    "home": _LARGE | {"alert", "data_table", "container"},
}
MODAL_ONLY = frozenset(("file_input", "email_text_input", "url_text_input", "number_input"))
