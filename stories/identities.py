"""People, companies, places, addresses and numbers in a text: shown for a decision before it is published.

The rule, for English, made on half of a set of real conversations (`benchmarks.identities` prints how it does
on the other half): what is written with a capital where English would not, is no everyday word and no
tool's, people's or day's name, and either stands in a list (given names, towns) or in words that say what it
is ("at …", "my colleague …", "… told me"). What was found once is found everywhere in the text. Addresses
(of streets in English and German) and numbers are found by their form and, where there is one, their check
digits. Towns are found after German words too ("nach …", "aus …"); the rest of the rule is not for German.

Countries, states and regions are no places here: they do not tell a person apart (as in the Safe Harbor
rule of 45 CFR 164.514(b)(2), which asks for what is smaller than a state). Nor are the tools, standards and
events of a field.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from enum import StrEnum

from stories.identity_names import named_in
from stories.identity_numbers import addresses_and_numbers
from stories.identity_words import is_everyday_name, is_field_word, is_german_noun, is_given_name, is_word
from stories.names import NamesOf, name_spans
from stories.values import dataclass


class Kind(StrEnum):
    """What an identity is."""

    PERSON = "person"
    COMPANY = "company"
    PLACE = "place"
    ADDRESS = "address"
    EMAIL = "email"
    PHONE = "phone"
    ACCOUNT = "account"


class Why(StrEnum):
    """How we know: the customer's own name, its form, a list, the words around it, or found before."""

    KNOWN = "known"
    FORM = "form"
    LISTED = "listed"
    CONTEXT = "context"
    AGAIN = "again"


_ORDER = {why: rank for rank, why in enumerate(Why)}


@dataclass(frozen=True, slots=True)
class Found:
    """An identity in a text: `text` is `start`:`end` of it, as written."""

    kind: Kind
    text: str
    start: int
    end: int
    why: Why


def find(text: str, *, known: NamesOf) -> tuple[Found, ...]:
    """Every identity in the text, left to right without overlaps.

    The names of `known` are found in every form that `stories.names` knows, the rest by the rule above.
    """
    own = [
        _found(text, Kind.COMPANY if company else Kind.PERSON, start, end, Why.KNOWN)
        for start, end, company in name_spans(text, known)
    ]
    formal = [_found(text, Kind(k), start, end, Why.FORM) for k, start, end in addresses_and_numbers(text)]
    named = [
        _found(
            text,
            Kind(kind),
            start,
            _before_known(text, start, end, own),
            Why.LISTED if listed else Why.CONTEXT,
        )
        for kind, start, end, listed in named_in(text)
    ]
    found = _agreed(_apart([*own, *formal, *named]))
    return _apart([*found, *_again(text, found)])


def _found(text: str, kind: Kind, start: int, end: int, why: Why) -> Found:
    return Found(kind, text[start:end], start, end, why)


def _before_known(text: str, start: int, end: int, own: list[Found]) -> int:
    """Where a name ends that runs into the customer's: of their mother, "Maria" is left to be found."""
    met = next((one for one in own if start < one.start < end), None)
    return end if met is None else start + len(text[start : met.start].rstrip())


def _apart(found: Iterable[Found]) -> tuple[Found, ...]:
    """Without overlaps: the customer's own names first, then what has a form, then the longer."""
    everything = sorted(
        found, key=lambda f: (min(_ORDER[f.why], _ORDER[Why.LISTED]), f.start - f.end, f.start)
    )
    taken = bytearray(max((one.end for one in everything), default=0))
    kept = []
    for one in everything:
        if not any(taken[one.start : one.end]):
            taken[one.start : one.end] = b"\1" * (one.end - one.start)
            kept.append(one)
    return tuple(sorted(kept, key=lambda f: f.start))


def _agreed(found: tuple[Found, ...]) -> tuple[Found, ...]:
    """The same name as the same kind throughout: as what it was found most often, companies first."""
    votes = Counter((one.text, one.kind) for one in found)
    order = (Kind.COMPANY, Kind.PERSON, Kind.PLACE)
    kinds = {
        one.text: max(order, key=lambda kind, text=one.text: votes[text, kind])  # type: ignore[misc]  # bound now
        for one in found
        if one.kind in order and one.why is not Why.KNOWN
    }
    return tuple(
        replace(one, kind=kinds[one.text]) if one.kind in order and one.text in kinds else one
        for one in found
    )


def _again(text: str, found: Iterable[Found]) -> Iterator[Found]:
    """Other places where a name stands that was found once, whole or in part."""
    looked_for: dict[str, dict[str, Kind]] = {}
    for one in found:
        for part, kind in _parts(one):
            looked_for.setdefault(_first_word(part), {})[part] = kind
    for word in re.finditer(r"(?<!\w)\w+", text) if looked_for else ():
        for part, kind in looked_for.get(word[0], {}).items():
            end = word.start() + len(part)
            if text.startswith(part, word.start()) and not re.match(r"\w", text[end : end + 1]):
                yield _found(text, kind, word.start(), end, Why.AGAIN)


def _first_word(part: str) -> str:
    begins = re.match(r"\w+", part)
    return begins[0] if begins else part


def _parts(one: Found) -> Iterator[tuple[str, Kind]]:
    if one.kind not in {Kind.PERSON, Kind.COMPANY, Kind.PLACE} or one.why is Why.KNOWN:
        return
    if one.kind is Kind.PLACE and is_german_noun(one.text):
        return
    yield one.text, one.kind
    words = re.findall(r"[^\W\d_][\w'’-]+", one.text)
    for word in words if one.kind is Kind.PERSON else words[:1]:
        if _stands_alone(word, one.kind):
            yield word, one.kind


def _stands_alone(word: str, kind: Kind) -> bool:
    if len(word) < 3 or not word[0].isupper() or is_field_word(word) or kind is Kind.PLACE:
        return False
    if kind is Kind.PERSON and is_given_name(word):
        return not is_everyday_name(word)
    return not is_word(word) and not is_everyday_name(word)
