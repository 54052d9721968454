"""Slack's rich_text block to HTML. Its texts are raw, not mrkdwn, so all of them are escaped whole."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from markupsafe import Markup, escape

from playground.page.dates import slack_date
from playground.page.mrkdwn import anchor, broadcast_mention, channel_mention, emoji_markup, user_mention
from playground.page.reading import Reading

_STYLES = {
    "code": Markup("<code>{}</code>"),
    "bold": Markup("<b>{}</b>"),
    "italic": Markup("<i>{}</i>"),
    "strike": Markup("<s>{}</s>"),
    "underline": Markup("<u>{}</u>"),
}
_BULLETS = ("disc", "circle", "square")
_NUMBERS = ("decimal", "lower-alpha", "lower-roman")
_COLOUR = re.compile(r"#[0-9a-fA-F]{3,8}")


def _emoji(element: Mapping[str, Any]) -> Markup:
    name = str(element.get("name", ""))
    drawn = emoji_markup(name)
    if drawn is not None:
        return drawn
    try:
        return escape("".join(chr(int(point, 16)) for point in str(element["unicode"]).split("-")))
    except (KeyError, ValueError, OverflowError):
        return escape(f":{name}:")


def _date(element: Mapping[str, Any], reading: Reading) -> Markup:
    pattern = str(element.get("format", ""))
    shown = slack_date(element.get("timestamp", ""), pattern, reading) or str(element.get("fallback", ""))
    if element.get("url"):
        return anchor(str(element["url"]), shown)
    return Markup("<time>{}</time>").format(shown)


def _colour(element: Mapping[str, Any]) -> Markup:
    value = str(element.get("value", ""))
    if not _COLOUR.fullmatch(value):
        return escape(value)
    swatch = Markup('<svg class="swatch" viewBox="0 0 9 9"><rect width="9" height="9" fill="{}"/></svg>')
    return swatch.format(value) + escape(value)


def _bare(element: Mapping[str, Any], reading: Reading) -> Markup:
    match element.get("type"):
        case "text":
            return escape(str(element.get("text", ""))).replace("\n", Markup("<br>"))
        case "link":
            return anchor(str(element.get("url", "")), str(element.get("text") or element.get("url", "")))
        case "emoji":
            return _emoji(element)
        case "date":
            return _date(element, reading)
        case "color":
            return _colour(element)
        case kind:
            return _mention(str(kind), element, reading)


def _mention(kind: str, element: Mapping[str, Any], reading: Reading) -> Markup:
    match kind:
        case "user":
            return user_mention(str(element.get("user_id", "")), reading)
        case "channel":
            return channel_mention(str(element.get("channel_id", "")), reading)
        case "broadcast":
            return broadcast_mention(str(element.get("range", "")))
        case "usergroup":
            group = str(element.get("usergroup_id", ""))
            return Markup('<span class="mention">@{}</span>').format(reading.usergroup_name(group) or group)
        case "team":
            return Markup('<span class="mention">{}</span>').format(element.get("team_id", ""))
        case _:
            return escape(str(element.get("text", "")))


def _line(elements: Any, reading: Reading) -> Markup:
    out = Markup("")
    for element in elements or ():
        drawn = _bare(element, reading)
        style = element.get("style")
        for name, tag in _STYLES.items():
            if isinstance(style, Mapping) and style.get(name):
                drawn = tag.format(drawn)
        out += drawn
    return out


def _bordered(part: Mapping[str, Any]) -> str:
    return " bordered" if part.get("border") else ""


def _list(part: Mapping[str, Any], reading: Reading) -> Markup:
    lines = [_line(item.get("elements"), reading) for item in part.get("elements") or ()]
    items = Markup("").join(Markup("<li>{}</li>").format(line) for line in lines)
    indent = min(max(int(part.get("indent") or 0), 0), 8)
    if part.get("style") == "ordered":
        shape = Markup('<ol class="rich-list indent-{} {}{}" start="{}">{}</ol>')
        start = int(part.get("offset") or 0) + 1
        return shape.format(indent, _NUMBERS[indent % 3], _bordered(part), start, items)
    shape = Markup('<ul class="rich-list indent-{} {}{}">{}</ul>')
    return shape.format(indent, _BULLETS[indent % 3], _bordered(part), items)


def rich_text(block: Mapping[str, Any], reading: Reading) -> Markup:
    """Draw a rich_text block: sections, lists (nested by indent), preformatted text and quotes."""
    out = Markup("")
    for part in block.get("elements") or ():
        match part.get("type"):
            case "rich_text_list":
                out += _list(part, reading)
            case "rich_text_preformatted":
                code = _line(part.get("elements"), reading)
                out += Markup('<pre class="{}">{}</pre>').format(_bordered(part).strip(), code)
            case "rich_text_quote":
                out += Markup("<blockquote>{}</blockquote>").format(_line(part.get("elements"), reading))
            case _:
                line = _line(part.get("elements"), reading)
                out += Markup('<div class="rich-section">{}</div>').format(line)
    return out


def rich_text_as_plain(block: Mapping[str, Any]) -> str:
    """Return a rich_text value as the plain text that a text area can hold, one line a part."""
    lines: list[str] = []
    for part in block.get("elements") or ():
        items = part.get("elements") or ()
        is_list = part.get("type") == "rich_text_list"
        rows = [row.get("elements") or () for row in items] if is_list else [items]
        lines += ["".join(_spoken(element) for element in row) for row in rows]
    return "\n".join(line.removesuffix("\n") for line in lines)


def _spoken(element: Mapping[str, Any]) -> str:
    if element.get("type") == "emoji":
        return f":{element.get('name', '')}:"
    if element.get("type") == "user":
        return f"<@{element.get('user_id', '')}>"
    return str(element.get("text") or element.get("url") or element.get("fallback") or "")
