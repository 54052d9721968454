"""What was found in a story, and what its author decided about each: hidden, or left standing.

Decisions are kept as short texts: "person:Maria Lopez" hides, "-person:Maria Lopez" lets stand. E-mail
addresses and telephone numbers are no decision: `stories.names` takes all of them out.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from stories.everyday_words import EVERYDAY, starts_sentence
from stories.folding import fold
from stories.identities import Found, Kind, Why, find
from stories.identity_context import KIN_OF_ONE
from stories.interviews import Interview
from stories.language import _
from stories.names import NamesOf
from stories.patterns import late
from stories.values import dataclass

STANDS = "-"
"""What a decision to let something stand begins with."""
TO_DECIDE = (Kind.PERSON, Kind.COMPANY, Kind.PLACE, Kind.ADDRESS, Kind.ACCOUNT)
_TITLE = r"(?:(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof)\.?\s)?"
_DETERMINER = late(
    r"\b(?:the|a|an|our|their|my|your|his|her|this|that|every|each|whole|old|new|other)\s$", re.IGNORECASE
)

_SAID_WHO = late(rf"\b(?:{KIN_OF_ONE})\s+$", re.IGNORECASE)
"""Words that say already who somebody is: no other has to stand for the name after them."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What happens to one thing that was found, wherever it stands in the story."""

    kind: Kind
    text: str
    hide: bool = True

    def __str__(self) -> str:
        """The decision as it is kept."""
        return f"{'' if self.hide else STANDS}{self.kind}:{self.text}"

    @classmethod
    def of(cls, kept: str) -> Decision:
        """A decision as it was kept. Raises ValueError for anything else."""
        kind, _colon, text = kept.removeprefix(STANDS).partition(":")
        return cls(Kind(kind), text, hide=not kept.startswith(STANDS))


@dataclass(frozen=True, slots=True)
class Findings:
    """What was found in a story: what there is to decide, and how many addresses and numbers go anyway."""

    decisions: tuple[Decision, ...]
    addresses: int
    phones: int


NOTHING_FOUND = Findings((), 0, 0)


def findings(told: Interview) -> Findings:
    """What could give somebody away in a story; decided as it was before, else to be hidden.

    The customer's own names are not among them, since those are taken out anyway, nor what the alias says.
    """
    names = NamesOf(full_name=told.customer.name, company=told.customer.company)
    found = [one for one in _found("\n\n".join(_texts(told)), names) if one.why is not Why.KNOWN]
    before = {(one.kind, one.text): one for one in map(Decision.of, told.hidden)}
    new = dict.fromkeys((one.kind, one.text) for one in found if _is_open(one, told.customer.alias))
    decided = (before.get((kind, text), Decision(kind, text)) for kind, text in new)
    return Findings(
        decisions=tuple(sorted(decided, key=lambda one: TO_DECIDE.index(one.kind))),
        addresses=len({one.text for one in found if one.kind is Kind.EMAIL}),
        phones=len({one.text for one in found if one.kind is Kind.PHONE}),
    )


@lru_cache(maxsize=256)
def _found(text: str, names: NamesOf) -> tuple[Found, ...]:
    # A write-up is looked through when it is shown, sent and filed: the same words each time.
    return find(text, known=names)


def let_go() -> None:
    """Forget the texts and names that were looked through: somebody in them may have been erased."""
    for kept in (_found, _kinds, _pattern):
        kept.cache_clear()


def boxes(decisions: Iterable[Decision]) -> tuple[tuple[Decision, ...], ...]:
    """The decisions as they are asked for: a person's whole name together with parts of it, the whole first.

    Those that were decided differently before stay apart.
    """
    offered = tuple(decisions)
    wholes = {one: _whole(one, offered) for one in offered}
    return tuple(
        (one, *(part for part in offered if part != one and wholes[part] == one))
        for one in offered
        if wholes[one] == one
    )


def _whole(part: Decision, offered: Sequence[Decision]) -> Decision:
    """The one longer name that this is a part of; itself when there is none, or more than one."""
    words = set(fold(part.text).split())
    alike = [one for one in offered if one.kind is Kind.PERSON is part.kind and one.hide == part.hide]
    longer = [one for one in alike if words < set(fold(one.text).split())]
    return longer[0] if len(longer) == 1 else part


def undecided(told: Interview) -> tuple[Decision, ...]:
    """What was found and nobody has decided about."""
    decided = {(one.kind, one.text) for one in map(Decision.of, told.hidden)}
    return tuple(one for one in findings(told).decisions if (one.kind, one.text) not in decided)


def fingerprint(told: Interview) -> str:
    """Changes with every text in which something could be found: decisions hold for one state of them."""
    names = (told.customer.name, told.customer.company, told.customer.alias)
    return hashlib.sha256("\0".join((*names, *_texts(told))).encode()).hexdigest()[:16]


