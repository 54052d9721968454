"""From words to meanings: at each place the longest phrase that is known, from left to right."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import cache

from stories.nps.grammar import words as known
from stories.nps.grammar.items import (
    Bands,
    By,
    Every,
    Everybody,
    Figure,
    Group,
    Item,
    Meaning,
    Named,
    Sign,
    Unclear,
    When,
    Written,
)
from stories.nps.grammar.period_words import LONGEST_PHRASE, period_at, period_said
from stories.nps.grammar.tokens import Token
from stories.nps.grammar.vocabulary import (
    LONGEST_NAME,
    Segment,
    Vocabulary,
    folded,
    forms,
    without_possessive,
)
from stories.nps.periods import Calendar, Unit
from stories.values import dataclass

Found = tuple[Meaning, int]
"""A meaning, and the number of the token after it."""

_APOSTROPHES = str.maketrans("", "", "'’‘`")


@cache
def phrases() -> Mapping[str, Meaning]:
    """The grammar's own phrases, folded, each with its meaning."""
    found: dict[str, Meaning] = {folded(word): Sign("") for word in known.FILLER | known.SCORE}
    signs = {"vs": known.VERSUS, "trend": known.TREND, "worth": known.WORTH, "help": known.HELP}
    for sign, spellings in (signs | {"voices": known.VOICES}).items():
        found |= {folded(word): Sign(sign) for word in spellings}
    found |= {folded(word): Everybody() for word in known.EVERYBODY}
    found |= {folded(word): Bands(band) for word, band in known.BANDS.items()}
    found |= {folded(word): Written(code) for word, code in known.written_in().items()}
    return found | {folded(word): Every(unit) for word, unit in known.UNITS.items()}


