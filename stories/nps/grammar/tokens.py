"""What people typed, cut into words, quoted names and colons."""

from __future__ import annotations

import re
import unicodedata

from stories.values import dataclass

MOST_LETTERS = 2000
"""Anything beyond is not read."""

_TOKEN = re.compile(
    r'"(?P<straight>(?:[^"]|"")*)"'
    r"|[“„](?P<curly>[^“”]*)[”“]|«(?P<angled>[^«»]*)»"
    r"|<[@#!][^<>\s]*>"
    r"|(?P<colon>[:=])"
    r'|(?P<word>[^\s"“”„«»:=,;!()<>]+)'
)


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a quoted name, or (both False, text ":") a colon."""

    text: str
    quoted: bool = False
    colon: bool = False

    @property
    def plain(self) -> bool:
        """Whether it is an ordinary word."""
        return not (self.quoted or self.colon)


def tokens(text: str) -> tuple[Token, ...]:
    """The words of the text; mentions of people and channels, and punctuation, are left out."""
    found = []
    for match in _TOKEN.finditer(text[:MOST_LETTERS]):
        if (straight := match["straight"]) is not None:
            found.append(Token(straight.replace('""', '"'), quoted=True))
        elif (other := match["curly"] if match["curly"] is not None else match["angled"]) is not None:
            found.append(Token(other, quoted=True))
        elif match["colon"]:
            found.append(Token(":", colon=True))
        elif match["word"] and (word := _word(match["word"])):
            found.append(Token(word))
    return tuple(found)


def quoted(name: str) -> str:
    """The name within quotation marks, as `tokens` reads it back."""
    return '"' + name.replace('"', '""') + '"'


def _word(raw: str) -> str:
    """The word in Unicode's compatible form, without the punctuation that ends a sentence."""
    bare = raw.rstrip(".?!…")
    return "".join(unicodedata.normalize("NFKC", bare or raw.strip(".!…")).split())
