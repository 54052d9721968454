"""The few pieces that all messages are made of.

Templates hold the prose of a text object and nothing else. What people or customers wrote is escaped on
its way into them; Slack's own marks (`*bold*`, `<@U…>`) are written in the templates.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from jinja2.runtime import Context
from markupsafe import Markup

from stories.directions import in_its_direction
from stories.language import gettext, ngettext
from stories.text import shortened

Block = dict[str, Any]
LONGEST_SECTION = 3000
LONGEST_HEADER = 150
LONGEST_BUTTON = 75
_HALF_ESCAPED = re.compile(r"&[a-z]{0,3}…$")
_GONE = re.compile(r"<@gone(?:-[0-9a-f]+)?>")
_CALLS_ALL = re.compile(r"@(?=(?:channel|here|everyone)\b)", re.IGNORECASE)


def escaped(text: str) -> str:
    """What somebody wrote, so that Slack shows it and obeys nothing in it: `& < >`, and a typed "@channel".

    Slack may read a mention into the latter by itself; an invisible joiner keeps it a word.
    """
    return _CALLS_ALL.sub("@\u2060", text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"))


def section(mrkdwn: str, *, accessory: Block | None = None, block_id: str | None = None) -> Block:
    """A paragraph. Over-long text is cut at a word; `mrkdwn` is escaped already."""
    block: Block = {"type": "section", "text": _mrkdwn(mrkdwn)}
    if accessory:
        block["accessory"] = accessory
    return block | ({"block_id": block_id} if block_id else {})


def paragraphs(lines: Sequence[str]) -> list[Block]:
    """Lines in as few paragraphs as hold all of them; `lines` are escaped already."""
    held: list[str] = []
    for line in lines:
        joined = f"{held[-1]}\n{line}" if held else ""
        if joined and len(joined) <= LONGEST_SECTION:
            held[-1] = joined
        else:
            held.append(line)
    return [section(one) for one in held]


def header(plain: str) -> Block:
    """A heading, shown as written."""
    return {"type": "header", "text": {"type": "plain_text", "text": shortened(plain, LONGEST_HEADER)}}


def context(*mrkdwn: str) -> Block:
    """A quiet line under something; each part is escaped already."""
    return {"type": "context", "elements": [_mrkdwn(part) for part in mrkdwn]}


def divider() -> Block:
    """A thin line between two thoughts."""
    return {"type": "divider"}


def actions(*elements: Block, block_id: str | None = None) -> Block:
    """A row of buttons."""
    return {"type": "actions", "elements": list(elements)} | ({"block_id": block_id} if block_id else {})


def button(
    label: str, action_id: str, value: str = "", *, style: str | None = None, confirm: Block | None = None
) -> Block:
    """A button; `label` is plain text of at most 75 characters, `style` primary or danger."""
    block: Block = {"type": "button", "text": plain(label, LONGEST_BUTTON), "action_id": action_id}
    block |= {"value": value} if value else {}
    block |= {"style": style} if style else {}
    return block | ({"confirm": confirm} if confirm else {})


def option(label: str, value: str, description: str | None = None) -> Block:
    """One choice of a select, a menu, radio buttons or checkboxes."""
    chosen: Block = {"text": plain(label, LONGEST_BUTTON), "value": value}
    return chosen | ({"description": plain(description, LONGEST_BUTTON)} if description else {})


def confirm(title: str, text: str, yes: str, no: str) -> Block:
    """The question before something that cannot be taken back."""
    return {
        "title": plain(title, 100),
        "text": {"type": "plain_text", "text": shortened(text, 300)},
        "confirm": plain(yes, 30),
        "deny": plain(no, 30),
    }


def plain(text: str, most: int = LONGEST_SECTION) -> Block:
    """A text object that is shown as written."""
    return {"type": "plain_text", "text": shortened(text, most), "emoji": True}


def quote(words: str) -> Block:
    """A customer's own words, set apart and exactly as they were said: nothing in them is obeyed."""
    element = {"type": "rich_text_quote", "elements": [{"type": "text", "text": words}]}
    return {"type": "rich_text", "elements": [element]}


