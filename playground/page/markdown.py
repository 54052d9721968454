"""The `markdown` block: standard Markdown to HTML, raw HTML shown as text and never as markup."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from markupsafe import Markup, escape

from playground.page.mrkdwn import safe_address


class _Links(RendererHTML):
    """Links open apart; a picture is shown as a link to it, as Slack does."""

    def link_open(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        tokens[idx].attrs.update({"target": "_blank", "rel": "noopener noreferrer"})
        return self.renderToken(tokens, idx, options, env)

    def _cell(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        # The page allows no inline styles, so a column's alignment becomes a class.
        style = str(tokens[idx].attrs.pop("style", ""))
        if style.startswith("text-align:"):
            tokens[idx].attrs["class"] = f"align-{style.removeprefix('text-align:')}"
        return self.renderToken(tokens, idx, options, env)

    td_open = th_open = _cell

    def image(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        address = str(tokens[idx].attrs.get("src", ""))
        label = self.renderInlineAsText(tokens[idx].children or [], options, env) or address
        shape = Markup('<a href="{}" target="_blank" rel="noopener noreferrer">{}</a>')
        return str(shape.format(address, label) if safe_address(address) else escape(label))


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "breaks": True}, renderer_cls=_Links)
    parser.enable(["table", "strikethrough"])
    known: Any = parser
    known.validateLink = safe_address
    return parser


def markdown(text: str) -> Markup:
    """Draw Markdown (CommonMark with tables and strikethrough); links only to web, mail and telephone."""
    # markdown-it escapes all raw HTML while `html` is off; hypothesis holds it to that in the tests.
    return Markup(_parser().render(text))  # noqa: S704 - made safe by the parser just above
