"""Every way in which a person or a company is written, as patterns over folded text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from difflib import SequenceMatcher
from functools import lru_cache, partial

from stories.everyday_words import EVERYDAY, FUNCTION_WORDS, reads_as_name
from stories.folding import Folded, fold
from stories.patterns import late
from stories.values import dataclass

NO_SPACES = "\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u3040-\u318f\u3400-\u9fff\uac00-\ud7ff"
"""Scripts that write no spaces, or join particles to names: there a name has no edges to look for."""

_UNSPACED = late(f"[{NO_SPACES}]")
_SPACED_LEFT, _SPACED_RIGHT = r"(?<![^\W\d_])", r"(?![^\W\d_])"
_EDGE_LEFT = rf"(?:{_SPACED_LEFT}|(?<=[{NO_SPACES}]))"
_EDGE_RIGHT = rf"(?:{_SPACED_RIGHT}|(?=[{NO_SPACES}]))"
_GAP = r"[\W_]{0,3}"
_TITLE = r"(?:(?:mr|mrs|ms|mx|dr|prof|herr|frau|mme|senora?|sra?)\b\.?\s{0,2})?"
_TITLES_AND_PARTICLES = """
    mr mrs ms miss mx dr prof sir herr frau mme sr sra jr phd md ii iii iv van von der den de del della di
    da dos das du la le las los el al bin ibn ben bint y e ter ten zu zum zur und and
