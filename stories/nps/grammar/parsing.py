"""A question from words, however it is put."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TypeVar

from stories.nps.counts import Band
from stories.nps.grammar.choosing import Sides, explicit, sides
from stories.nps.grammar.correcting import corrected, suggestions
from stories.nps.grammar.items import Bands, By, Every, Figure, Item, Sign, Unclear, When, Written
from stories.nps.grammar.question import Ambiguous, Kind, Misread, Question
from stories.nps.grammar.reading import Reader
from stories.nps.grammar.tokens import quoted, tokens
from stories.nps.grammar.vocabulary import Vocabulary
from stories.nps.periods import Calendar, Period, Unit, last, previous

USUAL_WEEKS = 13
"""Where no period is said: a quarter's worth of whole weeks."""

USUAL_MONTHS = 12
"""The same for a trend."""

_MOST_EXPLAINED = 4

M = TypeVar("M")


def parse(words: str, vocabulary: Vocabulary, today: date, calendar: Calendar | None = None) -> Question:
    """What the words ask, with what could not be understood named in it. Never raises, whatever the words.

    `today` is the workspace's own day. Order, case, plurals, filler words and small typos do not matter.
    """
    fiscal = calendar or Calendar()
    reader = Reader(vocabulary, today, fiscal)
    read = tokens(words)
    items = reader.items(read)
    better = corrected(read, items, vocabulary)
    if better != read:
        items = reader.items(better)
    return _Assembly(items, vocabulary, today, fiscal).question()


class _Assembly:
    """Puts the meanings of one question together."""

    def __init__(self, items: Sequence[Item], vocabulary: Vocabulary, today: date, fiscal: Calendar) -> None:
        self.items = items
        self.vocabulary = vocabulary
        self.today = today
        self.fiscal = fiscal
        self.misread: list[Misread] = []
        self.ambiguous: list[Ambiguous] = []

    def question(self) -> Question:
        found = sides(self.items)
        self.misread += found.misread
        self.ambiguous += found.ambiguous
        breakdown = self._breakdown(found)
        kind = self._kind(len(found.cells), breakdown)
        if kind is Kind.HELP:
            return Question(kind=kind, period=self._usual(kind))
        self._unclear()
        bands = frozenset(item.band for item in self._meanings(Bands))
        return Question(
            kind=kind,
            sides=found.cells,
            breakdown=breakdown,
            period=self._period(kind),
            unit=self._unit(kind),
            bands=(bands or frozenset(Band)) if kind is Kind.VERBATIMS else frozenset(),
            figure=self._figure(kind),
            languages=self._languages(kind),
            misread=tuple(self.misread),
            ambiguous=tuple(self.ambiguous),
        )

    def _meanings(self, kind: type[M]) -> list[M]:
        return [meaning for _item, meaning in self._said_of(kind)]

    def _said_of(self, kind: type[M]) -> list[tuple[Item, M]]:
        return [(item, item.meaning) for item in self.items if isinstance(item.meaning, kind)]

    def _kind(self, how_many: int, breakdown: str | None) -> Kind:
        signs = {sign.word for sign in self._meanings(Sign)}
        if "help" in signs:
            return Kind.HELP
        if "worth" in signs:
            return Kind.WORTH
        if "trend" in signs or self._meanings(Every):
            return Kind.TREND
        if breakdown is not None:
            return Kind.BREAKDOWN
        if "voices" in signs or self._meanings(Bands):
            return Kind.VERBATIMS
        return Kind.COMPARISON if how_many == 2 else Kind.SCORE

    def _breakdown(self, found: Sides) -> str | None:
        """The property after "by", else one that was named and said nothing of a group."""
        asked = [by.properties for by in self._meanings(By)]
        named = asked or [name.properties for name in found.left_over]
        if not named:
            return None
        if len(named[0]) > 1:
            choices = tuple(f"by {quoted(name)}" for name in named[0])
            self.ambiguous.append(Ambiguous(words=named[0][0], choices=choices))
        for others in asked[1:]:
            if others != named[0]:
                self.misread.append(Misread(words=f"by {others[0]}"))
        return named[0][0]

    def _period(self, kind: Kind) -> Period:
        clear: list[Period] = []
        for item, when in self._said_of(When):
            if when.groups:
                choices = (said_period(when.period), *(explicit(group) for group in when.groups))
                self.ambiguous.append(Ambiguous(words=item.words, choices=choices))
            elif when.period not in clear:
                clear.append(when.period)
                if len(clear) > 1 and not self._neighbours(clear):
                    self.misread.append(Misread(words=item.words))
        return self._later(clear) if clear else self._usual(kind)

    def _neighbours(self, periods: Sequence[Period]) -> bool:
        """Whether one of two periods is what the other is compared with anyhow."""
        if len(periods) != 2:
            return False
        one, other = sorted(periods, key=lambda period: period.first)
        side_by_side = one.unit is other.unit and one.last.toordinal() + 1 == other.first.toordinal()
        return side_by_side or previous(other, self.fiscal) == one

    def _later(self, periods: Sequence[Period]) -> Period:
        if self._neighbours(periods):
            return max(periods, key=lambda period: period.first)
        return periods[0]

    def _usual(self, kind: Kind) -> Period:
        if kind is Kind.TREND:
            return last(USUAL_MONTHS, Unit.MONTH, self.today, self.fiscal)
        if kind is Kind.WORTH:
            return last(2 * USUAL_MONTHS, Unit.MONTH, self.today, self.fiscal)
        return last(USUAL_WEEKS, Unit.WEEK, self.today, self.fiscal)

    def _unit(self, kind: Kind) -> Unit | None:
        if kind is not Kind.TREND:
            return None
        every = self._meanings(Every)
        return every[0].unit if every else Unit.MONTH

    def _figure(self, kind: Kind) -> str | None:
        figures = [figure.names for figure in self._meanings(Figure)]
        if kind is not Kind.WORTH:
            self.misread += [Misread(words=names[0], nearest=(f"worth {names[0]}",)) for names in figures]
            return None
        if not figures:
            known = tuple(self.vocabulary.figures)
            return known[0] if len(known) == 1 else None
        if len(figures[0]) > 1:
            choices = tuple(f"worth {quoted(name)}" for name in figures[0])
            self.ambiguous.append(Ambiguous(words=figures[0][0], choices=choices))
        return figures[0][0]

    def _languages(self, kind: Kind) -> frozenset[str]:
        """Those of the comments asked for; scores have none."""
        asked = self._said_of(Written)
        if kind is not Kind.VERBATIMS:
            self.misread += [
                Misread(words=item.words, nearest=(f"comments {item.words}",)) for item, _written in asked
            ]
            return frozenset()
        return frozenset(written.language for _item, written in asked)

    def _unclear(self) -> None:
        unclear = {item.words: item for item in self.items if isinstance(item.meaning, Unclear)}
        for number, item in enumerate(unclear.values()):
            near = suggestions(item, self.vocabulary) if number < _MOST_EXPLAINED else ()
            self.misread.append(Misread(words=item.words, nearest=near))


def said_period(period: Period) -> str:
    """Words that mean this period and nothing else."""
    return f"period:{quoted(period.words)}"
