"""The question in which language the bot speaks somewhere."""

from __future__ import annotations

from typing import Final

from babel import Locale

from bot.messages import blocks
from bot.messages.blocks import Block
from stories.catalogues import languages

SPOKEN: Final = "spoken_in"
_AS_ELSEWHERE: Final = "-"


def spoken_in(label: str, chosen: str, *, otherwise: str = "") -> Block:
    """A choice among the languages there are, each by its own name; `otherwise` stands for choosing none."""
    named = {_AS_ELSEWHERE: otherwise} if otherwise else {}
    named |= {code: _own_name(code) for code in languages()}
    options = {value: blocks.option(name, value) for value, name in named.items()}
    initial = options.get(chosen or _AS_ELSEWHERE, next(iter(options.values())))
    element: Block = {
        "type": "static_select",
        "action_id": SPOKEN,
        "options": list(options.values()),
        "initial_option": initial,
    }
    return blocks.input_block(SPOKEN, label, element)


def chosen(value: str | None) -> str:
    """The language of a choice; "" where none was chosen."""
    return "" if value in (None, _AS_ELSEWHERE) else str(value)


def _own_name(code: str) -> str:
    name = Locale.parse(code).get_display_name() or code
    return name[:1].upper() + name[1:]