"""
_NOT_NAMES = frozenset(_TITLES_AND_PARTICLES.split())
_SPELLED_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "å": "aa"})
_SPELLED_BACK = late("(?<=[^aeiou])(a|o|u)e")
_CYRILLIC_ENDING = late("[аеиоуыэюяь]$")
_ABBREVIATIONS = "us uk eu un ai ps pm am dc la ny ie eg ad bc vs hr qa ui ux ok tv pr"
INITIALS_OF_OTHERS = frozenset(_ABBREVIATIONS.split())

_NEARLY = 0.7
"""The share of letters (difflib's ratio) that a name and its misspelling have in common."""

Holds = Callable[[Folded, "re.Match[str]"], bool]


@dataclass(frozen=True, slots=True)
class Form:
    """One way of writing a name: where the pattern matches and `holds` agrees, it is there.

    A text in which none of `needs` stands cannot match: most texts are done with that, at a hundredth of
    what looking for the pattern costs. Patterns that are never looked for are never compiled either.
    """

    expression: str
    holds: Holds
    needs: tuple[str, ...]

    def pattern(self, text: str) -> re.Pattern[str]:
        """The pattern over this folded text."""
        return _compiled(self.expression, with_spaces=text.isascii() or not _UNSPACED.search(text))


def let_go() -> None:
    """Forget how names are written: somebody of that name may have been erased."""
    for kept in (_compiled, person_forms):
        kept.cache_clear()


@lru_cache(maxsize=8192)
def _compiled(expression: str, *, with_spaces: bool) -> re.Pattern[str]:
    if with_spaces:
        # Where no such script stands the simpler edges say the same, and are compiled in a tenth of the time.
        expression = expression.replace(_EDGE_LEFT, _SPACED_LEFT).replace(_EDGE_RIGHT, _SPACED_RIGHT)
    return late(expression)


@lru_cache(maxsize=2048)
def person_forms(full_name: str) -> tuple[Form, ...]:
    """Whole name in either order, each part alone, initials with a part, initials with dots."""
    words = name_words(full_name)
    forms = list(_whole(tuple(words))) if len(words) > 1 else []
    for first, last in _pairs(words):
        forms += [*_whole((first, last)), *_whole((last, first)), *_with_initials(fold(first), fold(last))]
        forms += _misspelt(first, last)
    forms += [form for word in _alone(words) for form in _single(word)]
    return tuple(forms)


def name_words(full_name: str) -> list[str]:
    """The name's words as written, given name first, without titles, quotes and brackets."""
    last, comma, first = full_name.partition(",")
    ordered = f"{first} {last}" if comma and fold(first.strip(" .")) not in _NOT_NAMES else last
    words = re.split(r"[\s\"“”„()\[\]/]+|(?<!\w)['‘’]|['‘’](?!\w)", ordered)
    return [word.strip(".") for word in words if fold(word).strip(".,") not in _NOT_NAMES | {""}]


def identifier_parts(full_name: str) -> tuple[frozenset[str], frozenset[str]]:
    """What in an address or a handle gives a person away: whole pieces, and pieces of anything longer."""
    words = name_words(full_name)
    alone = {_letters(word) for word in _alone(words)}
    joined = {_letters("".join(words))}
    pieces = {word for word in alone if len(word) >= 3}
    for first, last in ((_letters(first), _letters(last)) for first, last in _pairs(words)):
        if first and last:  # A word of emoji alone has no letters.
            joined |= {first + last, last + first, first[0] + last, last + first[0]}
            pieces.add(first + last[0])
    return frozenset(pieces | joined) - {""}, frozenset(p for p in alone | joined if len(p) >= 5)


def spellings(word: str) -> str:
    """A pattern for one word: folded, with umlauts spelled out or back, its own hyphens optional."""
    patterns = {_GAP.join(map(re.escape, _atoms(form))) for form in _spelled(word)}
    return f"(?:{'|'.join(sorted(patterns, key=len, reverse=True))})"


def needed(word: str) -> tuple[str, ...]:
    """Of every spelling of a word its longest part: one of them stands wherever the word does."""
    return tuple({longest(_atoms(form)) for form in _spelled(word)})


def longest(atoms: list[str]) -> str:
    """The longest part; an empty one, which stands everywhere, where there is none."""
    return max(atoms, key=len, default="")


def _spelled(word: str) -> frozenset[str]:
    plain = fold(word)
    return frozenset({plain, fold(word.translate(_SPELLED_OUT)), _SPELLED_BACK.sub(r"\1", plain)})


def edged(body: str) -> str:
    """The expression where it stands as a word of its own; inside scripts without spaces anywhere."""
    return f"{_EDGE_LEFT}{body}{_EDGE_RIGHT}"


def always(_text: Folded, _match: re.Match[str]) -> bool:
    """The rule for forms that are names however they are written."""
    return True


def capitalised(text: Folded, match: re.Match[str]) -> bool:
    """The rule for everyday words."""
    return reads_as_name(text, match.start(), match.end())


def is_everyday(word: str) -> bool:
    """Whether a folded word is also an ordinary one, or too short to be a name by itself."""
    return word in EVERYDAY or word in FUNCTION_WORDS or (len(word) < 3 and not _unspaced(word))


def _whole(order: tuple[str, ...]) -> Iterator[Form]:
    """These words one after the other; between them a space, a comma, a hyphen, a middle initial, nothing."""
    letters = sum(len(fold(word)) for word in order)
    # "Jo Li" must not be found inside a word such as "joli": short names need a gap.
    long = letters >= 6 or any(_unspaced(fold(word)) for word in order)
    between = rf"{_GAP}(?:[^\W\d_]\.?[\W_]{{1,3}})?" if long else r"[\W_]{1,3}"
    body = between.join(spellings(word) for word in order)
    yield Form(edged(f"{_TITLE}{body}s?"), always, needed(max(order, key=len)))


def _pairs(words: list[str]) -> list[tuple[str, str]]:
    """Given name and surname, and their halves where one is double, as people shorten them."""
    if len(words) < 2:
        return []
    first = _alone(words[:1]) or words[:1]
    return [(given, family) for given in first for family in _alone(words[1:]) or words[1:]]


def _alone(words: list[str]) -> list[str]:
    pieces = [piece for word in words for piece in (word, *_atoms(word))]
    return [p for p in dict.fromkeys(pieces) if fold(p) not in _NOT_NAMES and _letters(p)[1:]]


def _letters(text: str) -> str:
    return re.sub(r"[\W\d_]", "", fold(text))


def _single(word: str) -> Iterator[Form]:
    plain = fold(word)
    if is_everyday(plain):
        yield Form(edged(spellings(word)), capitalised, needed(word))
    elif _unspaced(plain):
        yield Form(spellings(word), always, needed(word))
    elif _is_declined(plain):
        stem = _CYRILLIC_ENDING.sub("", plain)
        yield Form(edged(f"{_TITLE}{re.escape(stem)}[^\\W\\d_]{{0,3}}"), always, (stem,))
    else:
        yield Form(edged(_TITLE + _inflected(plain, spellings(word))), always, needed(word))


def _is_declined(plain: str) -> bool:
    """Whether a Cyrillic name is long enough to be known by its stem."""
    return re.search(r"[\u0400-\u04ff]", plain) is not None and len(plain) >= 4


def _inflected(plain: str, pattern: str) -> str:
    """The word with what its language joins to it: a genitive s, Semitic prefixes."""
    if re.search(r"[\u0590-\u05ff]", plain):
        return r"[ובכלמשה]{0,2}" + pattern
    if re.search(r"[\u0600-\u06ff]", plain):
        return r"[وفبكلس]{0,2}" + pattern
    return pattern + "s?"


def _with_initials(first: str, last: str) -> Iterator[Form]:
    before = rf"{_TITLE}(?P<i>{re.escape(first[0])})(?P<d>\.?)[\s\-]{{0,2}}(?P<n>{spellings(last)})"
    yield Form(edged(before), _initialled, needed(last))
    after = rf"(?P<n>{spellings(last)})[\s,]{{0,2}}(?P<i>{re.escape(first[0])})(?P<d>\.?)"
    yield Form(edged(after), _initialled, needed(last))
    given = rf"(?P<n>{spellings(first)})\s{{0,2}}(?P<i>{re.escape(last[0])})(?P<d>\.?)"
    yield Form(edged(given), _initialled, needed(first))
    if first[0] + last[0] not in INITIALS_OF_OTHERS:
        dotted = rf"{re.escape(first[0])}\.\s?(?:[^\W\d_]\.\s?)?{re.escape(last[0])}\b\.?"
        yield Form(edged(dotted), _all_capitals, (f"{first[0]}.",))


def _misspelt(first: str, last: str) -> Iterator[Form]:
    """One name right and, beside it with a capital, the other nearly so ("Marta Ortego"): heard, not read."""
    for body, right, meant in (
        (rf"{spellings(first)}\s+(?P<n>[^\W\d_]{{4,}})", first, last),
        (rf"(?P<n>[^\W\d_]{{3,}})\s+{spellings(last)}", last, first),
    ):
        yield Form(edged(body), partial(_nearly, meant=fold(meant)), needed(right))


def _nearly(text: Folded, match: re.Match[str], *, meant: str) -> bool:
    word = match["n"]
    close = word[0] == meant[0] and SequenceMatcher(None, word, meant).ratio() >= _NEARLY
    return close and text.upper[match.start("n")]


def _initialled(text: Folded, match: re.Match[str]) -> bool:
    name = match["n"]
    together = match.end("n") == match.start("i") or match.end("d") == match.start("n")
    if together and not match["d"]:
        return len(name) >= 4 and not is_everyday(name)
    marked = text.upper[match.start("i")] or bool(match["d"])
    return marked and (text.upper[match.start("n")] or not is_everyday(name))


def _all_capitals(text: Folded, match: re.Match[str]) -> bool:
    return all(text.upper[at] for at in range(*match.span()) if text.text[at].isalpha())


def _atoms(word: str) -> list[str]:
    return [atom for atom in re.split(r"[\W_]+", word) if atom]


def _unspaced(word: str) -> bool:
    return _UNSPACED.search(word) is not None
