"""What people type in a language of their own, put into the English words that our grammars read.

Each language is one file of `stories/phrases`: a table for each grammar, from a phrase to the English one
that means the same there. Text between quotation marks and names that the reader knows stay as they are; so
do words that no table holds.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from itertools import pairwise

from babel import Locale

from stories.folding import fold
from stories.language import spoken
from stories.languages import KNOWN
from stories.nps.grammar.spelling import forgiven, nearest
from stories.patterns import late
from stories.values import dataclass

_PIECE = late(r'"(?:[^"]|"")*"|[“„][^“”„]*[”“]|«[^«»]*»|<[^<>\s]*>|[^\s"“”„«»:=,;()<>]+')
_LETTER = late(r"\w")
_DATE = late(r"(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>(?:19|20)\d\d)")
_LONGEST = 6
"""Words of a phrase."""

_MOST_UNKNOWN = 12
"""Words for which a likely one is looked for: a text with more of them is in no language of ours."""


def nobody(_words: str) -> bool:
    """Takes nothing for a name."""
    return False


@dataclass(frozen=True, slots=True)
class Phrasebook:
    """The phrases of one language for one grammar: `read` leads to English, `say` from there, both folded."""

    read: Mapping[str, str]
    say: Mapping[str, str]

    def english(
        self, text: str, *, name: Callable[[str], bool] = nobody, typos: Callable[[str], bool] | None = None
    ) -> str:
        """The text with its phrases in English; those that are a `name` stay.

        With `typos`, which tells the words that are right as they are, any other is taken for the one word of
        this language that is near it.
        """
        return _put(text, self.read, name, typos)

    def own(self, english: str) -> str:
        """An English phrase of the grammar in this language."""
        return _put(english, self.say, nobody, None)

    def meaning(self, english: Collection[str]) -> tuple[str, ...]:
        """The single words that mean one of these."""
        return tuple(said for said, meant in self.read.items() if meant in english and " " not in said)


@cache
def phrasebook(language: str, grammar: str) -> Phrasebook | None:
    """The phrases of a language ("de") for a grammar ("nps"); None where there are none."""
    place = files("stories") / "phrases" / f"{language}.toml"
    if not place.is_file():
        return None
    table = tomllib.loads(place.read_text("utf-8")).get(grammar)
    if table is None:
        return None
    read = {fold(word): "" for word in table.get("little", "").split()}
    named = tuple(_languages(language, table.get("in_language", ())))
    read |= {fold(said): meant for said, meant in named}
    for meant, phrases in table["read"].items():
        read |= {fold(said.strip()): meant for said in phrases.split(",")}
    say = {meant: said for said, meant in reversed(named)}
    say |= {fold(english): said for english, said in table.get("say", {}).items()}
    return Phrasebook(read, say)


@cache
def speaking_them(grammar: str) -> tuple[str, ...]:
    """The languages that have phrases for a grammar."""
    places = (files("stories") / "phrases").iterdir()
    codes = sorted(place.name.removesuffix(".toml") for place in places if place.name.endswith(".toml"))
    return tuple(code for code in codes if phrasebook(code, grammar) is not None)


def readings(
    text: str, grammar: str, name: Callable[[str], bool], typos: Callable[[str], bool] | None = None
) -> Iterator[str]:
    """The text as it may be meant: in the language of the moment, in English, in any other that we read.

    `name` and `typos` as in `Phrasebook.english`; typos are put right in the language of the moment alone.
    """
    own = spoken().language
    if (book := phrasebook(own, grammar)) is not None:
        yield book.english(text, name=name, typos=typos)
    yield text
    for code in speaking_them(grammar):
        if code != own and (book := phrasebook(code, grammar)) is not None:
            yield book.english(text, name=name)


def _languages(language: str, patterns: Sequence[str]) -> Iterator[tuple[str, str]]:
    """ "auf Deutsch" with "in german", for every language that can be told apart."""
    own, english = Locale.parse(language).languages, Locale.parse("en_GB").languages
    for code in KNOWN:
        for pattern in patterns:
            yield pattern.format(language=own[code]), f"in {english[code]}".casefold()


@dataclass(frozen=True, slots=True)
class _Word:
    start: int
    end: int
    folded: str


def _put(
    text: str, table: Mapping[str, str], name: Callable[[str], bool], typos: Callable[[str], bool] | None
) -> str:
    words, done, made = _words(text), 0, []
    at = looked_at = 0
    while at < len(words):
        length, meant = _longest(text, words[at : at + _LONGEST], table, name)
        unknown = not length and typos is not None and not typos(words[at].folded)
        if unknown and looked_at < _MOST_UNKNOWN:
            looked_at += 1
            meant = _likely(words[at].folded, table)
        if meant is not None:
            last = words[at + max(length, 1) - 1]
            made += [text[done : words[at].start], meant]
            done = last.end
        at += max(length, 1)
    return " ".join("".join([*made, text[done:]]).split())


def _words(text: str) -> list[_Word]:
    """The words that may be looked up: none of those in quotation marks."""
    found: list[_Word] = []
    for piece in _PIECE.finditer(text):
        said = piece[0]
        bare = said.rstrip(".?!…")
        if _LETTER.match(bare):
            # An ordinal keeps its point: "1. Quartal".
            bare = said if bare.isdigit() and said == f"{bare}." else bare
            found.append(_Word(piece.start(), piece.end(), fold(bare)))
    return found


def _longest(
    text: str, words: Sequence[_Word], table: Mapping[str, str], name: Callable[[str], bool]
) -> tuple[int, str | None]:
    for length in range(len(words), 0, -1):
        run = words[:length]
        if any(text[a.end : b.start].strip() for a, b in pairwise(run)):
            continue
        said = " ".join(word.folded for word in run)
        if name(said):
            return length, None
        if said in table:
            return length, table[said]
    written = _DATE.fullmatch(words[0].folded)
    if written is not None:
        return 1, f"{written['year']}-{int(written['month']):02}-{int(written['day']):02}"
    return 0, None


def _likely(word: str, table: Mapping[str, str]) -> str | None:
    if not word.isalpha():
        return None
    close = nearest(word, (one for one in table if " " not in one), forgiven(word))
    meant = {table[other] for slips, other in close if slips == close[0][0]}
    return meant.pop() if len(meant) == 1 else None
