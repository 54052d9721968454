"""Block Kit JSON to safe HTML, for messages, modals and App Home alike.

A block that is unknown here, or that lacks what its kind needs, is shown as its JSON
rather than breaking the page.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import ChainableUndefined, Environment, FileSystemLoader, TemplateError
from markupsafe import Markup

from playground.page.charts import chart_from
from playground.page.dates import moment, slack_date
from playground.page.emoji import EMOJI
from playground.page.markdown import markdown
from playground.page.mrkdwn import mrkdwn, plain, safe_address, unescape
from playground.page.reading import Reading
from playground.page.rich_text import rich_text, rich_text_as_plain
from playground.page.words import _, ngettext

_ROW = ("actions", "context_actions")
_TEXTUAL = ("section", "header", "divider", "context", "rich_text", "markdown", "alert", "input")
_FIGURES = ("image", "video", "table", "data_table", "data_visualization")
_NESTING = ("card", "carousel", "container", "plan", "task_card")

#: Every block type that is drawn; any other is shown as JSON.
BLOCKS = frozenset((*_ROW, *_TEXTUAL, *_FIGURES, *_NESTING))

SELECT_SOURCES = frozenset({"static", "external", "users", "channels", "conversations"})


def text_object(text: Any, reading: Reading) -> Markup:
    """Draw a text object, mrkdwn or plain_text; a bare string counts as plain text and nothing as nothing."""
    if isinstance(text, Mapping):
        words = str(text.get("text", ""))
        if text.get("type") == "mrkdwn":
            return mrkdwn(words, reading)
        return plain(words, emoji=text.get("emoji") is not False)
    return plain(str(text)) if text else Markup("")


def bare(text: Any) -> str:
    """Return a text object's words alone, for labels that only screen readers and tooltips use."""
    return unescape(str(text.get("text", "")) if isinstance(text, Mapping) else str(text or ""))


def picture(image: Any) -> str:
    """Return the address of an image element or block; empty when it has none that is safe to load."""
    if not isinstance(image, Mapping):
        return ""
    file = image.get("slack_file")
    address = str(image.get("image_url") or (file.get("url") if isinstance(file, Mapping) else "") or "")
    return address if address.startswith(("https://", "http://", "/")) else ""


def local_minutes(stamp: Any, reading: Reading) -> str:
    """Return a Unix stamp as a datetime-local input holds it, in the reader's zone."""
    when = moment(stamp, reading) if stamp else None
    return when.strftime("%Y-%m-%dT%H:%M") if isinstance(when, datetime) else ""


def select_kind(element_type: str) -> str:
    """Return where a select's choices come from (`static`, `users`, …); empty for other elements."""
    source = element_type.removeprefix("multi_").removesuffix("_select")
    return source if source in SELECT_SOURCES and element_type.endswith("_select") else ""


def _named(kind: str, ids: Iterable[Any], reading: Reading) -> list[dict[str, str]]:
    look_up = reading.user_name if kind == "users" else reading.channel_name
    return [{"id": str(one), "name": look_up(str(one)) or str(one)} for one in ids]


def first_choice(element: Mapping[str, Any], reading: Reading) -> list[Any]:
    """Return what a select has chosen at first: whole options, or ids with their names."""
    kind = select_kind(str(element["type"]))
    if kind in {"static", "external"}:
        one = element.get("initial_option")
        return list(element.get("initial_options") or ([one] if one else []))
    singular = kind.removesuffix("s")
    many, only = element.get(f"initial_{kind}"), element.get(f"initial_{singular}")
    return _named(kind, many or ([only] if only else []), reading)


@cache
def environment() -> Environment:
    """Return the page's Jinja2 environment: everything escaped, missing fields drawn as nothing."""
    # Autoescape holds for every template here: they are HTML whatever their file ending.
    env = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=ChainableUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.globals.update(_=_, ngettext=ngettext, block_types=BLOCKS, emoji=EMOJI)
    env.filters.update(
        text=text_object,
        bare=bare,
        mrkdwn=mrkdwn,
        plain=plain,
        markdown=markdown,
        rich_text=rich_text,
        rich_text_as_plain=rich_text_as_plain,
        chart=chart_from,
        picture=picture,
        safe_address=safe_address,
        local_minutes=local_minutes,
        slack_date=slack_date,
        select_kind=select_kind,
        first_choice=first_choice,
        compact=lambda value: json.dumps(value, ensure_ascii=False, separators=(",", ":")),
        indented=lambda value: json.dumps(value, ensure_ascii=False, indent=2),
    )
    return env


def _macro(template: str, name: str) -> Callable[..., str]:
    macro: Callable[..., str] = getattr(environment().get_template(template).module, name)
    return macro


def render_block(block: Any, reading: Reading, surface: str = "message") -> Markup:
    """Draw one block on a surface (`message`, `modal` or `home`)."""
    try:
        drawn = _macro("blocks.html.j2", "block")(block, reading, surface)
    except (TemplateError, KeyError, TypeError, ValueError, AttributeError, IndexError, ArithmeticError):
        drawn = _macro("blocks.html.j2", "unknown")(block)
    return Markup(drawn)  # noqa: S704 - a Jinja2 macro with autoescape answers escaped markup


def render_blocks(blocks: Iterable[Any], reading: Reading, surface: str = "message") -> Markup:
    """Draw blocks in order on a surface (`message`, `modal` or `home`)."""
    return Markup("").join(render_block(block, reading, surface) for block in blocks)
