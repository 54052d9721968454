"""Rich text: https://docs.slack.dev/reference/block-kit/blocks/rich-text-block"""

from __future__ import annotations

from playground.rules.shapes import Shape, boolean, by_type, many, number, record, string, word

_STYLE = record(bold=boolean, code=boolean, italic=boolean, strike=boolean, underline=boolean)
_STYLED: dict[str, Shape] = {"style": _STYLE}
_BORDER: dict[str, Shape] = {"border": word(0, 1)}
_TEXT = record("text", **_STYLED, text=string())
_LINK = record("url", **_STYLED, url=string(), text=string(), unsafe=boolean)

#: What a line of rich text is made of.
INLINE = by_type(
    {
        "broadcast": record("range", **_STYLED, range=word("here", "channel", "everyone")),
        "channel": record("channel_id", **_STYLED, channel_id=string()),
        "color": record("value", **_STYLED, value=string()),
        "date": record(
            "format timestamp", **_STYLED, format=string(), timestamp=number, fallback=string(), url=string()
        ),
        "emoji": record("name", **_STYLED, name=string(), unicode=string(), url=string()),
        "link": _LINK,
        "team": record("team_id", **_STYLED, team_id=string()),
        "text": _TEXT,
        "user": record("user_id", **_STYLED, user_id=string()),
        "usergroup": record("usergroup_id", **_STYLED, usergroup_id=string()),
    }
)
_SECTION = by_type({"rich_text_section": record("elements", elements=many(INLINE))})
PARTS = by_type(
    {
        "rich_text_section": _SECTION,
        "rich_text_list": record(
            "elements style",
            **_BORDER,
            elements=many(_SECTION),
            style=word("bullet", "ordered"),
            indent=number,
            offset=number,
        ),
        "rich_text_preformatted": record(
            "elements", **_BORDER, elements=many(by_type({"text": _TEXT, "link": _LINK}))
        ),
        "rich_text_quote": record("elements", **_BORDER, elements=many(INLINE)),
    }
)
RICH_TEXT = by_type({"rich_text": record("elements", block_id=string(255), elements=many(PARTS))})