def hide_decided(text: str, decisions: tuple[str, ...], *, quoted: bool = False) -> str:
    """The text with other words in place of what was decided to be hidden; the rest untouched.

    In what somebody `quoted` they stand in square brackets, as they were not said. Elsewhere they read on:
    "my colleague Zsófia rang Anna and Ben" is told as "my colleague rang somebody and somebody else". In a
    language that bends its articles they stand in brackets everywhere: "mit [Name]", "nach [Ort]".
    """
    pattern = _pattern(decisions)
    if pattern is None:
        return text
    if quoted:
        return pattern.sub(lambda match: _in_brackets(_stand_in(text, match, _kind(match, decisions))), text)
    pieces, done, met = list[str](), 0, list[tuple[Kind, str]]()
    for match in pattern.finditer(text):
        kind, before = _kind(match, decisions), text[done : match.start()]
        if kind is Kind.PERSON and _SAID_WHO.search(text[: match.start()]):
            pieces.append(before.rstrip())
        else:
            known = _met(kind, match[0], met)
            pieces += [before, _stand_in(text, match, kind, another=not known)]
        done = match.end()
    return "".join(pieces) + text[done:]


def stands_for(kind: Kind) -> str:
    """What is read in place of something hidden."""
    # Translators: these stand in the middle of any sentence. Where articles have cases, give a bare noun
    # in square brackets: "[Firma]", "[andere Firma]".
    return {
        Kind.PERSON: _("somebody"),
        Kind.COMPANY: _("a company"),
        Kind.PLACE: _("a town"),
        Kind.ADDRESS: _("an address"),
        Kind.ACCOUNT: _("a number"),
    }[kind]


def _another(kind: Kind) -> str:
    return {
        Kind.PERSON: _("somebody else"),
        Kind.COMPANY: _("another company"),
        Kind.PLACE: _("another town"),
        Kind.ADDRESS: _("another address"),
        Kind.ACCOUNT: _("another number"),
    }[kind]


def _after_determiner(kind: Kind) -> str:
    return {
        Kind.PERSON: _("person"),
        Kind.COMPANY: _("company"),
        Kind.PLACE: _("town"),
        Kind.ADDRESS: _("address"),
        Kind.ACCOUNT: _("number"),
    }[kind]


def _texts(told: Interview) -> Iterator[str]:
    yield from (told.title, told.trying_to, told.happened, told.meaning, told.customer.segment)
    yield from (quote.text for quote in told.quotes)
    yield from told.themes


def _is_open(one: Found, alias: str) -> bool:
    chosen = re.search(rf"(?<!\w){re.escape(one.text)}(?!\w)", alias, re.IGNORECASE)
    return one.kind in TO_DECIDE and chosen is None


@lru_cache(maxsize=2048)
def _kinds(decisions: tuple[str, ...]) -> dict[str, Kind]:
    hidden = [one for one in map(Decision.of, decisions) if one.hide]
    return {one.text.casefold(): one.kind for one in hidden}


@lru_cache(maxsize=2048)
def _pattern(decisions: tuple[str, ...]) -> re.Pattern[str] | None:
    hidden = [one for one in map(Decision.of, decisions) if one.hide and one.text]
    if not hidden:
        return None
    return re.compile("|".join(_forms(sorted(hidden, key=lambda one: -len(one.text)))))


def _forms(hidden: Iterable[Decision]) -> Iterator[str]:
    for one in hidden:
        title = _TITLE if one.kind is Kind.PERSON else ""
        body = re.escape(one.text)
        # "Grace" is hidden and "grace" is not; whoever has no everyday word for a name is hidden in any case.
        body = body if fold(one.text) in EVERYDAY else f"(?i:{body})"
        yield rf"(?<!\w){title}{body}(?!\w)"


def _kind(match: re.Match[str], decisions: tuple[str, ...]) -> Kind:
    known = _kinds(decisions)
    return known.get(match[0].casefold()) or known[_bare(match[0]).casefold()]


def _bare(name: str) -> str:
    return re.sub(rf"^{_TITLE}", "", name)


def _met(kind: Kind, name: str, met: list[tuple[Kind, str]]) -> bool:
    """Whether it is the first of its kind in `met`, or that one again, whole or in part; it joins them."""
    met.append((kind, fold(_bare(name))))
    first = set(next(one for of, one in met if of is kind).split())
    now = set(met[-1][1].split())
    return first <= now or (kind in {Kind.PERSON, Kind.ADDRESS} and now <= first)


def _in_brackets(words: str) -> str:
    return words if words.startswith("[") else f"[{words}]"


def _stand_in(text: str, match: re.Match[str], kind: Kind, *, another: bool = False) -> str:
    word = _another(kind) if another else stands_for(kind)
    if _DETERMINER.search(text[: match.start()]):
        word = _after_determiner(kind)
    elif starts_sentence(text, match.start()):
        word = word[0].upper() + word[1:]
    return word