@cache
def _cutting() -> frozenset[str]:
    return frozenset(folded(word) for word in known.BY)


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads tokens with one workspace's words on one day.

    `worth`: the words ask what a point is worth, so that a name means a figure rather than a segment.
    """

    vocabulary: Vocabulary
    today: date
    fiscal: Calendar
    worth: bool = False

    def items(self, tokens: Sequence[Token]) -> list[Item]:
        """Every meaning, in order; each token belongs to one."""
        worth = any(phrases().get(folded(token.text)) == Sign("worth") for token in tokens)
        reader = Reader(self.vocabulary, self.today, self.fiscal, worth)
        found = []
        at = 0
        while at < len(tokens):
            meaning, end = reader._at(tokens, at)
            said = " ".join(token.text for token in tokens[at:end])
            found.append(Item(meaning, at, end, said))
            at = end
        return found

    def _at(self, tokens: Sequence[Token], at: int) -> Found:
        readers: tuple[Callable[[Sequence[Token], int], Found | None], ...] = (
            self._explicit,
            self._quoted,
            self._by,
            self._phrase,
        )
        for read in readers:
            found = read(tokens, at)
            if found is not None:
                return found
        return (Sign(""), at + 1) if tokens[at].colon else (Unclear(), at + 1)

    def _explicit(self, tokens: Sequence[Token], at: int) -> Found | None:
        """`plan:enterprise`, `"plan":"enterprise"`, `period:"last week"`."""
        colon = next((i for i in range(at, min(at + LONGEST_NAME, len(tokens))) if tokens[i].colon), None)
        if colon is None or colon == at or colon + 1 >= len(tokens):
            return None
        name, after = tokens[at:colon], tokens[colon + 1]
        if len(name) == 1 and name[0].plain and folded(name[0].text) == "period" and after.quoted:
            period = period_said(after.text, self.today, self.fiscal)
            return (When(period), colon + 2) if period else (Unclear(), colon + 2)
        properties = self._properties(name)
        return self._value(tokens, colon + 1, properties) if properties else None

    def _value(self, tokens: Sequence[Token], at: int, properties: Sequence[str]) -> Found:
        values = [(name, value) for name in properties for value in self.vocabulary.segments[name]]
        if tokens[at].quoted:
            text = tokens[at].text
            choices = [segment for segment in values if segment[1] == text]
            choices = choices or [segment for segment in values if folded(segment[1]) == folded(text)]
            return (Group(tuple(choices)) if choices else Unclear(tuple(values), text)), at + 1
        for end in range(_reach(tokens, at, LONGEST_NAME), at, -1):
            found = [s for s in self._segments(_joined(tokens[at:end])) if s in values]
            if found:
                return Group(tuple(found)), end
        return Unclear(tuple(values), tokens[at].text), at + 1

    def _quoted(self, tokens: Sequence[Token], at: int) -> Found | None:
        if not tokens[at].quoted:
            return None
        text = tokens[at].text
        if choices := self._segments(text):
            return Group(choices), at + 1
        if figures := _exact(self.vocabulary.figure_names, text):
            return Figure(figures), at + 1
        properties = self._properties(tokens[at : at + 1])
        return (Named(properties) if properties else Unclear()), at + 1

    def _by(self, tokens: Sequence[Token], at: int) -> Found | None:
        for start in range(_reach(tokens, at, 3), at, -1):
            if folded(_joined(tokens[at:start])) not in _cutting():
                continue
            for skipped in (0, 1):
                begin = start + skipped
                if skipped and folded(_joined(tokens[start:begin])) not in {"the", "each", "our"}:
                    break
                if (found := self._cut(tokens, begin)) is not None:
                    return found
            return Sign(""), start
        return None

    def _cut(self, tokens: Sequence[Token], at: int) -> Found | None:
        if at < len(tokens) and tokens[at].quoted:
            properties = self._properties(tokens[at : at + 1])
            return (By(properties), at + 1) if properties else None
        for end in range(_reach(tokens, at, LONGEST_NAME), at, -1):
            text = _joined(tokens[at:end])
            if properties := self._properties(tokens[at:end]):
                return By(properties), end
            units = [unit for unit in Unit if folded(text) in {unit.value, unit.value + "s"}]
            if units:
                return Every(units[0]), end
        return None

    def _phrase(self, tokens: Sequence[Token], at: int) -> Found | None:
        """The longest of: a period, a phrase of the grammar, a segment, a figure, a property."""
        if not tokens[at].plain:
            return None
        period = self._period(tokens, at)
        for end in range(_reach(tokens, at, LONGEST_NAME), at, -1):
            text = _joined(tokens[at:end])
            groups = self._segments(text)
            if period is not None and period[1] >= end:
                return self._when(tokens, at, period)
            if (meaning := self._meaning(text, groups)) is not None:
                return meaning, end
        return period

    def _when(self, tokens: Sequence[Token], at: int, period: Found) -> Found:
        meaning, end = period
        same = self._segments(_joined(tokens[at:end]))
        after_preposition = at > 0 and folded(tokens[at - 1].text) in known.DATE_PREPOSITIONS
        if isinstance(meaning, When) and same and not after_preposition:
            return When(meaning.period, same), end
        return period

    def _meaning(self, text: str, groups: tuple[Segment, ...]) -> Meaning | None:
        phrase = phrases().get(folded(text)) or phrases().get(folded(text.translate(_APOSTROPHES)))
        shouted = text != text.casefold() and any(value == text for _name, value in groups)
        if isinstance(phrase, Written) and self._segments(text.split()[-1]):
            phrase = None
        if phrase is not None and not (phrase == Sign("") and shouted and text == text.upper()):
            return phrase
        figures = _first(self.vocabulary.figure_names, text)
        if figures and (self.worth or not groups):
            return Figure(figures)
        if groups:
            return Group(groups)
        properties = _first(self.vocabulary.properties, text)
        return Named(properties) if properties else None

    def _period(self, tokens: Sequence[Token], at: int) -> Found | None:
        end = _reach(tokens, at, LONGEST_PHRASE)
        plain = [without_possessive(token.text) or token.text for token in tokens[at:end]]
        found = period_at(plain, self.today, self.fiscal)
        return None if found is None else (When(found[0]), at + found[1])

    def _segments(self, text: str) -> tuple[Segment, ...]:
        """The segments of this name; those written exactly so before others that only look alike."""
        found = next((hits for form in forms(text) if (hits := self.vocabulary.by_form.get(form))), ())
        exact = {name for name, value in found if value == text}
        return tuple(segment for segment in found if segment[1] == text or segment[0] not in exact)

    def _properties(self, tokens: Sequence[Token]) -> tuple[str, ...]:
        if len(tokens) == 1 and tokens[0].quoted:
            return _exact(self.vocabulary.properties, tokens[0].text)
        if not all(token.plain for token in tokens):
            return ()
        return _first(self.vocabulary.properties, _joined(tokens))


def _exact(names: Mapping[str, tuple[str, ...]], text: str) -> tuple[str, ...]:
    found = names.get(folded(text), ())
    return tuple(name for name in found if name == text) or found


def _first(names: Mapping[str, tuple[str, ...]], text: str) -> tuple[str, ...]:
    return next((_preferred(names[form], text) for form in forms(text) if form in names), ())


def _preferred(found: tuple[str, ...], text: str) -> tuple[str, ...]:
    return tuple(name for name in found if name == text) or found


def _reach(tokens: Sequence[Token], at: int, most: int) -> int:
    """The number of the first token from `at` on that is no plain word, or `most` tokens further."""
    end = at
    while end < min(len(tokens), at + most) and tokens[end].plain:
        end += 1
    return end


def _joined(tokens: Iterable[Token]) -> str:
    return " ".join(token.text for token in tokens)
