"""Sentences that are kept now and put into words when somebody reads them, in their own language.

Where something goes wrong while nobody in particular is spoken to, what is to be said of it later is made
`with speaking(KEEPING)`: `_("…").format(…)` gives the sentence and what stands in its places as JSON, which
is stored like any text. `read` puts it into words; other text stays as it is.
"""

from __future__ import annotations

import gettext as standard
import json
import re
import string
from typing import Any, Final

from stories.catalogues import SOURCE
from stories.language import Tongue, looked_up

_MARK = '{"sentence": '
_PLAIN = re.compile(r"[+,]{0,2}(?:\.\df)?")
"""How a number may be written in a sentence of ours."""


class _Kept(str):
    """A sentence as JSON, still to be filled in."""

    __slots__ = ()

    def format(self, *_given: Any, **values: Any) -> str:
        """The sentence with what stands in its places, as JSON."""
        plain = {
            name: value if isinstance(value, int | float) else str(value) for name, value in values.items()
        }
        return json.dumps({**json.loads(self), "values": plain}, ensure_ascii=False)


class _Keeping(standard.NullTranslations):
    def gettext(self, message: str) -> str:
        """The sentence, to be read later."""
        return _Kept(json.dumps({"sentence": message}, ensure_ascii=False))

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """The sentence in the form for this number, to be read later."""
        return _Kept(json.dumps({"sentence": msgid1, "several": msgid2, "number": n}, ensure_ascii=False))


KEEPING: Final = Tongue(language="kept", locale=SOURCE, home=SOURCE, sentences=_Keeping())
"""How something is said that is to be read later."""


def is_kept(text: str) -> bool:
    """Whether it holds a sentence that is to be read: such a text must not be cut."""
    return _MARK in text


def read(text: str) -> str:
    """A text with the sentences that were kept in it, in the language of the moment."""
    found, at, decoder = [], 0, json.JSONDecoder()
    while (begin := text.find(_MARK, at)) >= 0:
        try:
            kept, end = decoder.raw_decode(text, begin)
            said = _said(kept)
        except (ValueError, KeyError, TypeError):
            break
        found += [text[at:begin], said]
        at = end
    return "".join([*found, text[at:]])


def _said(kept: dict[str, Any]) -> str:
    """The sentence in words. Raises ValueError, KeyError and TypeError for what we would not have kept."""
    given = kept.get("values", {})
    values = {
        name: read(value) if isinstance(value, str) else _number(value) for name, value in given.items()
    }
    for sentence in (kept["sentence"], kept.get("several", "")):
        for _before, name, spec, _conversion in string.Formatter().parse(sentence):
            # Somebody else's words may look like a sentence of ours: their places fill no memory.
            if name is not None and not (name in values and _PLAIN.fullmatch(spec or "")):
                raise ValueError(f"no place of ours: {name}")
    said = looked_up(kept["sentence"], kept.get("several", ""), _number(kept.get("number", 1)))
    return said.format(**values)


def _number(value: Any) -> Any:
    if not isinstance(value, int | float):
        raise TypeError(f"no number: {value!r}")
    return value
