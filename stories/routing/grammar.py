"""Rules as people write them: "detractors from enterprise about billing, at most three a day, at 4 pm".

Order, capitals, plurals and small words do not matter. What was not understood is named with the nearest
words there are; nothing is guessed. They are read in every language that has phrases for them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import field
from difflib import get_close_matches

from stories import speaking
from stories.errors import UserError
from stories.folding import fold
from stories.language import _, spoken
from stories.nps.counts import Band
from stories.phrasebook import phrasebook, readings
from stories.routing.limits import Limits, limits_in
from stories.routing.rule import COMMENTS, LONGEST_SENTENCE, SCORES, STORIES, Rule, Segment
from stories.search.asking import terms
from stories.values import dataclass


@dataclass(frozen=True, slots=True)
class Known:
    """The names that a rule can use: values of each property of answers, kinds of customers, themes."""

    properties: Mapping[str, Sequence[str]] = field(default_factory=dict)
    kinds: Sequence[str] = ()
    themes: Sequence[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """A sentence that was understood; `channel_id` is the channel that it names, `named` one without id."""

    rule: Rule
    channel_id: str = ""
    named: str = ""


GRAMMAR = "route"
"""What the phrases of other languages for rules are kept under."""

_QUOTED = re.compile(r"[“\"„]([^“”\"„]*)[”\"“]")
_TOKEN = re.compile(r"\ue000\d+\ue000|[^\s,;:()“”\"„]+|[,;:]")
_SPAN = re.compile(r"(\d{1,2})\s?(?:to|-|–)\s?(\d{1,2})", re.IGNORECASE)
_MARK = "\ue000"
"""A letter for private use: stands around the number of what was between quotation marks."""

_BANDS = {"promoter": Band.PROMOTER, "passive": Band.PASSIVE, "detractor": Band.DETRACTOR}
_KINDS = {"comment": COMMENTS, "answer": COMMENTS, "verbatim": COMMENTS, "story": STORIES, "storie": STORIES}
_ABOUT = frozenset({"about", "concerning", "regarding"})
_HOLDING = frozenset({"mentioning", "mention", "saying", "say", "containing", "word"})
_ENDING = frozenset({",", ";", "from", "of", "with", "who", "by", *_ABOUT})
_SMALL_WORDS = """a all an and any as at by channel customer day daily digest do does each every everybody
everything for from in into me of on or our please post route send show that the their them these they this
those time to us week weekly what who with working , ; :"""
_FILLERS = frozenset(_SMALL_WORDS.split())


def parse(sentence: str, known: Known) -> Read:
    """What a sentence asks for. Raises UserError that names the part that was not understood."""
    if len(sentence) > LONGEST_SENTENCE:
        said = _("Please say it in at most {most} characters.")
        raise UserError(said.format(most=LONGEST_SENTENCE), field="sentence")
    trouble: UserError | None = None
    for reading in readings(sentence, GRAMMAR, _namer(known)):
        try:
            return _parse(reading, known)
        except UserError as error:
            trouble = trouble or error
    raise trouble or ValueError("a sentence has at least one reading")


def _namer(known: Known) -> Callable[[str], bool]:
    names = {fold(one) for one in (*known.properties, *known.kinds, *known.themes)}
    names |= {fold(value) for values in known.properties.values() for value in values}
    return names.__contains__


def _parse(sentence: str, known: Known) -> Read:
    sentence = sentence.replace(_MARK, " ")
    names = [one.strip() for one in _QUOTED.findall(sentence)]
    numbers = iter(range(len(names)))
    limits = limits_in(_QUOTED.sub(lambda _found: f" {_MARK}{next(numbers)}{_MARK} ", sentence))
    reading = _Reading(known, names)
    reading.read(_TOKEN.findall(limits.left))
    rule = reading.rule(limits)
    if not rule.narrows:
        said = _("That would bring everything. Say whose words or about what: “detractors about billing”.")
        raise UserError(said, field="sentence")
    return Read(rule=rule, channel_id=limits.channel_id, named=limits.named)


class _Reading:
    """The names in one sentence, as far as it has been read."""

    def __init__(self, known: Known, quoted: Sequence[str]) -> None:
        self._known, self._quoted = known, quoted
        self._kinds: set[str] = set()
        self._bands: list[Band] = []
        self._spans: list[tuple[int, int]] = []
        self._segments: list[Segment] = []
        self._theme, self._words = "", list[str]()
        self._named = _segments_by_name(known)

    def rule(self, limits: Limits) -> Rule:
        """The rule that was read. Raises UserError for limits that cannot be."""
        spans = [*self._spans, *(SCORES[band] for band in self._bands)]
        spans += [limits.scores] if limits.scores else []
        return Rule(
            kinds=tuple(k for k in (COMMENTS, STORIES) if k in self._kinds) or (COMMENTS, STORIES),
            scores=(min(low for low, _h in spans), max(high for _l, high in spans)) if spans else None,
            segments=tuple(dict.fromkeys(self._segments)),
            theme=self._theme,
            words=tuple(dict.fromkeys(self._words)),
            most=limits.most,
            weekday=limits.weekday,
            at=limits.at,
        )

    def read(self, tokens: Sequence[str]) -> None:
        """Take in what is left of a sentence, word by word."""
        at = 0
        while at < len(tokens):
            at = self._step(tokens, at)

    def _step(self, tokens: Sequence[str], at: int) -> int:
        word = _singular(tokens[at])
        following = _singular(tokens[at + 1]) if at + 1 < len(tokens) else ""
        if word in _HOLDING and following in _ABOUT:
            # "what they say about …"
            return at + 1
        if word in _BANDS:
            self._bands.append(_BANDS[word])
        elif word in _KINDS:
            self._kinds.add(_KINDS[word])
        elif word in _ABOUT or word in _HOLDING:
            return self._clause(tokens, at + 1, holding=word in _HOLDING)
        elif (taken := self._segment(tokens, at)) or (taken := self._span(tokens, at)):
            return at + taken
        elif word not in _FILLERS and fold(tokens[at]) not in _FILLERS:
            raise self._unknown(self._plain(tokens[at]))
        return at + 1

    def _clause(self, tokens: Sequence[str], at: int, *, holding: bool) -> int:
        """What it is about, up to where another part begins: a theme of that name, else its words."""
        end = at
        while end < len(tokens) and not self._ends(tokens, at, end):
            end += 1
        said = " ".join(self._plain(token) for token in tokens[at:end])
        if holding and said.casefold().startswith("words "):
            said = said[len("words ") :]
        theme = next((name for name in self._known.themes if fold(name) == fold(said)), None)
        if theme and not holding:
            self._theme = theme
            return end
        words = terms(said)
        if not any(character.isalnum() for character in said) or not words:
            raise UserError(_("Please say about what, such as “about billing”."), field="sentence")
        if "or" in (fold(token) for token in tokens[at:end]):
            both = _("Words are looked for together. Make a rule for each of the words in “{said}”.")
            raise UserError(both.format(said=said), field="sentence")
        self._words += words
        return end

    def _ends(self, tokens: Sequence[str], start: int, at: int) -> bool:
        word = _singular(tokens[at])
        return fold(tokens[at]) in _ENDING or (at > start and (word in _BANDS or word in _KINDS))

    def _segment(self, tokens: Sequence[str], at: int) -> int:
        """Take in the longest name of a segment that begins here; how many words it is of, 0 for none."""
        for length in range(min(len(tokens) - at, 8), 0, -1):
            said = " ".join(self._plain(one) for one in tokens[at : at + length])
            found = self._named.get(_key(said), ())
            if len(found) > 1:
                choices = _(" or ").join(f"{name}: “{value}”" for name, value in found)
                which = _("“{said}” could be several things. Say {choices}.")
                raise UserError(which.format(said=said, choices=choices), field="sentence")
            if found:
                self._segments.append(found[0])
                return length
        return 0

    def _span(self, tokens: Sequence[str], at: int) -> int:
        """Take in scores that stand by themselves, "0 to 6"; how many words they are of, 0 for none."""
        for length in (3, 1):
            found = _SPAN.fullmatch(" ".join(tokens[at : at + length]))
            if found:
                self._spans.append((int(found[1]), int(found[2])))
                return length
        return 0

    def _plain(self, token: str) -> str:
        return self._quoted[int(token.strip(_MARK))] if token.startswith(_MARK) else token

    def _unknown(self, said: str) -> UserError:
        names = [value for values in self._known.properties.values() for value in values]
        names += [*self._known.properties, *self._known.kinds, *self._known.themes]
        words = ["comments", "stories", *(f"{band}s" for band in _BANDS), "about", "from", "at most"]
        book = phrasebook(spoken().language, GRAMMAR)
        words += book.meaning(words) if book is not None else ()
        by_key = {fold(one): one for one in [*names, *words]}
        near = [by_key[one] for one in get_close_matches(fold(said), by_key, n=3, cutoff=0.6)]
        if near:
            hint = _("Did you mean {words}?").format(
                words=speaking.either(speaking.quoted(one) for one in near)
            )
        else:
            hint = _("To look for it as a word, write: about {said}").format(said=said)
        told = _("I don’t know “{said}” here. {hint}")
        return UserError(told.format(said=said, hint=hint), field="sentence")


def _segments_by_name(known: Known) -> dict[str, tuple[Segment, ...]]:
    """What each name can mean: a value, or a property with its value."""
    found: dict[str, dict[Segment, None]] = {}
    for name, values in known.properties.items():
        for value in values:
            for said in (value, f"{name} {value}", f"{value} {name}"):
                found.setdefault(_key(said), {})[name, value] = None
    for kind in known.kinds:
        found.setdefault(_key(kind), {}) or found[_key(kind)].setdefault(("", kind))
    return {said: tuple(segments) for said, segments in found.items()}


def _key(said: str) -> str:
    """A name without what does not tell it apart: case, quotation marks, the s of a plural."""
    return " ".join(_singular(word) for word in re.sub(r"[“”\"„:,;()]", " ", said).split())


def _singular(word: str) -> str:
    folded = fold(word)
    if folded.endswith(("sses", "xes", "ches", "shes")):
        return folded[:-2]
    return folded[:-1] if len(folded) > 3 and folded.endswith("s") and not folded.endswith("ss") else folded
