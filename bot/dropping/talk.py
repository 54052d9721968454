"""A conversation as it was read from a dropped file: what its draft needs, kept until that is sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, fields
from typing import Any

from stories.sentences import sentences, trim
from stories.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A proposed quote and its moment: the line in the file from 1, and seconds from the beginning."""

    text: str
    line: int
    seconds: int | None = None

    @property
    def parts(self) -> tuple[str, ...]:
        """Its sentences."""
        return tuple(sentence.text for sentence in sentences(self.text))

    def kept_in(self, quote: str) -> frozenset[int]:
        """The numbers (from 0) of its sentences that this quote was trimmed to; none for another quote."""
        kept = frozenset(at for at, part in enumerate(self.parts) if part in quote)
        return kept if kept and trim(self.text, kept) == quote else frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """Somebody who speaks in it: `share` of all words (0 to 1), and their lines worth quoting, best first.

    `customer` is the name they have as a customer, empty where `name` is a role or a number.
    """

    name: str
    share: float
    customer: str = ""
    lines: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """What a file says of one conversation; what it does not say is None or empty.

    `link` leads to the file in Slack. `title` tells it from others; `headline` is fit to stand over a story,
    which a file's name and a recording's ("Call with Marta Ortega") are not. `day` is an ISO date,
    `language` an ISO 639 code, `seconds` how long it took, `how` one of `stories.interviews.How`.
    `guess` is the number of the voice that is likely the customer's.
    The texts from `company` on stand in notes only.
    """

    file: str
    fingerprint: str
    link: str = ""
    title: str = ""
    headline: str = ""
    day: str = ""
    language: str = ""
    seconds: int | None = None
    how: str = ""
    voices: tuple[Voice, ...] = ()
    guess: int | None = None
    company: str = ""
    trying_to: str = ""
    happened: str = ""
    meaning: str = ""

    def as_json(self) -> dict[str, Any]:
        """The talk for keeping beside its draft."""
        return asdict(self)

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Talk:
        """A talk that was kept; what this version does not know is left out."""
        voices = tuple(
            Voice(
                name=voice["name"],
                share=voice["share"],
                customer=voice["customer"],
                lines=tuple(Line(**line) for line in voice["lines"]),
            )
            for voice in kept["voices"]
        )
        known = {field.name for field in fields(cls)} - {"voices"}
        return cls(voices=voices, **{key: value for key, value in kept.items() if key in known})
