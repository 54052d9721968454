"""A language that is made up from English: longer by two fifths, with accents, each sentence in brackets.

What reads well in it has room for other languages, and what stands in it without brackets was never given to
a translator.
"""

from __future__ import annotations

import gettext
import re
from collections.abc import Iterator
from typing import Any

from babel import Locale

from stories.language import Tongue

OPEN, CLOSE = "⟦", "⟧"
LONGER = 0.4
"""German needs a third more room than English, and single words more than that."""

_KEPT = re.compile(r"(\{[^{}]*\}|%\(\w+\)[sd]|`[^`]*`|<[^<>]*>|&\w+;|:[a-z][a-z0-9_+-]*:|\n)")
_ACCENTS = str.maketrans("aeiouAEIOUcnsyz", "áéíóúÁÉÍÓÚçñšýž")
_MORE = "~"


class _MadeUp(gettext.NullTranslations):
    def gettext(self, message: str) -> str:
        """The sentence in the made-up language."""
        return made_up(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """The form for one, or for several."""
        return made_up(msgid1 if n == 1 else msgid2)


_GREEK = Locale("el")
"""Whose days, months, languages and countries are written in no letters of ours."""

PSEUDO = Tongue(language="qps", locale=_GREEK, home=_GREEK, sentences=_MadeUp())


def made_up(sentence: str) -> str:
    """A sentence in the made-up language; blanks at its ends, placeholders and Slack's marks stay."""
    inside = sentence.strip()
    if not inside:
        return sentence
    parts = _KEPT.split(inside)
    said = "".join(part if at % 2 else part.translate(_ACCENTS) for at, part in enumerate(parts))
    letters = sum(len(part) for part in parts[::2])
    longer = f"{OPEN}{said}{_MORE * round(letters * LONGER)}{CLOSE}"
    before = sentence[: len(sentence) - len(sentence.lstrip())]
    return before + longer + sentence[len(sentence.rstrip()) :]


def outside(text: str) -> str:
    """What of a text stands in no brackets; brackets stay open where a text was cut."""
    depth, found = 0, []
    for letter in text:
        if letter == OPEN:
            depth += 1
        elif letter == CLOSE:
            depth = max(0, depth - 1)
            found.append(" ")
        elif not depth:
            found.append(letter)
    return "".join(found)


_READ = {"text", "alt_text", "title", "label", "name", "value"}
_NOT_READ = {
    "value",
    "filter",
    "action_id",
    "block_id",
    "callback_id",
    "private_metadata",
    "type",
    "url",
    "image_url",
}


def shown(node: Any) -> Iterator[str]:
    """Every text of a payload that people read."""
    if isinstance(node, str):
        yield node
    elif isinstance(node, dict):
        for name, value in node.items():
            if name not in _NOT_READ and not (isinstance(value, str) and name not in _READ):
                yield from shown(value)
    elif isinstance(node, list | tuple):
        for one in node:
            yield from shown(one)