def text_input(
    field: str,
    label: str,
    *,
    value: str = "",
    most: int,
    multiline: bool = False,
    optional: bool = False,
    hint: str | None = None,
    placeholder: str | None = None,
) -> Block:
    """A field to type in; its block and its action are named after the form's field."""
    element: Block = {
        "type": "plain_text_input",
        "action_id": field,
        "multiline": multiline,
        "max_length": min(most, 3000),
    }
    element |= {"initial_value": value[:3000]} if value else {}
    element |= {"placeholder": plain(placeholder, 150)} if placeholder else {}
    return input_block(field, label, element, optional=optional, hint=hint)


def input_block(
    field: str, label: str, element: Block, *, optional: bool = False, hint: str | None = None
) -> Block:
    """Any input with its label; the block is named after the form's field."""
    block: Block = {
        "type": "input",
        "block_id": field,
        "label": plain(label, 2000),
        "element": element,
        "optional": optional,
    }
    return block | ({"hint": plain(hint, 2000)} if hint else {})


def modal(
    title: str,
    blocks: Sequence[Block],
    *,
    callback_id: str,
    submit: str | None = None,
    close: str,
    private_metadata: str = "",
) -> Block:
    """A modal view; title, submit and close hold at most 24 characters."""
    view: Block = {
        "type": "modal",
        "callback_id": callback_id,
        "title": plain(title, 24),
        "close": plain(close, 24),
        "blocks": list(blocks),
        "private_metadata": private_metadata,
    }
    return view | ({"submit": plain(submit, 24)} if submit else {})


def prose_part(template: str, part: str, /, **values: object) -> str:
    """One named block of a template filled in."""
    filled_in, known = _part_of(template, part)
    environment = _templates()
    # As `Template.new_context` makes one, which copies each time what all parts of a template share.
    context = environment.context_class(environment, known | values, template, {})
    return "".join(filled_in(context)).strip()


@cache
def _part_of(template: str, part: str) -> tuple[Callable[[Context], Iterator[str]], dict[str, Any]]:
    """What fills a part in, and what it finds beside what it is given."""
    found = _templates().get_template(template)
    return found.blocks[part], dict(found.globals)


@cache
def _templates() -> Environment:
    environment = Environment(
        loader=PackageLoader("bot.messages"),
        undefined=StrictUndefined,
        autoescape=False,  # noqa: S701 Slack's text is not HTML: `finalize` escapes what Slack obeys
        finalize=_escape,
        auto_reload=False,
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(_=_mark(gettext), gettext=_mark(gettext), ngettext=_mark(ngettext))
    return environment


def _mark(translate: Any) -> Any:
    """Our own sentences may hold Slack's marks; only what is put into them is escaped."""

    def translated(*sentence: Any, **values: object) -> Markup:
        said = translate(*sentence)
        return Markup(said.format(**{name: _escape(value) for name, value in values.items()}))  # noqa: S704 ours

    return translated


def _escape(value: object) -> object:
    if isinstance(value, Markup):
        return _nobody(str(value))
    return escaped(in_its_direction(value)) if isinstance(value, str) else value


def _nobody(text: str) -> str:
    """The text with those who were erased called what anybody may be called."""
    return _GONE.sub(gettext("a former colleague"), text)


def _mrkdwn(text: str) -> Block:
    text = _nobody(text)
    fitting = shortened(text, LONGEST_SECTION)
    return {"type": "mrkdwn", "text": text if fitting == text else _HALF_ESCAPED.sub("…", fitting)}


def values_of(view: Mapping[str, Any]) -> dict[str, Any]:
    """What a view's inputs hold, by block id: text, chosen value(s), date, or None when empty."""
    state = view.get("state", {}).get("values", {})
    return {block: _held(next(iter(elements.values()), {})) for block, elements in state.items()}


def _held(element: Mapping[str, Any]) -> Any:
    kind = element.get("type", "")
    if kind.startswith("multi_") or kind == "checkboxes":
        chosen = element.get("selected_options")
        if chosen is not None:
            return [choice["value"] for choice in chosen]
        return next((v for k, v in element.items() if k.startswith("selected_") and isinstance(v, list)), [])
    if "selected_option" in element:
        choice = element["selected_option"]
        return choice and choice["value"]
    return next((v for k, v in element.items() if k == "value" or k.startswith("selected_")), None)
