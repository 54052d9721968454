"""Text as capitalised runs: words that stand together and could be one name, with what stands around them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from stories.everyday_words import starts_sentence
from stories.values import dataclass

_WORD = re.compile(r"[^\W\d_][^\W_]*(?:[-'’.&][^\W_]+){0,5}", re.UNICODE)
_JOINED = re.compile(r"[ \t]{1,2}(?:& )?|[ \t]&[ \t]|\. ")
PARTICLES = "van von der den de del della di da dos das du la le el al bin ibn ten ter y"
"""Small words inside surnames."""
_OUTSIDE = "i i'm i've i'll i'd i’m i’ve i’ll i’d mr mrs ms miss mx dr prof sir madam ok okay q a"
_PARTICLES = frozenset(PARTICLES.split())
_NEVER = frozenset(_OUTSIDE.split())
_POSSESSIVE = re.compile(r"['’]s$|(?<=s)['’]$")
_INITIAL = re.compile(r"[A-Z]")
REACH = 60
"""Characters on either side that tell what a name is."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word as written, without a possessive ending."""

    text: str
    start: int
    end: int
    opens: bool

    @property
    def capital(self) -> bool:
        """Whether it begins with a capital letter."""
        return self.text[0].isupper()

    @property
    def shouted(self) -> bool:
        """Whether it is written in capitals or with some inside, as acronyms and products are."""
        return len(self.text) > 1 and any(c.isupper() for c in self.text[1:]) and "-" not in self.text


@dataclass(frozen=True, slots=True)
class Run:
    """Capitalised words in a row, with the text before (of the same sentence) and after them."""

    tokens: tuple[Token, ...]
    before: str
    after: str
    opens: bool

    @property
    def start(self) -> int:
        """Where the first word begins."""
        return self.tokens[0].start

    @property
    def end(self) -> int:
        """Where the last word ends."""
        return self.tokens[-1].end


def runs(text: str) -> Iterator[Run]:
    """Every run of capitalised words, left to right; titles and "I" stand outside."""
    tokens = list(_tokens(text))
    at = 0
    while at < len(tokens):
        if not (_can_begin(tokens[at]) or _is_titled(text, tokens[at])):
            at += 1
            continue
        stop = at + 1
        while stop < len(tokens) and (reach := _continues(text, tokens, stop)):
            stop += reach
        yield run_of(text, tokens[at:stop])
        at = stop


def run_of(text: str, tokens: list[Token]) -> Run:
    """These words as a run, with what stands around them in the text."""
    start, end = tokens[0].start, tokens[-1].end
    before = re.split(r"[.!?](?:\s|$)|\n", text[max(0, start - REACH) : start])
    said = before[-1]
    # A title's full stop ends no sentence.
    if len(before) > 1 and re.search(r"\b(?:Mr|Mrs|Ms|Dr|Prof|St)$", before[-2]):
        said = f"{before[-2].split()[-1]}. "
    after = re.split(r"\n", text[end : end + REACH])[0]
    return Run(tuple(tokens), said, after, tokens[0].opens)


def _tokens(text: str) -> Iterator[Token]:
    for match in _WORD.finditer(text):
        word = match[0]
        if "'" in word or "’" in word:
            word = _POSSESSIVE.sub("", word)
        # What a word in small letters begins is no name, so nobody asks whether it opens a sentence.
        named = not word[0].islower() or word in _PARTICLES
        opens = named and starts_sentence(text, match.start(), ".!?:;\n\r")
        yield Token(word, match.start(), match.start() + len(word), opens)


def _can_begin(token: Token) -> bool:
    return token.capital and token.text.casefold() not in _NEVER


def _is_titled(text: str, token: Token) -> bool:
    """Whether this begins a surname such as "van der Meulen": a particle after a title."""
    before = text[max(0, token.start - 6) : token.start]
    return token.text in _PARTICLES and re.search(r"\b(?:Mr|Mrs|Ms|Dr)\.? $", before) is not None


def _continues(text: str, tokens: list[Token], at: int) -> int:
    """How many of the words from here on belong to the run before them."""
    between = text[tokens[at - 1].end : tokens[at].start]
    initial = between == ". " and _INITIAL.fullmatch(tokens[at - 1].text)
    if not (_JOINED.fullmatch(between) and (between != ". " or initial)):
        return 0
    if _can_begin(tokens[at]) and (initial or not tokens[at].opens):
        return 1
    following = at
    while following < len(tokens) and tokens[following].text in _PARTICLES:
        following += 1
    joined = following > at and following < len(tokens) and _can_begin(tokens[following])
    spaced = joined and all(
        text[tokens[n - 1].end : tokens[n].start] == " " for n in range(at, following + 1)
    )
    return following - at + 1 if spaced else 0
